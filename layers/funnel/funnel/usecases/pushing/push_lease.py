"""One worker at a time writes to a Sugar: the lease that all drains share."""

from datetime import timedelta

from funnel.domain.connecting.connections import Connection
from funnel.domain.errors import OF_THE_WHOLE_SUGAR, ConnectionPaused, LeaseLost, NotFound
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import connection_of, may_push

STOP = (ConnectionPaused, NotFound, *OF_THE_WHOLE_SUGAR)
"""What ends a push of whatever kind, and says nothing of what was being written."""

LEASE = "push"
_HOLD = timedelta(minutes=10)
"""Longer than one step takes; taken anew before each."""


def take_lease(app: App, connection: Connection, worker: str) -> None:
    """Take the lease, or hold it for longer. Raises `LeaseLost` while another worker has it."""
    now = app.clock.now()
    if not app.sync.acquire(connection.tenant, LEASE, worker, now, now + _HOLD):
        raise LeaseLost("Another worker is writing to this Sugar.")


def goes_on(app: App, connection: Connection) -> bool:
    """Whether it is still the same connection, and may be written to."""
    now = connection_of(app, connection.tenant)
    return now.connection_id == connection.connection_id and may_push(now)
