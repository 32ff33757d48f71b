"""After a restore nothing is written to Sugar before both sides have been compared."""

import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from funnel.domain.connecting.connections import Connection
from funnel.domain.errors import Conflict, ConnectionPaused, InputInvalid
from funnel.domain.ids import TenantId
from funnel.domain.sync.comparison import Comparison, Phase, Reason, Stage
from funnel.ports.sync_messages import PushDue
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import change_connection
from funnel.usecases.sync.compare import start_comparison

LONGEST_REASON = 200
ON_ITS_WAY = (Reason.JUST_NOW, Reason.NEWER)
"""What people change in Sugar meanwhile: the next run reads it, and a busy Sugar is never without."""

_PAGE = 50
logger = logging.getLogger(__name__)


def hold_pushes(app: App, tenant: TenantId, by: str) -> Connection:
    """Write nothing to this tenant's Sugar until a comparison that begins now has ended well.

    Where sync is paused the comparison is begun by an admin, later. Again begins anew, in place of
    a comparison that goes on. Raises `NotFound` without a connection.
    """
    now = app.clock.now()
    held = change_connection(app, tenant, lambda found: replace(found, held_since=now))
    # A worker that saves its comparison at this moment is followed by an admin's own.
    with suppress(ConnectionPaused, Conflict):
        start_comparison(app, tenant, by, in_place_of_any=True)
    return held


def release_pushes(app: App, tenant: TenantId, reason: str) -> Connection:
    """Let pushes go on though no comparison has ended well, as somebody answers for.

    Raises `NotFound` without a connection, `InputInvalid` without a reason.
    """
    if not 0 < len(reason) <= LONGEST_REASON:
        raise InputInvalid(
            f"Say why they may go on, in at most {LONGEST_REASON} characters.", field="reason"
        )
    found = change_connection(app, tenant, lambda found: replace(found, held_since=None))
    logger.warning("pushes are let go on: %s", reason)
    app.queue.send(PushDue(tenant))
    return found


def release_if_compared(app: App, comparison: Comparison) -> None:
    """Let pushes go on where this comparison, which has ended, shows that they may.

    It has to have begun since they are held, every module has to be read, and nothing may differ
    but for a known cause (the error report, a filter, what Sugar does not show) or, after a
    repair, because Sugar changed meanwhile.
    """
    whole = all(part.stage is Stage.DONE for part in comparison.modules)
    if not (whole and _agrees(app, comparison)):
        return

    released = False

    def change(found: Connection) -> Connection:
        nonlocal released
        released = found.held_since is not None and found.held_since <= comparison.created_at
        return replace(found, held_since=None) if released else found

    change_connection(app, comparison.tenant, change)
    if released:
        app.queue.send(PushDue(comparison.tenant))


def _agrees(app: App, comparison: Comparison) -> bool:
    if comparison.differing == comparison.settled:
        return True
    return comparison.phase is Phase.REPAIR and all(
        reason.is_settled or reason in ON_ITS_WAY for reason in _reasons(app, comparison)
    )


def _reasons(app: App, comparison: Comparison) -> Iterator[Reason]:
    cursor = ""
    while True:
        page = app.sync.differences(comparison.tenant, comparison.comparison_id, _PAGE, cursor)
        yield from (one.reason for part in page.items for one in part.items)
        cursor = page.cursor
        if not cursor:
            return
