"""How a module is cut into windows that fit a page, with as few counts as possible.

Neither the order nor the offset of Sugar's lists can be trusted (`docs/sugar.md`), so a module is
read in half-open ranges of `date_modified`, each read in one request. A range with more records
than a page is cut in two at a share of its time that would fit whole pages if records were spread
evenly; the left part is counted, the right one follows by subtraction. A range that cannot be cut
by time (one second, or rows without a date) is cut by id.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from funnel.domain.crm import Window

BEGINNING = datetime(2004, 1, 1, tzinfo=UTC)
"""SugarCRM was founded in April 2004: where the search for the oldest record begins."""

FILL = 0.95
"""How full a page is planned, so that a window that grows a little meanwhile still fits."""

_FIRST = datetime(1, 1, 2, tzinfo=UTC)
_LAST = datetime(9999, 12, 30, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_ID_DIGITS = frozenset("0123456789abcdef")
_ID_DEPTH = 8
_POOR_CUTS = 5
_NEARLY_ALL = 0.95
_SAFE_ID = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_")


@dataclass(frozen=True, slots=True)
class Planned:
    """A window and how many records it is thought to have.

    `poor` counts the cuts in a row that left nearly all records on one side; `lean` those that
    left all of them on the right (or, negative, on the left), so that the next cut goes further.
    """

    window: Window
    expected: int
    poor: int = 0
    lean: int = 0

    @property
    def stuck(self) -> bool:
        """Whether counting no longer cuts it: better to read a page and cut by what was read."""
        return self.poor >= _POOR_CUTS


def everything() -> Window:
    """The whole of a module."""
    return Window(undated=True)


def since(moment: datetime | None) -> Window:
    """All that changed since; the newest end open, rows without a date always with it."""
    return Window(since=moment.replace(microsecond=0), undated=True) if moment else everything()


def plan(
    window: Window,
    expected: int,
    page: int,
    now: datetime,
    count: Callable[[Window], int],
    most: int = 40,
) -> list[Planned]:
    """Windows that together hold every record of this one, cut to fit a page.

    Neighbours that fit a page together are one window. About `most` come back; what is still too
    large among them is planned when its turn comes, or, where counting did not cut it, by what is
    read (`cut_by_rows`). Only a window that was counted as empty itself is left out; a count got by
    subtraction is a guess, since records move while we count.
    """
    done: list[Planned] = []
    todo = [Planned(window, expected)]
    while todo:
        one = todo.pop()
        if one.expected <= page or one.stuck or len(done) + len(todo) >= most:
            done.append(one)
        else:
            todo.extend(reversed(_cut_and_count(one, page, now, count)))
    return _joined(done, page)


def cut(window: Window, share: float, now: datetime) -> tuple[Window, Window] | None:
    """Two windows that together are this one, or None where time cannot cut it further.

    `share` of the time, 0 to 1, goes to the left one. `now` is where the open end is thought to
    be; the search goes on beyond it, and before `BEGINNING`, in steps that double.
    """
    if window.dated and window.undated:
        return _undated_apart(window)
    if not window.dated or window.id_from is not None or window.id_until is not None:
        return None
    low, high = _ends(window, now)
    seconds = int((high - low).total_seconds())
    if seconds < 2:
        return None
    at = low + timedelta(seconds=min(max(1, int(seconds * share)), seconds - 1))
    return replace(window, until=at), replace(window, since=at)


def cut_by_rows(window: Window, rows: Sequence[tuple[datetime | None, str]]) -> list[Window] | None:
    """Cut a window by the (`date_modified`, id) of a page read from it that came back full.

    A second that holds half of the rows is set apart; otherwise the middle date cuts, and in a
    single second the middle id: the server's own order decides which ids are before it. None
    where nothing read cuts the window.
    """
    if window.dated and window.undated:
        return list(_undated_apart(window))
    dates = sorted(d for d, _ in rows if d is not None)
    if window.dated and dates and window.id_from is None and window.id_until is None:
        cuts = [c for c in _dates_to_cut_at(dates) if _inside(c, window)]
        if cuts:
            ends = [window.since, *cuts, window.until]
            return [replace(window, since=a, until=b) for a, b in pairwise(ends)]
    inside = sorted(
        i for i in {i for _, i in rows} if i != window.id_from and _SAFE_ID.issuperset(i)
    )
    return list(_cut_at(window, inside[len(inside) // 2])) if inside else None


def _joined(parts: Sequence[Planned], page: int) -> list[Planned]:
    joined: list[Planned] = []
    for part in parts:
        last = joined[-1] if joined else None
        fit = last is not None and last.expected + part.expected <= page * FILL
        window = _union(last.window, part.window) if last is not None and fit else None
        if last is None or window is None or last.stuck or part.stuck:
            joined.append(part)
        else:
            joined[-1] = Planned(window, last.expected + part.expected)
    return joined


def _union(left: Window, right: Window) -> Window | None:
    """Both as one window, where the right one goes on where the left one ends."""
    if left.id_until is not None and left.id_until == right.id_from:
        same = (left.since, left.until, left.dated) == (right.since, right.until, right.dated)
        return replace(left, id_until=right.id_until) if same else None
    cut_by_id = any(w.id_from or w.id_until for w in (left, right))
    if cut_by_id or not right.dated:
        return None
    if not left.dated:
        return replace(right, undated=True) if right.since is None else None
    return replace(left, until=right.until) if left.until == right.since else None


def _dates_to_cut_at(dates: list[datetime]) -> list[datetime]:
    middle = dates[len(dates) // 2]
    if 2 * dates.count(middle) >= len(dates):
        return [middle, middle + _SECOND]
    return [middle]


def _inside(moment: datetime, window: Window) -> bool:
    return (window.since is None or window.since < moment) and (
        window.until is None or moment < window.until
    )


def _cut_and_count(
    one: Planned, page: int, now: datetime, count: Callable[[Window], int]
) -> list[Planned]:
    """The parts that are not empty; the window itself, marked as stuck, where nothing cuts it."""
    share = _share(one, page)
    parts = cut(one.window, share, now) or _cut_by_id(one.window, share)
    if parts is None:
        return [replace(one, poor=_POOR_CUTS)]
    left, right = parts
    in_left = count(left)
    in_right = one.expected - in_left
    if in_right <= 0:
        in_right = count(right)
    poor = one.poor + 1 if max(in_left, in_right) > _NEARLY_ALL * one.expected else 0
    lean = 0
    if not in_left:
        lean = max(one.lean, 0) + 1
    elif not in_right:
        lean = min(one.lean, 0) - 1
    return [Planned(w, n, poor, lean) for w, n in ((left, in_left), (right, in_right)) if n > 0]


def _share(one: Planned, page: int) -> float:
    """Where whole pages are expected, were records spread evenly; else galloping to one side."""
    if one.lean == 0:
        many = max(2, -(-one.expected // max(1, int(page * FILL))))
        return (many // 2) / many
    near = 1 / (1 << min(1 << abs(one.lean), 30))
    return 1 - near if one.lean > 0 else near


def _undated_apart(window: Window) -> tuple[Window, Window]:
    return Window(dated=False, undated=True), replace(window, undated=False)


def _cut_by_id(window: Window, share: float) -> tuple[Window, Window] | None:
    at = _id_between(window.id_from, window.id_until, share)
    return None if at is None else _cut_at(window, at)


def _ends(window: Window, now: datetime) -> tuple[datetime, datetime]:
    """Where to cut between. An open end is looked for further out the further the other one is."""
    now = now.replace(microsecond=0) + _SECOND
    if window.since is None and window.until is None:
        return BEGINNING, now
    if window.since is None:
        until = window.until or now
        if until > BEGINNING:
            return BEGINNING, until
        return max(_FIRST, until - 2 * max(_SECOND, BEGINNING - until)), until
    if window.until is None:
        if window.since < now:
            return window.since, max(now, window.since + 2 * _SECOND)
        reach = 2 * max(_SECOND, window.since - now)
        far = window.since + reach if window.since < _LAST - reach else _LAST
        return window.since, far
    return window.since, window.until


def _cut_at(window: Window, at: str) -> tuple[Window, Window]:
    return replace(window, id_until=at), replace(window, id_from=at)


def _id_between(low: str | None, high: str | None, share: float) -> str | None:
    """A hexadecimal text at a share of the way between two ends (None: open).

    Ids in Sugar are mostly UUIDs. None where no collation would place a text between the ends.
    """
    if not all(_ID_DIGITS.issuperset(end[:_ID_DEPTH]) for end in (low or "", high or "")):
        return None
    left = _as_number(low or "")
    right = _as_number(high) if high else 16**_ID_DEPTH
    at = left + int((right - left) * share)
    return f"{at:0{_ID_DEPTH}x}".rstrip("0") if left < at < right else None


def _as_number(text: str) -> int:
    return int(text[:_ID_DEPTH].ljust(_ID_DEPTH, "0"), 16)
