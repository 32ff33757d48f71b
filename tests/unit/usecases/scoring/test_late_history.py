"""What becomes known late counts in the history of a score from the day it was done."""

from dataclasses import replace
from datetime import datetime

import pytest

from funnel.domain.scoring.scoring import Period, Rule
from funnel.domain.scoring.trends import by_day, moved_in_a_week
from funnel.domain.tracking.activities import ActivityKind, Signal, SubjectId
from funnel.usecases.segments.follow_scores import rescore_people
from funnel.usecases.tracking.record_activities import record_activities
from tests.fakes.system import START
from tests.fakes.world import TENANT, World
from tests.unit.usecases.scoring.scoring import (
    ADA,
    BEN,
    FORM,
    VIEW,
    days,
    did,
    merge,
    points,
    score_of,
    with_people,
    with_rules,
)

DAILY = replace(VIEW, most=5, per=Period.DAY, days=90)
SHORT = Rule("short", "News", ActivityKind.PAGE_VIEW, 10, page="/news", days=3)
AGO = (25, 12, 12, 5, 0)


def world_with(*rules: Rule) -> World:
    world = with_people(World(), ADA, BEN)
    with_rules(world, *rules)
    return world


def trend(world: World, person: str = ADA) -> list[int]:
    score = score_of(world, person)
    assert score is not None
    return by_day(score.trend, world.clock.now())


def visits(world: World, subject: str, ago: tuple[int, ...] = AGO, path: str = "/") -> None:
    done = [
        did(subject, f"{subject}-{n}-{path}", world.clock.now() - days(one), about={"path": path})
        for n, one in enumerate(ago)
    ]
    record_activities(world.app, TENANT, SubjectId(subject), done)


def on_time(rule: Rule, ago: tuple[int, ...], path: str = "/") -> list[int]:
    """The history of somebody whose visits were counted on the day of each."""
    world = world_with(rule)
    for n, one in enumerate(ago):
        world.clock.set(START - days(one))
        moment: datetime = world.clock.now()
        some = [did(ADA, f"{n}", moment, about={"path": path})]
        record_activities(world.app, TENANT, SubjectId(ADA), some)
    world.clock.set(START)
    return trend(world)


def test_visits_that_are_counted_late_stand_on_their_days() -> None:
    world = world_with(DAILY)
    visits(world, ADA)
    assert trend(world) == on_time(DAILY, AGO)
    assert points(world) == 5
    score = score_of(world)
    assert score is not None
    assert moved_in_a_week(score.trend, world.clock.now()) == 2


def test_those_of_somebody_who_turns_out_to_be_this_person_too() -> None:
    world = world_with(DAILY)
    visits(world, BEN, (20, 9))
    visits(world, ADA, (0,))
    merge(world, BEN, ADA)
    rescore_people(world.app, TENANT, [BEN, ADA])
    assert trend(world) == on_time(DAILY, (20, 9, 0))


def test_what_expired_meanwhile_was_there_and_is_gone() -> None:
    world = world_with(SHORT, DAILY)
    visits(world, ADA, (2, 1), "/news")
    assert trend(world)[-4:] == [0, 11, 22, 22]
    late = world_with(SHORT)
    visits(late, ADA, (10,), "/news")
    assert score_of(late) is None or max(trend(late)) in (0, 10)


def test_what_is_taken_back_or_has_no_day_moves_the_score_on_the_day_it_happens() -> None:
    world = world_with(FORM)
    form = did(ADA, "f", world.clock.now() - days(9), kind=ActivityKind.FORM, about={})
    record_activities(world.app, TENANT, SubjectId(ADA), [form])
    assert trend(world)[-2:] == [0, 20]
    machine = did(ADA, "m", world.clock.now() - days(9), signal=Signal.CRAWLER)
    record_activities(world.app, TENANT, SubjectId(ADA), [machine])
    assert trend(world)[-2:] == [0, 20]


@pytest.mark.parametrize("ago", [(45,), (31,), (30,)])
def test_what_is_older_than_the_history_is_what_it_began_with(ago: tuple[int, ...]) -> None:
    world = world_with(DAILY)
    visits(world, ADA, ago)
    assert trend(world) == [1] * 31
