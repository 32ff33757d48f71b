"""A small company with segments."""

from datetime import datetime
from typing import Any

from funnel.domain.ids import ListId, Module, PersonId, SugarId
from funnel.domain.lists.lists import PeopleList, person_of_member
from funnel.domain.sync.runs import RunKind
from funnel.domain.tracking.activities import Activity, ActivityKind, SubjectId
from funnel.usecases.segments.keep_segments import add_segment
from funnel.usecases.tracking.record_activities import record_activities
from tests.fakes.world import TENANT, World

BY = "Maria"


def company() -> World:
    """Three people, an Account and an Opportunity, synced."""
    world = World()
    sugar = world.sugar
    sugar.put(Module.USERS, "u0", user_name="anna", status="Active")
    sugar.put(Module.ACCOUNTS, "a0", name="Nord", annual_revenue="1,200,000", assigned_user_id="u0")
    sugar.put(Module.LEADS, "l0", last_name="Ott", email1="ott@x.test", status="New")
    sugar.put(Module.LEADS, "l1", last_name="Pia", email1="pia@x.test", primary_address_city="Bonn")
    sugar.put(Module.CONTACTS, "c0", last_name="Rau", email1="rau@x.test", account_id="a0")
    deal = sugar.put(
        Module.OPPORTUNITIES, "o0", name="Deal", sales_stage="Prospecting", amount="500.00"
    )
    deal.contact_ids = (SugarId("c0"),)
    world.connect()
    world.sync(RunKind.INITIAL)
    return world


def test_of(field: str, operator: str, *values: str) -> dict[str, Any]:
    """A test of a field."""
    return {"test": "field", "field": field, "operator": operator, "values": list(values)}


test_of.__test__ = False  # type: ignore[attr-defined]


def visited(page: str, least: int = 1, days: int = 0) -> dict[str, Any]:
    """A test of a page viewed."""
    return {
        "test": "behaviour",
        "kind": "page view",
        "page": page,
        "least": least,
        "days": days,
    }


def segment(world: World, name: str, *parts: dict[str, Any], match: str = "all") -> PeopleList:
    """A segment of these parts, worked out."""
    rule = {"match": match, "parts": list(parts)}
    made = add_segment(world.app, TENANT, name, name, rule, BY)
    world.drain()
    return made


def names_in(world: World, list_id: ListId) -> set[str]:
    """Who is on a list, by name; and that the list is counted right."""
    members = world.store.members(TENANT, list_id, 1_000).items
    ids = [p for one in members if (p := person_of_member(one.key))]
    listed = world.store.lists(TENANT, [list_id]).get(list_id)
    assert listed is None or listed.members == len(ids)
    people = world.store.people(TENANT, ids)
    return {people[i].name for i in ids}


def person(world: World, name: str) -> PersonId:
    """The person of this name."""
    found = world.store.list_people(TENANT, name, 2).items
    assert len(found) == 1
    return found[0].person_id


def views(world: World, who: PersonId, page: str, at: datetime | None = None) -> None:
    """The person views a page."""
    activity = Activity(
        TENANT,
        SubjectId(who),
        world.ids.new_id(),
        ActivityKind.PAGE_VIEW,
        at or world.clock.now(),
        {"path": page, "url": f"https://x.test{page}"},
    )
    record_activities(world.app, TENANT, SubjectId(who), [activity])
    world.drain()


def score_of(world: World, who: PersonId) -> int:
    """The person's score, which is the sum of its lines."""
    found = world.store.scores(TENANT, [who]).get(who)
    return found.value if found else 0
