"""Capacity units by table and index, as DynamoDB Local counts them, rows of transactions by their size.

DynamoDB rounds each row of a transaction up to whole KB; the local engine rounds their sum.
"""

from collections import Counter
from typing import Any

READS = frozenset({"BatchGetItem", "GetItem", "Query"})
ASKS = READS | {"PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"}


class Capacity:
    """Sums what each request of a client consumes, from now on until `taken` is asked."""

    def __init__(self, client: Any) -> None:
        self.requests = 0
        self.read: Counter[str] = Counter()
        self.write: Counter[str] = Counter()
        events = client.meta.events
        events.register("provide-client-params.dynamodb.*", self._asking)
        events.register("after-call.dynamodb.*", self._sum)
        self._rows: list[tuple[str, int]] = []

    def clear(self) -> None:
        """Begin anew."""
        self.requests = 0
        self.read.clear()
        self.write.clear()

    def _asking(self, params: dict[str, Any], model: Any, **_: object) -> dict[str, Any] | None:
        if model.name not in ASKS:
            return None
        actions = params.get("TransactItems", ())
        parts = [part for action in actions for part in action.values()]
        self._rows = [(part["TableName"], 2 * _blocks(part.get("Item", {}))) for part in parts]
        return {**params, "ReturnConsumedCapacity": "INDEXES"}

    def _sum(self, parsed: dict[str, Any], model: Any, **_: object) -> None:
        if model.name not in ASKS:
            return
        self.requests += 1
        sums = self.read if model.name in READS else self.write
        told = parsed.get("ConsumedCapacity") or []
        for one in told if isinstance(told, list) else [told]:
            if not self._rows:
                sums[one["TableName"]] += one.get("Table", {}).get("CapacityUnits", 0)
            for index, units in (one.get("GlobalSecondaryIndexes") or {}).items():
                sums[f"{one['TableName']}.{index}"] += units["CapacityUnits"]
        for table, units in self._rows:
            sums[table] += units


def _blocks(item: dict[str, dict[str, Any]]) -> int:
    """KB of a row, rounded up: names and values."""
    size = sum(
        len(name) + sum(len(str(value).encode()) for value in typed.values())
        for name, typed in item.items()
    )
    return max(1, -(-size // 1024))
