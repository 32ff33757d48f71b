"""A run that meets a refused module dies at every call; the module's row is there, once, and goes."""

import pytest

from funnel.domain.errors import ModuleMissing
from funnel.domain.ids import Module
from funnel.domain.sync.module_errors import MODULE_REFUSED, module_key
from funnel.domain.sync.runs import RunKind, RunStatus
from tests.fakes.faulty import Moment, Plan
from tests.fakes.world import TENANT
from tests.faults.dying import kill_points
from tests.faults.scene import Scene, dying


def _refuse(name: str) -> None:
    if name.endswith("Leads"):
        raise ModuleMissing("Leads is not on this server.")


def _refused(plan: Plan, at: int = 0) -> Scene:
    scene = Scene(plan)
    scene.world.sugar.before_call = _refuse
    dying(scene.plan, at)
    scene.sync(RunKind.INITIAL)
    return scene


CALLS = _refused(Plan()).plan.calls


@pytest.mark.parametrize("moment", Moment)
def test_a_refused_module_is_reported_once_wherever_the_run_dies(moment: Moment) -> None:
    for at in kill_points(CALLS):
        scene = _refused(Plan(moment=moment), at)
        store, where = scene.world.store, f"call {at}, {scene.plan.calls[at - 1]}"
        # The refused call itself has no reply to lose.
        assert scene.plan.happened or scene.plan.calls[at - 1].startswith("crm."), where
        assert {r.status for r in store.runs(TENANT, 9).items} == {RunStatus.DONE}, where
        rows = store.errors_of(TENANT, module_key(Module.LEADS))
        assert [row.code for row in rows] == [MODULE_REFUSED], where
        scene.world.sugar.before_call = lambda _name: None
        scene.world.clock.advance(3_600)
        scene.sync(RunKind.HOURLY)
        assert store.errors_of(TENANT, module_key(Module.LEADS)) == [], where
