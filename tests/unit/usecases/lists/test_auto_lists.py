"""Auto lists: what makes one, what moves people, what it is called, and what is worked out when."""

from dataclasses import replace
from typing import Any

import pytest

from funnel.domain.crm import FieldDef
from funnel.domain.errors import Conflict, FunnelError, InputInvalid, StoreBusy
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId
from funnel.domain.lists.lists import ListStatus, PeopleList, person_of_member
from funnel.domain.sync.runs import RunKind
from funnel.ports.marketing_messages import Relist
from funnel.usecases.bells.ask_relist import MOST
from funnel.usecases.lists.list_people import list_people
from funnel.usecases.lists.recompute_lists import choose_fields, recompute_page
from funnel.usecases.people.edit_person import edit_person
from funnel.usecases.people.set_apart import set_apart
from funnel.usecases.segments.segment_fields import segment_fields
from funnel.usecases.sync.name_lists import name_lists
from funnel.usecases.work.relist import PAGE, relist
from tests.fakes.world import TENANT, World
from tests.property.list_reference import check_lists


@pytest.fixture
def world() -> World:
    """A small company, synced."""
    world = World()
    sugar = world.sugar
    sugar.put(Module.USERS, "u0", user_name="anna", status="Active")
    sugar.put(Module.ACCOUNTS, "a0", name="Nord", assigned_user_id="u0", industry="Energy")
    sugar.put(Module.LEADS, "l0", last_name="Ott", email1="ott@x.test", status="New")
    sugar.put(Module.LEADS, "l1", last_name="Pia", email1="pia@x.test", status="New")
    sugar.put(Module.CONTACTS, "c0", last_name="Rau", email1="rau@x.test", account_id="a0")
    world.connect()
    world.sync(RunKind.INITIAL)
    return world


def lists(world: World) -> dict[str, PeopleList]:
    """All lists by name."""
    return {one.name: one for one in world.store.list_lists(TENANT, "", 1000).items}


def later(world: World) -> None:
    """An hour passes, and the hourly sync comes."""
    world.clock.advance(3_600)
    world.sync()


def lose_messages(world: World) -> None:
    """Those that wait are gone."""
    while world.queue.pop_next():
        pass


def dropdown(name: str, **options: str) -> FieldDef:
    """A dropdown of Sugar."""
    return FieldDef(name, "enum", name, options=options)


def test_each_value_has_a_list_that_retires_without_members_and_comes_back(world: World) -> None:
    first = lists(world)
    assert {name: one.members for name, one in first.items()} == {
        "Account industry: Energy": 1,
        "Lead status: New": 2,
    }
    for lead in ("l0", "l1"):
        world.sugar.put(Module.LEADS, lead, status="Dead")
    later(world)
    assert lists(world)["Lead status: New"].status is ListStatus.RETIRED
    assert lists(world)["Lead status: Dead"].members == 2
    world.sugar.put(Module.LEADS, "l0", status="New")
    later(world)
    back = lists(world)["Lead status: New"]
    assert (back.status, back.members) == (ListStatus.ACTIVE, 1)
    assert back.list_id == first["Lead status: New"].list_id


def test_one_list_stands_for_all_ways_to_write_a_value(world: World) -> None:
    world.sugar.put(Module.LEADS, "l0", status=" NEW")
    later(world)
    assert lists(world)["Lead status: New"].members == 2


def test_a_merge_leaves_one_member_and_a_parting_gives_each_its_own(world: World) -> None:
    world.sugar.put(Module.LEADS, "l1", email1="ott@x.test", status="Dead")
    later(world)
    assert [lists(world)[f"Lead status: {v}"].members for v in ("New", "Dead")] == [1, 1]
    check_lists(world.store)
    world.sugar.put(Module.LEADS, "l1", email1="pia@x.test")
    later(world)
    members = world.store.members(TENANT, lists(world)["Lead status: Dead"].list_id, 9).items
    assert len(members) == 1
    check_lists(world.store)


