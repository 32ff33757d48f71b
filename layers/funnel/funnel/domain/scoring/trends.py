"""How a lead score moved: its value at the end of each day.

A day on which it did not change has no entry. What becomes known late, such as the visits of a browser
before it is known whose it is, counts from the day it was done; what is taken back moves the score on
the day that happens, and no day before it. Days are those of UTC, as everywhere in scoring.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

DAYS = 30
"""That a trend goes back, beside today."""

WEEK = 7


@dataclass(frozen=True, slots=True)
class TrendDay:
    """From this day (its ordinal) on, and until the next entry, the score was this at its end."""

    day: int
    value: int


Trend = tuple[TrendDay, ...]
"""By day, the oldest first; the first may be older than `DAYS`, and says what it began with."""


def day_of(at: datetime) -> int:
    """The day a moment is in."""
    return at.astimezone(UTC).date().toordinal()


def moved_to(trend: Trend, value: int, at: datetime) -> Trend:
    """The trend after the score became this; a late one counts for the day already reached."""
    day = max([day_of(at), *(one.day for one in trend)])
    days = [one for one in trend if one.day < day]
    return _bounded([*days, TrendDay(day, value)], day - DAYS)


def at_least(trend: Trend, known: Sequence[TrendDay]) -> Trend:
    """The trend that was on no day before its last lower than is known now."""
    last = trend[-1]
    found: list[TrendDay] = []
    for day in sorted({one.day for one in (*trend, *known) if one.day < last.day}):
        value = max(value_on(trend, day), value_on(known, day))
        if not found or found[-1].value != value:
            found.append(TrendDay(day, value))
    return _bounded([*found, last], last.day - DAYS)


def value_on(trend: Sequence[TrendDay], day: int) -> int:
    """The score at the end of this day; 0 before the first that is known."""
    return next((one.value for one in reversed(trend) if one.day <= day), 0)


def by_day(trend: Sequence[TrendDay], now: datetime) -> list[int]:
    """The score at the end of each of the last days, the oldest first and today's last."""
    today = day_of(now)
    return [value_on(trend, day) for day in range(today - DAYS, today + 1)]


def moved_in_a_week(trend: Sequence[TrendDay], now: datetime) -> int:
    """By how much the score is higher now than it was seven days ago."""
    today = day_of(now)
    return value_on(trend, today) - value_on(trend, today - WEEK)


def _bounded(days: list[TrendDay], oldest: int) -> Trend:
    """Without entries that an older day's end no longer needs."""
    while len(days) > 1 and days[1].day <= oldest:
        del days[0]
    return tuple(days)
