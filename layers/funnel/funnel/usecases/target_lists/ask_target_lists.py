"""Ask for a round of Target Lists now."""

from dataclasses import replace
from datetime import datetime, timedelta

from funnel.domain.connecting.connections import Connection
from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.domain.lists.target_lists import EVERY, ListsRound
from funnel.ports.sync_messages import ReadTargetLists
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import connection_of, refuse_if_paused

_JUST_NOW = timedelta(seconds=5)
_REQUESTS_A_LIST = 5
_SHARE = 2
"""Half of the shared budget stays for the hourly pull."""


def ask_target_lists(app: App, tenant: TenantId, asked_by: str) -> None:
    """Have all Target Lists read now.

    Raises `NotFound` without a connection, `ConnectionPaused`, and `Conflict` where a round has
    begun that has not ended, or cannot be through yet: a second one would do the same again.
    """
    connection = connection_of(app, tenant)
    refuse_if_paused(connection)
    last, now = app.sync.lists_round(tenant), app.clock.now()
    if last is not None and _is_going_on(last, connection, now):
        raise _asked_for()
    by = asked_by or "a person"
    # Saved before it is sent: of many who press at once, one asks.
    begun = replace(last or ListsRound(tenant, now), began_at=now, asked_by=by)
    try:
        app.sync.save_lists_round(replace(begun, finished_at=None, note=None))
    except Conflict as error:
        raise _asked_for() from error
    app.queue.send(ReadTargetLists(tenant, by))


def _is_going_on(last: ListsRound, connection: Connection, now: datetime) -> bool:
    """Whether the lists are being read. A round that did not end is given up after its turn."""
    since = now - last.began_at
    if last.finished_at is None:
        return since < EVERY
    if last.note is not None:
        return False
    seconds = last.lists * _REQUESTS_A_LIST * _SHARE / connection.requests_per_second
    return since < min(EVERY, max(_JUST_NOW, timedelta(seconds=seconds)))


def _asked_for() -> Conflict:
    return Conflict(
        "The Target Lists were asked for a moment ago and are being read.",
        mend="Look again in a minute.",
    )
