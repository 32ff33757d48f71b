"""Searches by words: complete, in order, in pages, and bounded."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from funnel.domain.ids import Module, SugarId, TenantId
from funnel.domain.people.searching import Wanted, typed_words
from funnel.domain.sync.records import Link, Person, State, Unit
from funnel.ports.store import Found
from tests.contract.storage.builders import key, person, record
from tests.contract.storage.conftest import Server, Store
from tests.contract.storage.test_listings import NAMES, add


def walk(read: Callable[[str], Found[Person]]) -> tuple[list[str], int]:
    """The names of all pages, and how many pages there were."""
    names: list[str] = []
    cursor = ""
    for pages in range(1, 1_000):
        page = read(cursor)
        assert len(page.places) == len(page.items)
        names += [one.name for one in page.items]
        cursor = page.cursor
        if not cursor:
            return names, pages
    raise AssertionError("The pages do not come to an end.")


def people(store: Store, tenant: TenantId, *names: str) -> list[Person]:
    """People of these names."""
    made = [person(tenant, f"p{i:03}", name) for i, name in enumerate(names)]
    add(store, tenant, *(Unit(people=[one]) for one in made))
    return made


@pytest.mark.parametrize("limit", [1, 3, 50])
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("zo", ["Zoë", "zoe", "ZOE  B"]),
        ("sons", ["Ozturk & Sons"]),
        ("lig ﬁne", ["ﬁne ligature"]),
        ("brien", ["O'Brien"]),
        ("o'b", ["O'Brien"]),
        ("株", ["株", "株式会社"]),
        ("tilde", ["~tilde"]),
        ("rien", []),
    ],
)
def test_the_beginning_of_any_word_finds_a_name(
    store: Store, tenant: TenantId, query: str, found: list[str], limit: int
) -> None:
    people(store, tenant, *NAMES)
    wanted = Wanted(typed_words(query))
    names, _ = walk(lambda cursor: store.search_people(tenant, wanted, limit, cursor))
    assert names == found


def test_a_place_behind_each_item_is_where_a_search_goes_on(store: Store, tenant: TenantId) -> None:
    people(store, tenant, *(f"Name {i:02}" for i in range(30)))
    wanted = Wanted(("name",))
    page = store.search_people(tenant, wanted, 20)
    rest = store.search_people(tenant, wanted, 20, page.places[4])
    assert [p.name for p in rest.items] == [f"Name {i:02}" for i in range(5, 25)]


def test_companies_addresses_owners_and_modules_are_searched_together(
    store: Store, tenant: TenantId
) -> None:
    contact = Link(key(Module.CONTACTS, "c1"), "Ann", SugarId("u2"), "a@x.test")
    both = person(tenant, "p1", "Ann", fields={"company": "Acme Works"}, emails=("a@x.test",))
    both = replace(both, links=(*both.links, contact))
    lone = person(tenant, "p2", "Anna", links=(), made_by="Ada", emails=("anna@y.test",))
    add(store, tenant, Unit(people=[both]), Unit(people=[lone]))
    add(store, tenant, Unit(people=[person(tenant, "p3", "Bob")]))

    def find(*words: str, **more: Any) -> list[str]:
        return [p.name for p in store.search_people(tenant, Wanted(words, **more), 9).items]

    assert find("works") == find("x.test") == find("a@x") == ["Ann"]
    assert find("an") == ["Ann", "Anna"]
    assert find("an", owner=SugarId("u2")) == ["Ann"]
    assert find(owner=SugarId("u1")) == ["Ann", "Bob"]
    assert find(owner=SugarId("u")) == []
    assert find(module=Module.CONTACTS) == ["Ann"]
    assert find(in_sugar=False) == ["Anna"]
    assert find(in_sugar=True) == ["Ann", "Bob"]
    assert find() == ["Ann", "Anna", "Bob"]


def test_a_search_sees_what_a_person_is_called_now_and_nobody_who_is_gone(
    store: Store, tenant: TenantId
) -> None:
    ann, bob = people(store, tenant, "Ann Lee", "Bob Lee")
    add(store, tenant, Unit(people=[replace(ann, name="Ann Ott", version=1)]))
    add(store, tenant, Unit(people=[replace(bob, links=(), version=1)]))
    assert store.search_people(tenant, Wanted(("lee",)), 9).items == []
    assert [p.name for p in store.search_people(tenant, Wanted(("ott",)), 9).items] == ["Ann Ott"]


def test_a_search_stops_when_it_has_looked_at_enough_and_goes_on_from_there(
    store: Store, tenant: TenantId
) -> None:
    people(store, tenant, *(f"Name {i:03}" for i in range(300)), "Zoe")
    wanted = Wanted(("zoe",))
    first = store.search_people(tenant, wanted, 9, most=100)
    assert first.looked >= 100
    names, pages = walk(lambda cursor: store.search_people(tenant, wanted, 9, cursor, most=100))
    assert names == ["Zoe"]
    assert pages <= 4


def test_no_search_finds_people_of_another_tenant(
    store: Store, tenant: TenantId, new_tenant: Callable[[], TenantId]
) -> None:
    other = new_tenant()
    people(store, other, "Ann")
    assert store.search_people(tenant, Wanted(("ann",)), 9) == Found([], [], "", 0)


def test_accounts_in_use_are_found_by_words_and_leads_are_not(
    store: Store, tenant: TenantId
) -> None:
    rows = [record(tenant, s.value, f"The {s.value} Acme", Module.ACCOUNTS, state=s) for s in State]
    add(store, tenant, Unit(records=[*rows, record(tenant, "l1", "Acme")]))
    found = store.search_records(tenant, Module.ACCOUNTS, Wanted(("acme", "the")), 9)
    assert [r.state for r in found.items] == [State.STALE, State.SYNCED]
    assert store.search_records(tenant, Module.LEADS, Wanted(("acme",)), 9).items == []


@pytest.mark.parametrize("backend", ["dynamodb-local"], indirect=True)
def test_rows_from_before_there_were_words_are_found_as_well(
    store: Store, tenant: TenantId, server: Server
) -> None:
    ann, bob = people(store, tenant, "Ann Ott", "Bob Lee")
    for one in (ann, bob):
        server.client.update_item(
            TableName=server.tables.people,
            Key={"pk": {"S": f"{tenant}#person#{one.person_id}"}, "sk": {"S": "person"}},
            UpdateExpression="REMOVE words",
        )
    found = store.search_people(tenant, Wanted(("ott",)), 9)
    assert [p.name for p in found.items] == ["Ann Ott"]
