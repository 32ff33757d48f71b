"""Lists and their members, in every store."""

from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.errors import Conflict
from funnel.domain.ids import ListId, MemberKey, PersonId, SugarId, TenantId
from funnel.domain.lists.auto_lists import DEFAULT_FIELDS, ListSettings, Recompute
from funnel.domain.lists.lists import (
    ListKind,
    ListStatus,
    Member,
    Membership,
    Move,
    OpportunityContacts,
    PeopleList,
    Standing,
    person_member,
)
from tests.contract.storage.builders import NOW, UNICODE
from tests.contract.storage.conftest import Store

LATER = NOW + timedelta(hours=1)


def target(tenant: TenantId, list_id: str, name: str = "Autumn fair") -> PeopleList:
    """A target list with every field filled."""
    return PeopleList(
        tenant=tenant,
        list_id=ListId(list_id),
        kind=ListKind.TARGET,
        name=name,
        created_at=NOW,
        changed_at=LATER,
        sugar_id=SugarId("list-7"),
        list_type="exempt",
        suppresses=True,
        status=ListStatus.RETIRED,
        members=12,
        digest="d1",
        retired_at=LATER,
    )


def auto(tenant: TenantId, list_id: str, name: str = "Lead status: New") -> PeopleList:
    """An auto list."""
    return PeopleList(
        tenant=tenant,
        list_id=ListId(list_id),
        kind=ListKind.AUTO,
        name=name,
        created_at=NOW,
        changed_at=NOW,
        field="lead_status",
        value="New",
    )


def members(*keys: str) -> list[Member]:
    """Members since now."""
    return [Member(MemberKey(key), NOW) for key in keys]


def move(tenant: TenantId, person: str, *lists: str, before: Standing | None = None) -> Move:
    """One to these lists, from none by default."""
    standing = before or Standing(tenant, PersonId(person))
    return Move(standing, frozenset(map(ListId, lists)))


def test_a_target_list_comes_back_as_it_was_saved_and_late_writes_are_refused(
    store: Store, tenant: TenantId
) -> None:
    list_id = ListId("l1")
    made = target(tenant, "l1", UNICODE)
    assert store.lists(tenant, [list_id]) == {}
    first = store.save_list(made)
    assert first == replace(made, version=1)
    assert store.lists(tenant, [list_id, ListId("l2")]) == {list_id: first}
    second = store.save_list(replace(first, name="Emptied", members=0, suppresses=False))
    for late in (made, first):
        with pytest.raises(Conflict):
            store.save_list(late)
    assert store.lists(tenant, [list_id]) == {list_id: second}


def test_lists_are_found_by_name_and_by_no_other_tenant(store: Store, tenant: TenantId) -> None:
    names = [f"List {n:02}" for n in range(25)]
    for n, name in enumerate(names):
        store.save_list(target(tenant, f"l{n}", name))
    store.save_list(auto(tenant, "auto", "lead status: new"))
    found: list[str] = []
    cursor = ""
    while page := store.list_lists(tenant, "LIST", 10, cursor):
        found += [one.name for one in page.items]
        cursor = page.cursor
        if not cursor:
            break
    assert found == names
    assert [one.name for one in store.list_lists(tenant, "", 3).items] == [
        "lead status: new",
        *names[:2],
    ]
    assert store.list_lists(TenantId(f"{tenant}-b"), "", 3).items == []
    assert store.lists(TenantId(f"{tenant}-b"), [ListId("auto")]) == {}


def test_lists_of_one_kind_are_found_apart_from_all_others(store: Store, tenant: TenantId) -> None:
    for n in range(30):
        store.save_list(auto(tenant, f"a{n}", f"Auto {n:02}"))
    for n in range(5):
        store.save_list(target(tenant, f"t{n}", f"B target {n}"))
    found = store.list_lists(tenant, "", 3, kind=ListKind.TARGET)
    rest = store.list_lists(tenant, "", 3, found.cursor, ListKind.TARGET)
    names = [one.name for one in (*found.items, *rest.items)]
    assert names == [f"B target {n}" for n in range(5)]
    assert rest.cursor == ""
    autos = store.list_lists(tenant, "", 100, kind=ListKind.AUTO)
    assert [one.name for one in autos.items] == [f"Auto {n:02}" for n in range(30)]
    assert len(store.list_lists(tenant, "", 100).items) == 35
    assert store.list_lists(tenant, "auto", 9, kind=ListKind.TARGET).items == []


