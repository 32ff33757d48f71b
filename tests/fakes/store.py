"""An in-memory store with the exact meaning of `funnel.ports.store`."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import RLock
from typing import TypeVar

from funnel.domain.connections import Connection
from funnel.domain.errors import Conflict
from funnel.domain.ids import JobId, Module, PersonId, RecordKey, RunId, SugarId, TenantId
from funnel.domain.records import (
    Claim,
    Followers,
    HistoryEntry,
    Person,
    State,
    SugarRecord,
    SyncError,
    Unit,
)
from funnel.domain.runs import OPEN_STATUSES, Asks, Job, Run, RunStatus, RunWindow
from funnel.domain.tenants import Session, SignInLink, Tenant
from funnel.domain.text import fold_name
from funnel.ports.store import Listing

T = TypeVar("T")
LISTED = (State.SYNCED, State.STALE)


@dataclass
class MemoryStore:
    """All three stores. `writes` counts the rows written, runs and leases aside."""

    rows: dict[tuple[TenantId, str], SugarRecord | Person | Claim | Followers] = field(
        default_factory=dict
    )
    errors: dict[tuple[TenantId, RecordKey, str], SyncError] = field(default_factory=dict)
    entries: dict[tuple[TenantId, str, str], HistoryEntry] = field(default_factory=dict)
    causes: set[tuple[TenantId, RecordKey]] = field(default_factory=set)
    connections: dict[TenantId, Connection] = field(default_factory=dict)
    all_runs: dict[tuple[TenantId, RunId], Run] = field(default_factory=dict)
    all_windows: dict[tuple[TenantId, RunId], dict[tuple[Module, str], RunWindow]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    all_asks: dict[tuple[TenantId, RunId], Asks] = field(default_factory=dict)
    jobs: dict[tuple[TenantId, str], Job] = field(default_factory=dict)
    leases: dict[tuple[TenantId, str], tuple[str, datetime]] = field(default_factory=dict)
    budgets: dict[TenantId, datetime] = field(default_factory=dict)
    tenants: dict[TenantId, Tenant] = field(default_factory=dict)
    links: dict[str, SignInLink] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    writes: int = 0
    lock: RLock = field(default_factory=RLock)

    # records, people

    def commit(self, tenant: TenantId, units: Sequence[Unit]) -> list[bool]:
        for unit in units:
            if len(unit) > 100:
                raise ValueError(f"A unit of {len(unit)} rows is too large: 100 at most.")
        with self.lock:
            return [self._commit(tenant, unit) for unit in units]

    def _commit(self, tenant: TenantId, unit: Unit) -> bool:
        versioned = [*unit.records, *unit.people, *unit.claims, *unit.followers]
        for row in versioned:
            assert row.tenant == tenant
            stored = self.rows.get((tenant, _key(row)))
            if (stored.version if stored else 0) != row.version:
                return False
        for row in versioned:
            if isinstance(row, Claim) and not row.person_id:
                self.rows.pop((tenant, _key(row)), None)
            else:
                self.rows[tenant, _key(row)] = replace(row, version=row.version + 1)
        for error in unit.errors:
            self.errors[tenant, error.record, error.error_id] = error
        for record, error_id in unit.closed:
            self.errors.pop((tenant, record, error_id), None)
        for entry in unit.history:
            self.entries[tenant, entry.subject, entry.entry_id] = entry
        self.writes += len(unit)
        return True

    def _get(self, tenant: TenantId, key: str, kind: type[T]) -> T | None:
        row = self.rows.get((tenant, key))
        return row if isinstance(row, kind) else None

    def records(self, tenant: TenantId, keys: Iterable[RecordKey]) -> dict[RecordKey, SugarRecord]:
        found = {k: self._get(tenant, f"record {k}", SugarRecord) for k in keys}
        return {k: r for k, r in found.items() if r}

    def people(self, tenant: TenantId, ids: Iterable[PersonId]) -> dict[PersonId, Person]:
        found = {i: self._get(tenant, f"person {i}", Person) for i in ids}
        return {i: p for i, p in found.items() if p}

    def claims(self, tenant: TenantId, emails: Iterable[str]) -> dict[str, Claim]:
        found = {e: self._get(tenant, f"claim {e}", Claim) for e in emails}
        return {e: c for e, c in found.items() if c}

    def followers(
        self, tenant: TenantId, contact_ids: Iterable[SugarId]
    ) -> dict[SugarId, Followers]:
        found = {i: self._get(tenant, f"followers {i}", Followers) for i in contact_ids}
        return {i: f for i, f in found.items() if f}

    def mark_causes(self, tenant: TenantId, causes: Iterable[RecordKey]) -> None:
        self.causes |= {(tenant, c) for c in causes}

    def marked_causes(self, tenant: TenantId, keys: Iterable[RecordKey]) -> set[RecordKey]:
        return {k for k in keys if (tenant, k) in self.causes}

    def blocked_by(
        self, tenant: TenantId, cause: RecordKey, limit: int, cursor: str = ""
    ) -> Listing[SyncError]:
        found = [e for (t, _, _), e in self.errors.items() if t == tenant and e.blocked_by == cause]
        return _page([(f"{e.record} {e.error_id}", e) for e in found], limit, cursor)

    def errors_of(self, tenant: TenantId, record: RecordKey) -> list[SyncError]:
        return [e for (t, r, _), e in sorted(self.errors.items()) if t == tenant and r == record]

    def list_errors(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[SyncError]:
        found = [e for (t, _, _), e in self.errors.items() if t == tenant]
        return _page([(f"{e.root} {e.record} {e.error_id}", e) for e in found], limit, cursor)

    def list_people(
        self, tenant: TenantId, prefix: str, limit: int, cursor: str = ""
    ) -> Listing[Person]:
        found = [
            (f"{fold_name(p.name)}\0{p.person_id}", p)
            for (t, _), p in self.rows.items()
            if t == tenant and isinstance(p, Person) and p.links
        ]
        return _page([x for x in found if x[0].startswith(fold_name(prefix))], limit, cursor)

    def list_records(
        self, tenant: TenantId, module: Module, prefix: str, limit: int, cursor: str = ""
    ) -> Listing[SugarRecord]:
        found = [x for x in self._listed(tenant, module) if x[0].startswith(fold_name(prefix))]
        return _page(found, limit, cursor)

    def children(
        self, tenant: TenantId, account_id: SugarId, module: Module, limit: int, cursor: str = ""
    ) -> Listing[SugarRecord]:
        found = [x for x in self._listed(tenant, module) if x[1].parent_id == account_id]
        return _page(found, limit, cursor)

    def _listed(self, tenant: TenantId, module: Module) -> list[tuple[str, SugarRecord]]:
        return [
            (f"{fold_name(r.name)}\0{r.key.sugar_id}", r)
            for (t, _), r in self.rows.items()
            if t == tenant
            and isinstance(r, SugarRecord)
            and r.key.module is module
            and r.state in LISTED
        ]

    def history(
        self, tenant: TenantId, subject: str, limit: int, cursor: str = ""
    ) -> Listing[HistoryEntry]:
        found = [e for (t, s, _), e in self.entries.items() if t == tenant and s == subject]
        newest = sorted(found, key=lambda e: (e.at, e.entry_id), reverse=True)
        return _page([(f"{i:08}", e) for i, e in enumerate(newest)], limit, cursor)

    # connections, runs

    def connection(self, tenant: TenantId) -> Connection | None:
        return self.connections.get(tenant)

    def save_connection(self, connection: Connection) -> Connection:
        with self.lock:
            stored = self.connections.get(connection.tenant)
            return self._save(self.connections, connection.tenant, stored, connection)

    def connections_of_quarter(self, quarter: int, cursor: str = "") -> Listing[TenantId]:
        found = [(t, t) for t, c in self.connections.items() if c.quarter == quarter]
        return _page([(str(k), t) for k, t in found], 100, cursor)

    def create_run(self, run: Run, windows: Sequence[RunWindow]) -> None:
        with self.lock:
            if self.open_run(run.tenant):
                raise Conflict("A run is open already.")
            self.all_runs[run.tenant, run.run_id] = replace(run, version=1)
            for window in windows:
                key = (window.module, window.window_id)
                self.all_windows[run.tenant, run.run_id][key] = window

    def open_run(self, tenant: TenantId) -> Run | None:
        return next(
            (r for (t, _), r in self.all_runs.items() if t == tenant and r.status in OPEN_STATUSES),
            None,
        )

    def run(self, tenant: TenantId, run_id: RunId) -> Run | None:
        return self.all_runs.get((tenant, run_id))

    def runs(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[Run]:
        found = [r for (t, _), r in self.all_runs.items() if t == tenant]
        newest = sorted(found, key=lambda r: (r.started_at, r.run_id), reverse=True)
        return _page([(f"{i:08}", r) for i, r in enumerate(newest)], limit, cursor)

    def save_run(
        self, run: Run, *, done: Sequence[RunWindow] = (), new: Sequence[RunWindow] = ()
    ) -> Run:
        assert len(done) + len(new) <= 90
        with self.lock:
            key = (run.tenant, run.run_id)
            saved = self._save(self.all_runs, key, self.all_runs.get(key), run)
            windows = self.all_windows[key]
            for window in done:
                windows.pop((window.module, window.window_id), None)
            for window in new:
                windows[window.module, window.window_id] = window
            return saved

    def windows(
        self, tenant: TenantId, run_id: RunId, module: Module, limit: int
    ) -> list[RunWindow]:
        found = sorted(k for k in self.all_windows[tenant, run_id] if k[0] is module)
        return [self.all_windows[tenant, run_id][k] for k in found[:limit]]

    def ask(self, tenant: TenantId, run_id: RunId, asks: Asks) -> None:
        old = self.asks(tenant, run_id)
        both_some = old.again_modules and asks.again_modules
        merged = tuple(dict.fromkeys((*old.again_modules, *asks.again_modules)))
        modules = merged if not old.again or both_some else ()
        self.all_asks[tenant, run_id] = Asks(
            old.cancel or asks.cancel,
            old.again or asks.again,
            modules if asks.again else old.again_modules,
            asks.again_kind if asks.again else old.again_kind,
        )

    def asks(self, tenant: TenantId, run_id: RunId) -> Asks:
        return self.all_asks.get((tenant, run_id), Asks())

    def expired_runs(self, now: datetime, limit: int) -> list[tuple[TenantId, RunId]]:
        found = [
            key
            for key, r in self.all_runs.items()
            if r.status is RunStatus.RUNNING and r.lease_until and r.lease_until <= now
        ]
        return sorted(found)[:limit]

    def save_job(self, job: Job) -> Job:
        with self.lock:
            key = (job.tenant, job.job_id)
            return self._save(self.jobs, key, self.jobs.get(key), job)

    def job(self, tenant: TenantId, job_id: JobId) -> Job | None:
        return self.jobs.get((tenant, job_id))

    def acquire(
        self, tenant: TenantId, name: str, owner: str, now: datetime, until: datetime
    ) -> bool:
        with self.lock:
            holder, expires = self.leases.get((tenant, name), (owner, now))
            if holder != owner and expires > now:
                return False
            self.leases[tenant, name] = (owner, until)
            return True

    def release(self, tenant: TenantId, name: str, owner: str) -> None:
        with self.lock:
            if self.leases.get((tenant, name), ("", None))[0] == owner:
                del self.leases[tenant, name]

    def reserve(self, tenant: TenantId, requests: int, per_second: float, now: datetime) -> float:
        with self.lock:
            start = max(self.budgets.get(tenant, now), now)
            self.budgets[tenant] = start + timedelta(seconds=requests / per_second)
            return (start - now).total_seconds()

    # tenants

    def create_tenant(self, tenant: Tenant) -> None:
        if tenant.tenant in self.tenants:
            raise Conflict("There is a tenant with this id.")
        self.tenants[tenant.tenant] = replace(tenant, version=1)

    def tenant(self, tenant: TenantId) -> Tenant | None:
        return self.tenants.get(tenant)

    def put_link(self, link: SignInLink) -> None:
        self.links[link.token_hash] = link

    def use_link(self, token_hash: str, now: datetime) -> SignInLink | None:
        with self.lock:
            link = self.links.pop(token_hash, None)
        return link if link and link.expires_at > now else None

    def put_session(self, session: Session) -> None:
        self.sessions[session.token_hash] = session

    def session(self, token_hash: str, now: datetime) -> Session | None:
        session = self.sessions.get(token_hash)
        return session if session and session.expires_at > now else None

    def end_session(self, token_hash: str) -> None:
        self.sessions.pop(token_hash, None)

    def end_sessions(self, tenant: TenantId) -> None:
        for token_hash, session in list(self.sessions.items()):
            if session.tenant == tenant:
                del self.sessions[token_hash]

    def _save(self, table, key, stored, row):  # type: ignore[no-untyped-def]
        if (stored.version if stored else 0) != row.version:
            raise Conflict("It was changed meanwhile.")
        table[key] = replace(row, version=row.version + 1)
        return table[key]


def _key(row: SugarRecord | Person | Claim | Followers) -> str:
    match row:
        case SugarRecord():
            return f"record {row.key}"
        case Person():
            return f"person {row.person_id}"
        case Claim():
            return f"claim {row.email}"
        case Followers():
            return f"followers {row.contact_id}"


def _page(found: Sequence[tuple[str, T]], limit: int, cursor: str) -> Listing[T]:
    ordered = sorted(found, key=lambda pair: pair[0])
    rest = [pair for pair in ordered if pair[0] > cursor] if cursor else ordered
    more = rest[limit - 1][0] if len(rest) > limit else ""
    return Listing([item for _, item in rest[:limit]], more)
