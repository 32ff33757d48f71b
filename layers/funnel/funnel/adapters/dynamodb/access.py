"""What every part of the store stands on."""

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from funnel.adapters.dynamodb.listings import Listings
from funnel.adapters.dynamodb.requests import CONDITION_FAILED, Dynamo, Item, code_of
from funnel.adapters.dynamodb.tables import Tables


class Access:
    """The tables, by one client."""

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        self._dynamo = dynamo
        self._tables = tables
        self._listings = Listings(dynamo)


def put_if_version(dynamo: Dynamo, table: str, item: Item, before: int) -> bool:
    """Put an item if this version still stands, 0 for none; whether it did.

    A transaction, though it costs twice: DynamoDB knows it again where its answer was lost and
    botocore repeats it. A plain write then finds itself in the way, and is told that it lost.
    """
    return not dynamo.transact([{"Put": {"Item": item, **if_version(table, before)}}])


def put_once_if_version(dynamo: Dynamo, table: str, item: Item, before: int) -> bool:
    """The same by a plain write, at half the cost, for rows that are worked out anew when refused."""
    try:
        dynamo.patiently(dynamo.client.put_item, Item=item, **if_version(table, before))
    except ClientError as error:
        if code_of(error) != CONDITION_FAILED:
            raise
        return False
    return True


def if_version(table: str, version: int) -> Mapping[str, Any]:
    """Part of a write: that a row still has this version, and 0 that there is none."""
    if not version:
        return {"TableName": table, "ConditionExpression": "attribute_not_exists(pk)"}
    return {
        "TableName": table,
        "ConditionExpression": "version = :v",
        "ExpressionAttributeValues": {":v": {"N": str(version)}},
    }
