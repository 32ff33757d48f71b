"""Labelling and correcting die at every call of every port; no point stays that is a machine's."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.ids import PersonId
from funnel.domain.tracking.activities import Activity, ActivityKind, Signal, SubjectId
from funnel.usecases.app import App
from funnel.usecases.segments.follow_scores import rescore_people
from funnel.usecases.tracking.correct_signal import correct_signal
from funnel.usecases.tracking.label_signals import record_labelled
from tests.fakes.faulty import Crash, Moment, Plan, faulty
from tests.fakes.snapshot import made_once
from tests.fakes.system import START
from tests.fakes.world import TENANT, World
from tests.faults.dying import kill_points
from tests.unit.usecases.scoring.scoring import ADA, VIEW, did, points, with_people, with_rules

MOST_DELIVERIES = 3
CLICK = replace(VIEW, rule_id="click", name="Clicked", kind=ActivityKind.EMAIL_CLICK, points=5)
SUBJECT = SubjectId(ADA)


def click(seconds: float, link: str) -> Activity:
    return did(
        ADA,
        f"c-{link}",
        START + timedelta(seconds=seconds),
        kind=ActivityKind.EMAIL_CLICK,
        about={"email": "m1", "link": link},
    )


BURST, READER = (click(0, "a"), click(0.3, "b"), click(0.6, "c")), click(900, "d")


def mortal(world: World, plan: Plan) -> App:
    """The same app, each of whose calls can be its last."""
    names = ("records", "activities", "batches", "scoring", "prospects", "queue")
    ports = {name: faulty(getattr(world.app, name), plan, name) for name in names}
    return replace(world.app, **ports)


@made_once
def made() -> World:
    world = with_people(World(), ADA)
    with_rules(world, CLICK)
    return world


def arrived(order: tuple[Activity, ...], plan: Plan, at: int = 0) -> World:
    """Each a message of its own, delivered until it is done with; later ones do not wait."""
    world = made()
    plan.at = at
    app = mortal(world, plan)
    late = [one for one in order if not deliver(app, one, plan)]
    for one in late:
        assert any(deliver(app, one, plan) for _ in range(MOST_DELIVERIES - 1)), one
    return world


def deliver(app: App, one: Activity, plan: Plan) -> bool:
    try:
        record_labelled(app, TENANT, SUBJECT, [one])
    except Crash:
        plan.revived = True
        return False
    return True


def signals(world: World) -> dict[str, Signal]:
    found = world.store.list_activities(TENANT, SUBJECT, 99).items
    return {one.activity_id: one.signal for one in found}


ORDERS = list(itertools.permutations((*BURST, READER)))[::5]
WANTED = {**dict.fromkeys(("c-a", "c-b", "c-c"), Signal.SCANNER), "c-d": Signal.HUMAN}


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("order", ORDERS)
def test_a_burst_leaves_no_point_wherever_its_labelling_dies(
    order: tuple[Activity, ...], moment: Moment
) -> None:
    plan = Plan()
    arrived(order, plan)
    for at in kill_points(plan.calls):
        dying = Plan(moment=moment)
        world = arrived(order, dying, at)
        where = f"call {at}, {dying.calls[at - 1]}, {moment}"
        assert dying.happened, where
        assert signals(world) == WANTED, where
        assert points(world) == 5, where
        rescore_people(world.app, TENANT, [PersonId(ADA)])
        assert points(world) == 5, f"{where}: worked out from nothing it is another"


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("person", [True, False])
def test_a_correction_counts_once_wherever_it_dies(person: bool, moment: Moment) -> None:
    def corrected(plan: Plan, at: int = 0) -> World:
        world = arrived(BURST if person else (READER,), Plan())
        plan.at = at
        app, one = mortal(world, plan), BURST[1] if person else READER
        for _ in range(2):
            try:
                correct_signal(
                    app, TENANT, PersonId(ADA), one.activity_id, one.at, "Ann", was_person=person
                )
                break
            except Crash:
                plan.revived = True
        return world

    plan = Plan()
    wanted = corrected(plan)
    assert points(wanted) == (5 if person else 0)
    for at in kill_points(plan.calls):
        dying = Plan(moment=moment)
        world = corrected(dying, at)
        where = f"call {at}, {dying.calls[at - 1]}, {moment}"
        assert dying.happened, where
        assert signals(world) == signals(wanted), where
        assert points(world) == points(wanted), where


def test_the_kill_points_reach_every_step() -> None:
    plan = Plan()
    arrived((*BURST, READER), plan)
    assert {
        "activities.list_activities",
        "activities.activity",
        "activities.write",
        "batches.read_batch",
        "scoring.scoring_rules",
    } <= set(plan.calls)
