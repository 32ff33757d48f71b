"""Searches: the partitions of an index read through side by side, keeping what is wanted."""

from collections.abc import Sequence

from funnel.adapters.dynamodb.requests import Dynamo, Item
from funnel.adapters.dynamodb.tables import END, from_cursor, to_cursor

_FIRST, _LARGEST = 250, 4_000
"""Rows of one request. The first ones are few: what many people have is found soon."""


class Search:
    """One search through an index by name.

    Rows that were written before they had words are found too: whoever asks looks at them. `looked`
    is how many rows were looked through so far.
    """

    def __init__(
        self,
        dynamo: Dynamo,
        table: str,
        index: str,
        partitions: Sequence[str],
        parts: Sequence[str],
        cursor: str,
    ) -> None:
        self._dynamo = dynamo
        held = " AND ".join(f"contains(words, :w{at})" for at in range(len(parts)))
        self._asked = {"TableName": table, "IndexName": index}
        if held:
            self._asked["FilterExpression"] = f"attribute_not_exists(words) OR ({held})"
        self._values: Item = {f":w{at}": {"S": part} for at, part in enumerate(parts)}
        after = from_cursor(cursor)
        self._parts = [_Partition(name, after) for name in partitions]
        self._size = _FIRST
        self.looked = 0

    def run(self, limit: int, most: int) -> tuple[list[Item], str]:
        """At least `limit` items if there are as many, looking through about `most` rows.

        With the items comes the cursor behind the last one, "" at the end.
        """
        while True:
            found = self._so_far()
            over = all(part.ended for part in self._parts)
            if len(found) > limit or (len(found) == limit and not over):
                return found[:limit], place_of(found[limit - 1])
            if over:
                return found, ""
            if self.looked >= most:
                return found, to_cursor(self._reached())
            self._read_on()

    def _so_far(self) -> list[Item]:
        """What is found in order: nothing that another partition could still come before."""
        reached = self._reached()
        found = [item for part in self._parts for item in part.found if _place(item) <= reached]
        return sorted(found, key=_place)

    def _reached(self) -> str:
        return min((part.after for part in self._parts if not part.ended), default=END)

    def _read_on(self) -> None:
        behind = [part for part in self._parts if not part.ended]
        self.looked += sum(self._dynamo.each(self._read, behind))
        self._size = min(_LARGEST, self._size * 2)

    def _read(self, part: "_Partition") -> int:
        """The next rows of one partition; how many were looked at."""
        condition, values = "list_pk = :p", {**self._values, ":p": {"S": part.name}}
        if part.after:
            condition += " AND list_sk > :after"
            values[":after"] = {"S": part.after}
        reply = self._dynamo.patiently(
            self._dynamo.client.query,
            **self._asked,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
            Limit=self._size,
        )
        part.found += reply["Items"]
        last = reply.get("LastEvaluatedKey")
        part.ended = not last
        if last:
            part.after = last["list_sk"]["S"]
        return int(reply["ScannedCount"])


class _Partition:
    """How far one partition has been read, and what was found in it."""

    def __init__(self, name: str, after: str) -> None:
        self.name = name
        self.after = after
        self.found: list[Item] = []
        self.ended = False


def place_of(item: Item) -> str:
    """The cursor behind an item."""
    return to_cursor(_place(item))


def _place(item: Item) -> str:
    return str(item["list_sk"]["S"])
