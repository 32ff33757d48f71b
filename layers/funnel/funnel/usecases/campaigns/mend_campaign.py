"""Look at those whom a change of a campaign touches, or who are stuck."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from funnel.domain.campaigns.campaigns import Campaign, StepId
from funnel.domain.campaigns.enrolments import Change, Enrolment, EnrolmentState, again, part_of
from funnel.ports.marketing_messages import MendCampaign, WalkCampaigns
from funnel.usecases.app import App
from funnel.usecases.campaigns.write_walks import write_walks

_PAGE = 100
_BETWEEN = ":"
PARKED = (EnrolmentState.STUCK, EnrolmentState.STOPPED)


def mend_campaign(app: App, message: MendCampaign, seconds_left: Callable[[], float]) -> None:
    """Step by step and page by page; what is left when the time is up goes on as another message.

    Who waits at a step that is another now is looked at soon, and waits on if it has to by the step as
    it is. With `stuck` who is stuck or was stopped there is tried again. May be repeated.
    """
    campaign = app.campaigns.campaign(message.tenant, message.campaign_id)
    if campaign is None:
        return
    todo = message if message.steps else replace(message, steps=_all_steps(app, campaign))
    while todo.steps:
        if seconds_left() <= 0:
            app.queue.send(todo)
            return
        todo = _page(app, campaign, todo)


def tried_again(app: App, some: Sequence[Enrolment], by: str) -> int:
    """Have these go on that are stuck or were stopped; how many."""
    changes = [Change(one, again(one, app.clock.now(), by)) for one in some if one.state in PARKED]
    return sum(write_walks(app, some[0].tenant, changes)) if changes else 0


def _all_steps(app: App, campaign: Campaign) -> tuple[StepId, ...]:
    """Where anybody is stuck."""
    numbers = app.campaigns.step_numbers(campaign.tenant, campaign.campaign_id)
    return tuple(sorted(step for step, some in numbers.items() if some.stuck or some.stopped))


def _page(app: App, campaign: Campaign, todo: MendCampaign) -> MendCampaign:
    step, *rest = todo.steps
    own = (campaign.tenant, campaign.campaign_id)
    if todo.stuck:
        return _page_of_parked(app, campaign, todo)
    walking = EnrolmentState.WALKING
    page = app.campaigns.enrolments_at(*own, step, walking, _PAGE, todo.cursor)
    now = app.clock.now()
    hastened = [o for o in page.items if app.campaigns.hasten(*own, o.enrolment_id, now)]
    _ring(app, todo, hastened)
    steps = todo.steps if page.cursor else tuple(rest)
    return replace(todo, steps=steps, cursor=page.cursor)


def _page_of_parked(app: App, campaign: Campaign, todo: MendCampaign) -> MendCampaign:
    """Of the stuck, and then the stopped, of a step. Those who were tried again lie before the cursor."""
    step, *rest = todo.steps
    name, _, cursor = todo.cursor.partition(_BETWEEN)
    state = EnrolmentState(name) if name else PARKED[0]
    own = (campaign.tenant, campaign.campaign_id)
    page = app.campaigns.enrolments_at(*own, step, state, _PAGE, cursor)
    tried_again(app, page.items, todo.by)
    _ring(app, todo, page.items)
    if page.cursor:
        return replace(todo, cursor=f"{state}{_BETWEEN}{page.cursor}")
    if state is not PARKED[-1]:
        return replace(todo, cursor=f"{PARKED[-1]}{_BETWEEN}")
    return replace(todo, steps=tuple(rest), cursor="")


def _ring(app: App, todo: MendCampaign, some: Sequence[Enrolment]) -> None:
    for part in sorted({part_of(one.enrolment_id) for one in some}):
        app.queue.send(WalkCampaigns(todo.tenant, part))
