"""Cutting a module into windows: complete whatever the records, and cheap for honest ones."""

import random
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnel.domain.crm import Window
from funnel.domain.sync.windows import Planned, cut_by_rows, everything, plan, since

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
Row = tuple[datetime | None, str]


@dataclass
class Reading:
    """What reading a table whole cost."""

    counts: int = 0
    reads: int = 0
    rows: int = 0


def holds(window: Window, row: Row) -> bool:
    """Whether a window holds a row."""
    moment, name = row
    inside = window.undated if moment is None else window.dated
    if moment is not None:
        inside = inside and (window.since is None or moment >= window.since)
        inside = inside and (window.until is None or moment < window.until)
    after = window.id_from is None or name >= window.id_from
    return inside and after and (window.id_until is None or name < window.id_until)


def read_whole(table: list[Row], page: int) -> tuple[set[str], Reading]:
    """Plan, read and cut again until nothing is left, from a server that keeps no order."""
    cost, got, chance = Reading(), set[str](), random.Random(7)

    def count(window: Window) -> int:
        cost.counts += 1
        return sum(holds(window, row) for row in table)

    todo = [Planned(everything(), count(everything()))]
    while todo:
        one = todo.pop()
        if one.expected > page and not one.stuck:
            todo += plan(one.window, one.expected, page, NOW, count)
            continue
        limit = page + max(10, page // 10)
        inside = [row for row in table if holds(one.window, row)]
        rows = chance.sample(inside, min(limit, len(inside)))
        cost.reads += 1
        cost.rows += len(rows)
        got |= {name for _, name in rows}
        if len(rows) == limit:
            parts = cut_by_rows(one.window, rows)
            assert parts is not None
            todo += [Planned(w, n) for w in parts if (n := count(w))]
    return got, cost


def spread(number: int, days: int, seed: int = 1) -> list[Row]:
    """Records spread over the last days."""
    chance = random.Random(seed)
    return [
        (
            NOW - timedelta(seconds=chance.randrange(days * 86_400)),
            str(uuid.UUID(int=chance.getrandbits(128))),
        )
        for _ in range(number)
    ]


def imported(number: int) -> list[Row]:
    """An import: all in one second."""
    return [(NOW - timedelta(days=9), name) for _, name in spread(number, 1, seed=2)]


@pytest.mark.parametrize(
    "table",
    [
        spread(2_000, 1_095),
        spread(2_000, 20),
        spread(1_500, 1_095) + imported(500),
        imported(2_000),
    ],
    ids=["three years", "three weeks", "with an import", "only an import"],
)
def test_reading_costs_at_most_four_requests_a_full_page_and_a_tenth_more_rows(
    table: list[Row],
) -> None:
    got, cost = read_whole(table, page=100)
    assert len(got) == len(table)
    assert cost.counts + cost.reads <= 4 * len(table) / 100
    assert cost.rows <= 1.1 * len(table)


moments = st.one_of(
    st.none(),
    st.sampled_from([NOW, NOW - timedelta(seconds=1), NOW - timedelta(days=400)]),
    st.integers(-56 * 31_536_000, 90 * 31_536_000).map(lambda s: NOW + timedelta(seconds=s)),
)
names = st.one_of(
    st.uuids().map(str), st.text("abcxyzABC019-_", min_size=1, max_size=12).filter(str.strip)
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(names, moments, max_size=60), st.integers(1, 12))
def test_every_record_is_read_whatever_its_date_and_id(
    table: dict[str, datetime | None], page: int
) -> None:
    got, _ = read_whole([(moment, name) for name, moment in table.items()], page)
    assert got == set(table)


def test_what_changed_since_includes_what_has_no_date_and_what_lies_in_the_future() -> None:
    window = since(NOW)
    assert window == Window(since=NOW, until=None, dated=True, undated=True)


def test_a_window_got_empty_by_subtraction_is_counted_before_it_is_left_out() -> None:
    """Records move while we count: what the left part gained, the right one need not have lost."""
    left = NOW - timedelta(hours=12)

    def count(window: Window) -> int:
        return 12 if window.until == left else 3

    parts = plan(Window(since=NOW - timedelta(days=1), until=NOW), 12, 11, NOW, count, most=1)
    assert [p.expected for p in parts] == [12, 3]
