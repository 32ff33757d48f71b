"""What DynamoDB refuses in a transaction, and its local engine of 2019 does not: two actions on one row."""

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

_REFUSED = "Transaction request cannot include multiple operations on one item"


def refuse_two_of_one_row(client: Any) -> None:
    """Have this client refuse it as AWS does, before anything is written."""
    client.meta.events.register("provide-client-params.dynamodb.TransactWriteItems", _check)


def _check(params: Mapping[str, Any], **_: object) -> None:
    keys = [_key(action) for action in params["TransactItems"]]
    if len(set(keys)) < len(keys):
        error = {"Error": {"Code": "ValidationException", "Message": _REFUSED}}
        raise ClientError(error, "TransactWriteItems")


def _key(action: Mapping[str, Any]) -> tuple[str, ...]:
    (part,) = action.values()
    own = part.get("Key") or part["Item"]
    return part["TableName"], own["pk"]["S"], own["sk"]["S"]
