"""Work on everybody whose chain of messages is dead for good is revived by the schedule, wherever it died."""

from collections.abc import Callable

import pytest

from funnel.domain.ids import ListId
from funnel.usecases.lists.settled_lists import unsettled_among
from funnel.usecases.lists.standing_still import STILL, ring_for_everybody
from funnel.usecases.segments.keep_segments import add_segment
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Crash, Moment, Plan
from tests.fakes.snapshot import made_once
from tests.fakes.world import TENANT, World
from tests.faults.dying import kill_points
from tests.faults.scene import Scene, synced
from tests.unit.usecases.segments.segmenting import test_of, visited

pytestmark = pytest.mark.feature("B8", "D3", "D5")

RULE = {"match": "any", "parts": [test_of("last_name", "is", "Only"), visited("/pricing")]}
ROUNDS = 6


@made_once
def still() -> tuple[World, ListId]:
    """A segment is made, and all its messages are lost."""
    world = synced()
    segment = add_segment(world.app, TENANT, "s", "Only them", RULE, "Bea")
    world.queue._heap.clear()
    return world, segment.list_id


def revived(plan: Plan, at: int = 0) -> tuple[Scene, ListId]:
    """What stands still is rung for, and whatever the worker that dies was at is lost as well."""
    world, list_id = still()
    scene = Scene(plan, world)
    plan.calls.clear()
    plan.at = at
    for _ in range(ROUNDS):
        scene.world.clock.advance(STILL.total_seconds())
        _alive(scene, lambda: ring_for_everybody(scene.mortal, lambda: 60.0))
        while (message := scene.world.queue.pop_next()) is not None:
            _alive(scene, lambda: handle_message(scene.mortal, message, "w", lambda: 600.0))
    return scene, list_id


def _alive(scene: Scene, work: Callable[[], object]) -> None:
    """Once, and never again: what dies here was in the dead letters before."""
    try:
        work()
    except Crash:
        scene.plan.revived = True


CALLS = revived(Plan())[0].plan.calls


@pytest.mark.parametrize("moment", Moment)
def test_what_dies_for_good_is_rung_for_until_everybody_is_worked_out(
    moment: Moment,
) -> None:
    for at in kill_points(CALLS):
        scene, list_id = revived(Plan(moment=moment), at)
        assert scene.plan.happened
        store = scene.world.store
        assert not unsettled_among(scene.world.app, TENANT, [list_id])
        (only,) = store.members(TENANT, list_id, 9).items
        person = store.list_people(TENANT, "Only", 1).items[0].person_id
        assert only.key.endswith(person)


def test_the_kill_points_cover_the_ring_and_what_it_begins() -> None:
    assert {
        "sync.connections_of_quarter",
        "scoring.rescoring",
        "lists.save_list_settings",
        "scoring.save_rescoring",
        "queue.send",
    } <= set(CALLS)