def test_a_record_set_apart_by_hand_takes_its_values_with_it(world: World) -> None:
    world.sugar.put(Module.LEADS, "l1", email1="ott@x.test", status="Dead")
    later(world)
    key = RecordKey(Module.LEADS, SugarId("l1"))
    person = world.store.records(TENANT, [key])[key].person_id
    apart = set_apart(world.app, TENANT, person, key, "Mo")
    world.drain()
    members = world.store.members(TENANT, lists(world)["Lead status: Dead"].list_id, 9).items
    assert [person_of_member(m.key) for m in members] == [apart]
    check_lists(world.store)


def test_an_opportunity_counts_for_its_contacts_and_no_longer_for_those_taken_off(
    world: World,
) -> None:
    world.sugar.put(Module.CONTACTS, "c1", last_name="Ens")
    deal = world.sugar.put(Module.OPPORTUNITIES, "o0", name="Deal", sales_stage="Open")
    deal.contact_ids = (SugarId("c0"),)
    later(world)
    assert lists(world)["Sales stage: Open"].members == 1
    deal = world.sugar.put(Module.OPPORTUNITIES, "o0", name="Deal")
    deal.contact_ids = (SugarId("c1"),)
    later(world)
    assert lists(world)["Sales stage: Open"].members == 1
    assert world.store.opportunities_of(TENANT, [SugarId("c0"), SugarId("c1")]) == {
        "c1": frozenset({"o0"})
    }
    check_lists(world.store)


def test_an_account_moves_all_its_people_page_by_page_and_what_is_left_goes_on(
    world: World,
) -> None:
    for i in range(PAGE + 10):
        world.sugar.put(Module.CONTACTS, f"n{i:03}", last_name=f"N{i}", account_id="a0")
    later(world)
    assert lists(world)["Account industry: Energy"].members == PAGE + 11
    world.sugar.put(Module.ACCOUNTS, "a0", industry="Media")
    later(world)
    assert lists(world)["Account industry: Media"].members == PAGE + 11

    turns = iter([1.0, 0.0])
    relist(world.app, Relist(TENANT, accounts=(SugarId("a0"),)), lambda: next(turns))
    (left,) = [due.message for due in world.queue.waiting]
    assert isinstance(left, Relist)
    assert left.accounts == ("a0",)
    assert left.cursor
    relist(world.app, left, lambda: 600.0)


def test_what_changes_no_list_asks_for_none(world: World) -> None:
    world.sugar.put(Module.LEADS, "l0", phone_work="1")
    world.sugar.put(Module.ACCOUNTS, "a0", website="https://x.test")
    world.clock.advance(3_600)
    before = world.store.list_writes
    handled: list[object] = []
    world.queue.send(Relist(TENANT))
    original = world.queue.send
    world.queue.send = lambda m, delay=0: (handled.append(m), original(m, delay))[1]  # type: ignore[assignment, func-returns-value]
    world.sync()
    assert not [m for m in handled if isinstance(m, Relist)]
    assert world.store.list_writes == before


def test_a_label_renames_the_list_and_its_members_stay(world: World) -> None:
    before = lists(world)["Lead status: New"]
    name_lists(world.app, TENANT, Module.LEADS, [dropdown("status", New="Fresh", Dead="Lost")])
    after = lists(world)["Lead status: Fresh"]
    assert (after.list_id, after.members) == (before.list_id, before.members)
    writes = world.store.list_writes
    name_lists(world.app, TENANT, Module.LEADS, [dropdown("status", New="Fresh", Dead="Lost")])
    assert world.store.list_writes == writes
    world.sugar.put(Module.LEADS, "l0", status="Dead")
    later(world)
    assert lists(world)["Lead status: Lost"].members == 1


def test_a_key_replaced_by_another_takes_its_members_to_the_list_of_the_new_one(
    world: World,
) -> None:
    for lead in ("l0", "l1"):
        world.sugar.put(Module.LEADS, lead, status="Fresh")
    later(world)
    assert lists(world)["Lead status: Fresh"].members == 2
    assert lists(world)["Lead status: New"].status is ListStatus.RETIRED


