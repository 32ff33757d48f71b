"""How a score moved: by day, whatever happened on the days between."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from funnel.domain.ids import PersonId, TenantId
from funnel.domain.scoring.scores import Score, ScoreLine
from funnel.domain.scoring.trends import (
    DAYS,
    Trend,
    TrendDay,
    at_least,
    by_day,
    moved_in_a_week,
    moved_to,
    value_on,
)

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)


def days(number: int) -> timedelta:
    return timedelta(days=number)


def test_the_days_on_which_nothing_happens_have_the_value_of_the_day_before() -> None:
    trend = moved_to(moved_to(moved_to((), 5, NOW - days(9)), 7, NOW - days(9)), 30, NOW - days(2))
    assert by_day(trend, NOW) == [0] * 21 + [7] * 7 + [30] * 3
    assert moved_in_a_week(trend, NOW) == 23
    assert moved_in_a_week(trend, NOW + days(9)) == 0
    assert by_day((), NOW) == [0] * 31


@given(moves=st.lists(st.tuples(st.integers(0, 2_000), st.integers(-5, 99)), max_size=80))
def test_the_last_days_are_kept_whole_and_no_more_than_they_need(
    moves: list[tuple[int, int]],
) -> None:
    trend: Trend = ()
    known: dict[int, int] = {}
    for hours, value in sorted(moves, key=lambda one: one[0]):
        at = NOW + timedelta(hours=hours)
        trend = moved_to(trend, value, at)
        known[at.date().toordinal()] = value
        today = at.date().toordinal()
        wanted = [
            next((known[d] for d in sorted(known, reverse=True) if d <= day), 0)
            for day in range(today - DAYS, today + 1)
        ]
        assert by_day(trend, at) == wanted
        assert len(trend) <= DAYS + 1


STEPS = st.lists(st.tuples(st.integers(-40, 0), st.integers(0, 99)), min_size=1, max_size=9)


@given(was=STEPS, known=STEPS)
def test_no_day_before_today_is_lower_than_is_known_and_today_stays(
    was: list[tuple[int, int]], known: list[tuple[int, int]]
) -> None:
    today = NOW.date().toordinal()
    trend: Trend = ()
    for day, value in [*sorted(was), (0, 7)]:
        trend = moved_to(trend, value, NOW + days(day))
    late = [TrendDay(today + day, value) for day, value in sorted(dict(known).items()) if day < 0]
    after = at_least(trend, late)
    for place, day in enumerate(range(today - DAYS, today)):
        highest = max(value_on(trend, day), value_on(late, day))
        assert by_day(after, NOW)[place] == highest
    assert by_day(after, NOW)[-1] == 7
    assert len(after) <= DAYS + 1


def test_a_score_remembers_how_it_moved_and_of_an_old_one_when_it_last_did() -> None:
    line = ScoreLine("r", "R", 1, 10)
    old = Score(TenantId("acme"), PersonId("p"), (line,), NOW - days(5))
    assert old.with_lines((line, line), NOW).value == 20
    assert by_day(old.with_lines((line, line), NOW).trend, NOW)[-7:] == [0, 10, 10, 10, 10, 10, 20]
    same = old.with_lines((ScoreLine("r", "Renamed", 1, 10),), NOW)
    assert (same.trend, same.changed_at) == ((), old.changed_at)
    gone = old.with_lines((), NOW)
    assert moved_in_a_week(gone.trend, NOW) == 0
    assert by_day(gone.trend, NOW)[-2:] == [10, 0]
