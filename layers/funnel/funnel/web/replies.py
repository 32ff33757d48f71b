"""Answers, and the headers that every one of them carries."""

import json
from dataclasses import dataclass, field

from aws_lambda_powertools.shared.cookies import Cookie, SameSite

from funnel.web.cursors import sealed
from funnel.web.jsonable import plain
from funnel.web.sessions import COOKIE, HOST_PREFIX

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'"
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
}
HTML = "text/html; charset=utf-8"


@dataclass(slots=True)
class Reply:
    """One answer. Not stored by anybody unless its headers say otherwise."""

    status: int = 200
    body: str | bytes = ""
    content_type: str = HTML
    headers: dict[str, str] = field(default_factory=dict)
    cookies: list[Cookie] = field(default_factory=list)

    def all_headers(self) -> dict[str, str | list[str]]:
        """Its own headers and those that every answer carries."""
        return {"Cache-Control": "no-store", **SECURITY_HEADERS, **self.headers}


def see_other(location: str) -> Reply:
    """Go there by GET."""
    return Reply(303, headers={"Location": location})


def json_reply(value: object, status: int = 200) -> Reply:
    """A result as JSON, its cursors sealed."""
    text = json.dumps(sealed(plain(value)), ensure_ascii=False, separators=(",", ":"))
    return Reply(status, text, "application/json")


def download(text: str, name: str, content_type: str) -> Reply:
    """A file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Reply(200, text, content_type, headers)


def our_cookie(
    name: str, value: str, seconds: int, *, secure: bool, strict: bool = False
) -> Cookie:
    """A cookie that no script reads; with `seconds` 0 it ends.

    A `strict` one does not come along when another site leads here.
    """
    return Cookie(
        name=HOST_PREFIX + name if secure else name,
        value=value,
        path="/",
        secure=secure,
        http_only=True,
        max_age=seconds,
        same_site=SameSite.STRICT_MODE if strict else SameSite.LAX_MODE,
    )


def session_cookie(token: str, seconds: int, *, secure: bool) -> Cookie:
    """The session's cookie; with `seconds` 0 it ends it."""
    return our_cookie(COOKIE, token, seconds, secure=secure)