def test_a_renamed_list_stands_in_its_new_place_only(store: Store, tenant: TenantId) -> None:
    first = store.save_list(target(tenant, "l1", "Zebra"))
    store.save_list(replace(first, name="Ant"))
    assert [one.name for one in store.list_lists(tenant, "", 9).items] == ["Ant"]


def test_members_come_in_the_order_of_their_keys_by_page_and_by_range(
    store: Store, tenant: TenantId
) -> None:
    list_id = ListId("l1")
    leads = [f"Leads/{n:03}" for n in range(60)]
    others = ["Contacts/1", "Contacts/2", "Prospects/1"]
    store.put_members(tenant, list_id, members(*reversed(leads), *others))
    store.put_members(tenant, ListId("l2"), members("Leads/999"))

    found: list[str] = []
    cursor = ""
    while True:
        page = store.members(tenant, list_id, 7, cursor)
        found += [member.key for member in page.items]
        cursor = page.cursor
        if not cursor:
            break
        assert len(page.items) == 7
    assert found == sorted(leads + others)

    def keys(since: str, until: str, cursor: str = "") -> list[str]:
        page = store.members(tenant, list_id, 100, cursor, since=since, until=until)
        return [member.key for member in page.items]

    assert keys("Leads/", "Leads0") == leads
    assert keys("Leads/010", "Leads/013") == leads[10:13]
    assert keys("Leads/0101", "Leads/013") == leads[11:13]
    assert keys("", "Contacts/2") == ["Contacts/1"]
    assert keys("Leads/058", "") == ["Leads/058", "Leads/059", "Prospects/1"]
    assert keys("Q", "") == []
    part = store.members(tenant, list_id, 2, since="Leads/010", until="Leads/013")
    assert keys("Leads/010", "Leads/013", part.cursor) == ["Leads/012"]
    assert store.members(TenantId(f"{tenant}-b"), list_id, 5).items == []


def test_putting_and_removing_members_can_be_repeated(store: Store, tenant: TenantId) -> None:
    list_id = ListId("l1")
    some = members(*[f"Leads/{n}" for n in range(40)])
    for _ in range(2):
        store.put_members(tenant, list_id, some)
    store.put_members(tenant, list_id, [])
    assert len(store.members(tenant, list_id, 100).items) == 40
    for _ in range(2):
        store.remove_members(tenant, list_id, [m.key for m in some[1:]])
    assert store.members(tenant, list_id, 100).items == some[:1]


def test_the_lists_of_a_member_are_known(store: Store, tenant: TenantId) -> None:
    lead, contact = MemberKey("Leads/1"), MemberKey("Contacts/1")
    for name in ("l2", "l1"):
        store.put_members(tenant, ListId(name), members(lead))
    assert store.memberships(tenant, [lead, contact]) == {
        lead: [Membership(ListId("l1"), NOW), Membership(ListId("l2"), NOW)]
    }
    store.remove_members(tenant, ListId("l1"), [lead])
    assert store.memberships(tenant, [lead]) == {lead: [Membership(ListId("l2"), NOW)]}
    assert store.memberships(TenantId(f"{tenant}-b"), [lead]) == {}


