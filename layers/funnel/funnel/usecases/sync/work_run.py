"""Work on a run until it is done or the time is up."""

import logging
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

from funnel.domain.connecting.connections import Connection
from funnel.domain.errors import (
    CircuitOpen,
    Conflict,
    ConnectionPaused,
    FunnelError,
    LeaseLost,
    Permanent,
    SignInRefused,
    SugarBusy,
    SugarReplyBroken,
    SugarUnavailable,
    Transient,
)
from funnel.domain.ids import Module, RunId, TenantId
from funnel.domain.sync.module_errors import RUN_STOPPED, SUGAR_AWAY
from funnel.domain.sync.runs import ModuleStatus, Note, Run, RunKind, RunStatus
from funnel.ports.sync_messages import ContinueRun, Heal, PushDue, ReadTargetLists, StartRun
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import (
    AnotherSugar,
    change_connection,
    connection_of,
    refuse_if_paused,
    sugar,
)
from funnel.usecases.connecting.report_module import module_works, report_module
from funnel.usecases.sync.compare import resume_comparison
from funnel.usecases.sync.follow_merges import ask_to_follow_merges
from funnel.usecases.sync.ring_for_named import ring_for_marks
from funnel.usecases.sync.run_steps import LEASE, Requests, Steps

_ENDED = frozenset({ModuleStatus.DONE, ModuleStatus.FAILED})
_MOST_ATTEMPTS = 6
_FIRST_DELAY = 15
_LONGEST_DELAY = 900
_PUSH_DELAY = 5
_TELL = "Tell whoever runs Funnel; the log has the details."
_LONGEST_CIRCUIT = timedelta(hours=1)
_LOGGED = {
    RunStatus.STALLED: "run stalled",
    RunStatus.PAUSED: "run paused",
    RunStatus.FAILED: "run failed",
}
"""What the log says of a run that stands still; the runbooks search for it."""

logger = logging.getLogger(__name__)


def work_run(
    app: App, tenant: TenantId, run_id: RunId, worker: str, seconds_left: Callable[[], float]
) -> None:
    """Take the run's lease and work its windows: read, store, strike off.

    Hands over by a message when `seconds_left` says so. A message that comes twice, or while
    another worker holds the lease, does nothing. What can pass is tried again with back-off, and
    stalls the run when it does not; a refused password pauses it; both go on later where they
    stopped.
    """
    run = _take(app, tenant, run_id, worker)
    if run is None:
        return
    steps: Steps | None = None
    try:
        if app.sync.asks(tenant, run_id).cancel:
            _finish(app, run, RunStatus.CANCELLED)
            return
        requests = Requests()
        connection = connection_of(app, tenant)
        _check_connection(app, run)
        with sugar(app, connection, on_request=requests.add) as crm:
            steps = Steps(app, crm, run, worker, requests)
            with closing(steps):
                _work(app, steps, seconds_left)
    except AnotherSugar:
        _finish(app, steps.run if steps else run, RunStatus.CANCELLED)
    except (LeaseLost, Conflict) as error:
        _let_go(app, steps.run if steps else run, error)
    except (ConnectionPaused, SignInRefused) as error:
        _stop(app, steps.run if steps else run, RunStatus.PAUSED, error)
    except CircuitOpen as error:
        _stop(app, run, RunStatus.STALLED, error)
    except Transient as error:
        if steps:
            steps.remember_page_sizes()
        _retry(app, steps.run if steps else run, error)
    except Permanent as error:
        run = steps.run if steps else run
        _report(app, run, RUN_STOPPED, error.text)
        _stop(app, run, RunStatus.FAILED, error)
    except Exception as error:
        _give_up_in_the_end(app, steps.run if steps else run, error)
        raise


def _check_connection(app: App, run: Run) -> None:
    """Raise `ConnectionPaused`, or `AnotherSugar` where another one is connected now."""
    connection = connection_of(app, run.tenant)
    if connection.connection_id != run.connection_id:
        raise AnotherSugar("Another Sugar was connected meanwhile.")
    refuse_if_paused(connection)


