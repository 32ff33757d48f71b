"""Ring for the worker that tells Sugar scores: one message a connection and hold."""

from funnel.domain.errors import StoreBusy
from funnel.domain.ids import TenantId
from funnel.ports.sync_messages import PushDue
from funnel.usecases.app import App

_BELL = "score-bell"
_SLACK = 10
"""Seconds that a mark has to be written after whoever marks has found the bell rung."""


def ring_for_scores(app: App, tenant: TenantId, ringer: str = "") -> None:
    """Have told what becomes due in the next minute; to be called before it is marked.

    What is marked while the bell is held may become due after the message has arrived: its worker
    rings again. `ringer` is the same when the same is repeated: had it died with the bell in hand,
    it rings once more. Should the bell be lost all the same, the end of the next run rings.
    """
    now, ringer = app.clock.now(), ringer or app.ids.new_id()
    if not app.sync.acquire(tenant, _BELL, ringer, now, now + app.score_hold):
        return
    try:
        delay = int(app.score_hold.total_seconds()) + _SLACK
        app.queue.send(PushDue(tenant), delay=delay)
    except StoreBusy:
        app.sync.release(tenant, _BELL, ringer)
        raise
