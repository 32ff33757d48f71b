"""The demo company: connected through the interface an admin uses, and synced for the first time."""

import math
import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import requests
from botocore.exceptions import BotoCoreError

from local.stack.client import FunnelClient
from local.stack.errors import StackError
from local.stack.marketing import embedding, fill, quote_form
from local.stack.progress import Progress
from local.stack.stack import Stack

MAIL_DOMAIN = "sugar.example"
SENDER = {
    "from_name": "Fjordline",
    "from_address": f"hello@{MAIL_DOMAIN}",
    "postal_address": "Strandgaten 1\n5013 Bergen",
}


def connect_demo(stack: Stack, say: Callable[[str], None]) -> FunnelClient:
    """Sign in to the demo tenant and connect the simulated Sugar, where that is not done yet."""
    client = stack.sign_in(stack.demo_tenant())
    connection = client.connection()
    if connection is None or connection["endpoint"]["site_url"] != stack.sugar.url:
        say("Connecting the simulated Sugar ...")
        connect(stack, client)
    if not _module(stack).json()["entered"]:
        enter_module(stack, client)
    return client


def follow_site(stack: Stack, client: FunnelClient) -> None:
    """Add the demo site where it is not there yet, and put its line into the pages."""
    host = urlsplit(stack.site.url).hostname
    found = [one for one in client.json("GET", "/api/app/sites")["items"] if host in one["domains"]]
    site = found[0] if found else None
    if site is None:
        site = client.json("POST", "/api/app/sites", {"name": "Fjordline", "domains": [host]})
    stack.site.snippet, stack.site.form_address = site["snippet"], site["form_address"]


def market(stack: Stack, client: FunnelClient, say: Callable[[str], None]) -> None:
    """Have a marketer's work done, once; what cannot be done now is at the next start."""
    if stack.state.recall().get("marketed"):
        return
    say("Meanwhile a marketer of the demo company is at work:")
    try:
        fill(stack, client, stack.demo_tenant(), say)
    except (StackError, requests.RequestException, BotoCoreError) as why:
        stack.check()
        say(f"  That is as far as it came: {why} The next start goes on with it.")
        return
    stack.state.remember(marketed=True)
    say(
        "  Done. The overview shows what marketing does, and the campaign how people move along it."
    )


def show_quote_form(stack: Stack, client: FunnelClient) -> None:
    """Put the form that was made at an earlier start into the demo site again."""
    form = quote_form(client)
    if form is not None:
        stack.site.embedded = embedding(form)


def allow_mail(client: FunnelClient) -> None:
    """Have mail sent as the demo company's people, whose domain the local SES verifies at once."""
    if client.json("GET", "/api/setup/mail")["unfit"]:
        client.json("POST", "/api/setup/mail/domains", {"domain": MAIL_DOMAIN})
        client.json("PUT", "/api/setup/mail", SENDER)


def connect(stack: Stack, client: FunnelClient) -> None:
    """Test and save a connection to the simulated Sugar; the first sync starts."""
    job = client.test_connection(stack.sugar.url, stack.sugar.user_name, stack.sugar.password)
    client.save_connection(job)
    enter_module(stack, client)


def enter_module(stack: Stack, client: FunnelClient) -> None:
    """Make a key and enter it with the address in Sugar, as an admin does after installing."""
    _module(stack, client.json("POST", "/api/setup/hooks/key"))


def _module(stack: Stack, entered: dict[str, Any] | None = None) -> requests.Response:
    """What Sugar has of Funnel's module, after entering this in it."""
    method = "POST" if entered else "GET"
    reply = requests.request(
        method, f"{stack.sugar.url}/_simulator/module", json=entered, timeout=60
    )
    reply.raise_for_status()
    return reply


def show_run(stack: Stack, client: FunnelClient) -> None:
    """Draw the progress of the newest run until it ends or stops; nothing if it was done before.

    Raises `StackError` if a part of the stack ends meanwhile.
    """
    progress = Progress(sys.stdout)
    seen = False
    for run in client.watch_run(math.inf):
        stack.check()
        if run["status"] != "running":
            break
        progress.show(run)
        seen = True
    if seen:
        progress.show(run)
    if seen or run["status"] != "done":
        print(ending(run), flush=True)


def ending(run: dict[str, Any]) -> str:
    """How a run ended or why it stopped, in a line."""
    if run["status"] == "done" and not run["note"]:
        return f"The demo company is synced: {run['done']:,} records in {run['seconds']:.0f} s."
    note = run["note"] or {"text": "", "mend": ""}
    why = f" {note['text']} {note['mend']}".rstrip()
    return f"The sync is {run['status']}.{why} The sync page has more."
