"""Trying again dies at every call of every port; whoever asked asks again after a while."""

import pytest

from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.sync.runs import JobStatus
from funnel.usecases.error_report.try_again import try_again, try_id
from tests.fakes.faulty import Crash, Moment, Plan
from tests.fakes.world import TENANT
from tests.faults.dying import kill_points
from tests.faults.scene import Scene, dying, synced
from tests.property.reference import check_settled, free

ROOT = RecordKey(Module.ACCOUNTS, SugarId("a1"))


def _scene(moment: Moment = Moment.BEFORE) -> Scene:
    """Synced, and then the cause mended where no time of change tells."""
    scene = Scene(Plan(moment=moment), synced())
    scene.world.sugar.tables[Module.ACCOUNTS][ROOT.sugar_id].fields["assigned_user_id"] = "u0"
    return scene


def _tried(scene: Scene) -> None:
    try:
        try_again(scene.mortal, TENANT, "Ada", root=ROOT)
    except Crash:
        scene.plan.revived = True
        scene.world.clock.advance(180)
        try_again(scene.mortal, TENANT, "Ada", root=ROOT)
    while (message := scene.world.queue.pop_next()) is not None:
        scene.deliver(message)


def _calls() -> list[str]:
    scene = _scene()
    dying(scene.plan, 0)
    _tried(scene)
    return scene.plan.calls


def test_the_kill_points_cover_every_port_of_trying_again() -> None:
    assert {"sync.save_job", "queue.send", "records.commit", "crm.by_ids"} <= set(_calls())


@pytest.mark.parametrize("moment", Moment)
def test_a_try_that_dies_anywhere_and_is_asked_for_again_heals(moment: Moment) -> None:
    for at in kill_points(_calls()):
        scene = _scene(moment)
        dying(scene.plan, at)
        _tried(scene)
        world, where = scene.world, f"{scene.plan.calls[at - 1]} {moment}"
        assert scene.plan.happened, where
        assert world.store.list_errors(TENANT, 10, root=ROOT).items == [], where
        job = world.store.job(TENANT, try_id(TENANT, root=ROOT))
        assert job is not None
        assert job.status is JobStatus.DONE, where
        check_settled(world.sugar, world.store, free(world.sugar, world.store))
