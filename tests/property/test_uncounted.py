"""However far lists and counts are worked out, nobody is where neither the old rule nor the new one has them."""

import os
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funnel.domain.ids import ListId, Module, PersonId
from funnel.domain.lists.lists import person_of_member
from funnel.domain.sync.runs import RunKind
from funnel.domain.tracking.activities import Activity, ActivityKind, SubjectId
from funnel.usecases.people.edit_person import edit_person
from funnel.usecases.segments.keep_segments import add_segment, change_segment
from funnel.usecases.tracking.record_activities import record_activities
from tests.fakes.world import TENANT, World
from tests.property.segment_reference import Reference, check_segments
from tests.unit.usecases.segments.segmenting import BY, visited

RUNS = int(os.environ.get("FUNNEL_PROPERTY_RUNS", "60"))
PEOPLE = 4
PAGES = ("/pricing", "/jobs", "/demo")
TESTS = st.builds(
    visited, st.sampled_from([*PAGES, ""]), st.integers(1, 2), st.sampled_from([0, 1, 3])
)
PARTS = st.recursive(
    TESTS,
    lambda parts: st.fixed_dictionaries(
        {
            "match": st.sampled_from(["all", "any", "none"]),
            "parts": st.lists(parts, min_size=1, max_size=2),
        }
    ),
    max_leaves=3,
)
RULES = st.fixed_dictionaries(
    {
        "match": st.sampled_from(["all", "any", "none"]),
        "parts": st.lists(PARTS, min_size=1, max_size=2),
    }
)
VIEWS = st.lists(
    st.tuples(st.integers(0, PEOPLE - 1), st.sampled_from(PAGES), st.integers(0, 4)), max_size=8
)


class _Company:
    """Some people who did something, and a segment by one rule, all worked out."""

    def __init__(self, views: list[tuple[int, str, int]], before: dict[str, Any]) -> None:
        self.world = world = World()
        for n in range(PEOPLE):
            world.sugar.put(Module.LEADS, f"l{n}", last_name=f"P{n}", email1=f"p{n}@x.test")
        world.connect()
        world.sync(RunKind.INITIAL)
        self.people = [p.person_id for p in world.store.list_people(TENANT, "", 99).items]
        for n, page, days in views:
            self.views(n, page, days)
        self.segment = add_segment(world.app, TENANT, "k", "S", before, BY).list_id
        world.drain()

    def views(self, n: int, page: str, days: int = 0) -> None:
        world, who = self.world, SubjectId(self.people[n])
        at, about = world.clock.now() - timedelta(days=days), {"path": page}
        one = Activity(TENANT, who, world.ids.new_id(), ActivityKind.PAGE_VIEW, at, about)
        record_activities(world.app, TENANT, who, [one])

    def members(self, list_id: ListId) -> set[PersonId | None]:
        return {
            person_of_member(m.key) for m in self.world.store.members(TENANT, list_id, 99).items
        }

    def right(self, list_id: ListId) -> set[PersonId | None]:
        reference = Reference(self.world.store, self.world.clock.now())
        rule = self.world.store.lists(TENANT, [list_id])[list_id].rule
        assert rule is not None
        return {p.person_id for p in reference.listed() if reference.is_true(rule, p)}

    def one_message(self, pick: int) -> bool:
        """One of those that wait, whichever it is: several queues, each with its own pace."""
        heap = self.world.queue._heap
        if not heap:
            return False
        found = sorted(heap)[pick % len(heap)]
        heap.remove(found)
        heap.sort()
        self.world.handle(found[2])
        return True


@pytest.mark.feature("D5")
@settings(max_examples=RUNS, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(VIEWS, RULES, RULES, st.lists(st.integers(0, 30), max_size=40), st.integers(0, 40))
def test_nobody_is_moved_by_what_is_not_counted_yet(
    views: list[tuple[int, str, int]],
    before: dict[str, Any],
    after: dict[str, Any],
    picks: list[int],
    edited: int,
) -> None:
    company = _Company(views, before)
    segment, world = company.segment, company.world
    was = company.members(segment)
    change_segment(world.app, TENANT, segment, BY, rule=after)
    other = add_segment(world.app, TENANT, "o", "O", after, BY).list_id
    right = company.right(segment)
    for number, pick in enumerate([*picks, *range(200)]):
        if number == edited % 5:
            who = company.people[edited % PEOPLE]
            edit_person(world.app, TENANT, who, {"city": f"Ulm {edited}"}, BY)
        if not company.one_message(pick):
            break
        there = company.members(segment)
        assert was & right <= there <= was | right
        assert company.members(other) <= right
    world.drain()
    assert company.members(segment) == company.members(other) == right
    check_segments(world.store, world.clock.now())
