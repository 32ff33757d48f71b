"""Start the hourly runs of a quarter of an hour, spread over it."""

from funnel.domain.sync.runs import RunKind
from funnel.ports.sync_messages import StartRun
from funnel.usecases.app import App
from funnel.usecases.connecting.connections_due import connections_due


def start_hourly_runs(app: App, quarter: int) -> int:
    """Ask for a run of each connection whose turn is in this quarter (0 to 3); how many.

    Each waits up to 900 seconds, SQS's longest delay, so that a quarter's runs do not start at once.
    """
    started = 0
    for connection in connections_due(app, quarter):
        message = StartRun(connection.tenant, RunKind.HOURLY, requested_by="schedule")
        app.queue.send(message, delay=connection.offset_seconds)
        started += 1
    return started
