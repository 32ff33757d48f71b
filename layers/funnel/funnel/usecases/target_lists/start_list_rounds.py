"""Ask for the Target Lists of each connection whose turn it is, spread over the quarter."""

from funnel.ports.sync_messages import ReadTargetLists
from funnel.usecases.app import App
from funnel.usecases.connecting.connections_due import connections_due

_HALF_HOUR = 2
"""Quarters."""


def start_list_rounds(app: App, quarter: int) -> int:
    """Ask for a round of each connection whose turn is in this quarter (0 to 3); how many.

    A connection has two turns an hour: in the quarter of its hourly run and half an hour later.
    """
    started = 0
    for turn in (quarter % 4, (quarter + _HALF_HOUR) % 4):
        for connection in connections_due(app, turn):
            message = ReadTargetLists(connection.tenant)
            app.queue.send(message, delay=connection.offset_seconds)
            started += 1
    return started
