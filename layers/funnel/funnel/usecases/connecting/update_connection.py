"""Settings of a connection: pause, read-only, quiet hours, modules, filters, pace."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import Any

from funnel.domain.connecting.connections import Connection, Pause, PauseReason, QuietHours
from funnel.domain.crm import Condition, Operator
from funnel.domain.errors import Conflict, InputInvalid
from funnel.domain.ids import PULLED_MODULES, Module, TenantId
from funnel.domain.mapping.score_fields import SCORE_FIELD, SCORED_MODULES
from funnel.domain.vision.sugar_origins import MOST_ORIGINS, frame_origins, origin_of
from funnel.ports.sync_messages import PushDue
from funnel.usecases.app import App
from funnel.usecases.bells.ring import ring
from funnel.usecases.connecting.connect import go_on
from funnel.usecases.connecting.connection import change_connection, connection_of, may_push
from funnel.usecases.connecting.mass_write import refuse_unannounced

SLOWEST, FASTEST = 0.2, 20.0
"""Requests a second. Sugar's own cloud blocks callers above about 20."""

MOST_CONDITIONS, MOST_VALUES, LONGEST_VALUE = 20, 100, 255
LONGEST_DEFAULT = 100
_FIELD = re.compile(r"[a-z][a-z0-9_]{0,63}")
_TAKES_NO_VALUE = frozenset({Operator.IS_EMPTY, Operator.IS_NOT_EMPTY})

MOST_SCORE_FIELDS = 5

Filters = Mapping[Module, tuple[Condition, ...]]
ScoreFields = Mapping[Module, tuple[str, ...]]


class Unset(Enum):
    """Stands for a setting that is left as it is, where None means "none"."""

    UNSET = "unset"


UNSET = Unset.UNSET


@dataclass(frozen=True, slots=True)
class ConnectionChanges:
    """What is to change. `quiet_hours` None ends them; `conditions` replace a module's filter.

    `score_fields` are the fields that take the lead score, by module; none for the usual one.
    `frame_origins` are where Sugar's pages are beside the address that is connected: whole addresses
    do, of which the origin is kept. `confirmed` says that what waits may be written, however much it is.

    A condition's field must be one that Sugar had when its fields were last read, where they were.
    One that goes later stops only its module. The defaults stand in where a push needs a Last Name
    or Company and the person has none; "" is none.
    """

    read_only: bool | Unset = UNSET
    paused: bool | Unset = UNSET
    quiet_hours: QuietHours | Unset | None = UNSET
    modules: tuple[Module, ...] | Unset = UNSET
    conditions: Filters | Unset = UNSET
    requests_per_second: float | Unset = UNSET
    default_last_name: str | Unset = UNSET
    default_company: str | Unset = UNSET
    score_fields: ScoreFields | Unset = UNSET
    frame_origins: tuple[str, ...] | Unset = UNSET
    confirmed: bool | Unset = UNSET


def update_connection(
    app: App, tenant: TenantId, by: str, changes: ConnectionChanges
) -> Connection:
    """Change settings; the connection as it is then.

    Raises `NotFound`, `InputInvalid`, `Conflict` (changed meanwhile, it waits for a password, or
    much would be written that nobody said yes to).
    """
    wanted = [
        (_SETTERS[setting.name], value)
        for setting in fields(changes)
        if (value := getattr(changes, setting.name)) is not UNSET
    ]

    def change(connection: Connection) -> Connection:
        for set_it, value in wanted:
            connection = set_it(app, by, connection, value)
        return connection

    before = connection_of(app, tenant)
    if before.read_only and changes.read_only is False and changes.confirmed is not True:
        refuse_unannounced(app, before)
    if changes.read_only is False or changes.paused is False:
        # Asked for before it is saved: what is marked is written whoever dies.
        ring(app, tenant)
    after = change_connection(app, tenant, change)
    if before.pause is not None:
        go_on(app, after)
    if (before.read_only or before.pause) and may_push(after):
        app.queue.send(PushDue(tenant))
    return after


def _read_only(_app: App, _by: str, connection: Connection, value: bool) -> Connection:
    return replace(connection, read_only=value)


def _paused(app: App, by: str, connection: Connection, value: bool) -> Connection:
    if value:
        pause = connection.pause or Pause(PauseReason.ADMIN, app.clock.now(), by)
        return replace(connection, pause=pause)
    if connection.pause and connection.pause.reason is PauseReason.SIGN_IN_REFUSED:
        raise Conflict(
            "Sugar has refused the password, so sync stays paused.",
            mend="Enter the password that is right now; sync then goes on by itself.",
        )
    return replace(connection, pause=None, failures=0, open_until=None)


def _quiet_hours(
    _app: App, _by: str, connection: Connection, value: QuietHours | None
) -> Connection:
    if value is not None and value.start == value.end:
        raise InputInvalid("Quiet hours cannot end when they start.", field="quiet_hours")
    return replace(connection, quiet_hours=value)


def _modules(_app: App, _by: str, connection: Connection, value: tuple[Module, ...]) -> Connection:
    if not value:
        raise InputInvalid("Choose at least one module.", field="modules")
    chosen = {*value, Module.USERS}
    return replace(
        connection, modules=tuple(module for module in PULLED_MODULES if module in chosen)
    )


