"""A segment asks for behaviour that is counted late, and everything dies at every call."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from funnel.domain.errors import StoreBusy
from funnel.domain.ids import ListId
from funnel.domain.lists.lists import Member, person_of_member
from funnel.ports.marketing_messages import Rescore
from funnel.ports.messages import Message
from funnel.usecases.app import App
from funnel.usecases.segments.keep_segments import change_segment
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Crash, Moment, Plan, faulty
from tests.fakes.snapshot import made_once
from tests.fakes.world import TENANT, World
from tests.faults.dying import kill_points
from tests.property.segment_reference import check_segments
from tests.unit.usecases.segments.segmenting import (
    BY,
    company,
    person,
    segment,
    test_of,
    views,
    visited,
)

PORTS = ("activities", "batches", "lists", "queue", "records", "scoring")
MOST_DELIVERIES = 3


@made_once
def seen() -> tuple[World, ListId]:
    """Pia has seen prices and Rau something else, and a segment has Rau."""
    world = company()
    views(world, person(world, "Pia"), "/pricing")
    views(world, person(world, "Rau"), "/jobs")
    return world, segment(world, "S", test_of("last_name", "is", "Rau")).list_id


class Late:
    """What was seen is asked for; scores are worked out after all lists."""

    def __init__(self, plan: Plan) -> None:
        self.world, self.segment = seen()
        self.plan, self.held = plan, list[Message]()
        app = self.world.app
        ports = {name: faulty(getattr(app, name), plan, name) for name in PORTS}
        self.mortal: App = replace(app, **ports)

    def change(self) -> None:
        """By somebody who presses the button again."""
        wanted = {"match": "none", "parts": [visited("/pricing")]}
        for _ in range(MOST_DELIVERIES):
            try:
                change_segment(self.mortal, TENANT, self.segment, BY, rule=wanted)
            except (Crash, StoreBusy):
                self.plan.revived = True
            else:
                return
        raise AssertionError("The button never works.")

    def work(self) -> None:
        """All messages, those that count last; whoever saw prices is never in."""
        while True:
            message = self.world.queue.pop_next()
            if message is None and not self.held:
                return
            if isinstance(message, Rescore):
                self.held.append(message)
                continue
            self._deliver(message or self.held.pop(0))
            there = {person_of_member(m.key) for m in self._members()}
            assert person(self.world, "Pia") not in there
            assert person(self.world, "Rau") in there

    def _members(self) -> Sequence[Member]:
        return self.world.store.members(TENANT, self.segment, 9).items

    def _deliver(self, message: Message) -> None:
        for _ in range(MOST_DELIVERIES):
            try:
                worker = self.world.ids.new_id()
                handle_message(self.mortal, message, worker, lambda: 600.0)
            except (Crash, StoreBusy):
                self.plan.revived = True
            else:
                return
        raise AssertionError("The message ends in the dead-letter queue.")


def flow(plan: Plan) -> Late:
    late = Late(plan)
    late.change()
    late.work()
    return late


@pytest.mark.feature("D5")
@pytest.mark.parametrize("moment", Moment)
def test_nobody_is_moved_by_what_is_not_counted_whatever_dies(moment: Moment) -> None:
    calls = flow(Plan()).plan.calls
    assert len(calls) > 40
    assert {"lists.move", "activities.write", "scoring.scoring_rules"} <= set(calls)
    for at in kill_points(calls):
        late = flow(Plan(at, moment))
        assert late.plan.happened, at
        check_segments(late.world.store, late.world.clock.now())
