"""Cancel the open run."""

from dataclasses import replace

from funnel.domain.errors import Conflict, NotFound
from funnel.domain.ids import TenantId
from funnel.domain.sync.runs import Asks, Run, RunStatus
from funnel.usecases.app import App


def cancel_run(app: App, tenant: TenantId) -> Run:
    """Cancel it; a working one stops before its next page. What it stored stays.

    Raises `NotFound` if no run is open.
    """
    run = app.sync.open_run(tenant)
    if run is None:
        raise NotFound("No sync is running.")
    app.sync.ask(tenant, run.run_id, Asks(cancel=True))
    if run.status is RunStatus.RUNNING:
        return run
    try:
        return app.sync.save_run(
            replace(run, status=RunStatus.CANCELLED, finished_at=app.clock.now())
        )
    except Conflict:
        return run
