"""Take in what happened to people: let in who came onto a list or sent a form, take out who left, wake who acted."""

from dataclasses import replace

from funnel.domain.campaigns.campaigns import Campaign, Comes, wakes
from funnel.domain.campaigns.enrolments import EnrolmentState
from funnel.domain.ids import PersonId, TenantId
from funnel.ports.marketing_messages import TellCampaigns, TellOfForm, WakeWalkers
from funnel.usecases.app import App
from funnel.usecases.bells.notice import starts_with
from funnel.usecases.campaigns.let_in import BY_FORM, BY_LIST, is_wanted, let_in, ring
from funnel.usecases.campaigns.list_leavers import on_list, take_out_leavers
from funnel.usecases.lists.settled_lists import Settling, is_nobodys

_BETWEEN_LOOKS, _MOST_WAITS = 60, 60
"""Seconds between two looks at whether a list is worked out, and how many of them there are."""

_UNTIL_MERGED = 300
"""Seconds between two looks at whether Sugar has said who somebody is now."""


def hear_of_list(app: App, message: TellCampaigns) -> None:
    """Let in, or take out, those of these of whom it is so: a word may come early, late or twice.

    While what a Segment asks for is not counted for everybody, people come onto it and leave it for
    nothing: it is looked at later, and in the end by the hourly comparison. So it is with whoever is
    off it and may be somebody else soon. Nobody comes by a list that is gone, and nobody leaves for it.
    """
    tenant, list_id = message.tenant, message.list_id
    one = app.lists.lists(tenant, [list_id]).get(list_id)
    if one is None or is_nobodys(one):
        return
    if not Settling(app, tenant).is_counted(one):
        _later(app, message, _BETWEEN_LOOKS)
        return
    since = on_list(app, tenant, list_id, message.people)
    unknown: set[PersonId] = set()
    for campaign in _running(app, tenant):
        start = campaign.start
        if start.comes is not Comes.LIST or start.list_id != list_id:
            continue
        if not message.left:
            wanted = {i: at for i, at in since.items() if is_wanted(campaign, at)}
            let_in(app, campaign, wanted, BY_LIST)
        elif start.leaves:
            unknown |= take_out_leavers(app, campaign, one, set(message.people) - set(since))
    if unknown:
        _later(app, replace(message, people=tuple(sorted(unknown))), _UNTIL_MERGED)


def hear_of_form(app: App, message: TellOfForm) -> None:
    """Let in who sent it."""
    for campaign in _running(app, message.tenant):
        if starts_with(campaign.head, message.form_id):
            let_in(app, campaign, {message.person_id: message.at}, BY_FORM)


def wake_walkers(app: App, message: WakeWalkers) -> None:
    """Have who waits at a branch for what people do looked at now."""
    now = app.clock.now()
    for turn in app.campaigns.turns_of(message.tenant, message.person_id):
        campaign = app.campaigns.campaign(message.tenant, turn.campaign_id)
        own = (message.tenant, turn.campaign_id)
        one = app.campaigns.enrolments(*own, [turn.latest]).get(turn.latest)
        if campaign is None or one is None or one.state is not EnrolmentState.WALKING:
            continue
        step = campaign.steps.get(one.step)
        if step and wakes(step) and app.campaigns.hasten(*own, one.enrolment_id, now):
            ring(app, campaign, [one])


def _later(app: App, message: TellCampaigns, delay: int) -> None:
    if message.waited < _MOST_WAITS:
        app.queue.send(replace(message, waited=message.waited + 1), delay=delay)


def _running(app: App, tenant: TenantId) -> list[Campaign]:
    """All of them whole, as they are now."""
    found = [app.campaigns.campaign(tenant, h.campaign_id) for h in app.campaigns.running(tenant)]
    return [one for one in found if one is not None and one.is_running]
