"""Take in a page of records as read from Sugar: compare, check, link to people, write."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import CrmRow, Page
from funnel.domain.errors import ModuleMissing, NoRight, StoreBusy
from funnel.domain.ids import PEOPLE_MODULES, Module, RecordKey, TenantId
from funnel.domain.mapping.mapping import STANDARD_ONLY, Mappings
from funnel.domain.people.erasure import is_erased
from funnel.domain.people.merged_away import left_alone
from funnel.domain.people.people_units import people_units
from funnel.domain.sync.hooks import MarkKind
from funnel.domain.sync.intake import (
    Intake,
    email_of,
    history_of,
    is_news,
    same_standing,
    take_in,
)
from funnel.domain.sync.pull_rules import Known, is_active, needs
from funnel.domain.sync.records import ReadStamp, State, SugarRecord, Unit
from funnel.domain.sync.versions import supersedes
from funnel.ports.changes import HookStore
from funnel.ports.store import RecordStore
from funnel.ports.system import Clock, Queue
from funnel.usecases.bells.ask_relist import HasSegments, commit_and_ask
from funnel.usecases.sync.load_people import load_around
from funnel.usecases.sync.read_apart import read_apart

_TRIES = 12
_UNIT = 100
_CAUSES = frozenset({Module.USERS, Module.ACCOUNTS, Module.CONTACTS})

Fetch = Callable[[Module, list[RecordKey]], Page]
"""Reads records by their ids from Sugar."""


class Onlooker(Protocol):
    """Who only wants to know what a page would lead to."""

    def met(self, page: Page) -> None:
        """A page is looked at."""

    def is_outdated(self, key: RecordKey) -> bool:
        """Whether what is here of a record is not what others will be checked against by then."""


Watch = Callable[[list[Unit], Mapping[RecordKey, SugarRecord | None]], None]
"""Looks at what is about to be written, and at how these records stood."""


@dataclass(slots=True)
class Stored:
    """What a page led to, in records. `freed` are records that others may be waiting for."""

    rows: int = 0
    changed: int = 0
    deleted: int = 0
    held: int = 0
    freed: set[RecordKey] = field(default_factory=set)

    def add(self, other: "Stored", *, rows: bool) -> None:
        """Count another page's outcome in; its rows only if they are of the same module."""
        self.freed |= other.freed
        if rows:
            self.rows += other.rows
            self.changed += other.changed
            self.deleted += other.deleted
            self.held += other.held


