"""Lists by name: complete, in order, in pages."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import Module, PersonId, SugarId, TenantId
from funnel.domain.sync.records import State, Unit
from funnel.ports.store import Listing
from tests.contract.storage.builders import entry, person, record
from tests.contract.storage.conftest import Store

NAMES = [
    "Zoë",
    "zoe",
    "ZOE  B",
    "Ångström",
    "angst",
    "Öztürk",
    "Ozturk & Sons",
    "ﬁne ligature",
    "株式会社",
    "株",
    "Ωmega",
    "",
    "  ",
    "-",
    "~tilde",
    "O'Brien",
    "🦊 fox",
    "x" * 400,
    "x" * 401,
    "É" * 300,
]


def pages(read: Callable[[str], Listing[object]]) -> list[object]:
    """All items of a listing, page by page; each page but the last brings something."""
    items: list[object] = []
    cursor = ""
    while True:
        page = read(cursor)
        items += page.items
        cursor = page.cursor
        if not cursor:
            return items
        assert page.items


def add(store: Store, tenant: TenantId, *units: Unit) -> None:
    """Write units that must all win."""
    assert all(store.commit(tenant, units))


@pytest.mark.parametrize("limit", [1, 3, 7, 50])
def test_pages_of_any_size_bring_each_record_once_in_the_order_of_names(
    store: Store, tenant: TenantId, limit: int
) -> None:
    rows = [record(tenant, f"l{i:02}", name) for i, name in enumerate(NAMES)]
    add(store, tenant, *(Unit(records=[row]) for row in rows))
    found = pages(lambda cursor: store.list_records(tenant, Module.LEADS, "", limit, cursor))
    ids = [r.key.sugar_id for r in found]  # type: ignore[attr-defined]
    assert sorted(ids) == [row.key.sugar_id for row in rows]
    names = [NAMES[int(i[1:])] for i in ids]
    assert names[:2] == ["", "  "], "no name at all comes first"
    assert names.index("angst") < names.index("Ångström") < names.index("O'Brien")
    assert names.index("Ozturk & Sons") - names.index("Öztürk") == 1
    assert [n for n in names if n.casefold().startswith("zo")] == ["Zoë", "zoe", "ZOE  B"]
    assert names.index("株") < names.index("株式会社") < names.index("🦊 fox")


def test_many_of_one_name_are_all_listed(store: Store, tenant: TenantId) -> None:
    rows = [record(tenant, f"l{i:03}", "Ann Lee") for i in range(120)]
    add(store, tenant, *(Unit(records=[row]) for row in rows))
    found = pages(lambda cursor: store.list_records(tenant, Module.LEADS, "ann l", 11, cursor))
    assert [r.key.sugar_id for r in found] == [f"l{i:03}" for i in range(120)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        ("zo", ["Zoë", "zoe", "ZOE  B"]),
        ("ZÖE", ["Zoë", "zoe", "ZOE  B"]),
        ("zoe b", ["ZOE  B"]),
        ("ö", ["O'Brien", "Öztürk", "Ozturk & Sons"]),
        ("fin", ["ﬁne ligature"]),
        ("株", ["株", "株式会社"]),
        ("nobody", []),
        ("x" * 500, ["x" * 400, "x" * 401]),
    ],
)
def test_a_prefix_finds_names_whatever_their_case_and_marks(
    store: Store, tenant: TenantId, prefix: str, expected: list[str]
) -> None:
    rows = [record(tenant, f"l{i:02}", name) for i, name in enumerate(NAMES)]
    people = [person(tenant, f"p{i:02}", name) for i, name in enumerate(NAMES)]
    units = [Unit(records=[r], people=[p]) for r, p in zip(rows, people, strict=True)]
    add(store, tenant, *units)
    for limit in (1, 2, 50):
        found = pages(lambda c: store.list_records(tenant, Module.LEADS, prefix, limit, c))  # noqa: B023
        assert [r.name for r in found] == expected  # type: ignore[attr-defined]
        found = pages(lambda c: store.list_people(tenant, prefix, limit, c))  # noqa: B023
        assert [p.name for p in found] == expected  # type: ignore[attr-defined]


def test_only_records_in_use_are_listed(store: Store, tenant: TenantId) -> None:
    rows = [record(tenant, s.value, s.value, state=s, parent_id=SugarId("a1")) for s in State]
    add(store, tenant, Unit(records=rows))
    listed = store.list_records(tenant, Module.LEADS, "", 10).items
    assert [r.state for r in listed] == [State.STALE, State.SYNCED]
    assert store.children(tenant, SugarId("a1"), Module.LEADS, 10).items == listed


def test_a_record_that_is_deleted_leaves_the_lists_and_comes_back_restored(
    store: Store, tenant: TenantId
) -> None:
    row = record(tenant, "c1", module=Module.CONTACTS, parent_id=SugarId("a1"))
    add(store, tenant, Unit(records=[row]))
    add(store, tenant, Unit(records=[replace(row, state=State.DELETED, version=1)]))
    assert store.list_records(tenant, Module.CONTACTS, "", 10).items == []
    assert store.children(tenant, SugarId("a1"), Module.CONTACTS, 10).items == []
    add(store, tenant, Unit(records=[replace(row, version=2)]))
    assert len(store.list_records(tenant, Module.CONTACTS, "", 10).items) == 1
    assert len(store.children(tenant, SugarId("a1"), Module.CONTACTS, 10).items) == 1


def test_a_record_that_is_renamed_or_moved_is_listed_where_it_is_now(
    store: Store, tenant: TenantId
) -> None:
    row = record(tenant, "c1", "Abel", Module.CONTACTS, parent_id=SugarId("a1"))
    other = record(tenant, "c2", "Mona", Module.CONTACTS, parent_id=SugarId("a1"))
    add(store, tenant, Unit(records=[row, other]))
    moved = replace(row, name="Zara", parent_id=SugarId("a2"), version=1)
    add(store, tenant, Unit(records=[moved]))
    names = [r.name for r in store.list_records(tenant, Module.CONTACTS, "", 10).items]
    assert names == ["Mona", "Zara"]
    assert [r.name for r in store.children(tenant, SugarId("a1"), Module.CONTACTS, 10).items] == [
        "Mona"
    ]
    assert [r.name for r in store.children(tenant, SugarId("a2"), Module.CONTACTS, 10).items] == [
        "Zara"
    ]


def test_what_is_listed_is_all_of_the_record(store: Store, tenant: TenantId) -> None:
    row = record(tenant, "c1", module=Module.CONTACTS, parent_id=SugarId("a1"))
    add(store, tenant, Unit(records=[row]))
    whole = list(store.records(tenant, [row.key]).values())
    assert store.list_records(tenant, Module.CONTACTS, "", 10).items == whole
    assert store.children(tenant, SugarId("a1"), Module.CONTACTS, 10).items == whole


def test_children_are_those_of_the_account_and_module_in_order(
    store: Store, tenant: TenantId
) -> None:
    rows = [
        record(tenant, f"c{i:02}", f"Name {i % 7}", Module.CONTACTS, parent_id=SugarId("a1"))
        for i in range(30)
    ]
    others = [
        record(tenant, "c77", "Name", Module.CONTACTS, parent_id=SugarId("a10")),
        record(tenant, "o1", "Deal", Module.OPPORTUNITIES, parent_id=SugarId("a1")),
        record(tenant, "c78", "Name", Module.CONTACTS),
    ]
    add(store, tenant, *(Unit(records=[row]) for row in rows + others))
    read = store.children
    found = pages(lambda c: read(tenant, SugarId("a1"), Module.CONTACTS, 4, c))
    assert found == sorted(found, key=lambda r: (r.name, r.key))  # type: ignore[attr-defined]
    assert len(found) == 30
    deals = read(tenant, SugarId("a1"), Module.OPPORTUNITIES, 4).items
    assert [r.key.sugar_id for r in deals] == ["o1"]


def test_people_who_were_merged_or_lost_their_links_are_not_listed(
    store: Store, tenant: TenantId
) -> None:
    first, second = person(tenant, "p1", "Ann"), person(tenant, "p2", "Bob")
    add(store, tenant, Unit(people=[first, second]), Unit(people=[person(tenant, "p3", "Cid")]))
    merged = replace(first, links=(), emails=(), merged_into=PersonId("p2"), version=1)
    add(store, tenant, Unit(people=[merged, replace(second, version=1)]))
    add(store, tenant, Unit(people=[replace(person(tenant, "p3", "Cid"), links=(), version=1)]))
    assert [p.person_id for p in store.list_people(tenant, "", 10).items] == ["p2"]
    parted = replace(first, version=2)
    add(store, tenant, Unit(people=[parted]))
    assert [p.person_id for p in store.list_people(tenant, "", 10).items] == ["p1", "p2"]
    assert store.list_people(tenant, "a", 10).items == [replace(parted, version=3)]


def test_people_made_here_are_listed_without_links_until_they_are_merged(
    store: Store, tenant: TenantId
) -> None:
    made = person(tenant, "p1", "Ann", links=(), made_by="Ada")
    add(store, tenant, Unit(people=[made]))
    assert store.list_people(tenant, "an", 10).items == [replace(made, version=1)]
    gone = replace(made, merged_into=PersonId("p2"), version=1)
    add(store, tenant, Unit(people=[gone]))
    assert store.list_people(tenant, "", 10).items == []


def test_a_listing_goes_on_where_it_was_though_others_come_and_go(
    store: Store, tenant: TenantId
) -> None:
    rows = [record(tenant, f"l{i:02}", f"Name {i:02}") for i in range(20)]
    add(store, tenant, *(Unit(records=[row]) for row in rows))
    first = store.list_records(tenant, Module.LEADS, "", 10)
    assert [r.name for r in first.items] == [f"Name {i:02}" for i in range(10)]
    gone = replace(first.items[-1], state=State.DELETED)
    add(store, tenant, Unit(records=[gone, record(tenant, "new", "Name 03b")]))
    rest = store.list_records(tenant, Module.LEADS, "", 10, first.cursor)
    assert [r.name for r in rest.items] == [f"Name {i:02}" for i in range(10, 20)]
    assert rest.cursor == ""


def test_a_page_that_ends_the_listing_says_so(store: Store, tenant: TenantId) -> None:
    rows = [record(tenant, f"l{i}", f"Name {i}") for i in range(4)]
    add(store, tenant, *(Unit(records=[row]) for row in rows))
    assert store.list_records(tenant, Module.LEADS, "", 4).cursor == ""
    assert store.list_records(tenant, Module.LEADS, "", 3).cursor != ""
    assert store.list_people(tenant, "", 3) == Listing([], "")


def test_history_is_newest_first_in_pages(store: Store, tenant: TenantId) -> None:
    entries = [entry(tenant, "p1", i) for i in range(25)]
    add(store, tenant, *(Unit(history=[one, two]) for one, two in pairwise(entries)))
    add(store, tenant, Unit(history=[entry(tenant, "p10", 1)]))
    for limit in (1, 10, 25, 50):
        found = pages(lambda cursor: store.history(tenant, "p1", limit, cursor))  # noqa: B023
        assert found == entries[::-1]


def test_two_things_at_one_moment_are_both_in_the_history(store: Store, tenant: TenantId) -> None:
    both = [
        entry(tenant, "Leads/l1", 1, entry_id="a", changes=(), note="p2"),
        entry(tenant, "Leads/l1", 1, entry_id="b", side="Funnel"),
    ]
    add(store, tenant, Unit(history=both))
    found = pages(lambda cursor: store.history(tenant, "Leads/l1", 1, cursor))
    assert sorted(found, key=lambda e: e.entry_id) == both  # type: ignore[attr-defined]


def test_a_cursor_that_was_tampered_with_is_refused_or_harmless(
    store: Store, tenant: TenantId, new_tenant: Callable[[], TenantId]
) -> None:
    other = new_tenant()
    add(store, other, Unit(records=[record(other, "secret", "zzz")]))
    for cursor in ("%%%", "zzz", "\x00", "é", "A" * 3000):
        try:
            found = store.list_records(tenant, Module.LEADS, "", 10, cursor)
        except InputInvalid:
            continue
        assert found.items == []
