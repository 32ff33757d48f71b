"""Campaigns decide by the members of a list, and not by an index that may not know them yet."""

import pytest

from funnel.domain.campaigns.campaigns import Asks, Branch, Comes, End, Start, Step, Wait
from funnel.domain.campaigns.enrolments import EnrolmentState, What
from tests.unit.usecases.campaigns.campaigning import ASK, LAST, NEXT, WAIT, Campaigning


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Campaigning:
    """Who came onto a list is found by it, but not yet by the index from members to their lists."""
    world = Campaigning()
    monkeypatch.setattr(world.store, "memberships", lambda _tenant, _keys: {})
    return world


def test_who_was_let_in_a_moment_ago_is_not_taken_out_for_not_being_on_the_list(
    world: Campaigning,
) -> None:
    world.on_list()
    world.work()
    start = Start(Comes.LIST, world.list, leaves=True)
    campaign = world.run(
        world.draft({WAIT: Step(WAIT, Wait(60 * 24), LAST), LAST: _end()}, start=start)
    )
    assert world.walk_of(campaign).state is EnrolmentState.WALKING
    world.tick(hours=1)
    assert world.walk_of(campaign).state is EnrolmentState.WALKING


def test_whoever_the_campaign_is_told_of_comes_in_at_once(world: Campaigning) -> None:
    start = Start(Comes.LIST, world.list)
    campaign = world.run(
        world.draft({WAIT: Step(WAIT, Wait(60 * 24), LAST), LAST: _end()}, start=start)
    )
    world.on_list()
    world.work()
    assert world.walk_of(campaign).state is EnrolmentState.WALKING


def test_a_branch_knows_who_came_onto_its_list_a_moment_ago(world: Campaigning) -> None:
    world.on_list()
    steps = {
        ASK: Step(ASK, Branch(Asks.RULE, segment=world.list), NEXT, LAST),
        NEXT: Step(NEXT, Wait(60 * 24), LAST),
        LAST: _end(),
    }
    walk = world.walk_of(world.run(world.draft(steps)))
    assert What.YES in [one.what for one in walk.trail]


def _end() -> Step:
    return Step(LAST, End())
