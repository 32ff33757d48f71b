"""Pages of listings: one partition in order, or several merged in order."""

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from funnel.adapters.dynamodb.requests import Dynamo, Item
from funnel.adapters.dynamodb.tables import END, from_cursor, to_cursor
from funnel.ports.listing import Found, Listing

T = TypeVar("T")


class Listings:
    """Reads indexes of one client's tables."""

    def __init__(self, dynamo: Dynamo) -> None:
        self._dynamo = dynamo

    def merged(
        self,
        table: str,
        index: str,
        partitions: Sequence[str],
        make: Callable[[Item], T],
        limit: int,
        *,
        prefix: str = "",
        cursor: str = "",
        since: str = "",
        until: str = "",
        all_tenants: bool = False,
    ) -> Listing[T]:
        """A page over all partitions of an index whose keys are `<index's attribute>_pk/_sk`.

        Without an index the table's own partitions are read, consistently. Only positions from
        `since` on and before `until` count, where given. The cursor is a position in the order, the
        same whatever partition stands there. Of all tenants, rows of a later release are left out.
        """
        after = from_cursor(cursor)
        span = _Span(max(prefix, since), prefix + END if prefix else "", until)
        share = limit // len(partitions) * 3 // 2 + 4 if len(partitions) > 1 else limit + 1
        query = self._dynamo.query_known if all_tenants else self._dynamo.query
        parts = [
            _Partition(query, table, index, name, span, after, min(share, limit + 1))
            for name in partitions
        ]
        self._dynamo.each(_Partition.read, parts)
        found: list[tuple[str, Item]] = []
        for row in heapq.merge(*parts, key=_position):
            found.append(row)
            if len(found) > limit:
                break
        more = len(found) > limit
        del found[limit:]
        return Listing([make(item) for _, item in found], to_cursor(found[-1][0]) if more else "")

    def newest(
        self, table: str, pk: str, make: Callable[[Item], T], limit: int, cursor: str
    ) -> Listing[T]:
        """A page of a partition of a table, from its end."""
        condition = "pk = :p"
        values: Item = {":p": {"S": pk}}
        if cursor:
            condition += " AND sk < :s"
            values[":s"] = {"S": from_cursor(cursor)}
        found = self._dynamo.query(
            table,
            limit + 1,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
            ScanIndexForward=False,
        )
        more = len(found) > limit
        del found[limit:]
        return Listing(
            [make(item) for item in found], to_cursor(found[-1]["sk"]["S"]) if more else ""
        )

    def descending(
        self,
        table: str,
        index: str,
        pk: str,
        make: Callable[[Item], T],
        limit: int,
        cursor: str = "",
        *,
        since: str = "",
        until: str = "",
    ) -> Found[T]:
        """A page of a partition of an index, from its end.

        Only positions from `since` on and before `until` count, where given.
        """
        low, high = since or "\0", from_cursor(cursor) or until or END
        if low > high:
            return Found([], [], "", 0)
        ends = {place for place in (from_cursor(cursor), until) if place}
        found = self._dynamo.query(
            table,
            limit + 1 + len(ends),
            IndexName=index,
            KeyConditionExpression=f"{index}_pk = :p AND {index}_sk BETWEEN :low AND :high",
            ExpressionAttributeValues={
                ":p": {"S": pk}, ":low": {"S": low}, ":high": {"S": high},
            },
            ScanIndexForward=False,
        )  # fmt: skip
        # BETWEEN gives the row at the end once more.
        rows = [(place, i) for i in found if (place := i[f"{index}_sk"]["S"]) not in ends]
        page = rows[:limit]
        places = [to_cursor(place) for place, _ in page]
        more = places[-1] if len(rows) > limit else ""
        return Found([make(item) for _, item in page], places, more, len(found))


@dataclass(frozen=True, slots=True)
class _Span:
    """Positions from `low` to `high`, and before `until`; "" is no limit."""

    low: str
    high: str
    until: str


class _Partition:
    """One partition of an index, read on as it is used up."""

    def __init__(
        self,
        query: Callable[..., list[Item]],
        table: str,
        index: str,
        name: str,
        span: _Span,
        after: str,
        share: int,
    ) -> None:
        self._query = query
        self._table = table
        self._index = index
        key = {"blocked_by": "blocked"}.get(index, index)
        self._pk, self._sk = (f"{key}_pk", f"{key}_sk") if index else ("pk", "sk")
        self._name = name
        self._span = span
        self._after = after
        self._share = share
        self._rows: list[tuple[str, Item]] = []
        self._ended = False

    def read(self) -> None:
        """Read the next rows."""
        values: dict[str, Any] = {":p": {"S": self._name}}
        condition = f"{self._pk} = :p"
        low, high = max(self._after, self._span.low), self._span.high or self._span.until
        if low or high:
            condition += f" AND {self._sk} BETWEEN :low AND :high"
            low, high = low or "\0", high or END
            if low > high:
                self._rows, self._ended = [], True
                return
            values[":low"], values[":high"] = {"S": low}, {"S": high}
        where = {"IndexName": self._index} if self._index else {"ConsistentRead": True}
        # BETWEEN gives the row at the cursor once more.
        items = self._query(
            self._table,
            self._share + 1,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
            **where,
        )
        self._ended = len(items) <= self._share
        self._rows = [
            (place, item)
            for item in items
            if (place := item[self._sk]["S"]) not in (self._after, self._span.until)
        ]
        if self._rows:
            self._after = self._rows[-1][0]

    def __iter__(self) -> Iterator[tuple[str, Item]]:
        while True:
            yield from self._rows
            if self._ended:
                return
            self.read()


def _position(row: tuple[str, Item]) -> str:
    return row[0]
