"""What a rule is for, what is counted together, and whose scores a write changes."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.domain.ids import TenantId
from funnel.domain.scoring.checked_rules import counted_alike
from funnel.domain.scoring.default_rules import DEFAULT_RULES
from funnel.domain.scoring.scoring import Period, Rule, counts_of, like, next_change, score_lines
from funnel.domain.tracking.activities import Activity, ActivityKind, SubjectId

NOW = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
SUNDAY, MONDAY = NOW, datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
VIEW = Rule("view", "View", ActivityKind.PAGE_VIEW, 1)


def did(kind: ActivityKind = ActivityKind.PAGE_VIEW, at: datetime = NOW, **about: str) -> Activity:
    """Something that was done."""
    return Activity(TenantId("t"), SubjectId("s"), "a", kind, at, about)


@pytest.mark.parametrize(
    ("pattern", "fits", "fails"),
    [
        ("/pricing", ["/pricing", "/PRICING"], ["/pricing/", "/"]),
        ("/pric*", ["/pric", "/prices/eu"], ["/de/prices"]),
        ("*demo*", ["demo", "/x/DEMO?"], ["dem", ""]),
        ("/a*b*c", ["/abc", "/a1b2c", "/abcbc"], ["/ab", "/ac", "/abcd"]),
        ("ab*ba", ["abba", "ab..ba"], ["aba"]),
        ("*", ["", "x"], []),
    ],
)
def test_a_star_stands_for_any_letters(pattern: str, fits: list[str], fails: list[str]) -> None:
    assert [text for text in fits + fails if like(pattern, text)] == fits


@given(pattern=st.text("ab*", max_size=8), text=st.text("ab", max_size=10))
def test_a_pattern_means_the_same_as_the_regular_expression(pattern: str, text: str) -> None:
    wanted = re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text) is not None
    assert like(pattern, text) == wanted


def test_a_page_is_compared_by_path_or_by_host_and_path() -> None:
    seen = did(url="https://Shop.Example.com/pricing?x=1#top", path="/pricing")
    for page in ("/pricing", "shop.example.com/*", "*.example.com/pricing"):
        assert replace(VIEW, page=page).matches(seen), page
    for page in ("/", "example.com/*", "/pricing?x=1", "shop.example.com"):
        assert not replace(VIEW, page=page).matches(seen), page
    assert not replace(VIEW, page="/pricing").matches(did())


def test_all_that_a_rule_names_must_fit() -> None:
    click = did(ActivityKind.EMAIL_CLICK, email="News 7", link="https://a.test/demo")
    rule = Rule("r", "R", ActivityKind.EMAIL_CLICK, 1, email="news*", link="*demo")
    assert rule.matches(click)
    assert not replace(rule, link="*tour").matches(click)
    assert not replace(rule, kind=ActivityKind.EMAIL_OPEN).matches(click)
    assert not replace(rule, email="", link="", form="*x").matches(click)


@pytest.mark.parametrize(
    ("per", "counted"), [(Period.DAY, 2), (Period.WEEK, 2), (Period.MONTH, 1), (Period.EVER, 1)]
)
def test_days_weeks_and_months_are_those_of_utc_and_weeks_begin_on_monday(
    per: Period, counted: int
) -> None:
    rule = replace(VIEW, most=1, per=per)
    done = [did(at=at) for at in (SUNDAY, MONDAY, MONDAY)]
    (line,) = score_lines([rule], counts_of([rule], done), MONDAY)
    assert (line.counted, line.happened, line.capped) == (counted, 3, True)


def test_time_changes_nothing_while_more_happened_than_counts() -> None:
    rule = replace(VIEW, most=1, per=Period.EVER, days=10)
    done = [did(at=NOW), did(at=NOW.replace(day=5))]
    lines = score_lines([rule], counts_of([rule], done), NOW)
    assert next_change(lines) == datetime(2026, 3, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "alike"),
    [
        ({"name": "Other", "points": -5}, True),
        ({"most": 3, "per": Period.DAY}, True),
        ({"page": "/x"}, False),
        ({"days": 31}, False),
        ({"days": 0}, False),
        ({"rule_id": "new"}, False),
        ({"kind": ActivityKind.FORM}, False),
    ],
)
def test_counts_hold_while_the_same_is_counted_under_the_same_days(
    changes: dict[str, object], alike: bool
) -> None:
    before = replace(VIEW, days=30)
    after = replace(before, **changes)  # type: ignore[arg-type]
    assert counted_alike([before], [after]) == alike
    assert counted_alike([before, replace(before, rule_id="gone")], [before])


def test_a_cap_for_longer_is_counted_anew() -> None:
    weekly = replace(VIEW, most=1, per=Period.WEEK)
    assert not counted_alike([weekly], [replace(weekly, per=Period.MONTH)])
    assert counted_alike([weekly], [replace(weekly, most=5)])


def test_the_usual_rules_can_be_told_apart() -> None:
    assert len({rule.rule_id for rule in DEFAULT_RULES}) == len(DEFAULT_RULES)
