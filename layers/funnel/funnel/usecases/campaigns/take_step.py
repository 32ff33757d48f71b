"""Do what one person's step in a campaign asks for, and say where that leaves the person.

What a step does has a key that is the same however often it is tried, so that it is done once; where the
person goes is written by whoever called, and only if the row is still as it was.
"""

from funnel.domain.campaigns.campaigns import (
    NOWHERE,
    Branch,
    ChangeList,
    ChangeOwner,
    ChangeScore,
    End,
    ScheduleTask,
    SendEmail,
    Step,
    SyncWithSugar,
    Wait,
)
from funnel.domain.campaigns.enrolments import (
    MOST_STEPS_IN_ALL,
    Change,
    Enrolment,
    EnrolmentState,
    Turn,
    What,
    noted,
    over,
    parked,
    unnamed,
    waiting,
)
from funnel.domain.campaigns.waiting import wait_until
from funnel.domain.ids import derived_id
from funnel.domain.sync.records import Person
from funnel.domain.tracking.activities import Activity, ActivityKind, SubjectId
from funnel.usecases.campaigns.ask_branch import ask_branch
from funnel.usecases.campaigns.send_step import send_step
from funnel.usecases.campaigns.sugar_steps import sugar_step
from funnel.usecases.campaigns.walking import Walking
from funnel.usecases.campaigns.whose_walks import NOBODY, standings
from funnel.usecases.lists.keep_lists import put_on_list, take_off_list
from funnel.usecases.tracking.record_activities import record_activities

REMOVED = "This step was removed, and nothing follows it."
TOO_MANY = f"It has come by {MOST_STEPS_IN_ALL} steps, which is all there can be."


def take_step(walking: Walking, one: Enrolment) -> Change:
    """The walk as it is once its step is done, or waits for what it waits for. Raises what a step raises."""
    person = walking.person(one.person_id)
    if person is None:
        return _forgotten(walking, one)
    if person.person_id != one.person_id:
        return _followed(walking, one, person)
    step = walking.campaign.steps.get(one.step)
    if step is None:
        return Change(one, _past(walking, one))
    if one.steps > MOST_STEPS_IN_ALL:
        return Change(one, parked(one, EnrolmentState.STUCK, walking.now, TOO_MANY))
    return _done(walking, one, step, person)


def _done(walking: Walking, one: Enrolment, step: Step, person: Person) -> Change:
    match step.action:
        case SendEmail():
            return send_step(walking, one, step.action, person)
        case Wait():
            return _wait(walking, one, step.action)
        case Branch():
            return ask_branch(walking, one, step.action, person)
        case ChangeList(list_id, joins):
            change = put_on_list if joins else take_off_list
            change(walking.app, walking.tenant, list_id, [person.person_id])
        case ChangeScore(points):
            _add_points(walking, one, step, points)
        case ChangeOwner() | SyncWithSugar() | ScheduleTask():
            sugar_step(walking, one, step.action, person)
        case End():
            return Change(one, walking.is_through(one))
    return walking.goes_on(one, What.DONE)


def _wait(walking: Walking, one: Enrolment, wait: Wait) -> Change:
    until = wait_until(wait, one.since, walking.zone)
    if until > walking.now:
        return Change(one, waiting(one, until))
    return walking.goes_on(one, What.WAITED)


def _add_points(walking: Walking, one: Enrolment, step: Step, points: int) -> None:
    """Written under whoever it was when the walk began: after a merge it belongs to whom that is now."""
    subject = SubjectId(one.origin)
    about = {
        "points": str(points),
        "name": step.name or walking.campaign.name,
        "campaign": one.campaign_id,
        "step": one.step,
    }
    activity = Activity(
        walking.tenant,
        subject,
        derived_id("points", one.key()),
        ActivityKind.POINTS,
        one.since,
        about,
    )
    record_activities(walking.app, walking.tenant, subject, [activity])


def _past(walking: Walking, one: Enrolment) -> Enrolment:
    """Its step was removed: on to where those go on, or nowhere."""
    target = walking.campaign.detours.get(one.step, NOWHERE)
    if target not in walking.campaign.steps:
        return parked(one, EnrolmentState.STOPPED, walking.now, REMOVED)
    return walking.comes_to(noted(one, walking.now, What.DETOUR), target)


def _followed(walking: Walking, one: Enrolment, person: Person) -> Change:
    """Whom it was merged into walks on in its place, unless that one was in the campaign already."""
    own = (one.tenant, one.campaign_id)
    here = standings(walking.app, *own, [person]).get(person.person_id, NOBODY)
    if here.own is not None and here.own.latest == one.enrolment_id:
        return Change(one, one.of(person.person_id))
    through = any(walk.state is EnrolmentState.THROUGH for walk in here.walks)
    if here.own is not None or through:
        note = "It is one with somebody who was in this campaign too."
        return Change(one, over(one, EnrolmentState.MERGED, walking.now, note))
    moved = Turn(*own, person.person_id, one.entered_at, (one.enrolment_id,))
    return Change(one, one.of(person.person_id), moved)


def _forgotten(walking: Walking, one: Enrolment) -> Change:
    """There is no such person any more: nothing of it stays but the numbers."""
    own = (one.tenant, one.campaign_id)
    for turn in walking.app.campaigns.turns(*own, [one.person_id]).values():
        walking.app.campaigns.forget_turn(turn)
    return Change(one, unnamed(one, walking.now))
