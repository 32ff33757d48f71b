"""Find who is on a list, and take those out of a campaign who are off it for certain.

Whoever is merged, in Sugar or here, is on its lists as somebody else only a while later: after the deletion
of its record was stored, it may belong to nobody until Sugar has said who has its address now, and lists
follow people. Somebody who is off the list in between has not left it.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from funnel.domain.campaigns.campaigns import Campaign
from funnel.domain.campaigns.enrolments import Change, Enrolment, EnrolmentState, over
from funnel.domain.ids import ListId, MemberKey, PersonId, RecordKey, TenantId
from funnel.domain.lists.lists import (
    ListKind,
    PeopleList,
    members_of_person,
    person_member,
    record_member,
)
from funnel.domain.sync.hooks import MarkKind
from funnel.domain.sync.records import Person
from funnel.usecases.app import App
from funnel.usecases.campaigns.let_in import BY_LIST
from funnel.usecases.campaigns.whose_walks import earlier_ids, standings
from funnel.usecases.campaigns.write_walks import write_walks
from funnel.usecases.lists.list_people import list_people
from funnel.usecases.living import all_living

OFF_THE_LIST = "It is on the list no more."
_TRIES = 8


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
    return _since(app, tenant, list_id, keys, living)


def take_out_leavers(
    app: App, campaign: Campaign, one: PeopleList, people: Iterable[PersonId]
) -> frozenset[PersonId]:
    """Take those out who came by this list, are under way and are off it now, under whatever id.

    Who of them has to be looked at again later: it is not known yet who they are. Their lists are
    brought up to date first. Raises `StoreBusy` when others keep changing the same.
    """
    living = all_living(app, campaign.tenant, people)
    walking = _walks(app, campaign, living.values())
    living = {i: person for i, person in living.items() if walking.get(person.person_id)}
    off = _off(app, one, living) if living else {}
    if not off:
        return frozenset()
    open_ = _becoming(app, campaign.tenant, off)
    _take_out(app, campaign, [person for i, person in off.items() if i not in open_])
    return open_


def let_lists_follow(app: App, tenant: TenantId, person: Person) -> None:
    """Put somebody who took others in on the lists that these were on, which may not have followed yet."""
    if earlier := earlier_ids(person):
        list_people(app, tenant, [person.person_id, *earlier])


def may_be_merged(app: App, tenant: TenantId, person: Person) -> bool:
    """Whether Sugar has still to say who has the address of somebody whose last record it deleted."""
    return not person.links and bool(_left_alone(app, tenant, person.formerly))


def _off(app: App, one: PeopleList, living: Mapping[PersonId, Person]) -> dict[PersonId, Person]:
    """Who of these is off the list, with all that is known of them by now."""
    tenant = one.tenant
    ids = {*living, *(p.person_id for p in living.values())}
    ids |= {earlier for person in living.values() for earlier in earlier_ids(person)}
    if one.kind is ListKind.TARGET:
        there = _by_former_records(app, one, ids, living)
    else:
        list_people(app, tenant, ids)
        there = {}
    there |= on_list(app, tenant, one.list_id, living)
    return {i: person for i, person in living.items() if i not in there}


def _by_former_records(
    app: App, one: PeopleList, ids: Iterable[PersonId], living: Mapping[PersonId, Person]
) -> dict[PersonId, datetime]:
    """Who is on a Target List by a record that Sugar has deleted: its next reading tells who is now."""
    rows = app.records.people(one.tenant, sorted(ids))
    former = {key for person in rows.values() for key in person.formerly}
    records = app.records.records(one.tenant, sorted(former)) if former else {}
    whose = all_living(app, one.tenant, {r.person_id for r in records.values() if r.person_id})
    keys = {
        record_member(key): whose[record.person_id].person_id
        for key, record in records.items()
        if record.person_id in whose
    }
    return _since(app, one.tenant, one.list_id, keys, living)


def _since(
    app: App,
    tenant: TenantId,
    list_id: ListId,
    keys: Mapping[MemberKey, PersonId],
    living: Mapping[PersonId, Person],
) -> dict[PersonId, datetime]:
    since: dict[PersonId, datetime] = {}
    for key, at in app.lists.are_on(tenant, list_id, sorted(keys)).items() if keys else ():
        since[keys[key]] = max(at, since.get(keys[key], at))
    own = {asked: person.person_id for asked, person in living.items()}
    return {asked: since[i] for asked, i in own.items() if i in since}


def _becoming(app: App, tenant: TenantId, off: Mapping[PersonId, Person]) -> frozenset[PersonId]:
    """Those who may be somebody else soon, or are since they were looked for on the list.

    The mark of a deletion is written before it and removed after the merge, so who is alone and not
    marked, and still the same when that is known, is merged into nobody.
    """
    now = all_living(app, tenant, off)
    alone = {i: person.formerly for i, person in now.items() if not person.links}
    keys = {key for some in alone.values() for key in some}
    marked = _left_alone(app, tenant, keys)
    after = all_living(app, tenant, off)
    return frozenset(
        i
        for i, person in off.items()
        if marked.intersection(alone.get(i, ()))
        or (i in after and after[i].person_id != person.person_id)
    )


def _left_alone(app: App, tenant: TenantId, keys: Iterable[RecordKey]) -> set[RecordKey]:
    """Which of these deleted records Sugar is still to be asked about."""
    asked = list(keys)
    connection = app.sync.connection(tenant) if asked else None
    if connection is None:
        return set()
    return app.sync.are_marked(tenant, connection.connection_id, asked, MarkKind.LEFT)


def _take_out(app: App, campaign: Campaign, people: Iterable[Person]) -> None:
    todo = {one.person_id: one for one in people}
    for _ in range(_TRIES):
        found = _walks(app, campaign, todo.values())
        leaving = [one for some in found.values() for one in some]
        if not leaving:
            return
        now = app.clock.now()
        changes = [Change(o, over(o, EnrolmentState.LEFT, now, OFF_THE_LIST)) for o in leaving]
        write_walks(app, campaign.tenant, changes)


def _walks(
    app: App, campaign: Campaign, people: Iterable[Person]
) -> dict[PersonId, list[Enrolment]]:
    """The walks of these that go on and were begun by the list, by who they are now."""
    found = standings(app, campaign.tenant, campaign.campaign_id, people)
    return {
        i: [walk for walk in here.under_way if walk.came_by == BY_LIST] for i, here in found.items()
    }


def _keys(person: Person) -> Iterable[MemberKey]:
    return members_of_person(person.person_id, [link.key for link in person.links])
