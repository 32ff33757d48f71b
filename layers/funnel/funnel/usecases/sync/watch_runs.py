"""Ring again for runs whose worker is gone."""

from funnel.ports.sync_messages import ContinueRun
from funnel.usecases.app import App

_AT_ONCE = 100


def watch_runs(app: App) -> int:
    """Send a message for each running run whose lease has expired; how many there were."""
    expired = app.sync.expired_runs(app.clock.now(), _AT_ONCE)
    for tenant, run_id in expired:
        app.queue.send(ContinueRun(tenant, run_id))
    return len(expired)
