"""Look at the Targets that are here by their ids: who is on no list is read with none."""

from dataclasses import replace
from datetime import timedelta

from funnel.domain.connecting.connections import Connection
from funnel.domain.errors import (
    ConnectionPaused,
    FunnelError,
    NotFound,
    Permanent,
    SignInRefused,
)
from funnel.domain.ids import Module
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import refuse_to_go_on, sugar
from funnel.usecases.target_lists.read_targets import Targets

_EVERY = timedelta(hours=24)
_PAGE = 500
_PAGES = 4
"""Of one round; the next one goes on."""


def sweep_targets(app: App, connection: Connection) -> None:
    """Once a day all of them, some pages a round; what fails is left to the next round.

    One that is deleted leaves its person, one that Sugar no longer shows is reported.
    """
    last = app.sync.lists_round(connection.tenant)
    now = app.clock.now()
    if last is None:
        return
    if not last.sweep_cursor and last.swept_at and now - last.swept_at < _EVERY:
        return
    swept_at = last.swept_at if last.sweep_cursor else now
    try:
        cursor = _pages(app, connection, last.sweep_cursor)
        app.sync.save_lists_round(replace(last, swept_at=swept_at, sweep_cursor=cursor))
    except FunnelError:
        return


def _pages(app: App, connection: Connection, cursor: str) -> str:
    """Look at the next pages; where it goes on, "" at the end.

    A page that Sugar refuses is passed over: the others are looked at all the same.
    """
    with sugar(app, connection) as crm:
        targets = Targets(app, crm, connection)
        for _ in range(_PAGES):
            refuse_to_go_on(app, connection)
            listing = app.records.list_records(
                connection.tenant, Module.PROSPECTS, "", _PAGE, cursor
            )
            try:
                targets.look_at(listing.items)
            except (ConnectionPaused, SignInRefused, NotFound):
                raise
            except Permanent:
                pass
            cursor = listing.cursor
            if not cursor:
                break
    return cursor