def _take(app: App, tenant: TenantId, run_id: RunId, worker: str) -> Run | None:
    run = app.sync.run(tenant, run_id)
    if run is None or run.status is not RunStatus.RUNNING:
        return None
    now = app.clock.now()
    if run.lease_owner not in ("", worker) and run.lease_until and run.lease_until > now:
        return None
    try:
        return app.sync.save_run(replace(run, lease_owner=worker, lease_until=now + LEASE))
    except Conflict:
        return None


def _work(app: App, steps: Steps, seconds_left: Callable[[], float]) -> None:
    while True:
        run = steps.run
        if app.sync.asks(run.tenant, run.run_id).cancel:
            _finish(app, run, RunStatus.CANCELLED)
            return
        _check_connection(app, run)
        if seconds_left() <= 0:
            app.sync.save_run(replace(run, lease_owner="", lease_until=app.clock.now()))
            app.queue.send(ContinueRun(run.tenant, run.run_id))
            return
        if not steps.step():
            _finish(app, steps.run, RunStatus.DONE)
            return


def _finish(app: App, run: Run, status: RunStatus) -> None:
    """What is to follow is asked for first: asked twice it happens once, forgotten never."""
    asks = app.sync.asks(run.tenant, run.run_id)
    if asks.again and not asks.cancel:
        wish = StartRun(run.tenant, asks.again_kind, asks.again_modules, run.requested_by)
        app.queue.send(wish, delay=3)
    if status is RunStatus.DONE:
        _look_again_at_errors(app, run)
        _push_what_is_due(app, run)
        _close_circuit(app, run.tenant)
        if run.kind is RunKind.INITIAL:
            app.queue.send(ReadTargetLists(run.tenant), delay=5)
        ring_for_marks(app, run.tenant, run.connection_id)
        ask_to_follow_merges(app, run.tenant, run.connection_id)
        resume_comparison(app, run.tenant, run.connection_id)
    failed = any(m.status is ModuleStatus.FAILED for m in run.modules)
    note = Note("PartlyFailed", "Some modules could not be read.") if failed else None
    now = app.clock.now()
    app.sync.save_run(replace(run, status=status, finished_at=now, attempt=0, note=note))


def _push_what_is_due(app: App, run: Run) -> None:
    """What the run found to be told to Sugar, and what was left over while Sugar was away."""
    if not connection_of(app, run.tenant).read_only:
        app.queue.send(PushDue(run.tenant), delay=_PUSH_DELAY)


def _look_again_at_errors(app: App, run: Run) -> None:
    """Once a night every open row of the error report is looked at again.

    A module that is no longer pulled is missed by nobody.
    """
    now = app.clock.now()
    connection = connection_of(app, run.tenant)
    last = connection.errors_looked_at
    if last is not None and now - last < timedelta(hours=20):
        return
    for module in set(Module) - set(connection.modules):
        module_works(app, run.tenant, module)
    app.queue.send(Heal(run.tenant, ()), delay=5)
    change_connection(app, run.tenant, lambda c: replace(c, errors_looked_at=now))


def _retry(app: App, run: Run, error: Transient) -> None:
    """Back off; give the way free for the hourly run to try after a while of failures."""
    attempt = run.attempt + 1
    if attempt > _MOST_ATTEMPTS:
        if isinstance(error, SugarUnavailable | SugarBusy | SugarReplyBroken):
            _open_circuit(app, run.tenant)
        _report(app, run, SUGAR_AWAY, error.text)
        _stop(app, run, RunStatus.STALLED, error)
        return
    delay = min(_LONGEST_DELAY, _FIRST_DELAY * 2 ** (attempt - 1))
    delay = max(delay, min(_LONGEST_DELAY, int(getattr(error, "retry_after", 0))))
    app.queue.send(ContinueRun(run.tenant, run.run_id), delay=delay)
    now = app.clock.now()
    waits = replace(
        run,
        attempt=attempt,
        note=_note(error),
        waits_since=run.waits_since or now,
        next_try=now + timedelta(seconds=delay),
        lease_owner="",
        lease_until=now + timedelta(seconds=delay + 60),
    )
    _save(app, waits)
    _log("run put off", waits, error)


