"""Work on a comparison until it is done or the time is up."""

from collections.abc import Callable

from funnel.domain.connecting.connections import Connection
from funnel.domain.sync.comparison import Comparison
from funnel.ports.crm import Crm
from funnel.ports.sync_messages import Compare
from funnel.usecases.app import App
from funnel.usecases.sync.compare_steps import ComparisonSteps
from funnel.usecases.sync.run_steps import Requests
from funnel.usecases.sync.work_in_slices import Work, work_in_slices


def work_comparison(
    app: App, message: Compare, worker: str, seconds_left: Callable[[], float]
) -> None:
    """Go on with it; each step is saved, and may be done again. See `work_in_slices`."""
    comparison = app.sync.comparison(message.tenant)
    if not comparison or comparison.comparison_id != message.comparison_id:
        return
    if not comparison.is_going:
        return

    def begin(crm: Crm, connection: Connection, requests: Requests) -> ComparisonSteps:
        return ComparisonSteps(app, crm, connection, comparison, requests)

    work: Work[Comparison] = Work("comparison", app.sync.save_comparison, begin)
    work_in_slices(app, comparison, work, message, worker, seconds_left)
