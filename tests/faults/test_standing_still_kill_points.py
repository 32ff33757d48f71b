"""Work on everybody whose chain of messages is dead for good is revived by the schedule, wherever it died."""

from collections.abc import Callable

import pytest

from funnel.domain.ids import ListId
from funnel.domain.sync.runs import RunKind
from funnel.usecases.lists.settled_lists import unsettled_among
from funnel.usecases.lists.standing_still import STILL, ring_for_everybody
from funnel.usecases.segments.keep_segments import add_segment
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Crash, Moment, Plan
from tests.fakes.world import TENANT
from tests.faults.scene import Scene
from tests.unit.usecases.segments.segmenting import test_of, visited

pytestmark = pytest.mark.feature("B8", "D3", "D5")

RULE = {"match": "any", "parts": [test_of("last_name", "is", "Only"), visited("/pricing")]}
ROUNDS = 6
SLICES = 4


def revived(plan: Plan, at: int = 0) -> tuple[Scene, ListId]:
    """A segment is made, all its messages are lost, and so is whatever the worker that dies was at."""
    scene = Scene(plan)
    scene.sync(RunKind.INITIAL)
    segment = add_segment(scene.world.app, TENANT, "s", "Only them", RULE, "Bea")
    scene.world.queue._heap.clear()
    plan.calls.clear()
    plan.at = at
    for _ in range(ROUNDS):
        scene.world.clock.advance(STILL.total_seconds())
        _alive(scene, lambda: ring_for_everybody(scene.mortal, lambda: 60.0))
        while (message := scene.world.queue.pop_next()) is not None:
            _alive(scene, lambda: handle_message(scene.mortal, message, "w", lambda: 600.0))
    return scene, segment.list_id


def _alive(scene: Scene, work: Callable[[], object]) -> None:
    """Once, and never again: what dies here was in the dead letters before."""
    try:
        work()
    except Crash:
        scene.plan.revived = True


CALLS = revived(Plan())[0].plan.calls


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("part", range(SLICES))
def test_what_dies_for_good_is_rung_for_until_everybody_is_worked_out(
    part: int, moment: Moment
) -> None:
    for at in range(part + 1, len(CALLS) + 1, SLICES):
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
