"""Makes what a marketer would have made, once, each thing by a key, so that a second time finds it done."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import requests

from local.mailbox.server import messages
from local.stack.client import FunnelClient, first_form, wait_for
from local.stack.errors import StackError
from local.stack.marketing import words
from local.stack.marketing.readers import FIREFOX, TOO_SOON, Readers, put_on_bus, told
from local.stack.visits import visitors

if TYPE_CHECKING:
    from local.stack.stack import Stack

Json = dict[str, Any]
AT_THE_FAIR = 24
SECONDS = 600.0


def fill(stack: "Stack", client: FunnelClient, tenant: str, say: Callable[[str], None]) -> None:
    """Make all of it for a tenant whose mail and site are set up, and say how far it is.

    Funnel may write to the tenant's Sugar from then on. Raises `StackError`.
    """
    client.json("PATCH", "/api/setup/connection", {"read_only": False})
    marketer = Marketer(stack, client, tenant)
    marketer.segments()
    say("  Three segments, points for one of them, and a list of people met at a fair.")
    marketer.form()
    say("  A form for the web site, three emails, and two Sales Templates for the reps.")
    marketer.campaigns()
    marketer.form_is_sent()
    say("  A campaign runs with who was at the fair and who sent the form; another one is a draft.")
    marketer.campaign_is_read()
    say("  Some click in its mail: these are on their way into Sugar, with a call to make.")
    count = marketer.broadcasts()
    say(f"  A broadcast goes out to {count} people; another one is a draft.")
    marketer.broadcast_is_read()


def quote_form(client: FunnelClient) -> Json | None:
    """The form of the demo site, None before it is made or when somebody removed it."""
    rows = client.json("GET", "/api/app/forms")["items"]
    for one in rows:
        if one["name"] == words.FORM_NAME and one["active"]:
            found: Json = client.json("GET", f"/api/app/forms/{one['form_id']}")
            return found
    return None


def embedding(form: Json) -> str:
    """What goes into the page of quotes: the form in a frame, and a link to its own page."""
    return f'{form["frame"]}<p>Or use <a href="{form["address"]}">the page of the form</a>.</p>'


class Marketer:
    """A marketer at work. The order of the methods is that of the work."""

    def __init__(self, stack: "Stack", client: FunnelClient, tenant: str) -> None:
        self._stack = stack
        self._client = client
        self._tenant = tenant
        self._lists: dict[str, str] = {}
        self._mails: dict[str, str] = {}
        self._campaign = self._sent = ""
        self._at_the_fair = 0

    def segments(self) -> None:
        """Three segments, an overlay, and a list made by hand with people on it."""
        for key, one in words.SEGMENTS.items():
            made = self._make("/api/app/segments", {"key": key, **one})
            self._lists[key] = made["list_id"]
        overlays = self._client.json("GET", "/api/app/scoring/overlays")["items"]
        if not overlays:
            wish = {"segment": self._lists[words.PRICES_SEEN], **words.OVERLAY}
            self._client.json("POST", "/api/app/scoring/overlays?confirmed=yes", wish)
        fair = self._make("/api/app/lists", {"key": "fair", **words.FAIR})["list_id"]
        people = [one["person_id"] for one in visitors(self._client)][1::2][:AT_THE_FAIR]
        self._make(f"/api/app/lists/{fair}/members", {"people": people})
        self._at_the_fair = len(people)
        self._lists["fair"] = fair

    def form(self) -> None:
        """The form, put on the page of the site, and the emails."""
        site = self._client.json("GET", "/api/app/sites")["items"][0]
        form = words.form(site["key"], self._lists["fair"])
        made = self._make("/api/app/forms", {"key": "quote", "form": form})
        self._stack.site.embedded = embedding(made)
        for key, email in words.emails(self._stack.site.url).items():
            self._mails[key] = self._make("/api/app/emails", {"key": key, "email": email})[
                "email_id"
            ]

    def campaigns(self) -> None:
        """One that runs, and one that is an example still to be filled in."""
        new = {"key": "fair", "name": words.CAMPAIGN_NAME}
        made = self._make("/api/app/campaigns", new)
        self._campaign = made["campaign_id"]
        here = f"/api/app/campaigns/{self._campaign}"
        if made["state"] == "draft":
            wish = {"version": made["version"], **words.campaign(self._lists["fair"], self._mails)}
            made = self._client.json("PUT", here, wish)
            self._client.json("POST", f"{here}/start", {"version": made["version"]})
        self._make(
            "/api/app/campaigns", {"key": "quiet", "name": "Quiet since spring", "example": "quiet"}
        )

    def broadcasts(self) -> int:
        """One that was sent, when the audience is worked out, and a draft; how many people it goes to."""
        buyers = self._lists[words.BUYERS]
        self._wait(
            f"/api/app/segments/{buyers}", lambda one: one["looked_at"] is None, "the segment"
        )
        plan = {
            "name": "Harbour News, the whale",
            "email_id": self._mails[words.NEWS],
            "lists": [buyers],
            "minus": [self._lists[words.OPEN_DEALS]],
        }
        made = self._make("/api/app/broadcasts", {"key": "news", "plan": plan})
        here = f"/api/app/broadcasts/{made['broadcast_id']}"
        counted = self._wait(here, lambda one: not _is_counting(one), "the count of the broadcast")
        people = counted["count"]["counted"]["will_get"] if counted["count"] else 0
        if counted["state"] == "draft" and people:
            self._client.json(
                "POST", f"{here}/send", {"edition": counted["edition"], "people": people}
            )
        draft = plan | {
            "name": "What the crane costs",
            "email_id": self._mails[words.REMINDER],
            "lists": [self._lists[words.PRICES_SEEN]],
        }
        self._make("/api/app/broadcasts", {"key": "crane", "plan": draft})
        self._sent = here
        found = self._wait(here, lambda one: one["state"] not in _GOING, "the broadcast")
        return int(found["people"])

    def form_is_sent(self) -> None:
        """Strangers ask for a quote by the page of the form."""
        form = quote_form(self._client)
        if form is None or form["sent"]:
            return
        for email, first, last, company, what in words.ASKED_FOR_QUOTES:
            with requests.Session() as http:
                http.trust_env = False
                # A form that no browser sent is dropped as a machine's.
                http.headers["User-Agent"] = FIREFOX
                page = first_form(http.get(form["address"], timeout=60).text)
                typed = {
                    "email": email,
                    "first_name": first,
                    "last_name": last,
                    "company": company,
                    "description": what,
                }
                reply = http.post(
                    form["address"], {**page.fields, **typed}, timeout=60, allow_redirects=False
                )
                if reply.status_code >= 400:
                    raise StackError(f"The form was refused ({reply.status_code}).")

    def campaign_is_read(self) -> None:
        """People read the first mail of the campaign."""
        fair = f"/api/app/lists/{self._lists['fair']}"
        come = self._at_the_fair + len(words.ASKED_FOR_QUOTES)
        self._wait(fair, lambda one: one["members"] >= come, "who sent the form")
        here = f"/api/app/campaigns/{self._campaign}/numbers"
        self._wait(
            here,
            lambda one: one["here"] + one["through"] >= come and not one["steps"]["mail"]["here"],
            "the mails of the campaign",
        )
        first = f"/api/app/emails/{self._mails[words.WELCOME]}/numbers"
        self._wait(first, _is_settled, "the mails of the campaign")
        self._read("how we would move it", eager=True)

    def broadcast_is_read(self) -> None:
        """Mail programs take the mails of the broadcast, and people read them."""
        self._wait(self._sent, lambda one: _is_settled(one["totals"]), "the mails of the broadcast")
        mails = [one["mail_id"] for one in self._audience() if one["mail_id"]]
        at = datetime.now(UTC).isoformat()
        put_on_bus(self._stack.client("events"), told(self._tenant, mails, at))
        self._read("Harbour News")

    def _read(self, subject: str, *, eager: bool = False) -> None:
        time.sleep(TOO_SOON)
        arrived = [one for one in messages(self._stack.aws.url) if subject in one["Subject"]]
        readers = Readers()
        try:
            readers.read(sorted(arrived, key=lambda one: one["To"]), eager=eager)
        finally:
            readers.close()

    def _audience(self) -> list[Json]:
        found: list[Json] = []
        cursor = ""
        while True:
            page = self._client.json("GET", f"{self._sent}/people?cursor={cursor}")
            found += page["items"]
            cursor = page["cursor"]
            if not cursor:
                return found

    def _make(self, path: str, wish: Json) -> Json:
        made: Json = self._client.json("POST", path, wish)
        return made

    def _wait(self, path: str, ready: Callable[[Json], bool], what: str) -> Json:
        def look() -> Json:
            self._stack.check()
            found: Json = self._client.json("GET", path)
            return found

        return wait_for(look, ready, what, SECONDS)


_GOING = {"scheduled", "gathering", "sending"}


def _is_counting(broadcast: Json) -> bool:
    count = broadcast["count"]
    return broadcast["state"] == "draft" and (
        count is None or count["status"] not in {"done", "failed"}
    )


def _is_settled(totals: Json) -> bool:
    ended = sum(int(totals[name]) for name in ("sent", "suppressed", "refused", "unclear"))
    return int(totals["asked"]) <= ended
