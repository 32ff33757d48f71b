"""Put people on the auto lists that the rules give them, and take them off the others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from funnel.domain.auto_lists import (
    AutoValue,
    ListSettings,
    accounts_of,
    is_merged,
    list_name,
    new_list,
    values_of,
    wanted_lists,
)
from funnel.domain.errors import Conflict, StoreBusy
from funnel.domain.ids import ListId, Module, PersonId, RecordKey, SugarId, TenantId
from funnel.domain.lists import Move, Standing
from funnel.domain.records import Person, SugarRecord
from funnel.usecases.app import App

_TRIES = 12
_MOST_CHANGES = 40
"""Lists that one move changes at most: it is one transaction."""


def list_people(app: App, tenant: TenantId, people: Iterable[PersonId]) -> int:
    """Bring the auto lists of these people up to date; how many moves it took.

    Whoever was moved is looked at once more: what changed meanwhile may have been worked out by
    somebody who found nothing to write. Raises `StoreBusy` when others keep changing the same.
    """
    todo, moved = sorted(set(people)), 0
    for _ in range(_TRIES):
        if not todo:
            return moved
        todo, written = _pass(app, tenant, todo)
        moved += written
    if todo:
        raise StoreBusy(f"Others kept changing the lists of {len(todo)} people.")
    return moved


@dataclass(frozen=True, slots=True)
class _Read:
    """What people's lists follow from."""

    people: Mapping[PersonId, Person]
    records: Mapping[RecordKey, SugarRecord]
    opportunities: Mapping[SugarId, frozenset[SugarId]]

    def records_of(self, person_id: PersonId) -> list[SugarRecord]:
        """The records whose values a person has."""
        person = self.people.get(person_id)
        if person is None or is_merged(person):
            return []
        own = [self.records[ln.key] for ln in person.links if ln.key in self.records]
        keys = accounts_of(own)
        for record in own:
            keys |= self._opportunities_of(record)
        return own + [self.records[key] for key in sorted(keys) if key in self.records]

    def _opportunities_of(self, contact: SugarRecord) -> set[RecordKey]:
        if contact.key.module is not Module.CONTACTS:
            return set()
        keys = {
            RecordKey(Module.OPPORTUNITIES, i)
            for i in self.opportunities.get(contact.key.sugar_id, ())
        }
        return {
            key
            for key in keys
            if key in self.records and contact.key.sugar_id in self.records[key].contact_ids
        }


def _pass(app: App, tenant: TenantId, ids: Sequence[PersonId]) -> tuple[list[PersonId], int]:
    """One look at these: who has to be looked at again, and how many were moved."""
    settings = app.lists.list_settings(tenant)
    # Read before what they follow from: a standing written meanwhile is then another version.
    standings = app.lists.standings(tenant, ids)
    read = _read(app, tenant, ids)
    moves: list[Move] = []
    values: dict[ListId, AutoValue] = {}
    for person_id in ids:
        wanted = wanted_lists(tenant, values_of(read.records_of(person_id), settings.fields))
        move = _move(standings[person_id], frozenset(wanted))
        if move.joined or move.left:
            moves.append(move)
            values.update({i: wanted[i] for i in move.joined})
    if not moves:
        return [], 0
    _make_lists(app, settings, values)
    done = app.lists.move(tenant, moves, app.clock.now())
    return [move.before.person_id for move in moves], sum(done)


def _move(before: Standing, wanted: frozenset[ListId]) -> Move:
    """Towards what is wanted, by as many lists as can be changed at once."""
    move = Move(before, wanted)
    changes = [*move.joined, *move.left]
    return Move(before, before.lists ^ frozenset(changes[:_MOST_CHANGES]))


def _read(app: App, tenant: TenantId, ids: Sequence[PersonId]) -> _Read:
    people = app.records.people(tenant, ids)
    own = [ln.key for p in people.values() if not is_merged(p) for ln in p.links]
    records = app.records.records(tenant, own)
    contacts = [key.sugar_id for key in records if key.module is Module.CONTACTS]
    opportunities = app.lists.opportunities_of(tenant, contacts) if contacts else {}
    around = accounts_of(records.values()) | {
        RecordKey(Module.OPPORTUNITIES, i) for some in opportunities.values() for i in some
    }
    if around:
        records = {**records, **app.records.records(tenant, sorted(around))}
    return _Read(people, records, opportunities)


def _make_lists(app: App, settings: ListSettings, values: Mapping[ListId, AutoValue]) -> None:
    """Make the lists that are not here yet, named as their values are called by then."""
    missing = set(values) - set(app.lists.lists(settings.tenant, values))
    for list_id in sorted(missing):
        made = new_list(settings.tenant, values[list_id], settings.labels, app.clock.now())
        try:
            made = app.lists.save_list(made)
        except Conflict:
            continue
        now = app.lists.list_settings(settings.tenant)
        name = list_name(values[list_id], now.labels)
        if name != made.name:
            app.lists.save_list(replace(made, name=name))
