"""The single tests of Segments' rules, each made ready once: whether it is true of a person, and until when.

What time changes is true in one span of time for each value; its ends say when to look again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from funnel.domain.ids import derived_id
from funnel.domain.mapping.fields import FieldType
from funnel.domain.scoring.scoring import Rule
from funnel.domain.segments.segment_facts import Facts, day_of, midnight, moment_of, number_of
from funnel.domain.segments.segment_fields import OF_DAYS, SegmentField
from funnel.domain.segments.segments import BehaviourTest, FieldTest, ListTest, Operator, Test
from funnel.domain.text import fold_name

_NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY})

IsTrue = Callable[[Facts], bool]
Changes = Callable[[Facts], datetime | None]


@dataclass(frozen=True, slots=True)
class Ready:
    """A test made ready. `changes` tells when time alone changes it next, None for never."""

    is_true: IsTrue
    changes: Changes | None = None


def ready(test: Test, fields: Mapping[str, SegmentField]) -> Ready:
    """The test made ready. Of a field that is no more nothing is held."""
    match test:
        case ListTest():
            return Ready(lambda facts: test.list_id in facts.lists)
        case BehaviourTest():
            return _behaviour(test)
        case FieldTest():
            known = fields.get(test.field)
            return _field(test, known.type) if known else _gone(test)


def behaviour_id(test: BehaviourTest) -> str:
    """Under which id a behaviour is counted: one for all tests that count the same days of the same."""
    what = (test.kind, test.page, test.form, test.email, test.link, str(test.days))
    return derived_id("behaviour", *what)


def counted_rule(test: BehaviourTest) -> Rule:
    """The rule by which a behaviour is counted, beside those of the score; it gives nothing."""
    return Rule(
        rule_id=behaviour_id(test),
        name="",
        kind=test.kind,
        points=0,
        page=test.page,
        form=test.form,
        email=test.email,
        link=test.link,
        days=test.days,
    )


def times_done(test: BehaviourTest, facts: Facts) -> int:
    """How often the person did it in the days it is about."""
    by_day = facts.counts.get(behaviour_id(test), {})
    first = facts.today.toordinal() - test.days
    return sum(n for day, n in by_day.items() if not test.days or day > first)


def _behaviour(test: BehaviourTest) -> Ready:
    if not test.days:
        return Ready(lambda facts: times_done(test, facts) >= test.least)
    rule_id = behaviour_id(test)

    def changes(facts: Facts) -> datetime | None:
        first = facts.today.toordinal() - test.days
        live = sorted((d, n) for d, n in facts.counts.get(rule_id, {}).items() if d > first)
        left = sum(n for _, n in live)
        for day, count in live:
            if left >= test.least > left - count:
                return midnight(date.fromordinal(day + test.days))
            left -= count
        return None

    return Ready(lambda facts: times_done(test, facts) >= test.least, changes)


def _gone(test: FieldTest) -> Ready:
    return Ready(lambda _facts: test.operator is Operator.EMPTY)


def _field(test: FieldTest, kind: FieldType) -> Ready:
    name, operator = test.field, test.operator
    if operator is Operator.EMPTY:
        return Ready(lambda facts: not facts.held(name))
    if operator is Operator.FILLED:
        return Ready(lambda facts: bool(facts.held(name)))
    if operator in OF_DAYS:
        return _of_days(name, operator, int(test.values[0]), kind)
    if kind in _NUMBERS:
        return Ready(_numbers(name, operator, test.values))
    if kind is FieldType.DATE:
        return Ready(_dates(name, operator, test.values))
    if kind is FieldType.MOMENT:
        return Ready(_moments(name, operator, test.values))
    if kind is FieldType.YES_NO:
        wanted = {value == "yes" for value in test.values}
        return Ready(lambda facts: any(v in wanted for v in facts.held(name)))
    if kind is FieldType.CHOICES:
        return Ready(_choices(name, operator, test.values))
    return Ready(_texts(name, operator, test.values))


def _texts(name: str, operator: Operator, values: Iterable[str]) -> IsTrue:
    folded = tuple(map(fold_name, values))
    wanted = frozenset(folded)
    match operator:
        case Operator.IS:
            return lambda facts: any(v in wanted for v in facts.folded(name))
        case Operator.IS_NOT:
            return lambda facts: any(v not in wanted for v in facts.folded(name))
        case Operator.CONTAINS:
            return lambda facts: any(w in v for v in facts.folded(name) for w in folded)
        case Operator.BEGINS:
            return lambda facts: any(v.startswith(folded) for v in facts.folded(name))
    raise _no_such(name, operator)


def _choices(name: str, operator: Operator, values: Iterable[str]) -> IsTrue:
    wanted = frozenset(map(fold_name, values))
    match operator:
        case Operator.IS:
            return lambda facts: any(v in wanted for v in facts.keys(name))
        case Operator.IS_NOT:
            return lambda facts: (
                bool(facts.held(name)) and not any(v in wanted for v in facts.keys(name))
            )
    raise _no_such(name, operator)


def _numbers(name: str, operator: Operator, values: Iterable[str]) -> IsTrue:
    wanted: frozenset[Decimal] = frozenset(n for n in map(number_of, values) if n is not None)
    match operator:
        case Operator.IS:
            return lambda facts: any(v in wanted for v in facts.numbers(name))
        case Operator.IS_NOT:
            return lambda facts: any(v not in wanted for v in facts.numbers(name))
        case Operator.LEAST:
            least = min(wanted)
            return lambda facts: any(v >= least for v in facts.numbers(name))
        case Operator.MOST:
            most = max(wanted)
            return lambda facts: any(v <= most for v in facts.numbers(name))
    raise _no_such(name, operator)


def _dates(name: str, operator: Operator, values: Iterable[str]) -> IsTrue:
    wanted: frozenset[date] = frozenset(d for d in map(day_of, values) if d is not None)
    day = min(wanted)
    match operator:
        case Operator.IS:
            return lambda facts: any(v in wanted for v in facts.days(name))
        case Operator.BEFORE:
            return lambda facts: any(v < day for v in facts.days(name))
        case Operator.AFTER:
            return lambda facts: any(v > day for v in facts.days(name))
    raise _no_such(name, operator)


def _moments(name: str, operator: Operator, values: Iterable[str]) -> IsTrue:
    """A date stands for the whole day: before it began, or after it ended."""
    text = next(iter(values))
    at = moment_of(text)
    assert at is not None
    match operator:
        case Operator.BEFORE:
            return lambda facts: any(v < at for v in facts.moments(name))
        case Operator.AFTER if len(text) == len("2026-11-24"):
            end = _moved(at, 1)
            return lambda facts: any(v >= end for v in facts.moments(name))
        case Operator.AFTER:
            return lambda facts: any(v > at for v in facts.moments(name))
    raise _no_such(name, operator)


_EARLIEST, _LATEST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)

Span = tuple[datetime, datetime]
"""From when on, and until when, a test is true of a value: from `_EARLIEST` and until `_LATEST` for always.

