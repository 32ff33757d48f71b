"""The paths of the REST service and what each answers."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta, timezone
from typing import Any, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from local.sugar.rest import metadata
from local.sugar.rest.errors import (
    RestError,
    incorrect_version,
    invalid_grant,
    invalid_parameter,
    need_login,
    no_method,
    not_authorized,
    not_found,
)
from local.sugar.rest.filters import to_sql
from local.sugar.rest.records import fields_of, record, wants_email
from local.sugar.rest.tokens import ACCESS_SECONDS, REFRESH_SECONDS, Grant, Tokens
from local.sugar.schema.modules import Module
from local.sugar.soap.context import Sugar
from local.sugar.soap.errors import SugarFault
from local.sugar.store.guard import QueryBroken, QueryRefused
from local.sugar.store.listing import Listing
from local.sugar.store.users import User, password_hash

T = TypeVar("T")

_USUAL_LIMIT = 20
_MOST_REQUESTS = 100
_NEWEST_MINOR = 20
_VERSION = re.compile(r"/rest/v(\d+)(?:_(\d+))?(/.*)?")
_ZONE = timezone(timedelta(hours=-4))


@dataclass(frozen=True, slots=True)
class RestCall:
    """One call: method, path below the version as parts, arguments, token."""

    method: str
    path: tuple[str, ...]
    arguments: Mapping[str, Any]
    token: str = ""

    def names(self, key: str) -> list[str]:
        """A list of names parted by commas."""
        return [one for one in str(self.arguments.get(key) or "").split(",") if one]

    def whole(self, key: str, default: int) -> int:
        """A whole number."""
        try:
            return int(self.arguments.get(key, default))
        except (TypeError, ValueError):
            raise invalid_parameter(key) from None

    @property
    def name(self) -> str:
        """What it is called in the log: its path without module and ids."""
        match self.path:
            case ("oauth2", "token"):
                return f"oauth2/token {self.arguments.get('grant_type', '')}"
            case (_, "filter", *rest):
                return "/".join(("filter", *rest))
            case (_, _, "link", _, *rest):
                return "/".join(("link", *rest))
        return "/".join(self.path)


def version_of(path: str) -> tuple[str, str] | None:
    """The endpoint and what follows it; None for what is no REST path."""
    found = _VERSION.fullmatch(path)
    return (f"rest/v{found[1]}", found[3] or "") if found else None


def parsed(method: str, target: str, body: bytes, token: str) -> RestCall:
    """A call from its address and body. Raises `RestError`."""
    parts = urlsplit(target)
    found = _VERSION.fullmatch(parts.path)
    if found is None or int(found[1]) not in (10, 11) or int(found[2] or 0) > _NEWEST_MINOR:
        raise incorrect_version()
    arguments: dict[str, Any] = dict(parse_qsl(parts.query, keep_blank_values=True))
    if isinstance(arguments.get("filter"), str):
        arguments["filter"] = _json(arguments["filter"])
    if body:
        told = _json(body)
        if not isinstance(told, dict):
            raise invalid_parameter("body")
        arguments |= told
    path = tuple(unquote(one) for one in (found[3] or "").split("/") if one)
    return RestCall(method, path, arguments, token)


def _json(text: str | bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise invalid_parameter("JSON") from None


@dataclass
class RestService:
    """Answers calls; every answer is what JSON can hold.

    `platforms` are the ones registered; `page` is the most records a list gives at once.
    """

    sugar: Sugar
    tokens: Tokens
    platforms: set[str] = field(default_factory=lambda: {"base", "mobile", "portal", "funnel"})
    page: int = 1000

    def answer(self, call: RestCall) -> object:
        """What a call answers. Raises `RestError`."""
        match call.method, call.path:
            case "GET", ("metadata", "public"):
                return {"server_info": metadata.server_info(self.sugar), "_hash": "0"}
            case "POST", ("oauth2", "token"):
                return self._token(call)
        user = self._user(call)
        with self.sugar.world.database:
            return self._signed_in(user, call)

    def _signed_in(self, user: User, call: RestCall) -> object:
        match call.method, call.path:
            case "POST", ("oauth2", "logout"):
                self.tokens.close(call.token)
                return {"success": True}
            case "GET", ("ping",):
                return "pong"
            case "GET", ("ping", "whattimeisit"):
                return self.sugar.world.clock.now().astimezone(_ZONE).isoformat(timespec="seconds")
            case "GET", ("me",):
                return {"current_user": metadata.current_user(self.sugar, user)}
            case "GET", ("metadata",):
                return {"modules": metadata.modules(self.sugar, call.names("module_filter"))}
            case "GET", ("lang", _):
                return metadata.language(self.sugar)
            case "POST", ("bulk",):
                return self._bulk(call)
            case "POST", (module, "filter"):
                return self._filter(user, self._module(user, module), call)
            case "POST", (module, "filter", "count"):
                return self._count(user, self._module(user, module), call)
            case "GET", (module, record_id, "link", link):
                return self._linked(user, self._module(user, module), record_id, link, call)
            case "GET", (module, record_id, "link", link, "filter"):
                return self._linked(user, self._module(user, module), record_id, link, call)
        raise no_method()

    def _user(self, call: RestCall) -> User:
        if not call.token:
            raise need_login()
        found = self.tokens.user_of(call.token)
        if found is None:
            raise invalid_grant()
        return self.sugar.users.get(found)

    def _token(self, call: RestCall) -> object:
        given = call.arguments
        platform = str(given.get("platform") or "base")
        if platform not in self.platforms:
            raise invalid_parameter("The provided platform is not valid.")
        if given.get("client_id") != "sugar":
            raise RestError(400, "invalid_client", "The client credentials are invalid")
        if given.get("grant_type") == "refresh_token":
            renewed = self.tokens.renew(str(given.get("refresh_token") or ""))
            if renewed is None:
                raise RestError(400, "invalid_grant", "Invalid refresh token")
            return _told(renewed)
        name, password = str(given.get("username") or ""), str(given.get("password") or "")
        found = self.sugar.users.check(name, password_hash(password)) if password else None
        if found is None:
            raise need_login("You must specify a valid username and password.")
        return _told(self.tokens.give(found, platform))

    def _module(self, user: User, name: str) -> Module:
        try:
            module = self.sugar.module(name)
        except SugarFault:
            raise not_found() from None
        if not user.sees(module) or not user.may(module, "list"):
            raise not_authorized()
        return module

    def _listing(self, user: User, module: Module, call: RestCall, **more: Any) -> Listing:
        asked = call.whole("max_num", _USUAL_LIMIT)
        both = call.arguments.get("deleted") in (True, 1, "1", "true")
        return Listing(
            module,
            query=to_sql(module, call.arguments.get("filter", [])),
            order_by="date_modified desc, id desc",
            offset=max(call.whole("offset", 0), 0),
            limit=min(asked, self.page) if asked > 0 else self.page,
            deleted=-1 if both else 0,
            owner=user.id if user.only_own(module, "list") else None,
            **more,
        )

    def _filter(self, user: User, module: Module, call: RestCall) -> object:
        return self._page(module, self._listing(user, module, call), call)

    def _count(self, user: User, module: Module, call: RestCall) -> object:
        asked = self._listing(user, module, call)
        return {"record_count": self._run(lambda: self.sugar.lists.count(asked))}

    def _page(self, module: Module, asked: Listing, call: RestCall) -> object:
        names = call.names("fields")
        fields = fields_of(self.sugar, module, names)
        rows = self._run(lambda: self.sugar.lists.page(asked, fields, padded=False))
        total = self._run(lambda: self.sugar.lists.count(asked))
        after = asked.offset + len(rows)
        email = wants_email(names)
        return {
            "next_offset": after if after < total else -1,
            "records": [record(self.sugar, module, fields, row, email=email) for row in rows],
        }

    def _linked(
        self, user: User, module: Module, record_id: str, link: str, call: RestCall
    ) -> object:
        if not self.sugar.records.live(module, record_id):
            raise not_found()
        known = module.link_by_name.get(link)
        if known is None or known.kind == "none":
            raise not_found()
        other = self._module(user, known.module)
        sql, values = self.sugar.relations.subquery(known, record_id)
        asked = self._listing(user, other, call, ids_sql=sql, ids_values=tuple(values))
        return self._page(other, asked, call)

    def _bulk(self, call: RestCall) -> object:
        requests = call.arguments.get("requests")
        if not isinstance(requests, list) or len(requests) > _MOST_REQUESTS:
            raise invalid_parameter("requests")
        return [self._one_of_many(call.token, one) for one in requests]

    def _one_of_many(self, token: str, told: Mapping[str, Any]) -> object:
        try:
            body = str(told.get("data") or "").encode()
            method, url = str(told.get("method") or "GET"), str(told.get("url") or "")
            contents = self.answer(parsed(method, f"/rest{url}", body, token))
        except RestError as error:
            return {"contents": error.told(), "headers": {}, "status": error.status}
        return {"contents": contents, "headers": {}, "status": 200}

    def _run(self, query: Callable[[], T]) -> T:
        try:
            return query()
        except (QueryBroken, QueryRefused) as error:
            raise RestError(500, "fatal_error", "Your request failed to complete.") from error


def _told(grant: Grant) -> dict[str, object]:
    return {
        "access_token": grant.access,
        "expires_in": ACCESS_SECONDS,
        "token_type": "bearer",
        "scope": None,
        "refresh_token": grant.refresh,
        "refresh_expires_in": REFRESH_SECONDS,
        "download_token": grant.access,
    }
