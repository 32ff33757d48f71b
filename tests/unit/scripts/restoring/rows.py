"""Tables of rows, as a restore meets them."""

import json
from typing import Any


def table(client: Any, name: str) -> None:
    """A table with the keys that all have."""
    client.create_table(
        TableName=name,
        KeySchema=[
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
        AttributeDefinitions=[{"AttributeName": one, "AttributeType": "S"} for one in ("pk", "sk")],
        BillingMode="PAY_PER_REQUEST",
    )


def row(number: int, value: str = "as it was") -> dict[str, Any]:
    """Some row."""
    return {"pk": {"S": f"t{number % 7}"}, "sk": {"S": f"r{number}"}, "value": {"S": value}}


def put(client: Any, name: str, *rows: dict[str, Any]) -> None:
    """Write them."""
    for at in range(0, len(rows), 25):
        asked = [{"PutRequest": {"Item": one}} for one in rows[at : at + 25]]
        client.batch_write_item(RequestItems={name: asked})


def items_of(client: Any, name: str) -> list[dict[str, Any]]:
    """All rows of a table."""
    pages = client.get_paginator("scan").paginate(TableName=name)
    return [one for page in pages for one in page["Items"]]


def rows_of(client: Any, name: str) -> list[str]:
    """All rows of a table as text, in order."""
    return sorted(json.dumps(one, sort_keys=True) for one in items_of(client, name))
