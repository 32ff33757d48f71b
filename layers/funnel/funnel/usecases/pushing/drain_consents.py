"""Tell Sugar the consents that are due."""

from collections.abc import Callable

from funnel.domain.connecting.connections import Connection
from funnel.ports.crm import Crm
from funnel.usecases.app import App
from funnel.usecases.pushing.push_consent import push_consent
from funnel.usecases.pushing.push_lease import goes_on, take_lease

_PAGE = 25


def drain_consents(
    app: App,
    connection: Connection,
    crm: Crm,
    worker: str,
    seconds_left: Callable[[], float],
) -> bool:
    """Whether all was done that was due; what becomes due meanwhile has a bell of its own."""
    tenant, cursor = connection.tenant, ""
    while True:
        now = app.clock.now()
        listing = app.records.due_consents(tenant, _PAGE, cursor)
        due = [one for one in listing.items if one.due_at is not None and one.due_at <= now]
        for consent in due:
            if seconds_left() <= 0:
                return False
            take_lease(app, connection, worker)
            if not goes_on(app, connection):
                return True
            push_consent(app, crm, connection, consent.email, lambda: goes_on(app, connection))
        cursor = listing.cursor
        if not cursor or len(due) < len(listing.items):
            return True
