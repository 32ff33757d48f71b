"""A record set apart from its person by hand, or joined again: what is written for it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from funnel.domain.ids import PersonId, derived_id
from funnel.domain.mapping.mapping import STANDARD_ONLY, Mappings
from funnel.domain.people.people_units import Around, people_units
from funnel.domain.sync.intake import Intake
from funnel.domain.sync.records import HistoryEntry, SugarRecord, Unit

SET_APART = "set apart"
JOINED_AGAIN = "joined again"


def by_hand_units(
    around: Around,
    before: SugarRecord,
    by: str,
    now: datetime,
    mappings: Mappings = STANDARD_ONLY,
    *,
    apart: bool,
) -> list[Unit]:
    """Group the people around a record anew, as if Sugar had parted or joined them.

    `before` is the record as stored; `by` the person who asked. The history of the record and of
    both people says what was done, from our side, and by whom.
    """
    intake = Intake(replace(before, apart=apart), before, (), (), frozenset())
    units = people_units(around, [intake], now, mappings)
    kind = SET_APART if apart else JOINED_AGAIN
    for unit in units:
        unit.history = [_ours(entry, kind, by) for entry in unit.history]
        for record in unit.records:
            if record.key == before.key:
                _tell(unit, before, record.person_id, kind, by, now)
    return units


def record_in(units: Iterable[Unit], before: SugarRecord) -> SugarRecord:
    """The record as these units leave it."""
    found = (r for unit in units for r in unit.records if r.key == before.key)
    return next(found, before)


def _tell(
    unit: Unit, before: SugarRecord, after: PersonId, kind: str, by: str, now: datetime
) -> None:
    """The people it is about point to the one the record is now, and that one to another."""
    told = {entry.subject for entry in unit.history if entry.kind == "merged"}
    others = {before.person_id, *(record.person_id for record in unit.records)} - {after}
    about: dict[str, str] = {str(before.key): after}
    about.update((other, after) for other in others)
    if others:
        about[after] = before.person_id if before.person_id in others else min(others)
    for subject, note in about.items():
        if subject not in told:
            mine = [entry for entry in unit.history if entry.subject == subject]
            changes = tuple(change for entry in mine for change in entry.changes)
            unit.history = [entry for entry in unit.history if entry.subject != subject]
            entry_id = derived_id("history", subject, str(before.version), kind, note)
            unit.history.append(
                HistoryEntry(
                    before.tenant, subject, now, entry_id, kind, "Funnel", changes, note, by
                )
            )


def _ours(entry: HistoryEntry, rule: str, by: str) -> HistoryEntry:
    """What follows from it is our doing as well; values that change come from another record."""
    changes = tuple(
        replace(change, rule=rule) if change.rule == "changed in Sugar" else change
        for change in entry.changes
    )
    return replace(entry, side="Funnel", changes=changes, by=by)
