"""Everybody is worked out anew in pages, in the background, and never by two sets of rules."""

from dataclasses import replace

import pytest

from funnel.domain.ids import PersonId
from funnel.domain.tracking.activities import SubjectId
from funnel.ports.marketing_messages import Rescore
from funnel.usecases.scoring.keep_rules import RuleChanges, change_rule, delete_rule
from funnel.usecases.scoring.view_scoring import RescoringView, scoring
from funnel.usecases.tracking.record_activities import record_activities
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.system import START
from tests.fakes.world import TENANT, World
from tests.unit.usecases.scoring.scoring import VIEW, did, points, with_people, with_rules

PEOPLE = [f"p{n:03}" for n in range(450)]


@pytest.fixture
def world() -> World:
    """450 people with a point each."""
    world = with_people(World(), *PEOPLE)
    with_rules(world, VIEW)
    for one in PEOPLE:
        record_activities(world.app, TENANT, SubjectId(one), [did(one, one)])
    return world


def page(world: World) -> None:
    """The next message that is due now, by a worker that has time for one page."""
    message = world.queue.pop()
    assert isinstance(message, Rescore)
    times = iter((1.0,))
    handle_message(world.app, message, "worker", lambda: next(times, 0.0))


def progress(world: World) -> RescoringView:
    """How far it is."""
    found = scoring(world.app, TENANT).rescoring
    assert found is not None
    return found


def totals(world: World) -> set[int]:
    """The scores there are."""
    return {points(world, one) for one in PEOPLE}


def test_pages_are_handed_over_and_progress_is_told(world: World) -> None:
    change_rule(world.app, TENANT, "view", RuleChanges(points=3), "Zoë")
    asked = progress(world)
    assert (asked.asked_by, asked.asked_at, asked.started_at) == ("Zoë", START, None)
    found = []
    for _ in range(3):
        page(world)
        found.append((progress(world).people, progress(world).of, progress(world).share))
    assert found == [(200, 450, 200 / 450), (400, 450, 400 / 450), (450, 450, 1.0)]
    assert progress(world).finished_at == START
    assert totals(world) == {3}
    writes = world.store.score_writes
    world.drain()
    assert world.store.score_writes == writes


def test_a_later_change_takes_the_place_of_one_that_is_under_way(world: World) -> None:
    change_rule(world.app, TENANT, "view", RuleChanges(points=3), "Zoë")
    page(world)
    assert totals(world) == {1, 3}
    change_rule(world.app, TENANT, "view", RuleChanges(points=5), "Ada")
    assert (progress(world).people, progress(world).asked_by) == (0, "Ada")
    world.drain()
    assert totals(world) == {5}
    assert (progress(world).people, progress(world).of) == (450, 450)


def test_a_change_taken_back_on_the_way_leaves_all_as_it_was(world: World) -> None:
    change_rule(world.app, TENANT, "view", RuleChanges(page="/elsewhere"), "Zoë")
    page(world)
    assert totals(world) == {0, 1}
    change_rule(world.app, TENANT, "view", RuleChanges(page=""), "Zoë")
    world.drain()
    assert totals(world) == {1}


def test_the_same_message_twice_does_the_work_once(world: World) -> None:
    change_rule(world.app, TENANT, "view", RuleChanges(points=3), "Zoë")
    generation = world.store.scoring_rules(TENANT).generation
    world.queue.send(Rescore(TENANT, generation=generation))
    writes = world.store.score_writes
    world.drain()
    assert world.store.score_writes == writes + 450
    assert progress(world).people == 450


def test_rules_that_were_never_saved_are_not_waited_for(world: World) -> None:
    generation = world.store.scoring_rules(TENANT).generation
    world.queue.send(Rescore(TENANT, generation=generation + 1))
    world.drain()
    assert world.store.rescoring(TENANT) is None


def test_without_rules_every_score_is_nothing_and_stays_explained(world: World) -> None:
    delete_rule(world.app, TENANT, "view", "Zoë")
    world.drain()
    assert totals(world) == {0}
    score = world.store.scores(TENANT, [PersonId("p001")])[PersonId("p001")]
    assert (score.lines, score.changed_at) == ((), START)


def test_some_people_go_on_as_another_message_when_the_time_is_up(world: World) -> None:
    with_rules(world, replace(VIEW, points=9), tallied=False)
    world.queue.send(Rescore(TENANT, people=tuple(map(PersonId, PEOPLE))))
    page(world)
    assert totals(world) == {1, 9}
    world.drain()
    assert totals(world) == {9}
