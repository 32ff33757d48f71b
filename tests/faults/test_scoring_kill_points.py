"""Whatever changes a score dies at every call of every port, is delivered again, and adds up."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from funnel.domain.ids import PersonId
from funnel.domain.tracking.activities import ActivityKind, Signal, SubjectId
from funnel.usecases.app import App
from funnel.usecases.scoring.keep_rules import RuleChanges, add_rule, change_rule
from funnel.usecases.scoring.start_expiry import start_expiry
from funnel.usecases.tracking.attach_subject import attach_subject
from funnel.usecases.tracking.record_activities import record_activities
from funnel.usecases.tracking.relabel_activity import relabel
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Moment, Plan, faulty
from tests.fakes.snapshot import made_once
from tests.fakes.system import START
from tests.fakes.world import TENANT, World
from tests.faults.dying import again, kill_points
from tests.unit.usecases.scoring.scoring import (
    ADA,
    BEN,
    FORM,
    VIEW,
    VISITOR,
    did,
    points,
    with_people,
    with_rules,
)

Step = Callable[[App], object]


def views(subject: str, *names: str) -> Step:
    """Page views of a subject, as the queue brings them: again until they are taken."""
    some = [did(subject, name) for name in names]
    return lambda app: record_activities(app, TENANT, SubjectId(subject), some)


def labelled(app: App) -> None:
    """A machine is found out, and a marketer knows better of another one."""
    ada = SubjectId(ADA)
    relabel(app, TENANT, ada, "a1", START, Signal.SCANNER, "a burst", "")
    relabel(app, TENANT, ada, "a2", START, Signal.CRAWLER, "", "Zoë")


def expired(app: App) -> None:
    """Long after, by the schedule, which comes again."""
    start_expiry(app, lambda: 60.0)


# What each leads to: the points of Ada and Ben.
STEPS: dict[str, tuple[Step, tuple[int, int]]] = {
    "recorded": (views(ADA, "a2", "a3", "a4"), (4, 1)),
    "visited": (views(VISITOR, "v2", "v3"), (2, 3)),
    "labelled": (labelled, (0, 1)),
    "attached": (lambda app: attach_subject(app, TENANT, ADA, VISITOR), (3, 0)),
    "changed": (
        lambda app: change_rule(app, TENANT, "view", RuleChanges(points=7, most=1), "Zoë"),
        (7, 7),
    ),
    "added": (
        lambda app: add_rule(
            app, TENANT, RuleChanges(name="Any", kind=ActivityKind.PAGE_VIEW, points=2), "Zoë"
        ),
        (6, 3),
    ),
    "expired": (expired, (0, 0)),
}


@made_once
def before(name: str) -> World:
    """Some points are given, and it is time for the step."""
    world = with_people(World(), ADA, BEN)
    with_rules(world, replace(VIEW, days=2) if name == "expired" else VIEW, FORM)
    views(ADA, "a1", "a2")(world.app)
    attach_subject(world.app, TENANT, BEN, VISITOR)
    views(VISITOR, "v1")(world.app)
    while world.queue.pop_next():
        continue
    if name == "expired":
        world.clock.advance(9 * 86400)
    return world


def played(name: str, plan: Plan, at: int = 0) -> World:
    """The step, whose caller comes again after a crash, and all messages that follow from it."""
    world = before(name)
    plan.at = at
    mortal = replace(
        world.app,
        activities=faulty(world.app.activities, plan, "activities"),
        batches=faulty(world.app.batches, plan, "batches"),
        scoring=faulty(world.app.scoring, plan, "scoring"),
        records=faulty(world.app.records, plan, "records"),
        queue=faulty(world.app.queue, plan, "queue"),
    )
    step, _ = STEPS[name]
    again(plan, lambda: step(mortal))
    while (message := world.queue.pop_next()) is not None:
        again(plan, lambda: handle_message(mortal, message, "worker", lambda: 600.0))
    return world


def calls(name: str) -> list[str]:
    """The calls of ports that a step makes when nothing goes wrong."""
    plan = Plan()
    played(name, plan)
    return plan.calls


@pytest.mark.feature("D3")
@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("name", STEPS)
def test_a_score_adds_up_wherever_it_dies(name: str, moment: Moment) -> None:
    for at in kill_points(calls(name)):
        plan = Plan(moment=moment)
        world = played(name, plan, at)
        assert plan.happened
        found = (points(world, ADA), points(world, BEN))
        wanted = STEPS[name][1]
        if name == "added":
            # Who died after saving it sees an error, and adds it once more.
            rules = len(world.store.scoring_rules(TENANT).rules) - 2
            assert rules in (1, 2)
            wanted = (2 + 4 * rules, 1 + 2 * rules)
        assert found == wanted, f"call {at}, {plan.calls[at - 1]}, {moment}"


def test_the_kill_points_cover_every_step_of_scoring() -> None:
    made = {call for name in STEPS for call in calls(name)}
    assert {
        "activities.write",
        "activities.attach",
        "activities.tallies",
        "activities.scored_people",
        "activities.due_scores",
        "activities.newest_activities",
        "scoring.save_scoring_rules",
        "scoring.save_rescoring",
        "records.people",
        "queue.send",
    } <= made


def test_nobody_is_left_between_two_people_who_are_merged() -> None:
    """Of two who belong to each other in turn, each activity counts for one of them only."""
    world = with_people(World(), ADA, BEN)
    with_rules(world, VIEW)
    for one in (ADA, BEN):
        views(one, f"{one}1")(world.app)
    for _ in range(2):
        world.store.attach(TENANT, ADA, SubjectId(BEN))
        world.store.attach(TENANT, BEN, SubjectId(ADA))
    subjects = [set(world.store.subjects(TENANT, PersonId(one))) for one in (ADA, BEN)]
    ada, ben = SubjectId(ADA), SubjectId(BEN)
    assert subjects == [{ada}, {ada, ben}]
