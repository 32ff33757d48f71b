"""Connections, runs, windows, jobs, tries, readings of Target Lists, leases and budgets in memory."""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from funnel.domain.connecting.connections import Connection
from funnel.domain.connecting.currencies import Currencies
from funnel.domain.errors import Conflict
from funnel.domain.ids import JobId, ListId, Module, RunId, TenantId
from funnel.domain.lists.target_lists import ListReading, ListsRound
from funnel.domain.mapping.fields import FieldList
from funnel.domain.signing_in.tries import Tries
from funnel.domain.sync.runs import OPEN_STATUSES, Asks, Job, Run, RunKind, RunStatus, RunWindow
from funnel.ports.store import Listing
from tests.fakes.listing import Index

MOST_WINDOWS = 90
_READS_MOST = (RunKind.INITIAL, RunKind.FULL, RunKind.MANUAL, RunKind.HOURLY)
_At = tuple[TenantId, RunId]


class MemorySync:
    """`SyncStore` in memory. Every method is one step that nothing comes between."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.RLock()
        self.connections: dict[TenantId, Connection] = {}
        self._field_lists: dict[tuple[TenantId, Module], FieldList] = {}
        self._currencies: dict[TenantId, Currencies] = {}
        self._quarters: Index[TenantId] = Index()
        self._runs: dict[_At, Run] = {}
        self._runs_by_start: Index[_At] = Index()
        self._open: dict[TenantId, RunId] = {}
        self._windows: dict[_At, dict[tuple[Module, str], RunWindow]] = {}
        self._asks: dict[_At, Asks] = {}
        self._jobs: dict[tuple[TenantId, str], Job] = {}
        self.readings: dict[tuple[TenantId, ListId], ListReading] = {}
        self._rounds: dict[TenantId, ListsRound] = {}
        self._tries: dict[tuple[TenantId, str], Tries] = {}
        self._leases: dict[tuple[TenantId, str], tuple[str, datetime]] = {}
        self._budgets: dict[TenantId, float] = {}

    def connection(self, tenant: TenantId) -> Connection | None:
        """The tenant's connection."""
        return self.connections.get(tenant)

    def save_connection(self, connection: Connection) -> Connection:
        """Write it if its version still stands."""
        with self._lock:
            _same_version(self.connections.get(connection.tenant), connection)
            stored = replace(connection, version=connection.version + 1)
            self.connections[connection.tenant] = stored
            self._quarters.put(stored.tenant, stored.quarter, stored.tenant)
            return stored

    def save_field_list(self, tenant: TenantId, found: FieldList) -> None:
        """Keep a module's field list."""
        self._field_lists[tenant, found.module] = found

    def field_list(self, tenant: TenantId, module: Module) -> FieldList | None:
        """A module's field list as last kept."""
        return self._field_lists.get((tenant, module))

    def save_currencies(self, tenant: TenantId, found: Currencies) -> None:
        """Keep Sugar's currencies."""
        self._currencies[tenant] = found

    def currencies(self, tenant: TenantId) -> Currencies | None:
        """Sugar's currencies as last kept."""
        return self._currencies.get(tenant)

    def connections_of_quarter(self, quarter: int, cursor: str = "") -> Listing[TenantId]:
        """Whose hourly run starts in this quarter."""
        with self._lock:
            return self._quarters.page(quarter, "", 100, cursor, lambda tenant: tenant)

    def create_run(self, run: Run, windows: Sequence[RunWindow]) -> None:
        """Open a run."""
        _check(len(windows))
        with self._lock:
            at = (run.tenant, run.run_id)
            if run.tenant in self._open or at in self._runs:
                raise Conflict("Another run is open.")
            self._open[run.tenant] = run.run_id
            self._runs[at] = replace(run, version=1)
            text = f"{9e12 - run.started_at.timestamp():020.6f}{run.run_id}"
            self._runs_by_start.put(at, run.tenant, text)
            self._windows[at] = {(w.module, w.window_id): w for w in windows}

    def open_run(self, tenant: TenantId) -> Run | None:
        """The tenant's open run."""
        with self._lock:
            run_id = self._open.get(tenant)
            return self._runs[tenant, run_id] if run_id is not None else None

    def run(self, tenant: TenantId, run_id: RunId) -> Run | None:
        """One run."""
        return self._runs.get((tenant, run_id))

    def runs(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[Run]:
        """Runs, newest first."""
        with self._lock:
            return self._runs_by_start.page(tenant, "", limit, cursor, self._runs.__getitem__)

    def save_run(
        self, run: Run, *, done: Sequence[RunWindow] = (), new: Sequence[RunWindow] = ()
    ) -> Run:
        """Write the run, strike off `done` and add `new` windows, together."""
        _check(len({(w.module, w.window_id) for w in (*done, *new)}))
        with self._lock:
            at = (run.tenant, run.run_id)
            _same_version(self._runs.get(at), run)
            if self._open.get(run.tenant) != run.run_id:
                raise Conflict("The run is closed.")
            stored = self._runs[at] = replace(run, version=run.version + 1)
            for window in done:
                self._windows[at].pop((window.module, window.window_id), None)
            self._windows[at].update({(w.module, w.window_id): w for w in new})
            if run.status not in OPEN_STATUSES:
                del self._open[run.tenant]
                self._windows[at].clear()
            return stored

    def windows(
        self, tenant: TenantId, run_id: RunId, module: Module, limit: int
    ) -> list[RunWindow]:
        """The module's open windows, in the order of their ids."""
        with self._lock:
            windows = self._windows.get((tenant, run_id), {}).values()
            found = sorted((w for w in windows if w.module is module), key=lambda w: w.window_id)
            return found[:limit]

    def ask(self, tenant: TenantId, run_id: RunId, asks: Asks) -> None:
        """Leave a wish for the worker; wishes add up."""
        with self._lock:
            old = self._asks.get((tenant, run_id))
            self._asks[tenant, run_id] = _together(old, asks) if old else asks

    def asks(self, tenant: TenantId, run_id: RunId) -> Asks:
        """What was asked of the run."""
        found = self._asks.get((tenant, run_id), Asks())
        modules = tuple(m for m in Module if m in found.again_modules)
        return replace(found, again_modules=modules)

    def expired_runs(self, now: datetime, limit: int) -> list[tuple[TenantId, RunId]]:
        """RUNNING runs whose lease has expired."""
        with self._lock:
            found = [
                (run.lease_until, at)
                for at, run in self._runs.items()
                if run.status is RunStatus.RUNNING and run.lease_until and run.lease_until <= now
            ]
            return [at for _, at in sorted(found, key=lambda f: (f[0], f[1]))][:limit]

    def save_job(self, job: Job) -> Job:
        """Write it if its version still stands."""
        with self._lock:
            _same_version(self._jobs.get((job.tenant, job.job_id)), job)
            stored = replace(job, version=job.version + 1)
            self._jobs[job.tenant, job.job_id] = stored
            return stored

    def job(self, tenant: TenantId, job_id: JobId) -> Job | None:
        """One job."""
        return self._jobs.get((tenant, job_id))

    def list_reading(self, tenant: TenantId, list_id: ListId) -> ListReading | None:
        """How far one Target List has been compared."""
        return self.readings.get((tenant, list_id))

    def list_readings(self, tenant: TenantId, ids: Iterable[ListId]) -> dict[ListId, ListReading]:
        """The same of several."""
        return {i: self.readings[tenant, i] for i in ids if (tenant, i) in self.readings}

    def save_list_reading(self, reading: ListReading) -> ListReading:
        """Write it if its version still stands."""
        with self._lock:
            at = (reading.tenant, reading.list_id)
            _same_version(self.readings.get(at), reading)
            stored = self.readings[at] = replace(reading, version=reading.version + 1)
            return stored

    def lists_round(self, tenant: TenantId) -> ListsRound | None:
        """The last time the tenant's Target Lists were asked for."""
        return self._rounds.get(tenant)

    def save_lists_round(self, lists_round: ListsRound) -> ListsRound:
        """Write it if its version still stands."""
        with self._lock:
            _same_version(self._rounds.get(lists_round.tenant), lists_round)
            stored = replace(lists_round, version=lists_round.version + 1)
            self._rounds[lists_round.tenant] = stored
            return stored

    def jobs(self, tenant: TenantId, ids: Iterable[JobId]) -> dict[JobId, Job]:
        """The jobs with these ids."""
        return {i: job for i in ids if (job := self._jobs.get((tenant, i))) is not None}

    def tries(self, tenant: TenantId, who: str) -> Tries:
        """The latest tries under one name."""
        return self._tries.get((tenant, who)) or Tries(tenant, who)

    def save_tries(self, tries: Tries) -> Tries:
        """Write them if their version still stands."""
        with self._lock:
            _same_version(self._tries.get((tries.tenant, tries.who)), tries)
            stored = replace(tries, at=dict(tries.at), version=tries.version + 1)
            self._tries[tries.tenant, tries.who] = stored
            return stored

    def acquire(
        self, tenant: TenantId, name: str, owner: str, now: datetime, until: datetime
    ) -> bool:
        """Take a lease that is free, expired at `now`, or already the owner's."""
        with self._lock:
            held = self._leases.get((tenant, name))
            if held is not None and held[0] != owner and held[1] > now:
                return False
            self._leases[tenant, name] = (owner, until)
            return True

    def is_held(self, tenant: TenantId, name: str, now: datetime) -> bool:
        """Whether anybody has this lease."""
        with self._lock:
            held = self._leases.get((tenant, name))
            return held is not None and held[1] > now

    def release(self, tenant: TenantId, name: str, owner: str) -> None:
        """Give the owner's lease back."""
        with self._lock:
            held = self._leases.get((tenant, name))
            if held is not None and held[0] == owner:
                del self._leases[tenant, name]

    def reserve(self, tenant: TenantId, requests: int, per_second: float, now: datetime) -> float:
        """Reserve requests; seconds to wait before them."""
        with self._lock:
            at = now.timestamp()
            free = max(self._budgets.get(tenant, at), at)
            self._budgets[tenant] = free + requests / per_second
            return free - at

    def reserved_until(self, tenant: TenantId) -> datetime | None:
        """Until when the budget is spent."""
        with self._lock:
            free = self._budgets.get(tenant)
        return None if free is None else datetime.fromtimestamp(free, UTC)


def _check(windows: int) -> None:
    if windows > MOST_WINDOWS:
        raise ValueError(f"at most {MOST_WINDOWS} windows at once, not {windows}")


Versioned = Connection | Run | Job | ListReading | ListsRound | Tries


def _same_version(stored: Versioned | None, new: Versioned) -> None:
    if (stored.version if stored else 0) != new.version:
        raise Conflict("Somebody else changed it meanwhile.")


def _together(old: Asks, new: Asks) -> Asks:
    if not (old.again and new.again):
        again = old if old.again else new
        return replace(again, cancel=old.cancel or new.cancel)
    everything = not (old.again_modules and new.again_modules)
    kinds = (old.again_kind, new.again_kind)
    return Asks(
        cancel=old.cancel or new.cancel,
        again=True,
        again_modules=() if everything else (*old.again_modules, *new.again_modules),
        again_kind=min(kinds, key=_READS_MOST.index),
    )
