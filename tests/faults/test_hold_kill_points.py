"""Holding what is written to Sugar after a restore, and letting it go on, die at every call."""

from functools import partial

import pytest

from funnel.ports.sync_messages import PushDue
from funnel.usecases.sync.hold_pushes import hold_pushes, release_pushes
from tests.fakes.faulty import Moment, Plan
from tests.fakes.world import TENANT, World
from tests.faults.dying import again, kill_points, mortal
from tests.unit.usecases.sync.test_hold_pushes import held, world

__all__ = ["world"]
PORTS = ("sync", "queue")


def hold(world: World, plan: Plan) -> None:
    """The operator invokes it, again where no answer came."""
    app = mortal(world.app, plan, PORTS)
    again(plan, lambda: hold_pushes(app, TENANT, "Operator"))


def calls_of(world: World) -> list[str]:
    plan = Plan()
    hold(world, plan)
    return plan.calls


@pytest.mark.feature("G7")
@pytest.mark.parametrize("moment", Moment)
def test_it_is_held_and_released_by_a_whole_comparison_wherever_holding_dies(
    world: World, moment: Moment
) -> None:
    calls = calls_of(world)
    world.drain()
    assert "sync.save_comparison" in calls
    for at in kill_points(calls):
        world.clock.advance(3_600)
        where = f"call {at}, {calls[at - 1]}, {moment}"
        plan = Plan(at=at, moment=moment)
        hold(world, plan)
        assert plan.happened, where
        assert held(world), where
        world.drain()
        assert not held(world), where


@pytest.mark.feature("G7")
@pytest.mark.parametrize("moment", Moment)
def test_what_lets_it_go_on_rings_for_pushes_wherever_it_dies(world: World, moment: Moment) -> None:
    for at in (1, 2, 3):
        hold_pushes(world.app, TENANT, "Operator")
        plan = Plan(at=at, moment=moment)
        app = mortal(world.app, plan, PORTS)
        again(plan, partial(release_pushes, app, TENANT, "Users are refused"))
        assert plan.happened
        assert not held(world)
        assert PushDue(TENANT) in [one.message for one in world.queue.waiting]
        world.drain()
