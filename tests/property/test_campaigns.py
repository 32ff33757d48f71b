"""Campaigns with random graphs, whose workers die anywhere and whose messages come twice.

Each step's deed is done once for each time that somebody came by, mail at most once; the numbers of the
steps are what all walks come to; and nobody is left standing for whom nothing is due and no reason is given.
While it is paused no mail goes out, and none of what waits after it has ended.
People are merged and parted meanwhile: who has become one person walks once, and its walk is never lost, nor
does it leave with the list while anybody it was is on that.
"""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from funnel.domain.campaigns.campaigns import (
    Action,
    CampaignState,
    ChangeScore,
    ScheduleTask,
    SendEmail,
    StepId,
    SyncWithSugar,
)
from funnel.domain.campaigns.enrolments import Enrolment, EnrolmentState
from funnel.domain.ids import PersonId, derived_id
from funnel.domain.mail.mails import mail_id_of
from funnel.domain.pushing.push_ids import intent_id
from funnel.domain.tracking.activities import ActivityKind, SubjectId
from funnel.usecases.campaigns.whose_walks import standings
from funnel.usecases.connecting.connection import connection_of
from funnel.usecases.delivery.hold_mails import ENDED
from funnel.usecases.delivery.ready_mails import OVER_CAP
from tests.fakes.world import TENANT
from tests.property.storm import SETTLED, SHAPES, Shape, Storm, check_merged, mails_of
from tests.property.storm_events import EVENTS, take

RUNS = int(os.environ.get("FUNNEL_PROPERTY_RUNS", "60"))


@settings(max_examples=RUNS, deadline=None)
@given(
    shape=SHAPES,
    leaves=st.booleans(),
    events=st.lists(EVENTS, min_size=5, max_size=50),
)
def test_whatever_dies_or_comes_twice_each_step_is_done_once_and_nobody_is_stuck(
    shape: Shape, leaves: bool, events: Sequence[tuple[object, ...]]
) -> None:
    storm = Storm(shape, leaves)
    kinds = {own: step.action for own, step in storm.campaign.steps.items()}
    for event in events:
        take(storm, event)
        check(storm, kinds)
    storm.rest()
    check(storm, kinds)
    check_rested(storm)


def check(storm: Storm, kinds: Mapping[StepId, Action]) -> None:
    """What holds at any moment: numbers, and each deed as often as somebody came by."""
    scene = storm.scene
    scene.numbers(storm.campaign)
    sent = [one.mail_id for one in scene.mailing.mailer.sent]
    assert len(sent) == len(set(sent)), "sent twice"
    walks = storm.walks()
    assert len({one.enrolment_id for one in walks}) == len(walks)
    under_way = Counter(one.person_id for one in walks if one.state is EnrolmentState.WALKING)
    assert max(under_way.values(), default=0) <= 1, "somebody walks twice at once"
    check_merged(storm, walks)
    given_points, mails = points(storm), {one.mail_id for one in mails_of(storm)}
    asked = {one.intent_id for one in scene.store.pushes.values()}
    connection = connection_of(scene.app, TENANT).connection_id
    expected_mails, expected_intents, expected_points = set(), set(), Counter[str]()
    for one in walks:
        for step_id, passage in one.passed.items():
            stands = one.step == step_id and one.state is not EnrolmentState.THROUGH
            done = passage.came - stands
            keys = [
                f"campaign/{one.enrolment_id}/{step_id}/{n}" for n in range(1, passage.came + 1)
            ]
            match kinds[step_id]:
                case SendEmail():
                    own = [
                        mail_id_of(TENANT, f"campaign {one.enrolment_id} {step_id} {n}")
                        for n in range(1, passage.came + 1)
                    ]
                    sent_there = [i for i in own if i in mails]
                    assert (
                        done
                        <= len(sent_there) + passage.skipped + detours(one, step_id)
                        <= passage.came + detours(one, step_id)
                    )
                    expected_mails |= set(own)
                case ChangeScore():
                    ids = [derived_id("points", key) for key in keys]
                    there = [i for i in ids if i in given_points]
                    assert done - detours(one, step_id) <= len(there) <= passage.came
                    expected_points.update(ids)
                case SyncWithSugar() | ScheduleTask():
                    ids = [intent_id(connection, key) for key in keys]
                    there = [i for i in ids if i in asked]
                    assert done - detours(one, step_id) <= len(there) <= passage.came
                    expected_intents |= set(ids)
                case _:
                    pass
    assert mails <= expected_mails, "a mail that no step asked for"
    assert asked <= expected_intents, "a push that no step asked for"
    assert set(given_points) <= set(expected_points), "points that no step gave"


