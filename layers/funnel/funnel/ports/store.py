"""Where everything is kept. Every access carries the tenant.

Methods raise `Conflict` where they say so and `StoreBusy` otherwise; a write may then have been
carried out or not, so read again before the next. Reads are consistent unless they say "listing".
A listing's cursor is opaque text; "" is the start, and a returned "" the end. It is a position in
the order, so rows that come or go meanwhile neither hide nor repeat the others. A cursor that is
none raises `InputInvalid`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from funnel.domain.connecting.connections import Connection
from funnel.domain.connecting.currencies import Currencies
from funnel.domain.consent.consent import Consent
from funnel.domain.ids import JobId, ListId, Module, PersonId, RecordKey, RunId, SugarId, TenantId
from funnel.domain.lists.target_lists import ListReading, ListsRound
from funnel.domain.mapping.fields import FieldList
from funnel.domain.people.searching import Wanted
from funnel.domain.signing_in.tenants import Session, SignInAttempt, SignInLink, Tenant
from funnel.domain.signing_in.tries import Tries
from funnel.domain.sync.records import (
    Claim,
    Followers,
    HistoryEntry,
    Person,
    SugarRecord,
    SyncError,
    Unit,
)
from funnel.domain.sync.runs import Asks, Job, Run, RunWindow
from funnel.ports.changes import ComparisonStore, HookStore, PreviewStore
from funnel.ports.listing import Found, Listing

__all__ = ["MOST_LOOKED", "Found", "Listing", "RecordStore", "SyncStore", "TenantStore"]

MOST_LOOKED = 100_000
"""Rows that a search looks through at a time: about two seconds."""


class RecordStore(Protocol):
    """Records, people, their errors and history."""

    def commit(self, tenant: TenantId, units: Sequence[Unit]) -> list[bool]:
        """Write each unit whole or not at all; False for one whose rows changed meanwhile.

        Units are independent and share no row. A unit written before and repeated is told False, for
        its own rows have moved on. Raises `ValueError` for a unit of over 100 rows, with a row twice
        or of another tenant; `Permanent`, naming it, for a record too large to be kept: nothing of
        any unit is written then.
        """

    def records(self, tenant: TenantId, keys: Iterable[RecordKey]) -> dict[RecordKey, SugarRecord]:
        """The records that are here; those that are not are absent."""

    def people(self, tenant: TenantId, ids: Iterable[PersonId]) -> dict[PersonId, Person]:
        """The people with these ids, merged ones as they stand."""

    def claims(self, tenant: TenantId, emails: Iterable[str]) -> dict[str, Claim]:
        """The claims on these folded addresses.

        One that was given up and made anew has a version the first never had. One that was given up
        is absent, unless there is a consent of the address: then it names nobody.
        """

    def consents(self, tenant: TenantId, emails: Iterable[str]) -> dict[str, Consent]:
        """What is known of the consent of these folded addresses."""

    def erased(self, tenant: TenantId) -> Mapping[str, bool]:
        """The marks of addresses and records whose people were erased here.

        Each with whether the address may not be written to.
        """

    def due_consents(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[Consent]:
        """Listing: what Sugar is to be told, by when it is due, also of times to come."""

    def followers(
        self, tenant: TenantId, contact_ids: Iterable[SugarId]
    ) -> dict[SugarId, Followers]:
        """The Leads converted to these Contacts."""

    def mark_causes(self, tenant: TenantId, causes: Iterable[RecordKey]) -> None:
        """Remember that something may be blocked by these; before the error rows are written."""

    def marked_causes(self, tenant: TenantId, keys: Iterable[RecordKey]) -> set[RecordKey]:
        """Which of these may block something."""

    def blocked_by(
        self, tenant: TenantId, cause: RecordKey, limit: int, cursor: str = ""
    ) -> Listing[SyncError]:
        """Listing: the open errors that wait for this record."""

    def errors_of(self, tenant: TenantId, record: RecordKey) -> list[SyncError]:
        """The open errors of one record."""

    def list_errors(
        self,
        tenant: TenantId,
        limit: int,
        cursor: str = "",
        *,
        root: RecordKey | None = None,
        after: RecordKey | None = None,
    ) -> Listing[SyncError]:
        """Listing: all open errors, those of one root together, in the order of the roots' keys.

        With `root` those of one root only; with `after` those of the roots behind that one.
        """

    def list_people(
        self, tenant: TenantId, prefix: str, limit: int, cursor: str = ""
    ) -> Listing[Person]:
        """Listing: people whose folded name starts with the folded prefix, by name.

        Merged people are left out, and those that are in Sugar no more and were not made here.
        """

    def search_people(
        self,
        tenant: TenantId,
        wanted: Wanted,
        limit: int,
        cursor: str = "",
        most: int = MOST_LOOKED,
    ) -> Found[Person]:
        """Listing: people who are listed and whom the search wants, by name.

        Looks through about `most` people at a time.
        """

    def search_records(
        self,
        tenant: TenantId,
        module: Module,
        wanted: Wanted,
        limit: int,
        cursor: str = "",
        most: int = MOST_LOOKED,
    ) -> Found[SugarRecord]:
        """Listing: Accounts, Opportunities or Users in use whom the search wants, by name."""

    def list_records(
        self, tenant: TenantId, module: Module, prefix: str, limit: int, cursor: str = ""
    ) -> Listing[SugarRecord]:
        """Listing: SYNCED and STALE records whose folded name starts with the prefix, by name."""

    def children(
        self, tenant: TenantId, parent_id: SugarId, module: Module, limit: int, cursor: str = ""
    ) -> Listing[SugarRecord]:
        """Listing: SYNCED and STALE records below one, by name.

        Contacts and Opportunities are below their Account, Users below whom they report to.
        """

    def history(
        self, tenant: TenantId, subject: str, limit: int, cursor: str = ""
    ) -> Listing[HistoryEntry]:
        """Listing: what happened to a subject, newest first."""


class SyncStore(HookStore, ComparisonStore, PreviewStore, Protocol):
    """Connections, runs, windows, jobs, readings of Target Lists, leases and budgets."""

    def connection(self, tenant: TenantId) -> Connection | None:
        """The tenant's connection."""

    def save_connection(self, connection: Connection) -> Connection:
        """Write it if its version still stands; the stored one. Raises `Conflict`."""

    def save_field_list(self, tenant: TenantId, found: FieldList) -> None:
        """Keep a module's field list in place of the one before."""

    def field_list(self, tenant: TenantId, module: Module) -> FieldList | None:
        """A module's field list as last kept."""

    def save_currencies(self, tenant: TenantId, found: Currencies) -> None:
        """Keep Sugar's currencies in place of those before."""

    def currencies(self, tenant: TenantId) -> Currencies | None:
        """Sugar's currencies as last kept."""

    def connections_of_quarter(self, quarter: int, cursor: str = "") -> Listing[TenantId]:
        """Listing across tenants, for the schedule: whose hourly run starts in this quarter."""

    def create_run(self, run: Run, windows: Sequence[RunWindow]) -> None:
        """Open a run, with at most 90 windows. Raises `Conflict` while the tenant has one open."""

    def open_run(self, tenant: TenantId) -> Run | None:
        """The tenant's open run: running, stalled or paused."""

    def run(self, tenant: TenantId, run_id: RunId) -> Run | None:
        """One run."""

    def runs(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[Run]:
        """Listing: runs, newest first."""

    def save_run(
        self, run: Run, *, done: Sequence[RunWindow] = (), new: Sequence[RunWindow] = ()
    ) -> Run:
        """Write the run, strike off `done` and add `new` windows, together; the stored run.

        A run whose status is no longer open lets the next one start, and loses its windows; it stays
        closed. A window in both `done` and `new` stays, as `new` has it. Raises `Conflict` if the
        stored version is another or the run is closed, `ValueError` for over 90 windows.
        """

    def windows(
        self, tenant: TenantId, run_id: RunId, module: Module, limit: int
    ) -> list[RunWindow]:
        """The module's open windows, in the order of their ids."""

    def ask(self, tenant: TenantId, run_id: RunId, asks: Asks) -> None:
        """Leave a wish for the worker; wishes add up, in whatever order they come.

        Modules come together, none meaning all, and the kind that reads most wins.
        """

    def asks(self, tenant: TenantId, run_id: RunId) -> Asks:
        """What was asked of the run."""

    def expired_runs(self, now: datetime, limit: int) -> list[tuple[TenantId, RunId]]:
        """Listing across tenants, for the watch: RUNNING runs whose lease has expired at `now`.

        Those that expired first come first. A run with no lease is not found.
        """

    def save_job(self, job: Job) -> Job:
        """Write it if its version still stands; the stored one. Raises `Conflict`."""

    def job(self, tenant: TenantId, job_id: JobId) -> Job | None:
        """One job. Jobs are kept for a week, looks before a push for an hour."""

    def list_reading(self, tenant: TenantId, list_id: ListId) -> ListReading | None:
        """How far one Target List has been compared."""

    def list_readings(self, tenant: TenantId, ids: Iterable[ListId]) -> dict[ListId, ListReading]:
        """The same of several; those that were never compared are absent."""

    def save_list_reading(self, reading: ListReading) -> ListReading:
        """Write it if its version still stands; the stored one. Raises `Conflict`."""

    def lists_round(self, tenant: TenantId) -> ListsRound | None:
        """The last time the tenant's Target Lists were asked for."""

    def save_lists_round(self, lists_round: ListsRound) -> ListsRound:
        """Write it if its version still stands; the stored one. Raises `Conflict`."""

    def jobs(self, tenant: TenantId, ids: Iterable[JobId]) -> dict[JobId, Job]:
        """The jobs with these ids that are there."""

    def tries(self, tenant: TenantId, who: str) -> Tries:
        """The latest tries under one name; none with version 0. Kept for a day."""

    def save_tries(self, tries: Tries) -> Tries:
        """Write them if their version still stands; the stored ones. Raises `Conflict`."""

    def acquire(
        self, tenant: TenantId, name: str, owner: str, now: datetime, until: datetime
    ) -> bool:
        """Take a lease that is free, expired at `now`, or already the owner's."""

    def is_held(self, tenant: TenantId, name: str, now: datetime) -> bool:
        """Whether anybody has this lease at `now`."""

    def release(self, tenant: TenantId, name: str, owner: str) -> None:
        """Give the owner's lease back; nothing if it is not the owner's."""

    def reserve(self, tenant: TenantId, requests: int, per_second: float, now: datetime) -> float:
        """Reserve requests from the connection's shared budget; seconds to wait before them.

        What was not used is not saved up.
        """

    def reserved_until(self, tenant: TenantId) -> datetime | None:
        """Until when the budget of requests is spent; None where none was ever reserved."""


class TenantStore(Protocol):
    """Tenants, one-use links, attempts to sign in and sessions."""

    def create_tenant(self, tenant: Tenant) -> None:
        """Raises `Conflict` if the id is taken."""

    def tenant(self, tenant: TenantId) -> Tenant | None:
        """One tenant."""

    def put_link(self, link: SignInLink) -> None:
        """Keep a one-use link until it expires."""

    def use_link(self, token_hash: str, now: datetime) -> SignInLink | None:
        """Take the link away; None if there is none, or it was used, or has expired at `now`."""

    def put_attempt(self, attempt: SignInAttempt) -> None:
        """Keep an attempt until it expires."""

    def attempt(self, token_hash: str, now: datetime) -> SignInAttempt | None:
        """An attempt that has not expired and that nobody took."""

    def take_attempt(self, token_hash: str, by: str, now: datetime) -> bool:
        """Take it for `by`, again too; False if another did, or there is none at `now`."""

    def put_session(self, session: Session) -> None:
        """Keep a session until it expires."""

    def session(self, token_hash: str, now: datetime) -> Session | None:
        """A session that has not expired."""

    def end_session(self, token_hash: str) -> None:
        """Forget a session."""

    def end_sessions(self, tenant: TenantId) -> None:
        """Forget all sessions of a tenant that began before now."""
