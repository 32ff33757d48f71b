"""The connections whose scheduled work is in a quarter of an hour."""

from collections.abc import Iterator

from funnel.domain.connecting.connections import Connection
from funnel.domain.ids import TenantId
from funnel.usecases.app import App


def connections_due(app: App, quarter: int) -> Iterator[Connection]:
    """Those of this quarter (0 to 3), of all tenants, one by one."""
    for tenant in tenants_due(app, quarter):
        connection = app.sync.connection(tenant)
        if connection is not None:
            yield connection


def tenants_due(app: App, quarter: int) -> Iterator[TenantId]:
    """Whose they are."""
    cursor = ""
    while True:
        listing = app.sync.connections_of_quarter(quarter, cursor)
        yield from listing.items
        cursor = listing.cursor
        if not cursor:
            return
