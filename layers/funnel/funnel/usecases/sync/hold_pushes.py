"""After a restore nothing is written to Sugar before both sides have been compared."""

from contextlib import suppress
from dataclasses import replace

from funnel.domain.connecting.connections import Connection
from funnel.domain.errors import ConnectionPaused
from funnel.domain.ids import TenantId
from funnel.domain.sync.comparison import Comparison, Phase, Stage
from funnel.ports.sync_messages import PushDue
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import change_connection
from funnel.usecases.sync.compare import start_comparison


def hold_pushes(app: App, tenant: TenantId, by: str) -> Connection:
    """Write nothing to this tenant's Sugar until a comparison that begins now has ended well.

    Where sync is paused the comparison is begun by an admin, later. Again begins anew. Raises
    `NotFound` without a connection.
    """
    now = app.clock.now()
    held = change_connection(app, tenant, lambda found: replace(found, held_since=now))
    with suppress(ConnectionPaused):
        start_comparison(app, tenant, by)
    return held


def release_if_compared(app: App, comparison: Comparison) -> None:
    """Let pushes go on where this comparison, which has read all, shows that they may.

    It has to have begun since they are held, every module has to be read, and what differs without
    a known cause (the error report, a filter, what Sugar does not show) to be repaired.
    """
    whole = all(part.stage is not Stage.FAILED for part in comparison.modules)
    agrees = comparison.differing == comparison.settled or comparison.phase is Phase.REPAIR
    if not (whole and agrees):
        return

    released = False

    def change(found: Connection) -> Connection:
        nonlocal released
        released = found.held_since is not None and found.held_since <= comparison.created_at
        return replace(found, held_since=None) if released else found

    change_connection(app, comparison.tenant, change)
    if released:
        app.queue.send(PushDue(comparison.tenant))