def test_people_who_were_here_before_there_were_lists_get_them(world: World) -> None:
    world.store._settings.clear()
    world.store._standings.clear()
    world.store._members.clear()
    world.store._counts.clear()
    name_lists(world.app, TENANT, Module.LEADS, [])
    world.drain()
    check_lists(world.store)
    assert lists(world)["Lead status: New"].members == 2


def test_a_field_switched_off_empties_its_lists_and_one_switched_on_fills_them(
    world: World,
) -> None:
    world.sugar.put(Module.LEADS, "l0", salutation="Ms.")
    later(world)
    choose_fields(world.app, TENANT, ["salutation"], "Ada")
    world.drain()
    assert {n: one.members for n, one in lists(world).items()} == {
        "Account industry: Energy": 0,
        "Lead status: New": 0,
        "Salutation: Ms.": 1,
    }
    last = world.store.list_settings(TENANT).recompute
    assert last is not None
    assert (last.people, last.asked_by, last.finished_at is not None) == (3, "Ada", True)
    assert choose_fields(world.app, TENANT, ["salutation"], "Bo").recompute == last
    with pytest.raises(InputInvalid):
        choose_fields(world.app, TENANT, ["phone"], "Ada")


def test_a_recompute_that_a_later_one_replaced_stops(world: World) -> None:
    choose_fields(world.app, TENANT, ["lead_source"], "Ada")
    choose_fields(world.app, TENANT, ["lead_status"], "Bo")
    world.drain()
    last = world.store.list_settings(TENANT).recompute
    assert last is not None
    assert (last.asked_by, last.people) == ("Bo", 3)
    check_lists(world.store)


@pytest.mark.parametrize("where", ["Sugar", "Funnel"])
def test_a_recompute_passes_nobody_by_who_is_renamed_meanwhile(world: World, where: str) -> None:
    """It goes by name: from behind the place it has come to, they move to before it."""
    world.sugar.put(Module.LEADS, "l1", salutation="Ms.")
    later(world)
    chosen = choose_fields(world.app, TENANT, ["salutation"], "Ada").recompute
    assert chosen is not None
    lose_messages(world)
    assert recompute_page(world.app, TENANT, chosen.recompute_id, 1)
    if where == "Sugar":
        world.sugar.put(Module.LEADS, "l1", last_name="Aba")
        later(world)
    else:
        person = world.store.claims(TENANT, ["pia@x.test"])["pia@x.test"].person_id
        edit_person(world.app, TENANT, person, {"last_name": "Aba"}, "Ada")
        world.drain()
    while recompute_page(world.app, TENANT, chosen.recompute_id, 1):
        pass
    assert lists(world)["Salutation: Ms."].members == 1


@pytest.mark.parametrize("error", [StoreBusy("Others."), Conflict("Others.")])
def test_what_others_keep_changing_is_tried_again_soon_and_not_for_ever(
    world: World, monkeypatch: pytest.MonkeyPatch, error: FunnelError
) -> None:
    def busy(*_: object) -> list[bool]:
        raise error

    monkeypatch.setattr(world.store, "move", busy)
    world.store._standings.clear()
    lose_messages(world)
    todo = Relist(TENANT, people=(world.store.list_people(TENANT, "Ott", 1).items[0].person_id,))
    waited = []
    for attempt in range(1, 7):
        relist(world.app, todo, lambda: 600.0)
        (due,) = world.queue.waiting
        assert due.message == replace(todo, attempt=attempt)
        waited.append((due.at - world.clock.now()).total_seconds())
        todo = replace(todo, attempt=attempt)
        lose_messages(world)
    assert waited == [15, 30, 60, 120, 240, 480]
    with pytest.raises(type(error)):
        relist(world.app, todo, lambda: 600.0)
    assert not world.queue.waiting, "from here on the queue brings it back, or keeps it apart"


