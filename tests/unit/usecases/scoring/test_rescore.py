"""Scores are worked out anew: for merges of the pull, for expiry, and for everybody."""

from dataclasses import replace

import pytest

from funnel.domain.ids import Module, PersonId, RecordKey, SugarId
from funnel.domain.tracking.activities import SubjectId
from funnel.ports.marketing_messages import Rescore
from funnel.usecases.people.set_apart import join_again, set_apart
from funnel.usecases.scoring.start_expiry import start_expiry
from funnel.usecases.tracking.record_activities import record_activities
from tests.fakes.world import TENANT, World
from tests.unit.usecases.scoring.scoring import (
    ADA,
    BEN,
    VIEW,
    days,
    did,
    points,
    score_of,
    with_people,
    with_rules,
)


def synced() -> World:
    """A world whose Sugar has two Leads of different addresses."""
    world = World()
    world.sugar.put(Module.USERS, "u0", user_name="anna", last_name="Ott", status="Active")
    for name in ("ann", "bob"):
        world.sugar.put(Module.LEADS, name, last_name=name, email1=f"{name}@x.test")
    world.connect()
    with_rules(world, VIEW)
    world.sync()
    return world


def person(world: World, name: str) -> str:
    """The person a Lead belongs to."""
    key = RecordKey(Module.LEADS, SugarId(name))
    return world.store.records(TENANT, [key])[key].person_id


def test_a_pull_of_people_who_did_nothing_writes_no_score_and_no_tally() -> None:
    world = synced()
    assert person(world, "ann") != person(world, "bob")
    world.clock.advance(60)
    world.sugar.put(Module.LEADS, "bob", email1="ann@x.test")
    world.sync()
    assert person(world, "ann") == person(world, "bob")
    assert world.store.score_rows == 0


def test_people_merged_by_the_pull_are_scored_together_and_apart_again() -> None:
    world = synced()
    ann, bob = person(world, "ann"), person(world, "bob")
    for who, count in ((ann, 1), (bob, 2)):
        some = [did(who, f"{who}{n}") for n in range(count)]
        record_activities(world.app, TENANT, SubjectId(who), some)
    world.clock.advance(60)
    world.sugar.put(Module.LEADS, "bob", email1="ann@x.test")
    world.sync()
    assert sorted((points(world, ann), points(world, bob))) == [0, 3]
    world.clock.advance(60)
    world.sugar.put(Module.LEADS, "ann", email1="own@x.test")
    world.sync()
    assert (person(world, "ann"), person(world, "bob")) == (ann, bob)
    assert (points(world, ann), points(world, bob)) == (1, 2)


def test_a_record_that_is_set_apart_takes_its_points_along_and_brings_them_back() -> None:
    world = synced()
    ann, bob = person(world, "ann"), person(world, "bob")
    world.sugar.put(Module.LEADS, "bob", email1="ann@x.test")
    world.clock.advance(60)
    world.sync()
    stays, gone = (ann, bob) if person(world, "ann") == ann else (bob, ann)
    for who in (ann, bob):
        record_activities(world.app, TENANT, SubjectId(who), [did(who, who)])
    assert (points(world, stays), points(world, gone)) == (2, 0)
    key = RecordKey(Module.LEADS, SugarId("ann" if gone == ann else "bob"))
    set_apart(world.app, TENANT, PersonId(stays), key, "Zoë")
    world.drain()
    assert (points(world, stays), points(world, gone)) == (1, 1)
    join_again(world.app, TENANT, PersonId(gone), key, "Zoë")
    world.drain()
    assert sorted((points(world, stays), points(world, gone))) == [0, 2]


def test_a_page_that_merges_nobody_asks_for_no_score() -> None:
    world = synced()
    sent: list[object] = []
    send = world.queue.send

    def listening(message: object, delay: int = 0) -> None:
        sent.append(message)
        send(message, delay)  # type: ignore[arg-type]

    world.queue.send = listening  # type: ignore[method-assign]
    world.clock.advance(60)
    world.sugar.put(Module.LEADS, "bob", last_name="Bobby")
    world.sync()
    assert sent
    assert not [one for one in sent if isinstance(one, Rescore)]


@pytest.fixture
def expiring() -> World:
    """Two people whose points expire on different days."""
    world = with_people(World(), ADA, BEN)
    with_rules(world, replace(VIEW, days=2))
    for who, day in ((ADA, 0), (BEN, 1)):
        done = did(who, who, world.clock.now() + days(day))
        record_activities(world.app, TENANT, SubjectId(who), [done])
    return world


def test_scores_whose_time_has_come_expire_and_no_others(expiring: World) -> None:
    world = expiring
    assert start_expiry(world.app, lambda: 60.0) == 0
    world.clock.advance(days(3).total_seconds())
    assert start_expiry(world.app, lambda: 60.0) == 1
    world.drain()
    assert (points(world, ADA), points(world, BEN)) == (0, 1)
    assert start_expiry(world.app, lambda: 60.0) == 0
    world.clock.advance(days(1).total_seconds())
    assert start_expiry(world.app, lambda: 60.0) == 1
    world.drain()
    assert points(world, BEN) == 0
    score = score_of(world, BEN)
    assert score is not None
    assert score.recheck_at is None


def test_without_time_nothing_is_asked_for_and_all_is_due_still(expiring: World) -> None:
    expiring.clock.advance(days(9).total_seconds())
    assert start_expiry(expiring.app, lambda: 0.0) == 0
    assert start_expiry(expiring.app, lambda: 60.0) == 2
