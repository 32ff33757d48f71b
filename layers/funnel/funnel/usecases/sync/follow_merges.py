"""Find who a person is now whose last record Sugar has merged away, and merge them too."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from funnel.domain.connecting.connections import Connection
from funnel.domain.consent.consent import found_elsewhere
from funnel.domain.errors import (
    CircuitOpen,
    Conflict,
    ConnectionPaused,
    InputInvalid,
    LeaseLost,
    MethodMissing,
    NotFound,
    Permanent,
    SignInRefused,
    StoreBusy,
    Transient,
)
from funnel.domain.ids import ConnectionId, Module, PersonId, RecordKey, TenantId
from funnel.domain.people.merged_away import address_left, address_of, kept_records
from funnel.domain.people.people_units import people_units
from funnel.domain.sync.hooks import Mark, MarkKind
from funnel.domain.sync.intake import Intake, link_of
from funnel.domain.sync.module_errors import MERGES_UNKNOWN
from funnel.domain.sync.records import Person, SugarRecord, Unit
from funnel.ports.crm import Crm
from funnel.ports.sync_messages import FollowMerges
from funnel.usecases.app import App
from funnel.usecases.bells.ask_relist import commit_and_ask, has_segments
from funnel.usecases.bells.ring import ring
from funnel.usecases.connecting.connection import connection_of, refuse_to_go_on, sugar
from funnel.usecases.connecting.report_module import module_works, report_module
from funnel.usecases.jobs.try_later import try_later
from funnel.usecases.sync.load_people import load_around

LEASE = timedelta(seconds=240)
_NAME = "merges"
_ABOUT = Module.LEADS
"""Leads and Contacts are asked for together; the row of the report is about the first."""
_PAGE = 100
_TRIES = 8
_UNIT = 100
_DELAY = 5
_WAITS = "waits for "

Holders = Mapping[str, tuple[RecordKey, ...]]


def ask_to_follow_merges(app: App, tenant: TenantId, connection_id: ConnectionId) -> None:
    """Send a message if a deleted record has left a person alone, or one still waits."""
    if app.sync.marked(tenant, connection_id, 1, kind=MarkKind.LEFT).items:
        app.queue.send(FollowMerges(tenant, connection_id), delay=_DELAY)


def follow_merges(
    app: App, message: FollowMerges, worker: str, seconds_left: Callable[[], float]
) -> None:
    """Ask Sugar who has the address of each record that left its person alone, page by page.

    The person is merged into that of the record which has the address now. Where nobody has it, or
    records of several people do, it stays as it is. A record that is not here yet, or held back, is
    waited for, and Sugar not asked again until it is here. One worker works at a time; what fails
    keeps its mark, and the end of the next run asks again. That Sugar refuses to tell is a row of
    the error report, until it does.
    """
    connection = connection_of(app, message.tenant)
    now = app.clock.now()
    if connection.connection_id != message.connection_id:
        return
    if not app.sync.acquire(message.tenant, _NAME, worker, now, now + LEASE):
        return
    try:
        if not _all_pages(app, connection, worker, seconds_left):
            app.queue.send(replace(message, attempt=0))
        module_works(app, message.tenant, _ABOUT, {MERGES_UNKNOWN})
    except (CircuitOpen, ConnectionPaused, LeaseLost, SignInRefused, NotFound, Conflict):
        return
    except Permanent as error:
        report_module(app, message.tenant, _ABOUT, MERGES_UNKNOWN, error.text)
    except Transient as error:
        try_later(app, message, error)
    finally:
        app.sync.release(message.tenant, _NAME, worker)


def _all_pages(
    app: App, connection: Connection, worker: str, seconds_left: Callable[[], float]
) -> bool:
    """False if time ran out before the last."""
    tenant, cursor = connection.tenant, ""
    while True:
        marks = app.sync.marked(tenant, connection.connection_id, _PAGE, cursor, kind=MarkKind.LEFT)
        _Page(app, connection).work(marks.items)
        cursor = marks.cursor
        if not cursor:
            return True
        now = app.clock.now()
        refuse_to_go_on(app, connection)
        if not app.sync.acquire(tenant, _NAME, worker, now, now + LEASE):
            return True
        if seconds_left() <= 0:
            return False


class _Page:
    """A page of marks of one connection."""

    def __init__(self, app: App, connection: Connection) -> None:
        self._app = app
        self._connection = connection
        self._tenant = connection.tenant

    def work(self, marks: Sequence[Mark]) -> None:
        """Clear those that are settled; the others keep their mark."""
        waiting = {m.key for m in marks if m.stamp.startswith(_WAITS)} - self._come(marks)
        alone = self._alone([m for m in marks if m.key not in waiting])
        holders = self._holders(sorted({email for _, email in alone.values()}))
        settled = []
        for mark in marks:
            if mark.key in waiting:
                continue
            if mark.key not in alone or self._settle(mark.key, *alone[mark.key], holders):
                settled.append(mark)
        self._app.sync.clear(
            self._tenant, self._connection.connection_id, settled, kind=MarkKind.LEFT
        )

    def _come(self, marks: Sequence[Mark]) -> set[RecordKey]:
        """Those whose record that was waited for is here."""
        wanted = {
            m.key: RecordKey.parse(m.stamp.removeprefix(_WAITS))
            for m in marks
            if m.stamp.startswith(_WAITS)
        }
        here = _here(self._stored(list(wanted.values())))
        return {key for key, awaited in wanted.items() if awaited in here}

    def _stored(self, keys: Sequence[RecordKey]) -> Mapping[RecordKey, SugarRecord]:
        return self._app.records.records(self._tenant, keys) if keys else {}

    def _alone(self, marks: Sequence[Mark]) -> dict[RecordKey, tuple[PersonId, str]]:
        """The people who are still alone, and the address of each."""
        if not marks:
            return {}
        store = self._app.records
        records = store.records(self._tenant, [m.key for m in marks])
        people = store.people(self._tenant, {r.person_id for r in records.values()})
        emails = {key: address_of(r.fields.get("email1")) for key, r in records.items()}
        claims = store.claims(self._tenant, {email for email in emails.values() if email})
        found = {}
        for key, record in records.items():
            person = people.get(record.person_id)
            email = address_left(record, person, claims.get(emails[key]))
            if email:
                found[key] = (record.person_id, email)
        return found

    def _holders(self, emails: Sequence[str]) -> Holders:
        """Nobody of an address that cannot be asked for, or where Sugar cannot say."""
        if not emails:
            return {}
        with sugar(self._app, self._connection) as crm:
            return _ask(crm, emails)

    def _settle(self, key: RecordKey, person_id: PersonId, email: str, holders: Holders) -> bool:
        """Whether nothing is left to do about this one."""
        having = holders.get(email, ())
        stored = self._stored(having)
        kept = kept_records(key, email, having, stored)
        here = _here({one: stored[one] for one in kept if one in stored})
        if kept and not here:
            stamp = f"{_WAITS}{kept[0]}"
            self._app.sync.mark(
                self._tenant, self._connection.connection_id, [key], stamp, kind=MarkKind.LEFT
            )
            return False
        if len(set(here.values())) == 1:
            self._absorb(person_id, next(k for k in kept if k in here))
        return True

    def _absorb(self, person_id: PersonId, kept: RecordKey) -> None:
        """Under the versions of all it touches; read anew when others were quicker."""
        store, mappings = self._app.records, self._connection.all_mappings()
        for _ in range(_TRIES):
            record = store.records(self._tenant, [kept])[kept]
            intake = Intake(record, record, (), (), frozenset())
            around = load_around(store, self._tenant, [intake], self._connection, [person_id])
            now = self._app.clock.now()
            units = people_units(around, [intake], now, mappings, {person_id: kept})
            if any(len(unit) > _UNIT for unit in units):
                return
            self._make_due(units, around.people[person_id])
            before = {kept: record}
            if all(
                commit_and_ask(
                    store,
                    self._app.queue,
                    self._tenant,
                    units,
                    before,
                    has_segments(self._app.lists, self._tenant),
                )
            ):
                return
        raise StoreBusy("Others keep changing these people.")

    def _make_due(self, units: Sequence[Unit], person: Person) -> None:
        """What Sugar is still to be told of the addresses that come along, together with them."""
        unit = next((u for u in units for p in u.people if p.person_id == person.person_id), None)
        if unit is None or not person.emails:
            return
        now = self._app.clock.now()
        found = self._app.records.consents(self._tenant, person.emails)
        due = [after for one in found.values() if (after := found_elsewhere(one, now)) != one]
        if due:
            ring(self._app, self._tenant)
            unit.consents.extend(due)


def _here(stored: Mapping[RecordKey, SugarRecord]) -> dict[RecordKey, PersonId]:
    """Which of these are links, and whose."""
    return {k: r.person_id for k, r in stored.items() if link_of(r) is not None}


def _ask(crm: Crm, emails: Sequence[str]) -> Holders:
    try:
        return crm.holders(emails)
    except MethodMissing:
        return {}
    except InputInvalid:
        if len(emails) == 1:
            return {}
        half = len(emails) // 2
        return {**_ask(crm, emails[:half]), **_ask(crm, emails[half:])}
