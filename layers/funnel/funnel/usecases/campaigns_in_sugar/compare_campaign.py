"""Compare who is in a campaign with who is on its Target List in Sugar, and mark what differs.

Members that people in Sugar put there are left alone: only what is ours, or should be, is looked at.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from funnel.domain.campaigns.campaigns_in_sugar import (
    MEMBER_MODULES,
    CampaignInSugar,
    SugarMember,
    is_settled,
    member_facing,
    member_of,
)
from funnel.domain.campaigns.enrolments import PARTS, Enrolment
from funnel.domain.ids import Module
from funnel.domain.lists.target_lists import MOST_MEMBERS, Part, cut
from funnel.ports.crm import Crm
from funnel.usecases.app import App
from funnel.usecases.bells.wake_members import new_member
from funnel.usecases.campaigns.participants import participants
from funnel.usecases.campaigns_in_sugar.change_in_sugar import change_in_sugar
from funnel.usecases.campaigns_in_sugar.sync_campaign import check_there
from funnel.usecases.living import all_living

_PAGE = 200
_ALL = 10**9


def compare_campaign(
    app: App, crm: Crm, one: CampaignInSugar, seconds_left: Callable[[], float]
) -> bool:
    """Whether all of it was compared; out of time, where it goes on from is kept.

    Of Sugar's members only a number each is held in memory. Nothing is written where all is as it
    should be, but when that was found. Raises `Hindered` where the Campaign or the list is gone.
    """
    check_there(crm, one)
    seen = {hash(key) for key in _members(crm, one)}
    part, _, cursor = one.cursor.partition(":")
    for number in range(int(part or 0), PARTS):
        while True:
            if seconds_left() <= 0:
                _kept(app, one, cursor=f"{number}:{cursor}")
                return False
            page = app.campaigns.list_enrolments(one.tenant, one.campaign_id, number, _PAGE, cursor)
            lost = _mark(app, one, page.items, seen)
            if lost:
                _lose(app, one, lost)
            cursor = page.cursor
            if not cursor:
                break
    _kept(app, one, cursor="", compared_at=app.clock.now())
    return True


def _lose(app: App, one: CampaignInSugar, lost: int) -> None:
    change_in_sugar(
        app,
        one.tenant,
        one.campaign_id,
        lambda it: replace(it, members=max(0, it.members - lost)),
    )


def _kept(app: App, one: CampaignInSugar, **changes: object) -> None:
    change_in_sugar(app, one.tenant, one.campaign_id, lambda it: replace(it, **changes))  # type: ignore[arg-type]


def _members(crm: Crm, one: CampaignInSugar) -> Iterator[str]:
    """All records on the list, as keys; by ranges of ids that no request exceeds."""
    for module in MEMBER_MODULES:
        todo = [Part(module)]
        while todo:
            part = todo.pop()
            page = crm.members(one.list_id, module, part.ids, MOST_MEMBERS)
            halves = None if page.whole else cut(part, page.dates)
            if halves:
                todo += halves
                continue
            if not page.whole:
                page = crm.members(one.list_id, module, part.ids, _ALL)
            yield from (_key(module, sugar_id) for sugar_id in page.dates)


def _mark(app: App, one: CampaignInSugar, enrolments: Sequence[Enrolment], seen: set[int]) -> int:
    """Make due who is not on the list as it should be; how many were there, and are not any more.

    Of whom nothing is kept yet is due too.
    """
    walked = list(dict.fromkeys(e.person_id for e in enrolments if e.person_id))
    if not walked:
        return 0
    living = all_living(app, one.tenant, walked)
    people = {person.person_id: person for person in living.values()}
    ids = list(dict.fromkeys((*walked, *people)))
    keys = [(one.campaign_id, person_id) for person_id in ids]
    rows = app.campaigns_in_sugar.sugar_members(one.tenant, keys)
    stand = people.values()
    there = participants(app, one.tenant, one.campaign_id, stand)
    now, due = app.clock.now(), []
    for person_id in ids:
        row = rows.get((one.campaign_id, person_id))
        if row is None:
            if person_id in there:
                due.append(new_member(one, person_id, now))
            continue
        row = member_facing(row, one.connection_id)
        wanted = member_of(people[person_id]) if person_id in there else None
        after = _seen(row, seen)
        rests = is_settled(after, wanted) and person_id in there and row.failed is None
        if after != row or not (rests or row.failed):
            due.append(replace(after, due_at=row.due_at or now))
    changed = [row for row in due if row != rows.get((one.campaign_id, row.person_id))]
    if not changed:
        return 0
    done = app.campaigns_in_sugar.save_sugar_members(one.tenant, changed)
    gone = 0
    for after, written in zip(changed, done, strict=True):
        before = rows.get((one.campaign_id, after.person_id))
        gone += written and before is not None and before.on_list != after.on_list
    return gone


def _seen(row: SugarMember, seen: set[int]) -> SugarMember:
    """What was on the list and is not any more was taken off by somebody in Sugar."""
    if row.on_list is None or hash(_key(row.on_list.module, row.on_list.sugar_id)) in seen:
        return row
    return replace(row, on_list=None)


def _key(module: Module, sugar_id: str) -> str:
    return f"{module}/{sugar_id}"
