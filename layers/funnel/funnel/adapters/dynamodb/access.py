"""What every part of the store stands on."""

from collections.abc import Mapping
from typing import Any

from funnel.adapters.dynamodb.listings import Listings
from funnel.adapters.dynamodb.requests import Dynamo
from funnel.adapters.dynamodb.tables import Tables


class Access:
    """The tables, by one client."""

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        self._dynamo = dynamo
        self._tables = tables
        self._listings = Listings(dynamo)


def if_version(table: str, version: int) -> Mapping[str, Any]:
    """Part of an action of a transaction: that a row still has this version, and 0 that there is none."""
    if not version:
        return {"TableName": table, "ConditionExpression": "attribute_not_exists(pk)"}
    return {
        "TableName": table,
        "ConditionExpression": "version = :v",
        "ExpressionAttributeValues": {":v": {"N": str(version)}},
    }
