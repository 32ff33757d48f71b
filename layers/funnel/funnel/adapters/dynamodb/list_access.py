"""Rows of the table of lists, by their partitions."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from funnel.adapters.dynamodb.access import Access
from funnel.adapters.dynamodb.requests import Item

K = TypeVar("K")
CHANGED = "Somebody else changed it meanwhile."


class ListAccess(Access):
    """What all that keeps lists has in common."""

    def _lists_found(
        self, sk: str, pk_of: Callable[[K], str], keys: Iterable[K]
    ) -> list[tuple[K, Item]]:
        wanted: dict[str, Any] = {pk_of(key): key for key in keys}
        items = self._dynamo.batch_get(self._tables.lists, [(pk, sk) for pk in wanted])
        return [(wanted[item["pk"]["S"]], item) for item in items]