What would begin after the last day there is never begins, and what would end before the first was never.
"""


def _of_days(name: str, operator: Operator, days: int, kind: FieldType) -> Ready:
    if kind is FieldType.DATE:

        def spans(facts: Facts) -> list[Span]:
            return [_span_of_day(day, operator, days) for day in facts.days(name)]
    else:

        def spans(facts: Facts) -> list[Span]:
            return [_span_of_moment(at, operator, days) for at in facts.moments(name)]

    def is_true(facts: Facts) -> bool:
        return any(since <= facts.now < until for since, until in spans(facts))

    def changes(facts: Facts) -> datetime | None:
        ends = (end for span in spans(facts) for end in span)
        return min((end for end in ends if facts.now < end < _LATEST), default=None)

    return Ready(is_true, changes)


def _span_of_day(day: date, operator: Operator, days: int) -> Span:
    first = midnight(day)
    match operator:
        case Operator.PAST:
            return first, _moved(first, days + 1)
        case Operator.LONGER_AGO:
            return _moved(first, days + 1), _LATEST
        case Operator.AHEAD:
            return _moved(first, -days), _moved(first, 1)
        case _:
            return _EARLIEST, _moved(first, -days)


def _span_of_moment(at: datetime, operator: Operator, days: int) -> Span:
    match operator:
        case Operator.PAST:
            return at, _moved(at, days)
        case Operator.LONGER_AGO:
            return _moved(at, days), _LATEST
        case Operator.AHEAD:
            return _moved(at, -days), at
        case _:
            return _EARLIEST, _moved(at, -days)


def _moved(at: datetime, days: int) -> datetime:
    """So many days later, or earlier; the last or the first moment there is where that is beyond it."""
    try:
        return (at + timedelta(days=days)).astimezone(UTC)
    except OverflowError:
        # Also of no days at all: a zone alone can lead out of the calendar.
        return _LATEST if at.year > _EARLIEST.year + 1 else _EARLIEST


def _no_such(name: str, operator: Operator) -> Any:
    return ValueError(f"{name} cannot be asked whether it {operator}")
