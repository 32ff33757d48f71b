"""Who is in a Segment, by what a rule asks for."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from funnel.domain.crm import Value
from funnel.domain.ids import ListId
from funnel.domain.segments.segment_evaluator import Evaluator
from funnel.domain.segments.segment_facts import Facts, number_of
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

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
FIELDS = by_name(segment_fields_of())
S = ListId("segment")


def _facts(values: Mapping[str, Sequence[Value]], now: datetime = NOW) -> Facts:
    return Facts(now, values)


def _is(part: Part, facts: Facts) -> bool:
    rule = part if isinstance(part, Group) else Group(parts=(part,))
    return S in Evaluator({S: rule}, FIELDS).segments_of(facts)


def _test(field: str, operator: Operator, *values: str) -> FieldTest:
    return FieldTest(field, operator, values)


STAGES: Mapping[str, Sequence[Value]] = {"sales_stage": ("Closed Won", "Prospecting")}


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        (_test("sales_stage", Operator.IS, "closed won"), True),
        (_test("sales_stage", Operator.IS, "Closed Lost"), False),
        (_test("sales_stage", Operator.IS_NOT, "Closed Won"), True),
        (_test("sales_stage", Operator.IS_NOT, "Closed Won", "prospecting"), False),
        (_test("sales_stage", Operator.EMPTY), False),
        (_test("amount", Operator.EMPTY), True),
        (_test("amount", Operator.IS_NOT, "5"), False),
        (_test("custom_gone", Operator.EMPTY), True),
        (_test("custom_gone", Operator.IS, "x"), False),
    ],
)
def test_any_of_the_opportunities_can_make_it_true(test: FieldTest, expected: bool) -> None:
    assert _is(test, _facts(STAGES)) is expected


@pytest.mark.parametrize(
    ("test", "values", "expected"),
    [
        (_test("amount", Operator.LEAST, "1000"), ("1000.00",), True),
        (_test("amount", Operator.LEAST, "1000.01"), ("1000.00",), False),
        (_test("amount", Operator.MOST, "999"), ("no number",), False),
        (_test("amount", Operator.IS, "1000"), ("1000.00",), True),
        (_test("account_annual_revenue", Operator.LEAST, "1000000"), ("$1,200,000",), True),
        (_test("city", Operator.CONTAINS, "nch"), ("München",), True),
        (_test("city", Operator.BEGINS, "MUN", "ber"), ("München",), True),
        (_test("do_not_call", Operator.IS, "yes"), (True,), True),
        (_test("do_not_call", Operator.IS, "no"), (True,), False),
        (_test("close_date", Operator.BEFORE, "2026-11-25"), ("2026-11-24",), True),
        (_test("close_date", Operator.AFTER, "2026-11-24"), ("2026-11-24",), False),
        (_test("created_at", Operator.AFTER, "2026-11-24"), ("2026-11-24T23:59:59+00:00",), False),
        (_test("created_at", Operator.AFTER, "2026-11-23"), ("2026-11-24T00:00:00+00:00",), True),
    ],
)
def test_fields_are_compared_by_their_type(
    test: FieldTest, values: Sequence[Value], expected: bool
) -> None:
    assert _is(test, _facts({test.field: values})) is expected


@pytest.mark.parametrize(
    ("operator", "days", "spans"),
    [
        # The day is the 24th: from when on, and until when, it is true.
        (Operator.PAST, "3", (date(2026, 11, 24), date(2026, 11, 28))),
        (Operator.LONGER_AGO, "3", (date(2026, 11, 28), None)),
        (Operator.AHEAD, "3", (date(2026, 11, 21), date(2026, 11, 25))),
        (Operator.LATER, "3", (None, date(2026, 11, 21))),
    ],
)
def test_days_pass_and_the_test_says_when_it_changes(
    operator: Operator, days: str, spans: tuple[date | None, date | None]
) -> None:
    evaluator = Evaluator({S: Group(parts=(_test("close_date", operator, days),))}, FIELDS)
    ends = [datetime(d.year, d.month, d.day, tzinfo=UTC) if d else None for d in spans]
    since, until = ends
    second = timedelta(seconds=1)

    def at(now: datetime) -> bool:
        return S in evaluator.segments_of(_facts({"close_date": ("2026-11-24",)}, now))

    def then(now: datetime) -> datetime | None:
        return evaluator.next_change(_facts({"close_date": ("2026-11-24",)}, now))

    if since:
        assert not at(since - second)
        assert then(since - second) == since
        assert at(since)
    if until:
        assert at(until - second)
        assert then(until - second) == until
        assert not at(until)
        assert then(until) is None


@pytest.mark.feature("D5")
@pytest.mark.parametrize(
    ("operator", "day", "expected"),
    [
        # A Close Date that somebody mistyped lies where days cannot be added, or taken away.
        (Operator.LONGER_AGO, "9999-12-31", False),
        (Operator.LATER, "9999-12-31", True),
        (Operator.AHEAD, "9999-12-31", False),
        (Operator.PAST, "9999-12-31", False),
        (Operator.LONGER_AGO, "0001-01-01", True),
        (Operator.LATER, "0001-01-01", False),
        (Operator.AHEAD, "0001-01-01", False),
        (Operator.PAST, "0001-01-01", False),
    ],
)
@pytest.mark.parametrize("field", ["close_date", "created_at"])
def test_days_at_the_ends_of_the_calendar_are_far_away_and_nothing_else(
    field: str, operator: Operator, day: str, expected: bool
) -> None:
    assert _is(_test(field, operator, "3"), _facts({field: (day,)})) is expected


@pytest.mark.feature("D5")
def test_nothing_is_after_the_last_day_there_is() -> None:
    test = _test("created_at", Operator.AFTER, "9999-12-31")
    assert not _is(test, _facts({"created_at": ("9999-12-31T23:59:59+00:00",)}))


@pytest.mark.parametrize(
    ("moment", "is_long_ago"),
    [("9999-12-31T23:59:59-12:00", False), ("0001-01-01T00:00:00+12:00", True)],
)
def test_a_moment_that_its_zone_leads_out_of_the_calendar_is_far_away(
    moment: str, is_long_ago: bool
) -> None:
    for days in ("0", "1"):
        test = _test("created_at", Operator.LONGER_AGO, days)
        assert _is(test, _facts({"created_at": (moment,)})) is is_long_ago
    assert _is(_test("created_at", Operator.FILLED), _facts({"created_at": ("2026-11-24",)}))


@pytest.mark.parametrize(
    ("operator", "since", "until"),
    [
        (Operator.PAST, 0, 3),
        (Operator.LONGER_AGO, 3, None),
        (Operator.AHEAD, -3, 0),
        (Operator.LATER, None, -3),
    ],
)
def test_moments_pass_to_the_second(
    operator: Operator, since: int | None, until: int | None
) -> None:
    at = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    part, tick = _test("created_at", operator, "3"), timedelta(seconds=1)

    def is_true(now: datetime) -> bool:
        return _is(part, _facts({"created_at": (at.isoformat(),)}, now))

    for days, comes in ((since, True), (until, False)):
        if days is not None:
            edge = at + timedelta(days=days)
            assert (is_true(edge - tick), is_true(edge)) == (not comes, comes)


def test_groups_join_their_parts() -> None:
    yes, no = ListTest(ListId("on")), ListTest(ListId("off"))
    facts = Facts(NOW, {}, frozenset({ListId("on")}))
    assert _is(Group(Match.ALL, (yes, yes)), facts)
    assert not _is(Group(Match.ALL, (yes, no)), facts)
    assert _is(Group(Match.ANY, (no, yes)), facts)
    assert not _is(Group(Match.NONE, (no, yes)), facts)
    assert _is(Group(Match.NONE, (no, Group(Match.ANY))), facts)
    assert _is(Group(Match.ALL), facts)


def test_behaviour_counts_the_last_whole_days_and_ends_with_one_of_them() -> None:
    test = BehaviourTest(ActivityKind.PAGE_VIEW, page="/pricing", least=2, days=3)
    today = NOW.date().toordinal()
    counts = {behaviour_id(test): {today - 3: 5, today - 2: 1, today: 1}}
    evaluator = Evaluator({S: Group(parts=(test,))}, FIELDS)
    assert evaluator.segments_of(Facts(NOW, {}, counts=counts)) == {S}
    end = evaluator.next_change(Facts(NOW, {}, counts=counts))
    assert end == datetime(2026, 11, 25, tzinfo=UTC)
    assert not evaluator.segments_of(Facts(end, {}, counts=counts))


def test_an_equal_test_is_looked_at_once_for_all_segments() -> None:
    test = _test("city", Operator.IS, "Bonn")
    rules = {ListId(str(n)): Group(Match.ALL, (test, Group(Match.ANY, (test,)))) for n in range(9)}
    evaluator = Evaluator(rules, FIELDS)
    assert evaluator.tests == {test}
    facts = _facts({"city": ("Bonn",)})
    assert len(evaluator.segments_of(facts)) == 9
    assert facts.memo == [True]


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,200", "1200"), ("1,5", "1.5"), ("1.200.000", "1200000"), ("1.200,50", "1200.50")],
)
def test_numbers_are_read_as_people_write_them(text: str, number: str) -> None:
    assert str(number_of(text)) == number
