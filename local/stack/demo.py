"""The demo company: connected through the interface an admin uses, and synced for the first time."""

import math
import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import requests

from local.stack.client import FunnelClient
from local.stack.progress import Progress
from local.stack.stack import Stack


def connect_demo(stack: Stack, say: Callable[[str], None]) -> FunnelClient:
    """Sign in to the demo tenant and connect the simulated Sugar, where that is not done yet."""
    client = stack.sign_in(stack.demo_tenant())
    connection = client.connection()
    if connection is None or connection["endpoint"]["site_url"] != stack.sugar.url:
        say("Connecting the simulated Sugar ...")
        connect(stack, client)
    return client


def follow_site(stack: Stack, client: FunnelClient) -> None:
    """Add the demo site where it is not there yet, and put its line into the pages."""
    host = urlsplit(stack.site.url).hostname
    found = [one for one in client.json("GET", "/api/app/sites")["items"] if host in one["domains"]]
    site = found[0] if found else None
    if site is None:
        site = client.json("POST", "/api/app/sites", {"name": "Fjordline", "domains": [host]})
    stack.site.snippet, stack.site.form_address = site["snippet"], site["form_address"]


def connect(stack: Stack, client: FunnelClient) -> None:
    """Test and save a connection to the simulated Sugar; the first sync starts."""
    job = client.test_connection(stack.sugar.url, stack.sugar.user_name, stack.sugar.password)
    client.save_connection(job)
    made = client.json("POST", "/api/setup/hooks/key")
    # What the Sugar module does once its page is filled in.
    requests.post(f"{stack.sugar.url}/_simulator/module", json=made, timeout=10).raise_for_status()


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
