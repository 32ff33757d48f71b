"""A request, as a page or an API function sees it."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypedDict, TypeVar
from urllib.parse import parse_qs, quote, unquote, urlsplit

from funnel.domain.errors import InputInvalid, NotAllowed, NotSignedIn
from funnel.domain.ids import TenantId
from funnel.domain.text import is_text
from funnel.usecases.app import App
from funnel.web.cursors import limit_in
from funnel.web.jsonable import read
from funnel.web.multipart import boundary_of, parts
from funnel.web.sessions import (
    Caller,
    Presented,
    caller_of,
    cookie_of,
    headers_of,
    is_secure,
    presented,
)
from funnel.web.texts import Texts, texts_for

T = TypeVar("T")
MOST_FORM_FIELDS = 2_000
LANGUAGE_COOKIE, ZONE_COOKIE = "funnel_language", "funnel_zone"
"""What somebody reads in, if they chose, and the time zone of their browser (set by funnel.js)."""


class Paging(TypedDict, total=False):
    """What use cases that list take."""

    cursor: str
    limit: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, by whom, in which language; `public_url` is our own address, if known.

    `place` is what the cursor of a list stands for, where it has been opened.
    """

    app: App
    event: Mapping[str, Any]
    caller: Caller | None
    presented: Presented
    texts: Texts
    public_url: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    place: str | None = None

    @classmethod
    def of(cls, app: App, event: Mapping[str, Any], public_url: str = "") -> "Asked":
        """What an event of API Gateway's payload 2.0 asks."""
        headers = headers_of(event)
        texts = _texts(event, headers, cookie_of(event, LANGUAGE_COOKIE))
        return cls(app, event, caller_of(event), presented(event), texts, public_url, headers)

    def speaking(self, language: str) -> "Asked":
        """The same, in the language of what is shown, whatever the browser likes best."""
        return replace(self, texts=_texts(self.event, self.headers, language))

    @property
    def tenant(self) -> TenantId:
        """The caller's tenant. Raises `NotSignedIn`."""
        return self.who.tenant

    @property
    def who(self) -> Caller:
        """The caller. Raises `NotSignedIn`."""
        if self.caller is None:
            raise NotSignedIn("You are not signed in.", mend="Sign in.")
        return self.caller

    def has_scope(self, scope: str) -> bool:
        """Whether a person asks, or a key of a machine that has this scope."""
        return self.who.scopes is None or scope in self.who.scopes

    def need_scope(self, scope: str) -> None:
        """Raise `NotAllowed` where a key of a machine asks that lacks this scope."""
        if not self.has_scope(scope):
            text = self.texts("error.key_scope", scope=scope)
            raise NotAllowed(text, mend=self.texts("error.key_scope.mend"))

    @property
    def method(self) -> str:
        """GET, POST, ..."""
        return str(self.event["requestContext"]["http"]["method"])

    @property
    def path(self) -> str:
        """The path, without a query."""
        return str(self.event.get("rawPath") or "/")

    @property
    def source(self) -> str:
        """The address in the network that it came from; "" where that is not known."""
        return str(self.event["requestContext"]["http"].get("sourceIp") or "")

    @property
    def wants_json(self) -> bool:
        """Whether a machine asks: at an address of the API, or one that takes no page."""
        accept = self.headers.get("accept", "")
        takes_pages = "text/html" in accept or "json" not in accept
        return self.path.startswith("/api/") or not takes_pages

    @property
    def secure(self) -> bool:
        """Whether the browser came by https."""
        return is_secure(self.event)

    @property
    def own_address(self) -> str:
        """Where the browser found us: scheme and host."""
        scheme = "https" if self.secure else "http"
        return self.public_url or f"{scheme}://{self.headers.get('host', '')}"

    @property
    def is_live_part(self) -> bool:
        """Whether htmx asks for a part of a page that is open."""
        return "hx-request" in self.headers

    @property
    def address(self) -> str:
        """The page that is open: path and query; for what was sent, the page it was sent from."""
        if self.method in {"GET", "HEAD"}:
            path, query = quote(self.path), str(self.event.get("rawQueryString") or "")
        else:
            parts = urlsplit(self.headers.get("referer", ""))
            path, query = parts.path or "/app", parts.query
        return f"{path}?{query}" if query else path

    def query(self, name: str) -> str:
        """One value of the query, "" if it is not there."""
        if name == "cursor" and self.place is not None:
            return self.place
        return _query(self.event, name)

    def paging(self) -> "Paging":
        """Where in a list to go on, and how many items are wanted. Raises `InputInvalid`."""
        found: Paging = {"cursor": self.query("cursor")}
        limit = limit_in(self.query("limit"))
        return found if limit is None else {**found, "limit": limit}

    def query_values(self, name: str) -> list[str]:
        """All values of the query under one name."""
        return parse_qs(str(self.event.get("rawQueryString") or "")).get(name, [])

    def form(self) -> dict[str, list[str]]:
        """The fields of a form that was sent, without files. Raises `InputInvalid`."""
        found = self.form_as_sent()
        for name, values in found.items():
            if not all(map(is_text, values)):
                raise InputInvalid("Text without control characters is expected.", field=name)
        return found

    def form_as_sent(self) -> dict[str, list[str]]:
        """The same with whatever characters came, for a door that cleans them itself."""
        if self._boundary:
            typed: dict[str, list[str]] = {}
            for one in parts(self._body(), self._boundary):
                if one.file_name is None:
                    typed.setdefault(one.name, []).append(one.data.decode(errors="replace"))
            return typed
        try:
            text = self._body().decode()
            return parse_qs(text, keep_blank_values=True, max_num_fields=MOST_FORM_FIELDS)
        except ValueError:
            raise InputInvalid("This form could not be read.") from None

    def form_value(self, name: str) -> str:
        """One field of a form, "" if it is not there."""
        return _first(self.form(), name)

    def file(self, name: str) -> tuple[str, bytes]:
        """The name and content of a file that a form carries, or nothing. Raises `InputInvalid`."""
        found = parts(self._body(), self._boundary) if self._boundary else []
        for one in found:
            if one.name == name and one.file_name is not None:
                return one.file_name, one.data
        return "", b""

    @property
    def _boundary(self) -> str:
        return boundary_of(self.headers.get("content-type", ""))

    def json(self, kind: type[T]) -> T:
        """The body, as an object of this type. Raises `InputInvalid`."""
        return read(kind, self.json_as_sent())

    def json_as_sent(self) -> object:
        """The body, whatever JSON it is; without one an empty object. Raises `InputInvalid`."""
        try:
            return json.loads(self._body() or b"{}")
        except (ValueError, RecursionError):
            raise InputInvalid("The body is not JSON.") from None

    def _body(self) -> bytes:
        body = str(self.event.get("body") or "")
        return base64.b64decode(body) if self.event.get("isBase64Encoded") else body.encode()


def _texts(event: Mapping[str, Any], headers: Mapping[str, str], chosen: str) -> Texts:
    return texts_for(
        headers.get("accept-language", ""),
        _query(event, "lang") or chosen,
        unquote(cookie_of(event, ZONE_COOKIE)),
        _query(event, "offset"),
    )


def _query(event: Mapping[str, Any], name: str) -> str:
    return _first(parse_qs(str(event.get("rawQueryString") or "")), name)


def _first(values: Mapping[str, list[str]], name: str) -> str:
    return (values.get(name) or [""])[0]
