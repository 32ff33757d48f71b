"""Take in what happened to people: let in who came onto a list or sent a form, take out who left, wake who acted."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from funnel.domain.campaigns import Campaign, Comes, wakes
from funnel.domain.enrolments import Change, Enrolment, EnrolmentState, over
from funnel.domain.ids import ListId, MemberKey, PersonId, TenantId
from funnel.domain.lists import members_of_person, person_member
from funnel.domain.records import Person
from funnel.ports.system import TellCampaigns, TellOfForm, WakeWalkers
from funnel.usecases.app import App
from funnel.usecases.create_person import all_living
from funnel.usecases.let_in import BY_FORM, BY_LIST, is_wanted, let_in, ring
from funnel.usecases.notice import starts_with
from funnel.usecases.settled_lists import Settling, is_nobodys
from funnel.usecases.whose_walks import standings
from funnel.usecases.write_walks import write_walks

OFF_THE_LIST = "It is on the list no more."
_TRIES = 8
_BETWEEN_LOOKS, _MOST_WAITS = 60, 60
"""Seconds between two looks at whether a list is worked out, and how many of them there are."""


def hear_of_list(app: App, message: TellCampaigns) -> None:
    """Let in, or take out, those of these of whom it is so: a word may come early, late or twice.

    While what a Segment asks for is not counted for everybody, people come onto it and leave it for
    nothing: it is looked at later, and in the end by the hourly comparison. Nobody comes by a list that is
    gone, and nobody leaves for it.
    """
    tenant, list_id = message.tenant, message.list_id
    one = app.lists.lists(tenant, [list_id]).get(list_id)
    if one is None or is_nobodys(one):
        return
    if not Settling(app, tenant).is_counted(one):
        if message.waited < _MOST_WAITS:
            app.queue.send(replace(message, waited=message.waited + 1), delay=_BETWEEN_LOOKS)
        return
    since = on_list(app, tenant, list_id, message.people)
    for campaign in _running(app, tenant):
        start = campaign.start
        if start.comes is not Comes.LIST or start.list_id != list_id:
            continue
        if not message.left:
            wanted = {i: at for i, at in since.items() if is_wanted(campaign, at)}
            let_in(app, campaign, wanted, BY_LIST)
        elif start.leaves:
            take_out_leavers(app, campaign, set(message.people) - set(since))


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


def on_list(
    app: App, tenant: TenantId, list_id: ListId, people: Iterable[PersonId]
) -> dict[PersonId, datetime]:
    """Who of these is on a list, by itself or by one of its records, and since when.

    Who was merged is on it as whom it was merged into, or still under its own id while lists follow.
    Asked of the members themselves: an index may not know yet who came a moment ago.
    """
    living = all_living(app, tenant, people)
    keys = {person_member(asked): one.person_id for asked, one in living.items()}
    keys |= {key: one.person_id for one in living.values() for key in _keys(one)}
    since: dict[PersonId, datetime] = {}
    for key, at in app.lists.are_on(tenant, list_id, sorted(keys)).items() if keys else ():
        since[keys[key]] = max(at, since.get(keys[key], at))
    own = {asked: one.person_id for asked, one in living.items()}
    return {asked: since[one] for asked, one in own.items() if one in since}


def take_out_leavers(app: App, campaign: Campaign, people: Iterable[PersonId]) -> int:
    """Take these out who are under way and came by the list, under whatever id; how many."""
    own, done = (campaign.tenant, campaign.campaign_id), 0
    todo = {one.person_id: one for one in all_living(app, campaign.tenant, people).values()}
    for _ in range(_TRIES):
        found = standings(app, *own, todo.values())
        leaving = [one for here in found.values() for one in here.under_way if _leaves(one)]
        if not leaving:
            break
        now = app.clock.now()
        changes = [Change(o, over(o, EnrolmentState.LEFT, now, OFF_THE_LIST)) for o in leaving]
        done += sum(write_walks(app, campaign.tenant, changes))
    return done


def _leaves(one: Enrolment) -> bool:
    return one.came_by == BY_LIST


def _keys(person: Person) -> Iterable[MemberKey]:
    return members_of_person(person.person_id, [link.key for link in person.links])


def _running(app: App, tenant: TenantId) -> list[Campaign]:
    """All of them whole, as they are now."""
    found = [app.campaigns.campaign(tenant, h.campaign_id) for h in app.campaigns.running(tenant)]
    return [one for one in found if one is not None and one.is_running]
