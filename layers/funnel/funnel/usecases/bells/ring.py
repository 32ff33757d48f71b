"""Ring for the worker that writes to Sugar: one message a tenant and a few seconds."""

from datetime import timedelta

from funnel.domain.ids import TenantId
from funnel.ports.sync_messages import PushDue
from funnel.usecases.app import App

_BELL = "push-bell"
_HOLD = timedelta(seconds=5)
_DELAY = 15
"""Longer than the hold and the write after it, so that whoever finds the bell rung is in time."""


def ring(app: App, tenant: TenantId) -> None:
    """Have what becomes due in the next seconds written; to be called before it is marked.

    The message goes first: whoever dies before saying that it is on its way leaves the next to send
    another. Should one fail as often as it may, the end of the next run rings.
    """
    now = app.clock.now()
    if app.sync.is_held(tenant, _BELL, now):
        return
    app.queue.send(PushDue(tenant), delay=_DELAY)
    app.sync.acquire(tenant, _BELL, app.ids.new_id(), now, now + _HOLD)
