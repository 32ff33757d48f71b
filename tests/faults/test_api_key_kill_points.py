"""Making, using and revoking a key dies at every call of every port."""

from dataclasses import replace

import pytest

from funnel.domain.errors import StoreBusy
from funnel.usecases.app import App
from funnel.usecases.signing_in.api_keys import (
    KeyWish,
    key_at_work,
    list_keys,
    make_key,
    revoke_key,
)
from tests.fakes.faulty import Crash, Moment, Plan, faulty
from tests.fakes.world import TENANT, World
from tests.faults.dying import kill_points

WISH = KeyWish("Shop", ("people:read",), None, "once")
FAILURES = {"crash": Crash, "busy": lambda: StoreBusy("The store is busy.")}
MOST_CALLS = 8


def mortal(world: World, plan: Plan) -> App:
    return replace(world.app, api_keys=faulty(world.app.api_keys, plan, "api_keys"))


def again(plan: Plan, work: object) -> object:
    """Do it; where it breaks, do it once more, as a person would."""
    try:
        return work()  # type: ignore[operator]
    except (Crash, StoreBusy):
        plan.revived = True
        return work()  # type: ignore[operator]


def life(plan: Plan) -> tuple[World, list[str]]:
    """A key is made, used, revoked and tried once more; the texts that were told."""
    world, told = World(), []
    app = mortal(world, plan)

    def make() -> None:
        told.append(make_key(app, TENANT, WISH, "Ann").text)

    again(plan, make)
    assert again(plan, lambda: key_at_work(app, told[-1])) is not None
    (key,) = list_keys(world.app, TENANT)
    again(plan, lambda: revoke_key(app, TENANT, key.key_id, "Ann"))
    return world, told


CALLS = (lambda plan: (life(plan), plan.calls)[1])(Plan())


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("at", kill_points(CALLS))
def test_wherever_it_breaks_there_is_one_key_that_works_and_is_revoked_in_the_end(
    at: int, moment: Moment, failure: str
) -> None:
    plan = Plan(at=at, moment=moment, failure=FAILURES[failure])  # type: ignore[arg-type]
    world, told = life(plan)
    where = f"call {at}, {CALLS[at - 1]}, {moment}, {failure}"
    assert plan.happened, where
    (key,) = list_keys(world.app, TENANT)
    assert key.state == "revoked", where
    assert key_at_work(world.app, told[-1]) is None, where


def test_the_calls_are_those_that_are_thought_of() -> None:
    assert {one.partition(".")[2] for one in CALLS} == {
        "api_key", "api_keys", "save_api_key", "count_key_call", "note_key_use",
    }  # fmt: skip
    assert len(CALLS) <= MOST_CALLS
