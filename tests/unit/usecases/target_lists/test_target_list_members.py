"""The members of a Target List, kept as Sugar has them."""

from datetime import timedelta

import pytest

from funnel.domain.errors import LeaseLost, NoRight
from funnel.domain.ids import MemberKey, Module, SugarId
from funnel.domain.lists.lists import ListStatus
from funnel.ports.sync_messages import ReadTargetList
from funnel.usecases.target_lists import list_reading
from tests.fakes.world import TENANT, World
from tests.unit.usecases.target_lists.target_lists import (
    LEADS,
    asked_for,
    failing,
    fair,
    keys,
    members,
    read,
    reading,
    row,
    usual,
)


@pytest.fixture
def world() -> World:
    return fair()


def test_members_added_and_removed_in_sugar_follow_and_nothing_else_is_written(
    world: World,
) -> None:
    read(world)
    fair = world.sugar.target_lists[SugarId("fair")]
    fair.add(Module.LEADS, LEADS[20])
    fair.drop(Module.LEADS, LEADS[0], LEADS[1])
    before = world.store.list_writes
    read(world)
    assert members(world) == keys([*LEADS[2:10], LEADS[20]])
    assert world.store.list_writes - before == 3 + 1, "three members and the list's own row"


def test_a_list_that_has_not_changed_costs_its_reading_and_no_write(world: World) -> None:
    read(world)
    world.clock.advance(1_800)
    before = (world.store.list_writes, world.store.writes, dict(world.store.readings))
    calls = len(world.sugar.calls)
    read(world)
    assert (world.store.list_writes, world.store.writes, world.store.readings) == before
    asked = [c for c in world.sugar.calls[calls:] if c != "login"]
    assert asked == [
        "target_lists",
        "server_time",
        "changed_addresses Prospects",
        *(f"members {m}" for m in ("Leads", "Contacts", "Prospects", "Users", "Accounts")),
    ]


def test_a_list_emptied_in_sugar_is_empty_here(world: World) -> None:
    read(world)
    world.sugar.target_lists[SugarId("fair")].members.clear()
    read(world)
    assert members(world) == set()
    assert row(world).members == 0
    assert row(world).status is ListStatus.ACTIVE


def test_nobody_is_taken_off_a_list_that_vanishes_while_it_is_read(world: World) -> None:
    read(world)

    def before(called: str) -> None:
        if called == "members Leads":
            world.sugar.target_lists.pop(SugarId("fair"), None)

    world.sugar.before_call = before
    read(world)
    assert members(world) == keys(LEADS[:10])
    note = reading(world).note
    assert note is not None
    assert note.code == "NotVisible"


def test_users_and_accounts_on_a_list_are_counted_and_no_members(world: World) -> None:
    world.sugar.put(Module.USERS, "u1", user_name="ada")
    for i in range(3):
        world.sugar.put(Module.ACCOUNTS, f"a{i}", name=f"A{i}", assigned_user_id="u1")
    fair = world.sugar.target_lists[SugarId("fair")]
    fair.add(Module.USERS, "u1")
    fair.add(Module.ACCOUNTS, "a0", "a1", "a2")
    read(world)
    assert reading(world).skipped == {Module.USERS: 1, Module.ACCOUNTS: 3}
    assert members(world) == keys(LEADS[:10])


def test_members_whose_record_is_not_here_yet_wait_for_it(world: World) -> None:
    read(world)
    assert set(reading(world).waiting) == keys(LEADS[:10])
    world.sync()
    read(world)
    assert reading(world).waiting == ()
    new = usual(99)
    world.sugar.put(Module.LEADS, new, last_name="New")
    fair = world.sugar.target_lists[SugarId("fair")]
    fair.add(Module.LEADS, new)
    read(world)
    assert reading(world).waiting == (f"Leads/{new}",)
    assert f"Leads/{new}" in members(world)
    fair.drop(Module.LEADS, new)
    read(world)
    assert reading(world).waiting == ()


def test_of_many_that_wait_the_first_are_named_and_the_others_counted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_reading, "MOST_WAITING", 4)
    read(world)
    assert (len(reading(world).waiting), reading(world).waiting_more) == (4, 6)
    read(world)
    assert (len(reading(world).waiting), reading(world).waiting_more) == (4, 6)
    world.sync()
    read(world)
    assert (reading(world).waiting, reading(world).waiting_more) == ((), 0)


def test_who_read_earlier_never_writes_over_who_read_later(world: World) -> None:
    """A second worker reads and writes the whole list while the first waits for its answer."""
    read(world)
    fair = world.sugar.target_lists[SugarId("fair")]
    fair.add(Module.LEADS, LEADS[20])
    list_id = row(world).list_id
    seen: list[str] = []

    def before(called: str) -> None:
        if called == "members Contacts" and not seen:
            seen.append(called)
            fair.drop(Module.LEADS, LEADS[20], LEADS[0])
            world.handle(ReadTargetList(TENANT, list_id))

    world.sugar.before_call = before
    world.handle(ReadTargetList(TENANT, list_id))
    world.drain()
    assert members(world) == keys([*LEADS[:10], LEADS[20]]), "the second gives up"
    read(world)
    assert members(world) == keys(LEADS[1:10])


def test_a_list_read_earlier_is_not_written_once_another_worker_has_written_it(
    world: World,
) -> None:
    read(world)
    fair = world.sugar.target_lists[SugarId("fair")]
    stale = reading(world)
    fair.add(Module.LEADS, LEADS[20])
    read(world)
    assert reading(world).version > stale.version
    late = list_reading.Reading(
        world.app, None, row(world), stale, "late", None  # type: ignore[arg-type]
    )  # fmt: skip
    with pytest.raises(LeaseLost):
        late.write(Module.LEADS, {SugarId(LEADS[30])}, set())
    assert f"Leads/{LEADS[30]}" not in members(world)


def test_all_members_are_compared_once_a_day_whatever_the_digests_say(world: World) -> None:
    read(world)
    lost = f"Leads/{LEADS[2]}"
    world.store.remove_members(TENANT, row(world).list_id, [MemberKey(lost)])
    read(world)
    assert lost not in members(world), "the digest says that nothing has changed"
    world.clock.advance(25 * 3_600)
    read(world)
    assert lost in members(world)


def test_a_module_that_sugar_refuses_keeps_its_members_and_the_others_are_read(
    world: World,
) -> None:
    world.sugar.put(Module.CONTACTS, "c1", last_name="C")
    fair = world.sugar.target_lists[SugarId("fair")]
    fair.add(Module.CONTACTS, "c1")
    read(world)
    failing(world, "members Leads", NoRight("No."))
    fair.drop(Module.CONTACTS, "c1")
    fair.drop(Module.LEADS, LEADS[0])
    read(world)
    assert members(world) == keys(LEADS[:10])
    note = reading(world).note
    assert note is not None
    assert note.code == "NoRight:Leads"


def test_a_list_whose_reading_outlasts_its_turn_is_read_less_often_and_says_so(
    world: World,
) -> None:
    world.sugar.seconds_a_call = 500
    read(world)
    slow = reading(world)
    assert slow.due_at is not None
    assert slow.seconds > 1_800
    before = asked_for(world)
    world.clock.set(slow.due_at - timedelta(seconds=2_000))
    world.handle(ReadTargetList(TENANT, row(world).list_id))
    assert asked_for(world) == before
    world.sugar.seconds_a_call = 1
    world.handle(ReadTargetList(TENANT, row(world).list_id, asked_by="Ada"))
    assert asked_for(world) > before
    assert reading(world).due_at is None