def detours(one: Enrolment, step_id: StepId) -> int:
    """How often it went on from there because the step was removed."""
    return sum(line.step == step_id and line.what.value == "detour" for line in one.trail)


def points(storm: Storm) -> Counter[str]:
    """How often each gift of points is written, by its id."""
    found = Counter[str]()
    for person in storm.people:
        page = storm.scene.store.list_activities(TENANT, SubjectId(person), 1_000)
        found.update(a.activity_id for a in page.items if a.kind is ActivityKind.POINTS)
    assert not found or max(found.values()) == 1
    return found


def check_rested(storm: Storm) -> None:
    """Nobody stands still for no reason, what was asked for went out, and scores are their sums."""
    scene, now = storm.scene, storm.scene.clock.now()
    ended = storm.now().state is CampaignState.ENDED
    for one in storm.walks():
        if one.state is EnrolmentState.WALKING and not ended:
            assert one.due_at is not None, "nobody would look at it any more"
            assert one.due_at > now - timedelta(minutes=20), f"overdue since {one.due_at}"
        elif one.state in (EnrolmentState.STUCK, EnrolmentState.STOPPED):
            assert one.reason
        loops = any(
            storm.campaign.first in (step.next, step.otherwise)
            for step in storm.now().steps.values()
        )
        if not loops and one.state is EnrolmentState.WALKING and not ended:
            assert now - one.entered_at < timedelta(days=20), "it never came to an end"
    for mail in mails_of(storm):
        waits = not ended and mail.reason == OVER_CAP and mail.due_at is not None
        assert waits or mail.state in SETTLED, f"a mail that is {mail.state}: {mail.reason}"
        assert ended or mail.reason != ENDED
    gifts = points(storm)
    for person in {storm.stands(one) for one in storm.people}:
        was = [one for one in storm.people if storm.stands(one) == person]
        pages = [scene.store.list_activities(TENANT, SubjectId(one), 1_000) for one in was]
        given = [a for page in pages for a in page.items if a.kind is ActivityKind.POINTS]
        own = sum(3 for a in given if a.activity_id in gifts)
        score = scene.store.scores(TENANT, [person]).get(person)
        by_points = sum(
            line.points for line in (score.lines if score else ()) if line.rule.startswith("points")
        )
        assert by_points == own, (score, own)
    if ended:
        return
    walking = [one for one in storm.walks() if one.state is EnrolmentState.WALKING]
    twice = Counter(storm.stands(one.person_id) for one in walking)
    assert max(twice.values(), default=0) <= 1, "somebody walks twice"
    check_members(storm)


def check_members(storm: Storm) -> None:
    """Who is on the list since long walks, or has walked: no word was lost for good."""
    scene, own = storm.scene, (TENANT, storm.campaign.campaign_id)
    page = scene.store.members(TENANT, scene.list, 100)
    members = {PersonId(str(m.key).removeprefix("person#")) for m in page.items}
    rows = scene.store.people(TENANT, members)
    assert set(rows) == members
    people = {storm.stands(i): scene.person_row(storm.stands(i)) for i in rows}
    assert set(people) <= set(standings(scene.app, *own, people.values())), "not let in"