class PageStore:
    """Takes in pages of one connection, for as long as one worker works on it.

    `fetch` is asked for records that others point to and that are not here, once each. `queue` is
    told whose lists may change, `watch` is shown all before it is written, and raises where that
    must not be. In `marks` it is noted which deleted records leave a person alone. `onlooker` is
    told of pages, and asked which records are to be read again before others are checked. `segments`
    says whether the tenant has any.
    """

    def __init__(
        self,
        records: RecordStore,
        clock: Clock,
        tenant: TenantId,
        generations: Mapping[Module, int],
        fetch: Fetch,
        queue: Queue,
        mappings: Mappings = STANDARD_ONLY,
        connection: Connection | None = None,
        marks: HookStore | None = None,
        watch: Watch = lambda _units, _before: None,
        onlooker: Onlooker | None = None,
        segments: HasSegments = lambda: False,
    ) -> None:
        self._segments = segments
        self._onlooker = onlooker
        self._watch = watch
        self._records = records
        self._queue = queue
        self._clock = clock
        self._tenant = tenant
        self._generations = generations
        self._fetch = fetch
        self._mappings = mappings
        self._connection = connection
        self._marks = marks
        self._asked: set[RecordKey] = set()
        self.unreadable: set[Module] = set()

    def store(self, page: Page, *, again: bool = False) -> Stored:
        """Write what the page says; what is here already is compared, not written.

        With `again` the rules are applied also to records that have not changed. Raises
        `StoreBusy` when others keep changing the same rows.
        """
        if self._onlooker:
            self._onlooker.met(page)
        rows = {row.key: row for row in page.rows}
        outcome = Stored(rows=len(rows))
        todo = list(rows.values())
        for _ in range(_TRIES):
            if not todo:
                break
            todo = self._pass(page, todo, outcome, again=again)
            again = True
        if todo:
            raise StoreBusy(f"Others kept changing the same {len(todo)} records.")
        if causes := {k for k, row in rows.items() if k.module in _CAUSES and not row.deleted}:
            outcome.freed |= self._free(causes)
        return outcome

    def _pass(
        self, page: Page, rows: list[CrmRow], outcome: Stored, *, again: bool
    ) -> list[CrmRow]:
        """One try; the rows that have to be tried again."""
        stored = self._records.records(self._tenant, [r.key for r in rows])
        news = [r for r in rows if self._worth_a_look(r, page, stored.get(r.key), again=again)]
        if not news:
            return []
        known = self._known(news, outcome)
        erased = self._erased(news)
        now = self._clock.now()
        intakes = [
            take_in(
                self._tenant,
                r,
                stored.get(r.key),
                known,
                self._stamp(page, r),
                now,
                self.unreadable,
                is_erased=is_erased(self._tenant, erased, r.key, email_of(r)),
            )
            for r in news
        ]
        changed = [self._dated(i) for i in intakes if _differs(i)]
        return self._write(changed, {r.key: r for r in news}, outcome)

    def _erased(self, rows: Iterable[CrmRow]) -> Mapping[str, bool]:
        """The marks of people who were erased; asked for only where people have changed."""
        of_people = any(row.module in PEOPLE_MODULES for row in rows)
        return self._records.erased(self._tenant) if of_people else {}

    def _worth_a_look(
        self, row: CrmRow, page: Page, stored: SugarRecord | None, *, again: bool
    ) -> bool:
        """What was read earlier never replaces what was read later, asked for again or not."""
        stamp = self._stamp(page, row)
        if again and stored is not None:
            return supersedes(stamp, stored.stamp)
        return is_news(row, stored, stamp)

    def _dated(self, intake: Intake) -> Intake:
        """An error that was there before keeps the time when it was first seen."""
        before = intake.before
        if before is None or not set(before.errors) & {e.error_id for e in intake.errors}:
            return intake
        old = self._records.errors_of(self._tenant, before.key)
        first_seen = {e.error_id: e.first_seen for e in old}
        errors = [
            replace(e, first_seen=first_seen.get(e.error_id, e.first_seen)) for e in intake.errors
        ]
        return replace(intake, errors=tuple(errors))

    def _stamp(self, page: Page, row: CrmRow) -> ReadStamp:
        return ReadStamp(
            row.date_modified, page.began, page.ended, self._generations.get(row.module, 0)
        )

    def _write(
        self, intakes: list[Intake], rows: dict[RecordKey, CrmRow], outcome: Stored
    ) -> list[CrmRow]:
        if not intakes:
            return []
        units = self._units(intakes)
        too_large = any(len(unit) > _UNIT for unit in units)
        if too_large and len(intakes) == 1:
            units = self._units([_alone(intakes[0])])
        elif too_large:
            half = len(intakes) // 2
            first = self._write(intakes[:half], rows, outcome)
            return first + [rows[i.record.key] for i in intakes[half:]]
        blockers = frozenset().union(*(i.blockers for i in intakes))
        if blockers:
            self._records.mark_causes(self._tenant, blockers)
        self._mark_left_alone(units, intakes)
        before = {i.record.key: i.before for i in intakes}
        self._watch(units, before)
        done = commit_and_ask(
            self._records, self._queue, self._tenant, units, before, self._segments
        )
        written = {r.key for unit, ok in zip(units, done, strict=True) if ok for r in unit.records}
        for intake in intakes:
            if intake.record.key in written:
                _count(outcome, intake)
        usable = self._usable(blockers)
        return [
            rows[i.record.key]
            for i in intakes
            if i.record.key not in written or i.blockers & usable
        ]

    def _mark_left_alone(self, units: list[Unit], intakes: list[Intake]) -> None:
        """Before it is written: whoever dies in between leaves a mark that says nothing."""
        left = left_alone(units, intakes) if self._marks and self._connection else []
        if left and self._marks and self._connection:
            stamp = self._clock.now().isoformat()
            connection_id = self._connection.connection_id
            self._marks.mark(self._tenant, connection_id, left, stamp, MarkKind.LEFT)

    def _units(self, intakes: list[Intake]) -> list[Unit]:
        now = self._clock.now()
        units = [_unit(i, now) for i in intakes if i.record.key.module not in PEOPLE_MODULES]
        people = [i for i in intakes if i.record.key.module in PEOPLE_MODULES]
        if people:
            around = load_around(self._records, self._tenant, people, self._connection)
            units += people_units(around, people, now, self._mappings)
        return units

    def _known(self, rows: Iterable[CrmRow], outcome: Stored) -> Known:
        """The records that these are checked against, read from Sugar where they are not here."""
        keys = {key for row in rows for key in needs(row)}
        if not keys:
            return {}
        known = self._records.records(self._tenant, keys)
        missing = {k for k in keys - self._asked if self._is_to_be_read(k, known.get(k))}
        for module in Module:
            wanted = sorted(k for k in missing if k.module is module)
            if wanted:
                self._asked.update(wanted)
                self._ask_for(module, wanted, outcome)
        if missing:
            known.update(self._records.records(self._tenant, missing))
        roots = {r.root for r in known.values() if r.root} - set(known)
        return {**self._records.records(self._tenant, roots), **known} if roots else known

    def _is_to_be_read(self, key: RecordKey, stored: SugarRecord | None) -> bool:
        if stored is None or stored.state is State.DELETED:
            return True
        return self._onlooker is not None and self._onlooker.is_outdated(key)

    def _ask_for(self, module: Module, keys: list[RecordKey], outcome: Stored) -> None:
        try:
            pages, _ = read_apart(
                lambda ids: self._fetch(module, [RecordKey(module, i) for i in ids]),
                [k.sugar_id for k in keys],
            )
        except (ModuleMissing, NoRight):
            self.unreadable.add(module)
            return
        for page in pages:
            outcome.add(self.store(page), rows=False)

    def _usable(self, keys: Iterable[RecordKey]) -> set[RecordKey]:
        """A cause is looked at once more after its error row is there: no wake-up is lost."""
        keys = list(keys)
        stored = self._records.records(self._tenant, keys) if keys else {}
        return {key for key, record in stored.items() if _serves(record)}

    def _free(self, causes: set[RecordKey]) -> set[RecordKey]:
        marked = self._records.marked_causes(self._tenant, causes)
        return self._usable(marked)


def _alone(intake: Intake) -> Intake:
    """One that would bring together more people than can be written at once stands apart."""
    return replace(intake, record=replace(intake.record, apart=True))


def _differs(intake: Intake) -> bool:
    """Whether there is anything to write. An open error is: it was seen again."""
    before = intake.before
    return before is None or bool(intake.errors) or not same_standing(before, intake.record)


def _serves(record: SugarRecord) -> bool:
    """Whether others may point to this record."""
    if record.key.module is Module.USERS:
        return is_active(record)
    return record.state in (State.SYNCED, State.STALE)


def _unit(intake: Intake, now: datetime) -> Unit:
    unit = Unit(records=[intake.record], errors=list(intake.errors), closed=list(intake.closed))
    entry = history_of(intake, intake.record, now)
    if entry:
        unit.history.append(entry)
    return unit


def _count(outcome: Stored, intake: Intake) -> None:
    match intake.record.state:
        case State.DELETED:
            outcome.deleted += 1
        case State.HELD | State.STALE | State.ERASED:
            outcome.held += 1
        case _:
            outcome.changed += 1