def test_people_move_between_auto_lists_and_are_counted_once(
    store: Store, tenant: TenantId
) -> None:
    new, dead = ListId("new"), ListId("dead")
    first = store.save_list(auto(tenant, "new"))
    store.save_list(auto(tenant, "dead", "Lead status: Dead"))
    assert (first.status, first.members) == (ListStatus.RETIRED, 0)
    ada, bob = PersonId("ada"), PersonId("bob")
    joining = [move(tenant, ada, "new"), move(tenant, bob, "new", "dead")]

    assert store.move(tenant, joining, NOW) == [True, True]
    assert store.move(tenant, joining, LATER) == [False, False]
    stored = store.lists(tenant, [new, dead])
    assert [(stored[i].members, stored[i].status) for i in (new, dead)] == [
        (2, ListStatus.ACTIVE),
        (1, ListStatus.ACTIVE),
    ]
    assert store.members(tenant, new, 9).items == [
        Member(person_member(ada), NOW),
        Member(person_member(bob), NOW),
    ]

    standings = store.standings(tenant, [ada, bob, PersonId("nobody")])
    assert standings[PersonId("nobody")] == Standing(tenant, PersonId("nobody"))
    assert standings[bob] == Standing(tenant, bob, frozenset({new, dead}), 1)
    away = [move(tenant, bob, "new", before=standings[bob]), move(tenant, ada, "dead")]
    assert store.move(tenant, away, LATER) == [True, False]
    after = store.lists(tenant, [new, dead])
    assert (after[new].members, after[new].changed_at) == (2, NOW)
    assert (after[dead].members, after[dead].status) == (0, ListStatus.RETIRED)
    assert after[dead].changed_at == after[dead].retired_at == LATER
    assert store.memberships(tenant, [person_member(bob)]) == {
        person_member(bob): [Membership(new, NOW)]
    }
    assert store.standings(tenant, [bob])[bob].lists == {new}


def test_saving_an_auto_list_leaves_its_count_alone(store: Store, tenant: TenantId) -> None:
    first = store.save_list(auto(tenant, "new"))
    store.move(tenant, [move(tenant, "ada", "new")], LATER)
    renamed = store.save_list(replace(first, name="Status: Fresh", members=77))
    assert (renamed.members, renamed.name, renamed.version) == (1, "Status: Fresh", 2)
    assert store.list_lists(tenant, "", 9).items == [renamed]


def test_more_people_than_a_transaction_takes_move_at_once(store: Store, tenant: TenantId) -> None:
    people = [PersonId(f"p{n:03}") for n in range(70)]
    store.save_list(auto(tenant, "new"))
    store.move(tenant, [move(tenant, people[30], "new")], NOW)
    written = store.move(tenant, [move(tenant, p, "new") for p in people], NOW)
    assert written == [p != people[30] for p in people]
    assert store.lists(tenant, [ListId("new")])[ListId("new")].members == 70
    assert len(store.members(tenant, ListId("new"), 100).items) == 70


def test_a_move_is_of_one_person_and_of_the_tenant(store: Store, tenant: TenantId) -> None:
    with pytest.raises(ValueError, match="person"):
        store.move(tenant, [move(tenant, "ada", "a"), move(tenant, "ada", "b")], NOW)
    with pytest.raises(ValueError, match="tenant"):
        store.move(tenant, [move(TenantId("other"), "ada", "a")], NOW)


def test_contacts_lead_to_opportunities_and_back(store: Store, tenant: TenantId) -> None:
    deal, other = SugarId("deal"), SugarId("other")
    ada, bob = SugarId("ada"), SugarId("bob")
    none = store.opportunity_contacts(tenant, [deal])[deal]
    assert none == OpportunityContacts(tenant, deal)
    first = store.link_contacts(none, add=[ada, bob])
    store.link_contacts(OpportunityContacts(tenant, other), add=[ada])
    assert first == OpportunityContacts(tenant, deal, frozenset({ada, bob}), 1)
    assert store.opportunity_contacts(tenant, [deal]) == {deal: first}
    assert store.opportunities_of(tenant, [ada, bob, SugarId("eve")]) == {
        ada: {deal, other},
        bob: {deal},
    }
    with pytest.raises(Conflict):
        store.link_contacts(none, remove=[ada])
    store.link_contacts(first, remove=[bob])
    assert store.opportunities_of(tenant, [ada, bob]) == {ada: {deal, other}}
    assert store.opportunities_of(TenantId(f"{tenant}-b"), [ada]) == {}


def test_settings_come_back_as_they_were_and_late_writes_are_refused(
    store: Store, tenant: TenantId
) -> None:
    assert store.list_settings(tenant) == ListSettings(tenant)
    assert store.list_settings(tenant).fields == DEFAULT_FIELDS
    recompute = Recompute("r1", "Ada", NOW, "cursor", 200, LATER)
    labels = {"lead_status": {"New": UNICODE}}
    made = ListSettings(tenant, ("lead_status",), labels, recompute)
    first = store.save_list_settings(made)
    assert store.list_settings(tenant) == first == replace(made, version=1)
    with pytest.raises(Conflict):
        store.save_list_settings(made)
