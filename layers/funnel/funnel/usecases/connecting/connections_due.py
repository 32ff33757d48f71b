"""The connections whose scheduled work is in a quarter of an hour."""

from collections.abc import Iterator

from funnel.domain.connecting.connections import Connection
from funnel.usecases.app import App


def connections_due(app: App, quarter: int) -> Iterator[Connection]:
    """Those of this quarter (0 to 3), of all tenants, one by one."""
    cursor = ""
    while True:
        listing = app.sync.connections_of_quarter(quarter, cursor)
        for tenant in listing.items:
            connection = app.sync.connection(tenant)
            if connection is not None:
                yield connection
        cursor = listing.cursor
        if not cursor:
            return
