"""Ring for a worker that reads what Sugar has named: one bell for a connection at a time."""

from datetime import timedelta

from funnel.domain.errors import StoreBusy
from funnel.domain.ids import ConnectionId, TenantId
from funnel.ports.sync_messages import ReadNamed
from funnel.usecases.app import App

HOLD = 3
"""Seconds in which what a burst names comes together, and Sugar's own transactions end."""

_LOST_AFTER = 10


def ring_for_named(
    app: App, tenant: TenantId, connection_id: ConnectionId, delay: int = HOLD
) -> None:
    """Send one delayed message, unless one is on its way. Raises `StoreBusy`.

    One that never arrives stands in the way of the next for no longer than ten seconds.
    """
    now = app.clock.now()
    until = now + timedelta(seconds=delay + _LOST_AFTER)
    if not app.sync.ring(tenant, connection_id, now, until):
        return
    try:
        app.queue.send(ReadNamed(tenant, connection_id), delay=delay)
    except StoreBusy:
        app.sync.hush(tenant, connection_id)
        raise


def ring_for_marks(app: App, tenant: TenantId, connection_id: ConnectionId) -> None:
    """Ring if anything is marked: what a pause or a lost bell has left."""
    if app.sync.marked(tenant, connection_id, 1).items:
        ring_for_named(app, tenant, connection_id)
