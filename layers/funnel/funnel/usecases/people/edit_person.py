"""Change fields of a person here; what is newer in Sugar, or wins by its rule, may replace them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import Value
from funnel.domain.errors import Conflict, NotFound
from funnel.domain.ids import Module, PersonId, TenantId, derived_id
from funnel.domain.mapping.fields import FieldType
from funnel.domain.mapping.mapping import STANDARD_ONLY, Mappings
from funnel.domain.mapping.typed_values import typed_fields
from funnel.domain.people.people import preferred, said_by_sugar, with_edits
from funnel.domain.sync.records import HistoryEntry, Person, Unit
from funnel.usecases.app import App
from funnel.usecases.bells.ask_relist import commit_and_ask, has_segments
from funnel.usecases.mapping.map_fields import person_fields
from funnel.usecases.pushing.push_edits import push_edits
from funnel.usecases.view_common import Named

PEOPLE = (Module.CONTACTS, Module.LEADS)
"""Whose dropdowns a person's fields have, who is in no module yet."""

_TRIES = 5


def edit_person(
    app: App, tenant: TenantId, person_id: PersonId, values: Mapping[str, Value], by: str
) -> Person:
    """Set these fields, None or "" empties one; the person as it is then. Sugar is told soon.

    Raises `NotFound` (no such person, merged into another, or erased), `InputInvalid` naming the field, and
    `Conflict` when others keep changing the person.
    """
    connection = app.sync.connection(tenant)
    checked = typed_fields(person_fields(connection), values)
    for _ in range(_TRIES):
        person = app.records.people(tenant, [person_id]).get(person_id)
        if person is None or person.merged_into or person.erased:
            raise NotFound("There is no such person, or it was merged into another.")
        now = app.clock.now()
        records = app.records.records(tenant, [link.key for link in person.links])
        sugar = said_by_sugar(preferred(records.values()), _mappings(connection))
        after, changes = with_edits(person, checked, by, now, sugar)
        if not changes:
            push_edits(app, connection, person, by)
            return person
        entry_id = derived_id("history", person_id, str(person.version), "edited")
        entry = HistoryEntry(
            tenant, person_id, now, entry_id, "changed", "Funnel", tuple(changes), by=by
        )
        units = [Unit(people=[after], history=[entry])]
        if all(
            commit_and_ask(
                app.records, app.queue, tenant, units, {}, has_segments(app.lists, tenant)
            )
        ):
            now_there = app.records.people(tenant, [person_id])[person_id]
            push_edits(app, connection, now_there, by)
            return now_there
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
    person = app.records.people(tenant, [person_id]).get(person_id)
    if person is None:
        raise NotFound("There is no such person.")
    return editable(app, tenant, label_of, person)


def editable(
    app: App, tenant: TenantId, label_of: Callable[[str], str], person: Person | None = None
) -> tuple[EditableField, ...]:
    """All fields that a person can have, with this person's values, or empty."""
    connection = app.sync.connection(tenant)
    mappings = _mappings(connection)
    linked = [link.key.module for link in person.links] if person else []
    named = Named.of(app, tenant, mappings, dict.fromkeys(linked or PEOPLE))
    fields = person.fields if person else {}
    return tuple(
        EditableField(
            name,
            named.labels.get(name) or label_of(name),
            kind,
            _text(fields.get(name)),
            named.options.get(name, {}) if kind is FieldType.CHOICE else {},
        )
        for name, kind in person_fields(connection).items()
    )


def _mappings(connection: Connection | None) -> Mappings:
    return connection.all_mappings() if connection else STANDARD_ONLY


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
