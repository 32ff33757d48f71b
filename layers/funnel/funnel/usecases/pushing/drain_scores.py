"""Tell Sugar the lead scores that are due, the people who matter first."""

from collections.abc import Callable

from funnel.domain.connecting.connections import Connection
from funnel.ports.crm import Crm
from funnel.usecases.app import App
from funnel.usecases.bells.ring_for_scores import ring_for_scores
from funnel.usecases.pushing.push_lease import goes_on, take_lease
from funnel.usecases.pushing.push_scores import ScoreTeller
from funnel.usecases.pushing.sweep_scores import sweep_scores

_PAGE = 1000
"""Marks that are looked through at a time: those of one module are written together."""


def drain_scores(
    app: App,
    connection: Connection,
    crm: Crm,
    worker: str,
    seconds_left: Callable[[], float],
) -> bool:
    """Whether all was done that was due; what is to become due, or was marked anew, is rung for."""
    tenant, cursor, waits = connection.tenant, "", False

    def may_write() -> bool:
        take_lease(app, connection, worker)
        return goes_on(app, connection)

    with ScoreTeller(app, crm, connection) as teller:
        teller.free_what_was_parked()
        while True:
            now = app.clock.now()
            listing = app.score_marks.scores_to_tell(
                tenant, connection.connection_id, _PAGE, cursor
            )
            due = [one.person_id for one in listing.items if one.due_at and one.due_at <= now]
            waits = waits or len(due) < len(listing.items)
            for step in teller.tell(due):
                if seconds_left() <= 0:
                    return False
                if not may_write():
                    return True
                step()
            cursor = listing.cursor
            if not cursor:
                break
        done = not teller.freed
    if waits or teller.outrun:
        # Whoever marked it anew found it due, and did not ring.
        ring_for_scores(app, tenant)
    return sweep_scores(app, connection, seconds_left) and done
