"""Have a run go on that stopped on the way."""

from dataclasses import replace

from funnel.domain.sync.runs import Run, RunStatus
from funnel.ports.sync_messages import ContinueRun
from funnel.usecases.app import App


def resume_run(app: App, run: Run) -> Run:
    """Set a run going again that stopped or waits, where it stopped.

    Why it did stays on it until it gets on.
    """
    going = replace(
        run,
        status=RunStatus.RUNNING,
        attempt=0,
        next_try=None,
        lease_owner="",
        lease_until=app.clock.now(),
    )
    going = app.sync.save_run(going)
    app.queue.send(ContinueRun(run.tenant, run.run_id))
    return going