def test_a_list_made_while_its_label_and_others_change_it_has_the_new_name(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = world.store.save_list
    made: list[PeopleList] = []

    def save(one: PeopleList) -> PeopleList:
        stored = real(one)
        if not made:
            made.append(stored)
            real(replace(stored, name="Between"))
            settings = world.store.list_settings(TENANT)
            labels = {**settings.labels, "lead_status": {"Dead": "Lost"}}
            world.store.save_list_settings(replace(settings, labels=labels))
        return stored

    monkeypatch.setattr(world.store, "save_list", save)
    world.sugar.put(Module.LEADS, "l0", status="Dead")
    later(world)
    assert made
    assert lists(world)["Lead status: Lost"].members == 1


def test_a_page_that_passes_lets_the_next_be_tried_as_often(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("funnel.usecases.work.relist.PAGE", 1)
    ids = [p.person_id for p in world.store.list_people(TENANT, "", 2).items]
    world.store._standings.clear()
    lose_messages(world)
    real, calls = world.store.move, []

    def move(*args: Any) -> list[bool]:
        calls.append(args)
        if len(calls) > 1:
            raise StoreBusy("Others.")
        return real(*args)

    monkeypatch.setattr(world.store, "move", move)
    relist(world.app, Relist(TENANT, people=tuple(ids), attempt=5), lambda: 600.0)
    (due,) = world.queue.waiting
    assert due.message == Relist(TENANT, people=(ids[1],), attempt=1)


def test_more_lists_than_one_move_changes_are_reached_in_several(world: World) -> None:
    for i in range(50):
        world.sugar.put(
            Module.LEADS, f"m{i:02}", last_name="Many", email1="many@x.test", status=f"S{i}"
        )
    later(world)
    person = world.store.claims(TENANT, ["many@x.test"])["many@x.test"].person_id
    assert len(world.store.standings(TENANT, [person])[person].lists) == 50
    check_lists(world.store)


def test_a_page_of_more_people_than_a_message_takes_is_asked_for_in_several() -> None:
    from funnel.domain.lists.auto_lists import Touched
    from funnel.usecases.bells.ask_relist import ask_relist

    world = World()
    people = {PersonId(f"p{i}") for i in range(MOST + 1)}
    ask_relist(world.queue, TENANT, Touched(people=people))
    sent = [due.message for due in world.queue.waiting]
    assert [len(m.people) for m in sent if isinstance(m, Relist)] == [MOST, 1]


def test_whoever_reads_an_older_state_is_put_right_by_looking_once_more(world: World) -> None:
    """Between reading and writing, the lead changes and another worker finds nothing to do."""
    key = next(k for (_, k) in world.store._records if k.sugar_id == "l0")
    record = world.store.records(TENANT, [key])[key]
    old = replace(record, fields={**record.fields, "status": "Dead"})
    real = world.store.records
    answers = iter([{key: old}])
    world.store.records = lambda t, keys: {**real(t, keys), **next(answers, {})}  # type: ignore[method-assign, assignment]
    list_people(world.app, TENANT, [record.person_id])
    world.store.records = real  # type: ignore[method-assign]
    check_lists(world.store)


def test_labels_keep_the_order_of_sugars_dropdown_and_follow_it(world: World) -> None:
    stages = dropdown("sales_stage", Prospecting="Prospecting", Won="Won", Closed="Closed Lost")
    name_lists(world.app, TENANT, Module.OPPORTUNITIES, [stages])
    known = world.store.list_settings(TENANT).labels["sales_stage"]
    assert list(known) == ["Prospecting", "Won", "Closed"]
    turned = dropdown("sales_stage", Won="Won", Prospecting="Prospecting", Closed="Closed Lost")
    name_lists(world.app, TENANT, Module.OPPORTUNITIES, [turned])
    assert list(world.store.list_settings(TENANT).labels["sales_stage"]) == [
        "Won",
        "Prospecting",
        "Closed",
    ]
    offered = {one.name: one for one in segment_fields(world.app, TENANT)}["sales_stage"]
    assert list(offered.options) == ["Won", "Prospecting", "Closed"]
