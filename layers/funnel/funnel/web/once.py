"""Idempotency keys: a field `key` of the body, or the header `Idempotency-Key`."""

import dataclasses

from funnel.domain.errors import InputInvalid
from funnel.usecases.work.sent_twice import SentUnderKey
from funnel.web.asked import Asked
from funnel.web.room import Route

HEADER = "idempotency-key"


def takes_key(route: Route) -> bool:
    """Whether the use case itself makes the same of the same key."""
    kind = route.body
    fields = dataclasses.fields(kind) if kind is not None and dataclasses.is_dataclass(kind) else ()
    return any(one.name == "key" for one in fields)


def is_a_look(route: Route) -> bool:
    """Whether it shows what a request would do: asked time and again under the key of that request."""
    return takes_key(route) and route.rule.endswith("/look")


def may_have_header(route: Route) -> bool:
    """Whether a request may name itself by the header."""
    return route.method == "POST" and route.needs is not None and not takes_key(route)


def once_of(asked: Asked, route: Route) -> SentUnderKey | None:
    """The request under its key; None for one without, and for what creates nothing.

    Raises `InputInvalid` for a body that is no JSON, and for a header where the body has the key.
    """
    if route.method != "POST" or not route.is_api or route.needs is None or is_a_look(route):
        return None
    body, header = asked.json_as_sent(), asked.headers.get(HEADER, "")
    known = takes_key(route)
    if known and header:
        raise InputInvalid("The key of this request is a field of its body.", field="key")
    key = body.get("key") if known and isinstance(body, dict) else header
    if not isinstance(key, str) or not key:
        return None
    place, query = f"{route.method} {asked.path}", str(asked.event.get("rawQueryString") or "")
    return SentUnderKey(asked.app, asked.tenant, place, key, (query, body), is_known=known)
