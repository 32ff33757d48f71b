"""Compare who should be in a campaign with who is, so that a word that was lost is made good."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from funnel.domain.campaigns.campaigns import Campaign, Comes
from funnel.domain.campaigns.enrolments import PARTS, UNDER_WAY
from funnel.domain.errors import Conflict, StoreBusy
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.lists.lists import Member, PeopleList, person_of_member, record_of_member
from funnel.ports.marketing_messages import SweepCampaign
from funnel.usecases.app import App
from funnel.usecases.campaigns.let_in import BY_LIST, is_wanted, let_in
from funnel.usecases.campaigns.list_leavers import on_list, take_out_leavers
from funnel.usecases.jobs.try_later import try_later
from funnel.usecases.lists.settled_lists import Settling, is_nobodys

_PAGE = 400
_LATELY = timedelta(days=1)
_MOST_EACH_HOUR = 10_000
"""Of larger lists only who came within the last day is looked at each hour, and everybody once a day."""
_HOUR_OF_ALL = 3
_BETWEEN = ":"
_BETWEEN_LOOKS, _MOST_WAITS = 120, 720
"""Seconds between two looks at whether a list is worked out, and how many of them there are: a day's."""


def sweep_campaign(app: App, message: SweepCampaign, seconds_left: Callable[[], float]) -> None:
    """Work it off page by page; what is left when the time is up goes on as another message.

    First who is on the list, then, of campaigns whose people leave with the list, who is in. Where
    others keep changing the same it is sent again with back-off; what does not pass then is left to
    the next hour. While the list is being worked out nobody is let in or taken out by it: that of the
    day, and one that was asked for of all, wait; any other is left to the next hour.
    """
    todo: SweepCampaign | None = message
    while todo:
        campaign = app.campaigns.campaign(todo.tenant, todo.campaign_id)
        if campaign is None or not campaign.is_running or campaign.start.comes is not Comes.LIST:
            return
        if seconds_left() <= 0:
            app.queue.send(todo)
            return
        found = app.lists.lists(todo.tenant, [campaign.start.list_id])
        one = found.get(campaign.start.list_id)
        if one is None or is_nobodys(one):
            return
        if _is_of_the_day(app, todo):
            todo = replace(todo, whole=True)
        if not Settling(app, todo.tenant).is_settled(one):
            if todo.whole and todo.waited < _MOST_WAITS:
                app.queue.send(replace(todo, waited=todo.waited + 1), delay=_BETWEEN_LOOKS)
            return
        try:
            work = _leaving if todo.leaving else _coming
            rest = work(app, campaign, one, todo)
        except (StoreBusy, Conflict) as error:
            try_later(app, todo, error)
            return
        todo = replace(rest, attempt=0) if rest else None


def _coming(
    app: App, campaign: Campaign, one: PeopleList, todo: SweepCampaign
) -> SweepCampaign | None:
    tenant, list_id = campaign.tenant, one.list_id
    # Said with the first page, and so of all: at the hour of the last it may be another's turn.
    whole = todo.whole or (not todo.cursor and one.members <= _MOST_EACH_HOUR)
    page = app.lists.members(tenant, list_id, _PAGE, todo.cursor)
    since = None if whole else app.clock.now() - _LATELY
    members = [m for m in page.items if since is None or m.since >= since]
    came = _people(app, tenant, members)
    let_in(app, campaign, {i: at for i, at in came.items() if is_wanted(campaign, at)}, BY_LIST)
    if page.cursor:
        return replace(todo, cursor=page.cursor, whole=whole)
    if campaign.start.leaves and whole:
        return replace(todo, cursor="", leaving=True, whole=True)
    return None


def _is_of_the_day(app: App, todo: SweepCampaign) -> bool:
    """Whether this begins the one in a day that looks at everybody, however many there are."""
    begins = not todo.cursor and not todo.leaving
    return begins and app.clock.now().hour == _HOUR_OF_ALL


def _leaving(
    app: App, campaign: Campaign, one: PeopleList, todo: SweepCampaign
) -> SweepCampaign | None:
    number, _, cursor = todo.cursor.partition(_BETWEEN)
    part = int(number or 0)
    own = (campaign.tenant, campaign.campaign_id)
    page = app.campaigns.list_enrolments(*own, part, _PAGE, cursor)
    people = {walk.person_id for walk in page.items if walk.state in UNDER_WAY}
    there = on_list(app, campaign.tenant, one.list_id, people)
    # Of whom it is not known yet, the next hour decides.
    take_out_leavers(app, campaign, one, people - set(there))
    if page.cursor:
        return replace(todo, cursor=f"{part}{_BETWEEN}{page.cursor}")
    return replace(todo, cursor=f"{part + 1}{_BETWEEN}") if part + 1 < PARTS else None


def _people(app: App, tenant: TenantId, members: Sequence[Member]) -> dict[PersonId, datetime]:
    """Who these members are, and since when on the list; of two records of one person the later."""
    keys = [key for one in members if (key := record_of_member(one.key))]
    records = app.records.records(tenant, keys) if keys else {}
    came: dict[PersonId, datetime] = {}
    for one in members:
        key = record_of_member(one.key)
        record = records.get(key) if key else None
        person_id = record.person_id if record else person_of_member(one.key)
        if person_id:
            came[person_id] = max(one.since, came.get(person_id, one.since))
    return came
