"""Who dies while dead letters are sent again loses none: each arrives once or twice."""

import pytest

from funnel.usecases.operating.dead_letters import do_with_dead_letters
from tests.fakes.dead_letters import MemoryDeadLetters
from tests.fakes.faulty import Crash, Moment, Plan, faulty
from tests.fakes.system import START
from tests.faults.dying import kill_points

pytestmark = pytest.mark.feature("G4")

COUNT = 12
REDRIVE = {"action": "redrive_dead_letters", "queue": "PullDeadLetters"}
DROP = {
    "action": "drop_dead_letter",
    "queue": "PullDeadLetters",
    "message_id": "m5",
    "reason": "of nobody",
}


def after(plan: Plan, wish: dict[str, str]) -> MemoryDeadLetters:
    """The operator does it again when the command died."""
    dead = MemoryDeadLetters(PullDeadLetters=("PullQueue",))
    for number in range(COUNT):
        dead.add("PullDeadLetters", f"m{number}", "ContinueRun", "acme", START)
    mortal = faulty(dead, plan, "dead")
    for _ in range(2):
        try:
            do_with_dead_letters(mortal, wish, START, lambda: 20.0)
        except Crash:
            plan.revived = True
            dead.time_passes()
    dead.time_passes()
    return dead


def calls(wish: dict[str, str]) -> list[str]:
    plan = Plan()
    after(plan, wish)
    return plan.calls


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("at", kill_points(calls(REDRIVE)))
def test_each_arrives_once_or_twice_and_none_is_left(at: int, moment: Moment) -> None:
    plan = Plan(at, moment)
    dead = after(plan, REDRIVE)
    assert plan.happened
    assert set(dead.sent["PullQueue"]) == {f"ContinueRun m{n}" for n in range(COUNT)}
    assert len(dead.sent["PullQueue"]) <= COUNT + 1
    assert dead.queues()[0].count == 0


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("at", kill_points(calls(DROP)))
def test_only_the_one_that_was_named_is_dropped(at: int, moment: Moment) -> None:
    plan = Plan(at, moment)
    dead = after(plan, DROP)
    assert plan.happened
    assert dead.sent == {}
    assert {one.message_id for one in dead.take("PullDeadLetters")} <= {
        f"m{n}" for n in range(COUNT) if n != 5
    }
    assert dead.queues()[0].count + dead.queues()[0].in_hand == COUNT - 1
