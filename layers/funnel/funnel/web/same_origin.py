"""Requests that change something come from our own pages, or from machines with a token.

A session's cookie travels with whatever a browser sends here. So a request that a cookie brought
and that changes something must come from our own origin (the browser says so in `Sec-Fetch-Site`,
or else in `Origin`), and carry what another site's page cannot know or send: the form's token, or
a JSON body, for which a browser would first have to be allowed.
"""

import hmac
from collections.abc import Mapping
from typing import Any

from funnel.domain.errors import NotAllowed, NotJson
from funnel.web.sessions import headers_of

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
TOKEN_FIELD = "form_token"  # noqa: S105 - a field's name
TOKEN_HEADER = "x-form-token"  # noqa: S105 - a header's name


def check_origin(event: Mapping[str, Any], public_url: str) -> None:
    """Raise `NotAllowed` unless the browser says that one of our own pages sent this."""
    headers = headers_of(event)
    site = headers.get("sec-fetch-site")
    if site is not None:
        if site != "same-origin":
            raise _foreign()
        return
    origin = headers.get("origin", "")
    ours = {f"https://{headers.get('host', '')}", f"http://{headers.get('host', '')}"}
    if public_url:
        ours.add(public_url.rstrip("/"))
    if origin not in ours:
        raise _foreign()


def check_token(event: Mapping[str, Any], sent: str, wanted: str) -> None:
    """Raise `NotAllowed` unless a token or a JSON body shows that no other site sent this."""
    if _is_json(event):
        return
    given = headers_of(event).get(TOKEN_HEADER) or sent
    if not hmac.compare_digest(given.encode(), wanted.encode()):
        raise NotAllowed(
            "This form is out of date.", mend="Open the page again and send it once more."
        )


def check_json(event: Mapping[str, Any]) -> None:
    """Raise `NotJson` unless the body is said to be JSON, which no other site's page can send."""
    if not _is_json(event):
        raise NotJson("This is for JSON only.", mend="Send it as application/json.")


def refuse_other_bodies(event: Mapping[str, Any]) -> None:
    """Raise `NotJson` for a body that is said to be something else."""
    if event.get("body") and headers_of(event).get("content-type"):
        check_json(event)


def _is_json(event: Mapping[str, Any]) -> bool:
    content_type = headers_of(event).get("content-type", "")
    return content_type.partition(";")[0].strip().lower() == "application/json"


def _foreign() -> NotAllowed:
    return NotAllowed(
        "This request did not come from one of Funnel's own pages.",
        mend="Open the page in Funnel and try again from there.",
    )
