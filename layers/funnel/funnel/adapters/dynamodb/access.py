"""What every part of the store stands on."""

from funnel.adapters.dynamodb.listings import Listings
from funnel.adapters.dynamodb.requests import Dynamo
from funnel.adapters.dynamodb.tables import Tables


class Access:
    """The tables, by one client."""

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        self._dynamo = dynamo
        self._tables = tables
        self._listings = Listings(dynamo)
