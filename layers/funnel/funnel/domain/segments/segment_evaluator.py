"""Which Segments a person is in: all rules made ready once, and each equal test looked at once a person."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from funnel.domain.ids import ListId
from funnel.domain.segments.segment_facts import Facts
from funnel.domain.segments.segment_fields import SCORE, SegmentField
from funnel.domain.segments.segment_tests import Changes, IsTrue, behaviour_id, ready
from funnel.domain.segments.segments import (
    BehaviourTest,
    FieldTest,
    Group,
    ListTest,
    Match,
    Part,
    Test,
)

_Node = Callable[[Facts], bool]


class Evaluator:
    """The rules of some Segments, ready for one person after another.

    `counted` are the behaviours of each that asks for any, by `behaviour_id`.
    """

    def __init__(self, rules: Mapping[ListId, Group], fields: Mapping[str, SegmentField]) -> None:
        self._fields = fields
        self._places: dict[Test, int] = {}
        self._changes: list[Changes] = []
        self._groups: dict[Group, _Node] = {}
        self._nodes = [(list_id, self._node(rule)) for list_id, rule in rules.items()]
        self.tests = frozenset(self._places)
        self.lists = frozenset(one.list_id for one in self.tests if isinstance(one, ListTest))
        self.behaviours = frozenset(one for one in self.tests if isinstance(one, BehaviourTest))
        self.asked = frozenset(one.field for one in self.tests if isinstance(one, FieldTest))
        counted = ((list_id, _counted_for(rule)) for list_id, rule in rules.items())
        self.counted = {list_id: some for list_id, some in counted if some}

    @property
    def asks_score(self) -> bool:
        """Whether any of them asks for the score."""
        return SCORE in self.asked

    def segments_of(self, facts: Facts) -> frozenset[ListId]:
        """The Segments this person is in."""
        self._begin(facts)
        return frozenset(list_id for list_id, node in self._nodes if node(facts))

    def next_change(self, facts: Facts) -> datetime | None:
        """The earliest moment after this one at which time alone may change any of them."""
        found = (change(facts) for change in self._changes)
        return min((at for at in found if at is not None), default=None)

    def is_true(self, part: Part, facts: Facts) -> bool:
        """Whether a part of one of these rules is true of this person."""
        node = self._node(part)
        self._begin(facts)
        return node(facts)

    def _begin(self, facts: Facts) -> None:
        if facts.memo_of is not self or len(facts.memo) != len(self._places):
            facts.memo, facts.memo_of = [None] * len(self._places), self

    def _node(self, part: Part) -> _Node:
        if not isinstance(part, Group):
            return self._test(part)
        known = self._groups.get(part)
        if known is None:
            nodes = tuple(self._node(one) for one in part.parts)
            known = self._groups[part] = _JOINED[part.match](nodes)
        return known

    def _test(self, test: Test) -> _Node:
        known = self._places.get(test)
        place = known if known is not None else len(self._places)
        if known is None:
            self._places[test] = place
        made = ready(test, self._fields)
        if made.changes is not None and known is None:
            self._changes.append(made.changes)
        return _once(place, made.is_true)


def tests_of(part: Part) -> Iterable[Test]:
    """All tests of a rule."""
    if isinstance(part, Group):
        for one in part.parts:
            yield from tests_of(one)
    else:
        yield part


def _counted_for(rule: Group) -> frozenset[str]:
    return frozenset(behaviour_id(one) for one in tests_of(rule) if isinstance(one, BehaviourTest))


def _once(place: int, is_true: IsTrue) -> _Node:
    def node(facts: Facts) -> bool:
        memo = facts.memo
        found = memo[place]
        if found is None:
            found = memo[place] = is_true(facts)
        return found

    return node


def _all(nodes: tuple[_Node, ...]) -> _Node:
    def node(facts: Facts) -> bool:
        for one in nodes:  # noqa: SIM110 - `all` with a generator takes twice as long
            if not one(facts):
                return False
        return True

    return node


def _any(nodes: tuple[_Node, ...]) -> _Node:
    def node(facts: Facts) -> bool:
        for one in nodes:  # noqa: SIM110 - `any` with a generator takes twice as long
            if one(facts):
                return True
        return False

    return node


def _none(nodes: tuple[_Node, ...]) -> _Node:
    some = _any(nodes)
    return lambda facts: not some(facts)


_JOINED: Mapping[Match, Callable[[tuple[_Node, ...]], _Node]] = {
    Match.ALL: _all,
    Match.ANY: _any,
    Match.NONE: _none,
}
