"""Have it looked at whether people of synced campaigns are on the Target Lists as they should be."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from funnel.domain.campaigns.campaigns import CampaignId
from funnel.domain.campaigns.campaigns_in_sugar import (
    CampaignInSugar,
    SugarMember,
    is_settled,
    member_of,
)
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.sync.records import Person
from funnel.usecases.app import App
from funnel.usecases.bells.ring import ring

_TRIES = 4


def wake_members(app: App, tenant: TenantId, people: Iterable[PersonId]) -> None:
    """Of people of whom something changed: their records, or with whom they are merged.

    Who is on each list as it should be costs a look, and nobody else is looked at. What is missed
    here is found by the daily comparison.
    """
    heads = _active(app, tenant)
    wanted = list(dict.fromkeys(people))
    if not heads or not wanted:
        return
    keys = [(head.campaign_id, person_id) for head in heads for person_id in wanted]
    rows = app.campaigns_in_sugar.sugar_members(tenant, keys)
    if not rows:
        return
    found = app.records.people(tenant, {person_id for _, person_id in rows})
    _mark(app, tenant, [one for one in rows.values() if not _rests(one, found)])


def wake_participants(
    app: App, tenant: TenantId, campaign_id: CampaignId, people: Iterable[PersonId]
) -> None:
    """Of people who came into a campaign, or left it; nothing where it is not synced.

    To be called before, and again after, that is written, or only after it where the daily
    comparison is soon enough for what a crash loses.
    """
    head = next((one for one in _active(app, tenant) if one.campaign_id == campaign_id), None)
    wanted = list(dict.fromkeys(people))
    if head is None or not wanted:
        return
    keys = [(campaign_id, person_id) for person_id in wanted]
    rows = app.campaigns_in_sugar.sugar_members(tenant, keys)
    blank = [_blank(head, person_id) for own, person_id in keys if (own, person_id) not in rows]
    _mark(app, tenant, [*rows.values(), *blank])


def new_member(head: CampaignInSugar, person_id: PersonId, due_at: datetime | None) -> SugarMember:
    """A person of whom nothing is known in this campaign yet."""
    return replace(_blank(head, person_id), due_at=due_at)


def _blank(head: CampaignInSugar, person_id: PersonId) -> SugarMember:
    return SugarMember(head.tenant, head.campaign_id, person_id, head.connection_id)


def _active(app: App, tenant: TenantId) -> list[CampaignInSugar]:
    return [one for one in app.campaigns_in_sugar.campaigns_in_sugar(tenant) if one.active]


def _rests(one: SugarMember, people: Mapping[PersonId, Person]) -> bool:
    person = people.get(one.person_id)
    if person is None or person.merged_into or person.erased:
        return False
    return is_settled(one, member_of(person))


def _mark(app: App, tenant: TenantId, rows: Iterable[SugarMember]) -> None:
    """Rung for before it is kept. Who is due already stays so, under a version of its own.

    A worker that looked before this cannot then write that nothing is to be done.
    """
    todo = list(rows)
    if not todo:
        return
    ring(app, tenant)
    now = app.clock.now()
    for _ in range(_TRIES):
        due = [replace(one, due_at=min(one.due_at or now, now)) for one in todo]
        done = app.campaigns_in_sugar.save_sugar_members(tenant, due)
        missed = [(d.campaign_id, d.person_id) for d, ok in zip(due, done, strict=True) if not ok]
        if not missed:
            return
        there = app.campaigns_in_sugar.sugar_members(tenant, missed)
        blanks = {key: one for one in due if (key := (one.campaign_id, one.person_id)) in missed}
        todo = [there.get(key) or replace(blanks[key], version=0) for key in missed]
