"""Ask for a comparison of both sides, and for the repair of what it found."""

from contextlib import suppress
from dataclasses import replace

from funnel.domain.errors import Conflict, NotFound
from funnel.domain.ids import PULLED_MODULES, ConnectionId, Module, TenantId
from funnel.domain.sync.comparison import Comparison, ModuleComparison, Phase
from funnel.domain.sync.runs import JobStatus, Note
from funnel.ports.sync_messages import Compare
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import connection_of, refuse_if_paused, try_again_now
from funnel.usecases.sync.work_in_slices import goes_on, try_now

_TRIES = 8


def start_comparison(
    app: App, tenant: TenantId, by: str, *, in_place_of_any: bool = False, at_once: bool = True
) -> Comparison:
    """Compare all modules that are pulled; it takes the place of the one before.

    One that waits for Sugar is tried at once instead. Unless it is to be `at_once`, a Sugar that is
    left alone for now stays so.

    Raises `NotFound`, `ConnectionPaused`, and `Conflict` while one goes on, unless the new one
    takes the place of that one too.
    """
    connection = connection_of(app, tenant)
    refuse_if_paused(connection)
    if at_once:
        try_again_now(app, connection)
    now, latest = app.clock.now(), app.sync.comparison(tenant)
    if latest is not None and not in_place_of_any and _goes_on(app, latest):
        return latest
    modules = tuple(m for m in PULLED_MODULES if m is Module.USERS or m in connection.modules)
    new = Comparison(
        tenant=tenant,
        comparison_id=app.ids.new_id(),
        connection_id=connection.connection_id,
        requested_by=by,
        created_at=now,
        changed_at=now,
        modules=tuple(ModuleComparison(m) for m in modules),
        version=latest.version if latest else 0,
    )
    return _begun(app, new)


def start_repair(app: App, tenant: TenantId, by: str) -> Comparison:
    """Read again what differed, and compare that again.

    Raises `NotFound`, `ConnectionPaused`, and `Conflict` where there is nothing to repair.
    """
    connection = connection_of(app, tenant)
    refuse_if_paused(connection)
    try_again_now(app, connection)
    latest = comparison_of(app, tenant)
    if _goes_on(app, latest):
        return latest
    if latest.phase is Phase.COMPARE and latest.status is not JobStatus.DONE:
        raise Conflict("The comparison did not come to its end.", mend="Compare both sides again.")
    if latest.status is JobStatus.DONE and not latest.differing:
        raise Conflict("Nothing differs.", mend="Compare again to see how both sides are now.")
    again = replace(
        latest,
        status=JobStatus.QUEUED,
        phase=Phase.REPAIR,
        changed_at=app.clock.now(),
        modules=tuple(replace(m, differing=0, settled=0) for m in latest.modules),
        server_time=None,
        cursor="",
        attempt=0,
        revived=0,
        note=None,
        finished_at=None,
        repaired_by=by,
    )
    return _begun(app, again)


def cancel_comparison(app: App, tenant: TenantId, by: str) -> Comparison:
    """End it where it is; what it found stays. One that has ended stays as it is.

    Raises `NotFound`, and `Conflict` where its worker keeps saving it.
    """
    for _ in range(_TRIES):
        latest, now = comparison_of(app, tenant), app.clock.now()
        if not latest.is_going:
            return latest
        cancelled = replace(
            latest,
            status=JobStatus.FAILED,
            note=Note("Cancelled", f"{by} cancelled it."),
            next_try=None,
            finished_at=now,
            changed_at=now,
        )
        with suppress(Conflict):
            return app.sync.save_comparison(cancelled)
    raise Conflict("The comparison is being worked on.", mend="Try again.")


def resume_comparison(app: App, tenant: TenantId, connection_id: ConnectionId) -> None:
    """Sugar answers again: let a comparison go on that waits for it, or was given up, some times."""
    latest = app.sync.comparison(tenant)
    if latest is None or latest.connection_id != connection_id:
        return
    if latest.revives:
        revived = replace(latest, revived=latest.revived + 1)
        try_now(app, revived, Compare(tenant, latest.comparison_id), app.sync.save_comparison)


def comparison_of(app: App, tenant: TenantId) -> Comparison:
    """The latest one. Raises `NotFound`."""
    found = app.sync.comparison(tenant)
    if found is None:
        raise NotFound("Both sides have not been compared yet.")
    return found


def _begun(app: App, comparison: Comparison) -> Comparison:
    stored = app.sync.save_comparison(comparison)
    app.queue.send(Compare(stored.tenant, stored.comparison_id))
    return stored


def _goes_on(app: App, latest: Comparison) -> bool:
    message = Compare(latest.tenant, latest.comparison_id)
    return goes_on(app, latest, message, "A comparison is going on.", app.sync.save_comparison)
