"""Start a run, or go on with one that stopped on the way."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from funnel.domain.connecting.connections import Connection
from funnel.domain.errors import Conflict, InputInvalid
from funnel.domain.ids import PULLED_MODULES, Module, RunId, TenantId
from funnel.domain.sync.runs import Asks, ModuleRun, Run, RunKind, RunStatus
from funnel.ports.sync_messages import ContinueRun
from funnel.usecases.app import App
from funnel.usecases.bells.resume_run import resume_run
from funnel.usecases.connecting.connection import connection_of, refuse_if_paused, try_again_now

_FIRST_LEASE = timedelta(seconds=90)


def start_run(
    app: App,
    tenant: TenantId,
    kind: RunKind,
    modules: Sequence[Module] = (),
    requested_by: str = "",
) -> Run | None:
    """The run that now works on it; None where a scheduled run has no business now.

    One run is open at a time: a wish during another one is carried out after it. What a person
    asks for is tried at once, also while Sugar is left alone. Raises `NotFound` without a connection, `ConnectionPaused`, and `InputInvalid` for a module that is
    switched off.
    """
    connection = connection_of(app, tenant)
    scheduled = kind is RunKind.HOURLY
    if scheduled and not may_start(app, connection):
        return None
    refuse_if_paused(connection)
    refuse_switched_off(connection, modules)
    if not scheduled:
        try_again_now(app, connection)
    open_run = app.sync.open_run(tenant)
    if open_run is not None and open_run.connection_id != connection.connection_id:
        _end_with_its_sugar(app, open_run)
        open_run = None
    if open_run is not None:
        return _join(app, open_run, kind, modules, requested_by)
    run = new_run(app, connection, kind, modules, requested_by)
    try:
        app.sync.create_run(run, [])
    except Conflict:
        return app.sync.open_run(tenant)
    app.queue.send(ContinueRun(tenant, run.run_id))
    return run


def may_start(app: App, connection: Connection) -> bool:
    """Whether what is scheduled has any business now: no pause, quiet hours or open circuit."""
    now = app.clock.now()
    quiet = connection.quiet_hours is not None and connection.quiet_hours.cover(now)
    circuit_open = connection.open_until is not None and connection.open_until > now
    return not (connection.pause or quiet or circuit_open)


def refuse_switched_off(connection: Connection, modules: Sequence[Module]) -> None:
    """Raise `InputInvalid` where a module is not pulled."""
    off = [m for m in modules if m not in connection.modules]
    if off:
        raise InputInvalid(
            f"{', '.join(off)} is switched off for this connection.",
            mend="Switch it on on the page Connection.",
            field="modules",
        )


def _end_with_its_sugar(app: App, run: Run) -> None:
    """What was begun on the Sugar that was connected before has nothing to go on with.

    Raises `Conflict` while its worker is saving.
    """
    app.sync.save_run(replace(run, status=RunStatus.CANCELLED, finished_at=app.clock.now()))


def _join(
    app: App, run: Run, kind: RunKind, modules: Sequence[Module], requested_by: str
) -> Run | None:
    runs, scheduled = run.status is RunStatus.RUNNING, kind is RunKind.HOURLY
    waits = not runs or run.waits_since is not None
    if scheduled and runs:
        return None
    if not (scheduled or (waits and kind is RunKind.MANUAL and not modules)):
        again = _ask_for_another(app, run, kind, modules, requested_by)
        if again is not None or not waits:
            return again or run
    try:
        return resume_run(app, run)
    except Conflict:
        return app.sync.run(run.tenant, run.run_id)


def _ask_for_another(
    app: App, run: Run, kind: RunKind, modules: Sequence[Module], requested_by: str
) -> Run | None:
    """Have another one follow; the one that was begun instead, where this one has just ended."""
    wish = Asks(again=True, again_modules=tuple(modules), again_kind=kind)
    app.sync.ask(run.tenant, run.run_id, wish)
    if app.sync.open_run(run.tenant) is None:
        return start_run(app, run.tenant, kind, modules, requested_by)
    return None


def new_run(
    app: App, connection: Connection, kind: RunKind, modules: Sequence[Module], requested_by: str
) -> Run:
    """The run as it begins; nothing is written."""
    now = app.clock.now()
    wanted = [
        m for m in PULLED_MODULES if m in connection.modules and (not modules or m in modules)
    ]
    everything = kind in (RunKind.INITIAL, RunKind.FULL)
    overlap = timedelta(seconds=connection.overlap_seconds)
    parts = []
    for module in wanted:
        until = connection.synced_until.get(module)
        since = until - overlap if until and not everything else None
        parts.append(ModuleRun(module, since=since))
    return Run(
        tenant=connection.tenant,
        connection_id=connection.connection_id,
        run_id=RunId(app.ids.new_id()),
        kind=kind,
        requested_by=requested_by,
        started_at=now,
        modules=tuple(parts),
        lease_until=now + _FIRST_LEASE,
    )
