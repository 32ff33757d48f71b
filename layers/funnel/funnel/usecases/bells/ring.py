"""Ring for the worker that writes to Sugar: one message a tenant and a few seconds."""

from datetime import timedelta

from funnel.domain.errors import StoreBusy
from funnel.domain.ids import TenantId
from funnel.ports.sync_messages import PushDue
from funnel.usecases.app import App

_BELL = "push-bell"
_HOLD = timedelta(seconds=5)
_DELAY = 15
"""Longer than the hold and the write after it, so that whoever finds the bell rung is in time."""


def ring(app: App, tenant: TenantId) -> None:
    """Have what becomes due in the next seconds written; to be called before it is marked.

    Should the bell be lost, the end of the next run rings.
    """
    now, ringer = app.clock.now(), app.ids.new_id()
    if not app.sync.acquire(tenant, _BELL, ringer, now, now + _HOLD):
        return
    try:
        app.queue.send(PushDue(tenant), delay=_DELAY)
    except StoreBusy:
        app.sync.release(tenant, _BELL, ringer)
        raise