def _conditions(app: App, _by: str, connection: Connection, value: Filters) -> Connection:
    """Other filters: a module whose filter changed is read whole by its next run."""
    kept = dict(connection.conditions)
    generations = dict(connection.generations)
    synced = dict(connection.synced_until)
    for module, conditions in value.items():
        checked = _checked(conditions)
        _check_fields(app, connection, module, [c.field for c in checked], "conditions")
        if checked == tuple(kept.get(module, ())):
            continue
        kept[module] = checked
        generations[module] = generations.get(module, 0) + 1
        synced.pop(module, None)
    filters = {module: found for module, found in kept.items() if found}
    return replace(connection, conditions=filters, generations=generations, synced_until=synced)


def _check_fields(
    app: App, connection: Connection, module: Module, names: Iterable[str], setting: str
) -> None:
    """A field that Sugar did not have when it was last asked is a slip; unknown ones may be right."""
    known = app.sync.field_list(connection.tenant, module)
    there = {one.name for one in known.fields} if known else set()
    wrong = [name for name in names if there and name not in there]
    if wrong:
        raise InputInvalid(
            f"{module} have no field “{wrong[0]}” in Sugar.",
            mend="Use a name from the page Field mappings; if the field is new, read the fields there.",
            field=setting,
        )


def _checked(conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    if len(conditions) > MOST_CONDITIONS:
        raise InputInvalid(f"At most {MOST_CONDITIONS} conditions a module.", field="conditions")
    for condition in conditions:
        if not _FIELD.fullmatch(condition.field):
            raise InputInvalid(
                f"“{condition.field[:64]}” is not the name of a field in Sugar.",
                mend="Use the field's database name, such as lead_source or region_c.",
                field="conditions",
            )
        without = condition.operator in _TAKES_NO_VALUE
        if without is bool(condition.values) or "" in condition.values:
            what = "takes no value" if without else "needs a value"
            raise InputInvalid(
                f"“{condition.field} {condition.operator}” {what}.", field="conditions"
            )
        if len(condition.values) > MOST_VALUES or any(
            len(value) > LONGEST_VALUE for value in condition.values
        ):
            raise InputInvalid(
                f"At most {MOST_VALUES} values of {LONGEST_VALUE} characters.", field="conditions"
            )
    return conditions


def _pace(_app: App, _by: str, connection: Connection, value: float) -> Connection:
    if not SLOWEST <= value <= FASTEST:
        raise InputInvalid(
            f"Choose between {SLOWEST} and {FASTEST:g} requests a second.",
            field="requests_per_second",
        )
    return replace(connection, requests_per_second=float(value))


def _default(name: str) -> Callable[[App, str, Connection, str], Connection]:
    def set_it(_app: App, _by: str, connection: Connection, value: str) -> Connection:
        text = " ".join(value.split())
        if len(text) > LONGEST_DEFAULT:
            raise InputInvalid(f"At most {LONGEST_DEFAULT} characters.", field="push_defaults")
        return replace(connection, **{name: text})  # type: ignore[arg-type]

    return set_it


def _score_fields(app: App, _by: str, connection: Connection, value: ScoreFields) -> Connection:
    """Other fields for the score. A full sync finds that they do not hold it, and has it told."""
    chosen, generations = dict(connection.score_fields), dict(connection.generations)
    for module, names in value.items():
        if module not in SCORED_MODULES:
            raise InputInvalid("Only Leads and Contacts take a score.", field="score_fields")
        if len(names) > MOST_SCORE_FIELDS or not all(_FIELD.fullmatch(name) for name in names):
            raise InputInvalid(
                f"At most {MOST_SCORE_FIELDS} names of fields, such as {SCORE_FIELD}.",
                field="score_fields",
            )
        _check_fields(app, connection, module, names, "score_fields")
        if tuple(names) != tuple(chosen.get(module, ())):
            chosen[module] = tuple(dict.fromkeys(names))
            generations[module] = generations.get(module, 0) + 1
    fields = {module: names for module, names in chosen.items() if names}
    return replace(connection, score_fields=fields, generations=generations)


def _frame_origins(
    _app: App, _by: str, connection: Connection, value: tuple[str, ...]
) -> Connection:
    own = frame_origins(replace(connection, frame_origins=()))
    found = []
    for one in value:
        origin = origin_of(one)
        if not origin:
            raise InputInvalid(
                f"“{one[:100]}” is not the address of a web page.",
                mend="Enter addresses such as https://crm.example.com.",
                field="frame_origins",
            )
        found.append(origin)
    more = tuple(one for one in dict.fromkeys(found) if one not in own)
    if len(more) > MOST_ORIGINS - 1:
        raise InputInvalid(f"At most {MOST_ORIGINS - 1} more addresses.", field="frame_origins")
    return replace(connection, frame_origins=more)


def _confirmed(_app: App, _by: str, connection: Connection, _value: bool) -> Connection:
    return connection


_SETTERS: Mapping[str, Callable[[App, str, Connection, Any], Connection]] = {
    "read_only": _read_only,
    "paused": _paused,
    "quiet_hours": _quiet_hours,
    "modules": _modules,
    "conditions": _conditions,
    "requests_per_second": _pace,
    "default_last_name": _default("default_last_name"),
    "default_company": _default("default_company"),
    "score_fields": _score_fields,
    "frame_origins": _frame_origins,
    "confirmed": _confirmed,
}
