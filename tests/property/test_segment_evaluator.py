"""The evaluator of segments against a naive one, and what it says of time."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import ListId
from funnel.domain.segments.rule_json import rule_of, rule_to_json
from funnel.domain.segments.segment_evaluator import Evaluator
from funnel.domain.segments.segment_facts import Facts
from funnel.domain.segments.segment_fields import by_name, segment_fields_of
from funnel.domain.segments.segment_tests import behaviour_id
from funnel.domain.segments.segments import (
    BehaviourTest,
    FieldTest,
    Group,
    ListTest,
    Match,
    Operator,
    Part,
)
from funnel.domain.tracking.activities import ActivityKind
from tests.property.segment_reference import compare

FIELDS = segment_fields_of()
NAMES = by_name(FIELDS)
START = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
LISTS = [ListId("a"), ListId("b")]
TEXTS = ["Bonn", "bonn", "Köln", "Bad Honnef"]
NUMBERS = ["0", "99", "100", "1000"]
DAYS = ["0001-01-01", "2026-11-20", "2026-11-24", "2026-11-25", "2026-12-01", "9999-12-31"]
MOMENTS = [
    "0001-01-01T00:00:00+00:00", "0001-01-01T00:00:00+14:00", "2026-11-22T10:42:00+00:00",
    "2026-11-24T10:41:59+00:00", "2026-11-26T00:00:00+00:00", "9999-12-31T23:59:59-12:00",
]  # fmt: skip
LAST = datetime.max.replace(tzinfo=UTC)
HELD: dict[str, list[Any]] = {
    "city": TEXTS,
    "sales_stage": TEXTS,
    "amount": NUMBERS,
    "score": [0, 5, 100],
    "close_date": DAYS,
    "created_at": MOMENTS,
    "do_not_call": [True, False],
}
Op = Operator


def _tests(names: Sequence[str], operators: Sequence[Operator], values: Sequence[str], most: int) -> st.SearchStrategy[FieldTest]:  # fmt: skip
    some = st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True)
    return st.builds(FieldTest, st.sampled_from(names), st.sampled_from(operators), some.map(tuple))


TESTS: st.SearchStrategy[Part] = st.one_of(
    _tests(["city", "sales_stage"], [Op.IS, Op.IS_NOT], TEXTS, 2),
    _tests(["city"], [Op.CONTAINS], ["onn", "BAD"], 2),
    _tests(["amount", "score"], [Op.LEAST, Op.MOST], NUMBERS, 1),
    _tests(["amount", "score"], [Op.IS, Op.IS_NOT], NUMBERS, 2),
    _tests(["close_date"], [Op.PAST, Op.LONGER_AGO, Op.AHEAD, Op.LATER], ["0", "1", "4"], 1),
    _tests(["created_at"], [Op.PAST, Op.LONGER_AGO], ["0", "1", "4"], 1),
    _tests(["do_not_call"], [Op.IS], ["yes", "no"], 1),
    st.builds(FieldTest, st.sampled_from(["city", "amount", "close_date"]), st.sampled_from([Op.EMPTY, Op.FILLED])),
    st.builds(ListTest, st.sampled_from(LISTS)),
    st.builds(
        lambda least, days: BehaviourTest(ActivityKind.PAGE_VIEW, least=least, days=days),
        st.integers(1, 3),
        st.sampled_from([0, 1, 3]),
    ),
)  # fmt: skip
GROUPS = st.recursive(
    TESTS,
    lambda parts: st.builds(Group, st.sampled_from(Match), st.lists(parts, max_size=3).map(tuple)),
    max_leaves=6,
).map(lambda part: part if isinstance(part, Group) else Group(parts=(part,)))
VALUES = st.fixed_dictionaries(
    {name: st.lists(st.sampled_from(some), max_size=2).map(tuple) for name, some in HELD.items()}
)
VIEWS = st.dictionaries(st.integers(-4, 0), st.integers(1, 2), max_size=3)


def naive(part: Part, facts: Facts, views: dict[int, int]) -> bool:
    """As the words say, test by test."""
    match part:
        case Group(match=Match.ALL):
            return all(naive(one, facts, views) for one in part.parts)
        case Group(match=Match.ANY):
            return any(naive(one, facts, views) for one in part.parts)
        case Group():
            return not any(naive(one, facts, views) for one in part.parts)
        case ListTest():
            return part.list_id in facts.lists
        case BehaviourTest():
            passed = (facts.now.date() - START.date()).days
            live = [n for day, n in views.items() if not part.days or day - passed > -part.days]
            return sum(live) >= part.least
        case FieldTest():
            return compare(part, list(facts.held(part.field)), facts.now)


def facts_at(
    now: datetime, values: dict[str, Any], lists: frozenset[ListId], views: dict[int, int]
) -> Facts:
    """What is known at that moment."""
    by_day = {START.date().toordinal() + day: n for day, n in views.items()}
    counts = {
        behaviour_id(BehaviourTest(ActivityKind.PAGE_VIEW, days=days)): by_day for days in (0, 1, 3)
    }
    return Facts(now, values, lists, counts)


@pytest.mark.feature("D5")
@settings(max_examples=400, deadline=None)
@given(
    rules=st.lists(GROUPS, min_size=1, max_size=4),
    values=VALUES,
    lists=st.frozensets(st.sampled_from(LISTS)),
    views=VIEWS,
)
def test_all_rules_at_once_are_what_each_says_and_hold_until_the_moment_that_is_told(
    rules: list[Group],
    values: dict[str, Any],
    lists: frozenset[ListId],
    views: dict[int, int],
) -> None:
    evaluator = Evaluator({ListId(str(n)): one for n, one in enumerate(rules)}, NAMES)

    def said(now: datetime) -> frozenset[ListId]:
        found = evaluator.segments_of(facts_at(now, values, lists, views))
        facts = facts_at(now, values, lists, views)
        wanted = {ListId(str(n)) for n, one in enumerate(rules) if naive(one, facts, views)}
        assert found == wanted
        return found

    now = START
    for _ in range(6):
        change = evaluator.next_change(facts_at(now, values, lists, views))
        until = change or now + min(timedelta(days=400), LAST - now)
        assert until > now
        for share in (0.3, 0.99):
            assert said(now + (until - now) * share) == said(now)
        assert said(until - timedelta(microseconds=1)) == said(now)
        if change is None:
            break
        now = change


@settings(max_examples=200, deadline=None)
@given(rule=GROUPS)
def test_a_rule_written_as_data_is_read_as_it_was(rule: Group) -> None:
    def depth(part: Part) -> int:
        return 1 + max(map(depth, part.parts), default=0) if isinstance(part, Group) else 0

    if depth(rule) <= 5:
        assert rule_of(rule_to_json(rule), FIELDS) == rule


@settings(max_examples=200, deadline=None)
@given(rule=GROUPS, data=st.data())
def test_a_misspelt_name_anywhere_in_a_rule_is_refused_and_never_a_wider_rule(
    rule: Group, data: st.DataObject
) -> None:
    written = rule_to_json(rule)
    places = [(part, name) for part in parts_of(written) for name in part]
    part, name = data.draw(st.sampled_from(places))
    part[f"{name}x"] = part.pop(name)
    with pytest.raises(InputInvalid):
        rule_of(written, FIELDS)


def parts_of(part: dict[str, Any]) -> list[dict[str, Any]]:
    """A part of a rule as data, and all in it."""
    return [part, *(one for inner in part.get("parts", ()) for one in parts_of(inner))]
