"""How a module is cut into windows that fit a page, with as few counts as possible.

Neither the order nor the offset of Sugar's lists can be trusted (`docs/sugar.md`), so a module is
read in half-open ranges of `date_modified`, each read in one request. A range with more records
than a page is cut in two at a share of its time that would fit whole pages if records were spread
evenly; the left part is counted, the right one follows by subtraction. A range that cannot be cut
by time (one second, or rows without a date) is cut by id.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from funnel.domain.crm import Window

EPOCH = datetime(2004, 1, 1, tzinfo=UTC)
"""SugarCRM was founded in April 2004; nothing honest is older. Older rows fall in the first cut."""

FILL = 0.85
"""How full a page is planned: a window that grows a little meanwhile still fits."""

_SECOND = timedelta(seconds=1)
_ID_DIGITS = "0123456789abcdef"


@dataclass(frozen=True, slots=True)
class Planned:
    """A window and how many records it was said to have."""

    window: Window
    expected: int


def everything() -> Window:
    """The whole of a module."""
    return Window(undated=True)


def since(moment: datetime | None) -> Window:
    """All that changed since; the newest end open, rows without a date always with it."""
    return Window(since=_floor(moment), undated=True) if moment else everything()


def pages(expected: int, page: int) -> int:
    """How many windows `expected` records are to be cut into."""
    return 1 if expected <= page else max(2, -(-expected // max(1, int(page * FILL))))


def cut(window: Window, expected: int, page: int, now: datetime) -> tuple[Window, Window] | None:
    """Two windows that together are this one, or None where time cannot cut it further.

    `now` stands for the open end: what is newer stays in the right part.
    """
    if window.dated and window.undated:
        return replace(window, undated=False), replace(window, dated=False, since=None, until=None)
    if not window.dated or window.id_from is not None or window.id_until is not None:
        return None
    low = window.since or EPOCH
    high = window.until or max(_floor(now) + _SECOND, low + 2 * _SECOND)
    seconds = int((high - low).total_seconds())
    if window.since is None and seconds < 2:
        return None
    if window.since is not None and window.until is not None and seconds < 2:
        return None
    many = pages(expected, page)
    at = low + timedelta(seconds=min(max(1, seconds * (many // 2) // many), max(1, seconds - 1)))
    return replace(window, until=at), replace(window, since=at)


def cut_by_id(window: Window, at: str) -> tuple[Window, Window]:
    """The ids before `at`, and the others, in the server's collation."""
    return replace(window, id_until=at), replace(window, id_from=at)


def id_between(low: str | None, high: str | None) -> str | None:
    """A hexadecimal id about half-way between two ends (None: open), or None where none is left.

    Ids in Sugar are mostly UUIDs. Where they are not, counting finds all on one side, and the ids
    of the page just read decide instead (`median_id`).
    """
    left = _fraction(low or "")
    right = _fraction(high) if high else 16**_DEPTH
    middle = (left + right) // 2
    if middle in (left, right):
        return None
    digits = "".join(_ID_DIGITS[(middle >> (4 * i)) & 15] for i in range(_DEPTH - 1, -1, -1))
    text = digits.rstrip("0") or None
    if text is None or (low and text <= low.casefold()):
        return None
    return text


def median_id(ids: Iterable[str], window: Window) -> str | None:
    """The middle one of the ids just read, if it cuts the window; the server's order decides."""
    inside = sorted({i for i in ids if i not in (window.id_from, window.id_until)})
    return inside[len(inside) // 2] if inside else None


def plan(
    window: Window,
    expected: int,
    page: int,
    now: datetime,
    count: Callable[[Window], int],
    limit: int = 40,
) -> list[Planned]:
    """Windows that together are this one, each fitting a page as far as counting could tell.

    At most about `limit` windows come back cut to size; the rest of a very large one comes back
    whole, to be planned when its turn comes. Windows without records are left out: what appears
    in them meanwhile is newer than the run, and read at its end.
    """
    done: list[Planned] = []
    todo = [Planned(window, expected)]
    while todo:
        one = todo.pop()
        if one.expected <= page or len(done) + len(todo) >= limit:
            done.append(one)
            continue
        parts = _cut_and_count(one, page, now, count)
        if parts is None:
            done.append(one)
            continue
        todo.extend(p for p in reversed(parts) if p.expected > 0)
    return done or [Planned(window, expected)]


def _cut_and_count(
    one: Planned, page: int, now: datetime, count: Callable[[Window], int]
) -> tuple[Planned, Planned] | None:
    parts = cut(one.window, one.expected, page, now)
    if parts is None:
        parts = _cut_by_middle_id(one.window)
        if parts is None:
            return None
    left, right = parts
    n = count(left)
    return Planned(left, n), Planned(right, max(0, one.expected - n))


def _cut_by_middle_id(window: Window) -> tuple[Window, Window] | None:
    middle = id_between(window.id_from, window.id_until)
    return None if middle is None else cut_by_id(window, middle)


_DEPTH = 9


def _fraction(text: str) -> int:
    """The id's first characters as a number, with all that is no hexadecimal digit as nearest."""
    value = 0
    for i in range(_DEPTH):
        ch = text[i].casefold() if i < len(text) else "0"
        value = value * 16 + (_ID_DIGITS.find(ch) if ch in _ID_DIGITS else (15 if ch > "f" else 0))
    return value


def _floor(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
