"""Change fields of a person here; what is newer in Sugar, or wins by its rule, may replace them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from funnel.domain.crm import Value
from funnel.domain.errors import Conflict, InputInvalid, NotFound
from funnel.domain.fields import FieldType, Subject
from funnel.domain.ids import Module, PersonId, TenantId, derived_id
from funnel.domain.people import preferred, said_by_sugar, with_edits
from funnel.domain.records import HistoryEntry, Person, Unit
from funnel.usecases.app import App
from funnel.usecases.ask_relist import commit_and_ask
from funnel.usecases.connection import connection_of
from funnel.usecases.map_fields import fields_of
from funnel.usecases.view_common import Named

LONGEST_VALUE = 2_000
_TRIES = 5
_YES, _NO = frozenset({"yes", "true", "1"}), frozenset({"no", "false", "0"})


def edit_person(
    app: App, tenant: TenantId, person_id: PersonId, values: Mapping[str, Value], by: str
) -> Person:
    """Set these fields, None or "" empties one; the person as it is then.

    Raises `NotFound` (no such person, or merged into another), `InputInvalid` naming the field, and
    `Conflict` when others keep changing the person.
    """
    connection = connection_of(app, tenant)
    known = fields_of(connection, Subject.PERSON)
    checked = {name: _value(known, name, value) for name, value in values.items()}
    for _ in range(_TRIES):
        person = app.records.people(tenant, [person_id]).get(person_id)
        if person is None or person.merged_into:
            raise NotFound("There is no such person, or it was merged into another.")
        now = app.clock.now()
        records = app.records.records(tenant, [link.key for link in person.links])
        sugar = said_by_sugar(preferred(records.values()), connection.all_mappings())
        after, changes = with_edits(person, checked, by, now, sugar)
        if not changes:
            return person
        entry_id = derived_id("history", person_id, str(person.version), "edited")
        entry = HistoryEntry(
            tenant, person_id, now, entry_id, "changed", "Funnel", tuple(changes), by=by
        )
        units = [Unit(people=[after], history=[entry])]
        if all(commit_and_ask(app.records, app.queue, tenant, units, {})):
            return app.records.people(tenant, [person_id])[person_id]
    raise Conflict("Others are changing this person.", mend="Try again.")


@dataclass(frozen=True, slots=True)
class EditableField:
    """A field as a form has it: its value as text, and a dropdown's keys with their labels."""

    name: str
    label: str
    type: FieldType
    value: str
    options: Mapping[str, str]


def editable_fields(
    app: App, tenant: TenantId, person_id: PersonId, label_of: Callable[[str], str]
) -> tuple[EditableField, ...]:
    """All fields that a person can have. Raises `NotFound`."""
    connection = connection_of(app, tenant)
    person = app.records.people(tenant, [person_id]).get(person_id)
    if person is None:
        raise NotFound("There is no such person.")
    mappings = connection.all_mappings()
    modules = dict.fromkeys([link.key.module for link in person.links] or [Module.LEADS])
    named = Named.of(app, tenant, mappings, modules)
    return tuple(
        EditableField(
            name,
            named.labels.get(name) or label_of(name),
            kind,
            _text(person.fields.get(name)),
            named.options.get(name, {}) if kind is FieldType.CHOICE else {},
        )
        for name, kind in fields_of(connection, Subject.PERSON).items()
    )


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _value(known: Mapping[str, FieldType], name: str, value: Value) -> Value:
    kind = known.get(name)
    if kind is None:
        raise InputInvalid(f"There is no field “{name}”.", field=name)
    if value is None or value == "":
        return None
    text = str(value).strip()
    if len(text) > LONGEST_VALUE:
        raise InputInvalid(f"At most {LONGEST_VALUE} characters.", field=name)
    match kind:
        case FieldType.INTEGER:
            return _number(text, name)
        case FieldType.YES_NO:
            return _yes_no(text, name)
        case FieldType.DATE:
            return _date(text, name)
        case _:
            return text or None


def _number(text: str, name: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise InputInvalid("Enter a whole number.", field=name) from None


def _yes_no(text: str, name: str) -> bool:
    folded = text.casefold()
    if folded not in _YES | _NO:
        raise InputInvalid("Enter yes or no.", field=name)
    return folded in _YES


def _date(text: str, name: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise InputInvalid("Enter a date such as 2026-11-24.", field=name) from None
