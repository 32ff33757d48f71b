"""Setting apart and joining again die at every call of every port, and are asked for again."""

from collections.abc import Callable

import pytest

from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.usecases.app import App
from funnel.usecases.people.set_apart import join_again, set_apart
from tests.fakes.faulty import Crash, Moment, Plan
from tests.fakes.world import TENANT
from tests.faults.dying import kill_points
from tests.faults.scene import Scene, dying, synced
from tests.property.reference import check_settled, free

LEAD = RecordKey(Module.LEADS, SugarId("l03"))


def _part(scene: Scene, app: App) -> None:
    record = scene.world.store.records(TENANT, [LEAD])[LEAD]
    set_apart(app, TENANT, record.person_id, LEAD, "Ada")


def _join(scene: Scene, app: App) -> None:
    record = scene.world.store.records(TENANT, [LEAD])[LEAD]
    join_again(app, TENANT, record.person_id, LEAD, "Ada")


def _scene(plan: Plan, act: Callable[[Scene, App], None]) -> Scene:
    scene = Scene(plan, synced())
    if act is _join:
        _part(scene, scene.world.app)
    return scene


def _calls(act: Callable[[Scene, App], None]) -> list[str]:
    scene = _scene(Plan(), act)
    plan = dying(scene.plan, 0)
    act(scene, scene.mortal)
    ports = {call.partition(".")[0] for call in plan.calls}
    assert ports == {"lists", "queue", "records", "sync"}
    assert "records.commit" in plan.calls
    return plan.calls


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("act", [_part, _join])
def test_an_act_that_dies_anywhere_and_is_asked_for_again_is_done_once(
    act: Callable[[Scene, App], None], moment: Moment
) -> None:
    for at in kill_points(_calls(act)):
        scene = _scene(Plan(moment=moment), act)
        dying(scene.plan, at)
        with pytest.raises(Crash):
            act(scene, scene.mortal)
        scene.plan.revived = True
        act(scene, scene.mortal)
        world = scene.world
        assert world.store.records(TENANT, [LEAD])[LEAD].apart is (act is _part)
        kind = "set apart" if act is _part else "joined again"
        told = [e.kind for e in world.store.history(TENANT, str(LEAD), 50).items]
        assert told.count(kind) == 1, scene.plan.calls[at - 1]
        check_settled(world.sugar, world.store, free(world.sugar, world.store))
