"""An ordered index of rows, read in pages."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

from funnel.ports.store import Listing

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Index(Generic[K]):
    """Row keys in the order of a text; a row without a text is not in it."""

    def __init__(self) -> None:
        self._order: dict[Hashable, list[tuple[str, K]]] = {}
        self._place: dict[K, tuple[Hashable, str]] = {}

    def put(self, key: K, group: Hashable = None, text: str | None = None) -> None:
        """Place a row in a group, or take it out where `text` is None."""
        old = self._place.get(key)
        if text is not None and old == (group, text):
            return
        if old is not None:
            rows = self._order[old[0]]
            del rows[bisect_left(rows, old[1], key=_text)]
            del self._place[key]
        if text is not None:
            insort(self._order.setdefault(group, []), (text, key), key=_text)
            self._place[key] = (group, text)

    def page(
        self, group: Hashable, prefix: str, limit: int, cursor: str, load: Callable[[K], T]
    ) -> Listing[T]:
        """The rows of a group whose text starts with the prefix, after the cursor."""
        rows = self._order.get(group, [])
        start = bisect_right(rows, cursor, key=_text) if cursor else 0
        start = max(start, bisect_left(rows, prefix, key=_text))
        found = [row for row in rows[start : start + limit + 1] if row[0].startswith(prefix)]
        more = len(found) > limit
        found = found[:limit]
        return Listing([load(key) for _, key in found], found[-1][0] if more else "")


def page_of(
    rows: Iterable[tuple[str, T]], limit: int, cursor: str, *, newest: bool = False
) -> Listing[T]:
    """A page of these rows in the order of their texts, or from the end of it."""
    ordered = sorted(rows, key=_text, reverse=newest)
    rest = [r for r in ordered if not cursor or (r[0] < cursor if newest else r[0] > cursor)]
    more = rest[limit - 1][0] if len(rest) > limit else ""
    return Listing([value for _, value in rest[:limit]], more)


def _text(row: tuple[str, object]) -> str:
    return row[0]
