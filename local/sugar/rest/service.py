"""The paths of the REST service and what each answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta, timezone
from typing import Any, TypeVar

from local.sugar.rest import metadata
from local.sugar.rest.call import RestCall, parsed
from local.sugar.rest.errors import (
    RestError,
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
from local.sugar.rest.writing import create, stored
from local.sugar.schema.links import Link
from local.sugar.schema.modules import Module
from local.sugar.soap.context import Sugar
from local.sugar.soap.errors import SugarFault
from local.sugar.store.guard import QueryBroken, QueryRefused
from local.sugar.store.listing import Listing
from local.sugar.store.users import User, password_hash

T = TypeVar("T")

_USUAL_LIMIT = 20
_MOST_REQUESTS = 100
_ZONE = timezone(timedelta(hours=-4))


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
            about = self._about(user, call)
            return self._on_records(user, call) if about is None else about

    def _about(self, user: User, call: RestCall) -> object:
        """What the server tells of itself; None for a call about records."""
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
                if "currencies" in call.names("type_filter"):
                    return {"currencies": metadata.currencies(self.sugar)}
                return {"modules": metadata.modules(self.sugar, call.names("module_filter"))}
            case "GET", ("lang", _):
                return metadata.language(self.sugar)
        return None

    def _on_records(self, user: User, call: RestCall) -> object:
        match call.method, call.path:
            case "POST", ("bulk",):
                return self._bulk(call)
            case "PUT", (module, record_id):
                return self._update(user, self._module(user, module), record_id, call)
            case "POST", (module,):
                return self._create(user, self._module(user, module), call)
            case "POST", (module, "filter"):
                return self._filter(user, self._module(user, module), call)
            case "POST", (module, "filter", "count"):
                return self._count(user, self._module(user, module), call)
            case "POST", (module, record_id, "link"):
                return self._link(user, self._module(user, module), record_id, call)
            case "DELETE", (module, record_id, "link", link, other):
                return self._unlink(user, self._module(user, module), record_id, link, other)
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

    def _link(self, user: User, module: Module, record_id: str, call: RestCall) -> object:
        """Link records that are there; nobody where one is not."""
        link, other = self._known_link(user, module, record_id, str(call.arguments["link_name"]))
        for one in call.arguments.get("ids") or ():
            if not self.sugar.records.live(other, str(one)):
                raise not_found()
            self.sugar.relations.add(module, record_id, link, str(one))
        return {"record": {"id": record_id, "_module": module.name}, "related_records": []}

    def _unlink(
        self, user: User, module: Module, record_id: str, link_name: str, other_id: str
    ) -> object:
        link, other = self._known_link(user, module, record_id, link_name)
        linked = self.sugar.relations.others(module, record_id, link)
        if other_id not in linked or not self.sugar.records.live(other, other_id):
            raise not_found()
        self.sugar.relations.remove(module, record_id, link, other_id)
        return {"record": {"id": record_id, "_module": module.name}, "related_record": {}}

    def _known_link(
        self, user: User, module: Module, record_id: str, link: str
    ) -> tuple[Link, Module]:
        if not user.may(module, "edit"):
            raise not_authorized()
        known = module.link_by_name.get(link)
        if not self.sugar.records.live(module, record_id) or known is None or known.kind == "none":
            raise not_found()
        return known, self._module(user, known.module)

    def _update(self, user: User, module: Module, record_id: str, call: RestCall) -> object:
        if not user.may(module, "edit"):
            raise not_authorized()
        if not self.sugar.records.live(module, record_id):
            raise not_found()
        given = {name: stored(module, name, value) for name, value in call.arguments.items()}
        self.sugar.records.update(module, record_id, given, by=user.id)
        fields = fields_of(self.sugar, module, ())
        row = self.sugar.lists.records(module, [record_id], fields, padded=False)
        return record(self.sugar, module, fields, row[record_id.upper()], email=True)

    def _create(self, user: User, module: Module, call: RestCall) -> object:
        if not user.may(module, "edit"):
            raise not_authorized()
        made = create(self.sugar, user, module, call.arguments)
        fields = fields_of(self.sugar, module, ())
        row = self.sugar.lists.records(module, [made], fields, padded=False)
        return record(self.sugar, module, fields, row[made.upper()], email=True)

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
