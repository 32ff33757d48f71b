"""The control API: what tests and the demo need, as JSON under `/_simulator/`.

`GET health`, `log?last=n`, `troubles`, `module`, `records/<module>[/<id>]`, `linked/<module>/<id>/<link>`;
`POST` with a JSON object to all else (see `_ACTIONS`). Errors are `{"error": ...}` with
400 (what was asked makes no sense) or 404 (no such thing).
"""

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from local.sugar.clock import from_sugar
from local.sugar.company import Company
from local.sugar.demo.build import Size, build
from local.sugar.demo.users import STANDARD, standard_users
from local.sugar.funnel_module import Entered
from local.sugar.soap.context import Sugar
from local.sugar.web.http import HttpRequest, HttpResponse
from local.sugar.web.log import RequestLog
from local.sugar.web.trouble import Trouble, Troubles

Body = dict[str, object]
PREFIX = "/_simulator/"


class _Unknown(Exception):
    """There is no such thing."""


class Control:
    """Answers the control API."""

    def __init__(self, sugar: Sugar, company: Company, troubles: Troubles, log: RequestLog) -> None:
        self._sugar = sugar
        self._company = company
        self._troubles = troubles
        self._log = log
        self._actions: Mapping[str, Callable[[Body], object]] = {
            "reset": self._reset,
            "seed": self._seed,
            "clock": self._clock,
            "log/clear": self._clear_log,
            "troubles": self._trouble,
            "troubles/clear": self._clear_troubles,
            "sessions/expire": self._expire,
            "modules": self._modules,
            "fields": self._fields,
            "create": self._create,
            "update": self._update,
            "delete": self._delete,
            "restore": self._restore,
            "prune": self._prune,
            "convert": self._convert,
            "merge": self._merge,
            "link": self._link,
            "unlink": self._unlink,
            "email": self._email,
            "backdate": self._backdate,
            "activate": self._activate,
            "password": self._password,
            "module": self._module,
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request under `/_simulator/`."""
        parts = urlsplit(request.target)
        path = parts.path.removeprefix(PREFIX).strip("/")
        try:
            if request.method == "GET":
                return _json(200, self._get(path, parse_qs(parts.query)))
            action = self._actions.get(path)
            if action is None:
                raise _Unknown(path)
            body = json.loads(request.body or b"{}")
            if not isinstance(body, dict):
                raise ValueError("a JSON object is expected")
            return _json(200, action(body))
        except _Unknown as error:
            return _json(404, {"error": f"no such thing: {error}"})
        except (KeyError, TypeError, ValueError, sqlite3.IntegrityError) as error:
            return _json(400, {"error": f"{type(error).__name__}: {error}"})

    def _get(self, path: str, query: dict[str, list[str]]) -> object:
        first, *rest = path.split("/")
        if first == "health":
            settings = self._sugar.world.settings
            return {
                "ok": True, "product": settings.product, "version": settings.reported_version,
                "endpoints": settings.endpoints, "time": self._sugar.world.clock.text(),
                "sessions": len(self._sugar.sessions), "users": STANDARD,
            }  # fmt: skip
        if first == "log":
            return self._log.summary(int(query.get("last", ["100"])[0]))
        if first == "module":
            return {"entered": self._company.entered is not None}
        if first == "troubles":
            return [asdict(one) for one in self._troubles.waiting()]
        if first == "records" and rest and rest[0] in self._sugar.world.modules:
            return self._records(rest, query)
        if first == "linked" and len(rest) == 3:
            return self._company.linked(*rest)
        raise _Unknown(path)

    def _records(self, rest: list[str], query: dict[str, list[str]]) -> object:
        if len(rest) == 1:
            return self._company.ids(rest[0], deleted=int(query.get("deleted", ["0"])[0]))
        found = self._company.get(rest[0], rest[1])
        if found is None:
            raise _Unknown(rest[1])
        return found

    # The server

    def _reset(self, _body: Body) -> object:
        self._sugar.world.database.clear()
        self._sugar.sessions.expire_all()
        self._sugar.missing_modules.clear()
        self._sugar.missing_fields.clear()
        self._troubles.clear()
        self._log.clear()
        standard_users(self._sugar, self._company)
        return {"ok": True}

    def _seed(self, body: Body) -> object:
        """`{"seed": 7, "people": 5000}`: the demo company, into what is there."""
        people = body.get("people")
        size = Size.of(int(str(people))) if people else Size()
        build(self._sugar, int(str(body.get("seed", 7))), size)
        return {"ok": True}

    def _clock(self, body: Body) -> object:
        """`fixed` (a Sugar time or null), `skew` or `advance` (seconds)."""
        clock = self._sugar.world.clock
        if "fixed" in body:
            fixed = body["fixed"]
            clock.fix(from_sugar(str(fixed)) if fixed else None)
        if "skew" in body:
            clock.skew(float(str(body["skew"])))
        if "advance" in body:
            clock.advance(float(str(body["advance"])))
        return {"time": clock.text(), "true": datetime.now(UTC).isoformat()}

    def _clear_log(self, _body: Body) -> object:
        self._log.clear()
        return {"ok": True}

    def _trouble(self, body: Body) -> object:
        """The fields of `Trouble`; `methods` and `endpoints` are lists."""
        lists = {name: tuple(_list(body.pop(name, []))) for name in ("methods", "endpoints")}
        self._troubles.add(Trouble(**lists, **body))  # type: ignore[arg-type]
        return {"ok": True}

    def _clear_troubles(self, _body: Body) -> object:
        self._troubles.clear()
        return {"ok": True}

    def _expire(self, _body: Body) -> object:
        self._sugar.sessions.expire_all()
        return {"ok": True}

    def _modules(self, body: Body) -> object:
        """`{"off": ["Leads"]}`: these modules are switched off, all others on."""
        self._sugar.missing_modules.clear()
        self._sugar.missing_modules.update(map(str, _list(body.get("off", []))))
        return {"off": sorted(self._sugar.missing_modules)}

    def _fields(self, body: Body) -> object:
        """`{"removed": ["Leads.score_c"]}`: these fields are gone, all others there."""
        removed = [str(one).split(".") for one in _list(body.get("removed", []))]
        self._sugar.missing_fields.clear()
        self._sugar.missing_fields.update((module, field) for module, field in removed)
        return {"removed": sorted(map(".".join, self._sugar.missing_fields))}

    # Records

    def _create(self, body: Body) -> object:
        record = _maybe(body.get("id"))
        made = self._company.create(str(body["module"]), _values(body), record=record)
        return {"id": made}

    def _update(self, body: Body) -> object:
        touch = bool(body.get("touch", True))
        module, record = _named(body)
        changed = self._company.update(module, record, _values(body), touch=touch)
        return self._done(changed, body)

    def _delete(self, body: Body) -> object:
        return self._done(self._company.delete(*_named(body)), body)

    def _restore(self, body: Body) -> object:
        touch = bool(body.get("touch", True))
        return self._done(self._company.restore(*_named(body), touch=touch), body)

    def _prune(self, body: Body) -> object:
        self._company.prune(*_named(body))
        return {"ok": True}

    def _done(self, changed: bool, body: Body) -> object:
        if not changed:
            raise _Unknown(str(body.get("id")))
        return {"ok": True}

    def _convert(self, body: Body) -> object:
        opportunity = str(body.get("opportunity") or "")
        return self._company.convert_lead(str(body["id"]), opportunity=opportunity)

    def _merge(self, body: Body) -> object:
        merged = map(str, _list(body["merged"]))
        self._company.merge(str(body["module"]), str(body["kept"]), *merged)
        return {"ok": True}

    def _link(self, body: Body) -> object:
        for other in _list(body["others"]):
            self._company.link(*_named(body), str(body["link"]), str(other))
        return {"ok": True}

    def _unlink(self, body: Body) -> object:
        for other in _list(body["others"]):
            self._company.unlink(*_named(body), str(body["link"]), str(other))
        return {"ok": True}

    def _email(self, body: Body) -> object:
        """`set` (primary), `add`, `remove` on a record; or `address` with `opt_out`, `invalid`."""
        if "address" in body:
            flags = {name: bool(body[name]) for name in ("opt_out", "invalid") if name in body}
            self._company.flag_email(str(body["address"]), **flags)
            return {"ok": True}
        module, record = _named(body)
        if "set" in body:
            self._company.set_email(module, record, str(body["set"]))
        if "add" in body:
            self._company.add_email(module, record, str(body["add"]))
        if "remove" in body:
            self._company.remove_email(module, record, str(body["remove"]))
        return [asdict(one) for one in self._company.emails(module, record)]

    def _backdate(self, body: Body) -> object:
        """`date_modified` becomes `to` (a Sugar time, or null)."""
        self._company.back_date(*_named(body), _maybe(body.get("to")))
        return {"ok": True}

    def _activate(self, body: Body) -> object:
        self._company.set_active(str(body["id"]), bool(body.get("active", False)))
        return {"ok": True}

    def _module(self, body: Body) -> object:
        """`address` and `key`, as an admin enters them in Funnel's module; none: forget them."""
        entered = Entered(str(body["address"]), str(body["key"])) if body else None
        self._company.enter_module(entered)
        return {"ok": True}

    def _password(self, body: Body) -> object:
        self._company.set_password(str(body["id"]), str(body["password"]))
        return {"ok": True}


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError("a list is expected")
    return value


def _maybe(value: object) -> str | None:
    return None if value is None else str(value)


def _named(body: Body) -> tuple[str, str]:
    return str(body["module"]), str(body["id"])


def _values(body: Body) -> dict[str, object]:
    values = body.get("values", {})
    if not isinstance(values, dict):
        raise TypeError("values is an object of fields")
    return {str(name): value for name, value in values.items()}


def _json(status: int, body: object) -> HttpResponse:
    text = json.dumps(body, ensure_ascii=False)
    return HttpResponse(status, text.encode(), "application/json; charset=UTF-8")