def _give_up_in_the_end(app: App, run: Run, error: Exception) -> None:
    """A fault of ours: the queue and the watch bring it back, but not for ever."""
    note = Note(
        "Unexpected", f"A fault in Funnel stopped this run ({type(error).__name__}).", _TELL
    )
    now, attempt = app.clock.now(), run.attempt + 1
    if attempt <= _MOST_ATTEMPTS:
        until = now + timedelta(seconds=_FIRST_DELAY * 2**attempt)
        waits = replace(run, attempt=attempt, note=note, lease_owner="", lease_until=until)
        since = run.waits_since or now
        _save(app, replace(waits, waits_since=since, next_try=until))
    else:
        _report(app, run, RUN_STOPPED, note.text)
        failed = replace(run, status=RunStatus.FAILED, note=note, finished_at=now)
        _save(app, failed)
        _log(_LOGGED[RunStatus.FAILED], failed, error)


def _report(app: App, run: Run, code: str, why: str) -> None:
    """Trouble that persists is in the error report, at the module that could not go on."""
    left = (m.module for m in run.modules if m.status not in _ENDED)
    module = next(left, None)
    if module is not None:
        report_module(app, run.tenant, module, code, why)


def _stop(app: App, run: Run, status: RunStatus, error: FunnelError) -> None:
    now = app.clock.now()
    # That Sugar is left alone says less than why.
    note = run.note if isinstance(error, CircuitOpen) and run.note else _note(error)
    stopped = replace(run, status=status, note=note, lease_owner="")
    if status is RunStatus.FAILED:
        stopped = replace(stopped, finished_at=now)
    elif status is RunStatus.STALLED:
        stopped = replace(stopped, waits_since=run.waits_since or now, next_try=_resumed(app, run))
    _save(app, stopped)
    _log(_LOGGED[status], stopped, error)


def _resumed(app: App, run: Run) -> datetime:
    """When the hourly run lets one that stands still go on."""
    connection, now = connection_of(app, run.tenant), app.clock.now()
    return connection.next_hourly(max(now, connection.open_until or now))


def _log(what: str, run: Run, error: Exception) -> None:
    """What an operator finds it by; the text of the error is for the page, and names the host."""
    logger.warning(
        what,
        extra={
            "tenant": run.tenant,
            "run": run.run_id,
            "cause": type(error).__name__,
            "tries": run.attempt,
            "next_try": run.next_try.isoformat(timespec="seconds") if run.next_try else "",
        },
    )


def _let_go(app: App, run: Run, error: FunnelError) -> None:
    """Another worker may go on at once; if none does, the watch rings."""
    current = app.sync.run(run.tenant, run.run_id)
    if current and current.version == run.version and current.status is RunStatus.RUNNING:
        _save(app, replace(run, lease_owner="", lease_until=app.clock.now(), note=_note(error)))


def _save(app: App, run: Run) -> None:
    try:
        app.sync.save_run(run)
    except Conflict:
        return


def _note(error: FunnelError) -> Note:
    return Note(error.code, error.text, error.mend)


def _open_circuit(app: App, tenant: TenantId) -> None:
    now = app.clock.now()

    def change(connection: Connection) -> Connection:
        failures = connection.failures + 1
        pause = min(_LONGEST_CIRCUIT, timedelta(minutes=2**failures))
        return replace(connection, failures=failures, open_until=now + pause)

    change_connection(app, tenant, change)


def _close_circuit(app: App, tenant: TenantId) -> None:
    change_connection(app, tenant, lambda c: replace(c, failures=0, open_until=None))
