"""How fresh each module is, how far the current run is, and what earlier runs did."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from funnel.domain.connecting.connections import Connection
from funnel.domain.ids import PULLED_MODULES, Module, RunId, TenantId
from funnel.domain.sync.runs import (
    OPEN_STATUSES,
    Asks,
    ModuleRun,
    ModuleStatus,
    Note,
    Run,
    RunKind,
    RunStatus,
)
from funnel.usecases.app import App

COUNTED_ERRORS = 500
"""More rows of the error report are not counted for a page."""

SURE_AFTER_SECONDS = 2
"""A rate over less than this says nothing about the time left."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """How current one module is.

    `synced_until` is Sugar's time up to which everything is here, `age_seconds` how long ago that
    was. Both are None for a module never read whole; `pulled` is False for one that is left out.
    """

    module: Module
    pulled: bool
    synced_until: datetime | None
    synced_at: datetime | None
    age_seconds: float | None


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """One module of a run: `done` records read of `expected`.

    `share` is 0 to 1, None until its records were counted.
    """

    module: Module
    status: ModuleStatus
    done: int
    expected: int | None
    share: float | None
    changed: int
    deleted: int
    held: int
    requests: int
    note: Note | None


@dataclass(frozen=True, slots=True)
class HeldBack:
    """How many records could not sync, and how many causes that has; `more` where there are more."""

    records: int
    causes: int
    more: bool


@dataclass(frozen=True, slots=True)
class RunView:
    """One run. `rate` is records a second, `seconds_left` an estimate; None while unknown.

    `share` is 0 to 1 over all modules, None until all were counted. `open` says that it goes on.
    One that cannot get on `waits_since` a time, because Sugar does not answer where it is
    `sugar_away`, and is tried again at `next_try`, which is None where that is now.
    """

    run_id: str
    kind: RunKind
    status: RunStatus
    open: bool
    cancelling: bool
    queued_again: bool
    requested_by: str
    started_at: datetime
    finished_at: datetime | None
    seconds: float
    done: int
    expected: int | None
    share: float | None
    rate: float | None
    seconds_left: float | None
    changed: int
    deleted: int
    held: int
    requests: int
    modules: tuple[ModuleProgress, ...]
    note: Note | None
    waits_since: datetime | None
    next_try: datetime | None
    sugar_away: bool


@dataclass(frozen=True, slots=True)
class RunsPage:
    """A page of runs, newest first; `cursor` is where it goes on, "" at the end."""

    items: tuple[RunView, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class SyncView:
    """What the sync page shows. `connection` is None until a Sugar is connected."""

    connection: Connection | None
    freshness: tuple[Freshness, ...]
    current: RunView | None


def sync_overview(app: App, tenant: TenantId) -> SyncView:
    """Freshness by module and the current run."""
    connection = app.sync.connection(tenant)
    if connection is None:
        return SyncView(None, (), None)
    return SyncView(connection, freshness(connection, app.clock.now()), current_run(app, tenant))


def freshness(connection: Connection, now: datetime) -> tuple[Freshness, ...]:
    """How current each module is, in the order a run works them."""
    return tuple(_fresh(connection, module, now) for module in PULLED_MODULES)


def current_run(app: App, tenant: TenantId) -> RunView | None:
    """The run that is open, with its progress; None between runs."""
    run = app.sync.open_run(tenant)
    return run_view(run, app.clock.now(), app.sync.asks(tenant, run.run_id)) if run else None


def held_back(app: App, tenant: TenantId) -> HeldBack:
    """What the error report holds, as far as it is counted."""
    errors = app.records.list_errors(tenant, COUNTED_ERRORS)
    return HeldBack(
        records=len({error.record for error in errors.items if error.record.sugar_id}),
        causes=len({error.root for error in errors.items}),
        more=bool(errors.cursor),
    )


def list_runs(app: App, tenant: TenantId, cursor: str = "", limit: int = 20) -> RunsPage:
    """Runs, newest first."""
    listing = app.sync.runs(tenant, limit, cursor)
    now = app.clock.now()
    return RunsPage(tuple(run_view(run, now) for run in listing.items), listing.cursor)


def run_of(app: App, tenant: TenantId, run_id: RunId) -> RunView | None:
    """One run."""
    run = app.sync.run(tenant, run_id)
    return run_view(run, app.clock.now()) if run else None


def run_view(run: Run, now: datetime, asks: Asks | None = None) -> RunView:
    """A run with its rate and the time it still takes."""
    modules = tuple(_progress(part) for part in run.modules)
    done = sum(part.done for part in modules)
    expected = _sum_known(modules)
    seconds = max(0.0, ((run.finished_at or now) - run.started_at).total_seconds())
    worked = min(run.worked_seconds, seconds) if run.worked_seconds else seconds
    rate = done / worked if worked >= SURE_AFTER_SECONDS and done else None
    going = run.status in OPEN_STATUSES
    return RunView(
        run_id=run.run_id,
        kind=run.kind,
        status=run.status,
        open=going,
        cancelling=bool(going and asks and asks.cancel),
        queued_again=bool(going and asks and asks.again),
        requested_by=run.requested_by,
        started_at=run.started_at,
        finished_at=run.finished_at,
        seconds=seconds,
        done=done,
        expected=expected,
        share=_share(modules),
        rate=rate,
        seconds_left=_seconds_left(run.status, modules, rate),
        changed=sum(part.changed for part in modules),
        deleted=sum(part.deleted for part in modules),
        held=sum(part.held for part in modules),
        requests=sum(part.requests for part in modules),
        modules=modules,
        note=run.note,
        waits_since=run.waits_since if going else None,
        next_try=run.next_try if going and run.next_try and run.next_try > now else None,
        sugar_away=run.note is not None and run.note.is_of_sugar_away,
    )


def _fresh(connection: Connection, module: Module, now: datetime) -> Freshness:
    until = _at(connection.synced_until, module)
    age = max(0.0, (now - until).total_seconds() + connection.clock_skew) if until else None
    return Freshness(
        module=module,
        pulled=module in connection.modules,
        synced_until=until,
        synced_at=_at(connection.synced_at, module),
        age_seconds=age,
    )


def _at(times: Mapping[Module, datetime], module: Module) -> datetime | None:
    return times.get(module)


def _progress(part: ModuleRun) -> ModuleProgress:
    share = None
    if part.status is ModuleStatus.DONE:
        share = 1.0
    elif part.expected is not None:
        share = min(1.0, part.rows / part.expected) if part.expected else 1.0
    return ModuleProgress(
        module=part.module,
        status=part.status,
        done=part.rows,
        expected=part.expected,
        share=share,
        changed=part.changed,
        deleted=part.deleted,
        held=part.held,
        requests=part.requests,
        note=part.note,
    )


def _sum_known(modules: tuple[ModuleProgress, ...]) -> int | None:
    """How many records there are in all, None until every module was counted."""
    total = 0
    for part in modules:
        if part.expected is None and part.status is not ModuleStatus.DONE:
            return None
        total += max(part.expected or 0, part.done)
    return total


def _share(modules: tuple[ModuleProgress, ...]) -> float | None:
    expected = _sum_known(modules)
    if expected is None:
        return None
    if not expected:
        return 1.0
    return (
        sum((part.share or 0) * max(part.expected or 0, part.done) for part in modules) / expected
    )


def _seconds_left(
    status: RunStatus, modules: tuple[ModuleProgress, ...], rate: float | None
) -> float | None:
    expected = _sum_known(modules)
    if status is not RunStatus.RUNNING or rate is None or expected is None:
        return None
    left = sum(
        max(0, (part.expected or 0) - part.done)
        for part in modules
        if part.status is not ModuleStatus.DONE
    )
    return left / rate
