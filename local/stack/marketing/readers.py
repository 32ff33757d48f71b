"""Who gets the mail of the demo company: mail programs that take it, and people who read it.

The local SES tells nothing by itself, so what it would tell is put on the bus. Opening and clicking is
done as browsers do it, by the addresses in the mail.
"""

import json
import random
import re
from collections.abc import Iterable, Sequence
from typing import Any

import requests

from local.mailbox.pages import Message

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
MOST_EVENTS = 10
TOO_SOON = 8.0
"""Seconds after the sending within which a reader would be taken for a machine, and some more."""

_PICTURE = re.compile(r'<img src="([^"]+/m/o/[^"]+)"')
_LINK = re.compile(r'href="([^"]+/m/c/[^"]+/[1-9]\d*)"')
_LEAVE = re.compile(r'href="([^"]+/m/u/[^"]+)"')
_BOUNCE = {
    "feedbackId": "demo",
    "bounceType": "Permanent",
    "bouncedRecipients": [{"diagnosticCode": "smtp; 550 5.1.1 user unknown"}],
}


def told(tenant: str, mails: Sequence[str], at: str) -> list[dict[str, str]]:
    """What SES puts on the bus of these mails: the last of many bounced, the others arrived."""
    bounced = mails[-1] if len(mails) > 20 else ""
    return [
        _event(tenant, one, "Bounce", bounce=_BOUNCE | {"timestamp": at})
        if one == bounced
        else _event(tenant, one, "Delivery", delivery={"timestamp": at})
        for one in mails
    ]


def put_on_bus(events: Any, entries: Sequence[dict[str, str]]) -> None:
    """Put them there, by a client of EventBridge."""
    for start in range(0, len(entries), MOST_EVENTS):
        events.put_events(Entries=entries[start : start + MOST_EVENTS])


def _event(tenant: str, mail: str, kind: str, **more: Any) -> dict[str, str]:
    tags = {"ses:configuration-set": ["funnel-local"], "tenant": [tenant], "mail": [mail]}
    detail = {"eventType": kind, "mail": {"messageId": mail, "tags": tags}, **more}
    return {"Source": "aws.ses", "DetailType": f"Email {kind}", "Detail": json.dumps(detail)}


class Readers:
    """People who read: about two in five open a mail, half of these click. The same each time."""

    def __init__(self, seed: int = 7) -> None:
        self._chance = random.Random(seed)
        self._http = requests.Session()
        self._http.trust_env = False
        self._http.headers["User-Agent"] = FIREFOX

    def read(self, mails: Iterable[Message], *, eager: bool = False) -> None:
        """Read some of these; `eager` readers all open, and two in five click."""
        leaves = not eager
        for one in mails:
            drawn = self._chance.random()
            if drawn > 0.42 and not eager:
                continue
            html = str(one.get("BodyHtml") or "")
            self._get(_PICTURE.findall(html)[:1])
            links = _LINK.findall(html)
            if drawn < (0.4 if eager else 0.2) and links:
                self._get([self._chance.choice(links)])
            elif leaves and drawn >= 0.2:
                self._leave(_LEAVE.findall(html)[:1])
                leaves = False

    def _get(self, addresses: Iterable[str]) -> None:
        for address in addresses:
            self._http.get(address, timeout=60, allow_redirects=False)

    def _leave(self, addresses: Iterable[str]) -> None:
        for address in addresses:
            self._http.post(address, {"List-Unsubscribe": "One-Click"}, timeout=60)

    def close(self) -> None:
        """Let go of what is open."""
        self._http.close()
