"""Ask for a round of Target Lists now."""

from datetime import timedelta

from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.ports.system import ReadTargetLists
from funnel.usecases.app import App
from funnel.usecases.connection import connection_of, refuse_if_paused

_JUST_NOW = timedelta(seconds=5)


def ask_target_lists(app: App, tenant: TenantId, asked_by: str) -> None:
    """Have all Target Lists read now.

    Raises `NotFound` without a connection, `ConnectionPaused`, and `Conflict` where they were asked
    for a moment ago: a second round would do the same again.
    """
    refuse_if_paused(connection_of(app, tenant))
    last = app.sync.lists_round(tenant)
    if last is not None and not last.note and app.clock.now() - last.began_at < _JUST_NOW:
        raise Conflict(
            "The Target Lists were asked for a moment ago and are being read.",
            mend="Look again in a minute.",
        )
    app.queue.send(ReadTargetLists(tenant, asked_by or "a person"))
