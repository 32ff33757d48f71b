"""Fill what is empty of a person from a form: it proves no more than that somebody knows an address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from funnel.domain.crm import Value
from funnel.domain.errors import Conflict, InputInvalid, NotFound
from funnel.domain.ids import PersonId, TenantId, derived_id
from funnel.domain.mapping.fields import FieldType
from funnel.domain.mapping.typed_values import typed
from funnel.domain.people.importing import key_of_label
from funnel.domain.people.people import person_name
from funnel.domain.sync.records import FieldChange, HistoryEntry, Person, Unit
from funnel.usecases.app import App
from funnel.usecases.bells.ask_relist import commit_and_ask, has_segments
from funnel.usecases.living import living
from funnel.usecases.people.import_rows import fields_and_options

_TRIES = 6
_RULE = "filled by a form"


@dataclass(frozen=True, slots=True)
class Filled:
    """Fields that were empty and are filled, that stay as they are, and that do not take the value."""

    filled: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    unfit: tuple[str, ...] = ()


def fill_person(
    app: App, tenant: TenantId, person_id: PersonId, values: Mapping[str, str], by: str
) -> Filled:
    """Fill those of these fields that are empty; again, nothing changes.

    A dropdown takes its labels or keys. They do not count as edited here: what Sugar comes to have goes before them. Raises `NotFound` for
    a person who is gone, and `Conflict` when others keep changing the person.
    """
    known, options = fields_and_options(app, tenant)
    keys = {n: key_of_label(options[n], v) if n in options else v for n, v in values.items()}
    for _ in range(_TRIES):
        person = living(app, tenant, person_id)
        if person is None:
            raise NotFound("There is no such person any more.")
        found, unit = _filled(person, known, keys, by, app.clock.now())
        if unit is None:
            return found
        segments = has_segments(app.lists, tenant)
        if all(commit_and_ask(app.records, app.queue, tenant, [unit], {}, segments)):
            return found
    raise Conflict("Others keep changing this person.")


def _filled(
    person: Person,
    known: Mapping[str, FieldType],
    values: Mapping[str, str],
    by: str,
    now: datetime,
) -> tuple[Filled, Unit | None]:
    new: dict[str, Value] = {}
    kept, unfit = [], []
    for name, text in values.items():
        value = _typed(known, name, text)
        if value is None:
            unfit.append(name)
        elif person.fields.get(name) in (None, ""):
            new[name] = value
        elif person.fields[name] != value:
            kept.append(name)
    found = Filled(tuple(new), tuple(kept), tuple(unfit))
    if not new:
        return found, None
    fields = {**person.fields, **new}
    name = person_name(fields) or person.name
    changes = tuple(FieldChange(n, None, v, _RULE) for n, v in sorted(new.items()))
    entry_id = derived_id("history", person.person_id, str(person.version), "filled")
    entry = HistoryEntry(
        person.tenant, person.person_id, now, entry_id, "changed", "Funnel", changes, by=by
    )
    after = replace(person, fields=fields, name=name, changed_at=now)
    return found, Unit(people=[after], history=[entry])


def _typed(known: Mapping[str, FieldType], name: str, text: str) -> Value:
    """The value as the field keeps it; None where the field is gone, or takes it no more."""
    try:
        return typed(known[name], name, text) if name in known else None
    except InputInvalid:
        return None
