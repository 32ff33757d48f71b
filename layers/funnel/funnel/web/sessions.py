"""Who asks: the session's token in a cookie or a header, and what the authorizer made of it.

In the browser the token is a cookie that scripts cannot read. Machines send it as
`Authorization: Bearer`, which wins over a cookie: another site can make a browser send a cookie,
but never that header.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from funnel.domain.ids import TenantId
from funnel.domain.signing_in.tenants import Role

COOKIE = "funnel_session"
HOST_PREFIX = "__Host-"
"""Before the name of every cookie that came by https: no other host, and no page without TLS, can
set one."""
ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Presented:
    """The token a request came with; `by_header` for a machine's. The repr hides the token."""

    token: str = ""
    by_header: bool = False

    def __repr__(self) -> str:
        return f"Presented(by_header={self.by_header})"


@dataclass(frozen=True, slots=True)
class Caller:
    """A signed-in person, or a machine with a key.

    `scopes` are those of a key, None for a person. A key that asks too often has to `wait` so many
    seconds.
    """

    tenant: TenantId
    role: Role
    user_name: str
    scopes: frozenset[str] | None = None
    wait: int = 0


def presented(event: Mapping[str, Any]) -> Presented:
    """The token of a request, from an event of API Gateway's payload 2.0."""
    headers = headers_of(event)
    scheme, _, credentials = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and credentials.strip():
        return Presented(credentials.strip(), by_header=True)
    return Presented(cookie_of(event, COOKIE))


def cookie_of(event: Mapping[str, Any], name: str) -> str:
    """The value of one of our cookies, "" if it is not there."""
    sent = event.get("cookies") or headers_of(event).get("cookie", "").split(";")
    jar = dict(_pairs(sent))
    return jar.get(HOST_PREFIX + name) or ("" if is_secure(event) else jar.get(name, ""))


def headers_of(event: Mapping[str, Any]) -> dict[str, str]:
    """The request's headers, their names in lower case."""
    return {str(k).lower(): str(v) for k, v in (event.get("headers") or {}).items()}


def is_secure(event: Mapping[str, Any]) -> bool:
    """Whether the browser came by https. API Gateway sets the header itself."""
    return headers_of(event).get("x-forwarded-proto", "").split(",")[0].strip() == "https"


def authorizer_context(caller: Caller | None) -> dict[str, str]:
    """What the authorizer hands to the doors."""
    if caller is None:
        return {ANONYMOUS: "true"}
    found = {"tenant": caller.tenant, "role": caller.role.value, "user_name": caller.user_name}
    if caller.scopes is not None:
        found |= {"scopes": " ".join(sorted(caller.scopes)), "wait": str(caller.wait)}
    return found


def caller_of(event: Mapping[str, Any]) -> Caller | None:
    """Who the authorizer says is asking; None for an anonymous page and on open routes."""
    found = (event.get("requestContext") or {}).get("authorizer") or {}
    context = found.get("lambda") or {}
    if not context.get("tenant"):
        return None
    scopes = frozenset(context["scopes"].split()) if "scopes" in context else None
    return Caller(
        TenantId(context["tenant"]),
        Role(context["role"]),
        context["user_name"],
        scopes,
        int(context.get("wait") or 0),
    )


def form_token(token: str) -> str:
    """What a session's forms carry, so that no other site can send them. Tells nothing of it."""
    digest = hmac.new(token.encode(), b"funnel form", hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _pairs(parts: Iterable[str]) -> Iterable[tuple[str, str]]:
    for part in parts:
        name, _, value = part.partition("=")
        yield name.strip(), value.strip()
