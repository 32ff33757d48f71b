"""Rounds of Target Lists: which there are, when they are read, and what is told of it."""

from datetime import time, timedelta

import pytest

from funnel.domain.connecting.connections import Pause, PauseReason, QuietHours
from funnel.domain.errors import Conflict, NoRight, ServerCrashed, SugarUnavailable
from funnel.domain.ids import ListId, Module, SugarId
from funnel.domain.lists.lists import ListKind, ListStatus, PeopleList, target_list_id
from funnel.domain.sync.runs import RunKind
from funnel.ports.sync_messages import ReadTargetList, ReadTargetLists
from funnel.usecases.target_lists.ask_target_lists import ask_target_lists
from funnel.usecases.target_lists.read_target_lists import target_lists_here
from funnel.usecases.target_lists.start_list_rounds import start_list_rounds
from tests.fakes.world import TENANT, World
from tests.unit.usecases.target_lists.target_lists import (
    LEADS,
    failing,
    fair,
    keys,
    members,
    read,
    reading,
    row,
)


@pytest.fixture
def world() -> World:
    return fair()


def test_a_list_of_sugar_is_here_with_its_name_and_members_after_a_round(world: World) -> None:
    read(world)
    found = row(world)
    assert (found.name, found.kind, found.status) == ("Fair", ListKind.TARGET, ListStatus.ACTIVE)
    assert members(world) == keys(LEADS[:10])
    assert found.members == 10
    told = world.store.lists_round(TENANT)
    assert told is not None
    assert (told.lists, told.asked_by, told.note) == (1, "schedule", None)


def test_a_list_renamed_in_sugar_is_the_same_list_under_its_new_name(world: World) -> None:
    read(world)
    first = row(world)
    world.sugar.put_list("fair", "Trade fair")
    read(world)
    assert row(world).name == "Trade fair"
    assert row(world).list_id == first.list_id
    assert len(target_lists_here(world.app, TENANT)) == 1


def test_a_list_deleted_in_sugar_is_retired_and_a_restored_one_is_active_again(
    world: World,
) -> None:
    read(world)
    world.sugar.delete_list("fair")
    read(world)
    assert row(world).status is ListStatus.RETIRED
    fair = world.sugar.target_lists[SugarId("fair")]
    fair.deleted = False
    fair.drop(Module.LEADS, LEADS[0])
    read(world)
    assert row(world).status is ListStatus.ACTIVE
    assert members(world) == keys(LEADS[1:10])


def test_a_list_deleted_before_it_was_ever_seen_is_not_made(world: World) -> None:
    world.sugar.put_list("old", "Old")
    world.sugar.delete_list("old")
    read(world)
    assert set(target_lists_here(world.app, TENANT)) == {"fair"}


def test_a_list_that_sugar_no_longer_shows_keeps_its_members_and_says_so(world: World) -> None:
    read(world)
    kept = world.sugar.target_lists.pop(SugarId("fair"))
    read(world)
    assert row(world).status is ListStatus.ACTIVE
    assert members(world) == keys(LEADS[:10])
    note = reading(world).note
    assert note is not None
    assert note.code == "NotVisible"
    world.sugar.target_lists[SugarId("fair")] = kept
    read(world)
    assert reading(world).note is None


def test_a_list_made_by_us_and_bound_to_its_id_in_sugar_does_not_come_back_as_a_second_one(
    world: World,
) -> None:
    bound = world.store.save_list(
        PeopleList(
            tenant=TENANT,
            list_id=ListId("campaign-7"),
            kind=ListKind.TARGET,
            name="Spring",
            sugar_id=SugarId("spring"),
            created_at=world.clock.now(),
            changed_at=world.clock.now(),
        )
    )
    read(world)
    assert world.store.list_reading(TENANT, ListId("campaign-7")) is None, (
        "Sugar does not have it yet"
    )
    assert row(world, "spring") == bound
    world.sugar.put_list("spring", "Spring").add(Module.LEADS, LEADS[3])
    read(world)
    assert set(target_lists_here(world.app, TENANT)) == {"fair", "spring"}
    assert row(world, "spring").list_id == "campaign-7"
    assert members(world, "spring") == keys([LEADS[3]])


@pytest.mark.parametrize(
    ("kind", "suppresses"), [("default", False), ("exempt", True), ("exempt_domain", True)]
)
def test_a_list_of_an_exempt_type_suppresses_mail(
    world: World, kind: str, suppresses: bool
) -> None:
    world.sugar.put_list("fair", "Fair", kind)
    read(world)
    assert (row(world).list_type, row(world).suppresses) == (kind, suppresses)


def test_what_can_pass_is_tried_again_and_not_for_ever(world: World) -> None:
    failing(world, "members", SugarUnavailable("Sugar did not answer."))
    read(world)
    assert world.sugar.calls.count("login") <= 6
    note = reading(world).note
    assert note is not None
    assert note.code == "SugarUnavailable"
    world.sugar.before_call = lambda _name: None
    read(world)
    assert reading(world).note is None
    assert members(world) == keys(LEADS[:10])


def test_a_round_that_fails_says_why_and_keeps_what_was_known(world: World) -> None:
    read(world)
    failing(world, "target_lists", NoRight("Our user may not read Target Lists."))
    read(world)
    told = world.store.lists_round(TENANT)
    assert told is not None
    assert told.note is not None
    assert (told.note.code, told.lists) == ("NoRight", 1)
    assert row(world).status is ListStatus.ACTIVE


def test_one_list_that_crashes_sugar_keeps_no_other_from_being_read(world: World) -> None:
    world.sugar.put_list("news", "News").add(Module.LEADS, LEADS[5])
    failing(world, "members Leads", ServerCrashed("Sugar crashed."), once=True)
    read(world)
    notes = {s: reading(world, s).note for s in ("fair", "news")}
    assert sorted(n.code for n in notes.values() if n) == ["ServerCrashed"]
    assert sum(bool(members(world, s)) for s in ("fair", "news")) == 1


def test_a_fault_of_ours_is_told_with_the_list_and_to_the_queue(world: World) -> None:
    read(world)
    failing(world, "members", RuntimeError("oops"))
    with pytest.raises(RuntimeError):
        world.handle(ReadTargetList(TENANT, row(world).list_id))
    note = reading(world).note
    assert note is not None
    assert note.code == "Unexpected"


@pytest.mark.parametrize("held", ["pause", "quiet", "circuit"])
def test_pauses_quiet_hours_and_an_open_circuit_hold_scheduled_rounds_back(
    world: World, held: str
) -> None:
    now = world.clock.now()
    world.change(
        pause=Pause(PauseReason.ADMIN, now) if held == "pause" else None,
        quiet_hours=QuietHours(time(0), time(23, 59)) if held == "quiet" else None,
        open_until=now + timedelta(hours=1) if held == "circuit" else None,
    )
    read(world)
    assert world.sugar.calls == []
    read(world, "Ada")
    assert bool(world.sugar.calls) == (held == "quiet")


def pressed(world: World) -> bool:
    """Whether the button sent a message."""
    before = len(world.queue.waiting)
    try:
        ask_target_lists(world.app, TENANT, "Ada")
    except Conflict:
        assert len(world.queue.waiting) == before
        return False
    return True


def test_of_many_presses_one_asks_for_a_round_until_it_has_ended(world: World) -> None:
    assert [pressed(world) for _ in range(20)] == [True] + [False] * 19
    world.clock.advance(600)
    assert not pressed(world), "it has begun and not ended"
    world.drain()
    world.clock.advance(10)
    assert pressed(world)
    assert members(world) == keys(LEADS[:10])


def test_a_round_that_never_ended_is_given_up_after_half_an_hour(world: World) -> None:
    assert pressed(world)
    world.queue.pop_next()
    world.clock.advance(1_790)
    assert not pressed(world)
    world.clock.advance(10)
    assert pressed(world)


def test_a_round_that_failed_is_asked_for_again_once(world: World) -> None:
    failing(world, "target_lists", NoRight("Our user may not read Target Lists."), once=True)
    assert pressed(world)
    world.drain()
    assert [pressed(world) for _ in range(3)] == [True, False, False]


def test_a_round_is_asked_for_no_sooner_than_sugars_pace_lets_the_last_one_be_through(
    world: World,
) -> None:
    for i in range(19):
        world.sugar.put_list(f"more{i}", f"More {i}")
    read(world, "Ada")
    world.change(requests_per_second=1)
    told = world.store.lists_round(TENANT)
    assert told is not None
    world.clock.set(told.began_at + timedelta(seconds=199))
    assert not pressed(world), "20 lists of 5 requests, at half of one request a second"
    world.clock.advance(1)
    assert pressed(world)


def test_rounds_are_asked_for_twice_an_hour_spread_as_the_hourly_runs(world: World) -> None:
    asked = [quarter for quarter in range(4) if start_list_rounds(world.app, quarter)]
    connection = world.store.connection(TENANT)
    assert connection is not None
    assert {q % 2 for q in asked} == {connection.quarter % 2}
    assert len(asked) == 2
    due = world.queue.waiting
    assert [d.message for d in due] == [ReadTargetLists(TENANT)] * 2
    assert (due[0].at - world.clock.now()).total_seconds() == connection.offset_seconds


def test_another_sugar_connected_later_makes_lists_of_its_own(world: World) -> None:
    """The ids of our lists are made of Sugar's: no two Target Lists are one list."""
    read(world)
    assert row(world).list_id == target_list_id(TENANT, SugarId("fair"))
    assert target_list_id(TENANT, SugarId("news")) != row(world).list_id


def test_a_first_sync_is_followed_by_the_target_lists(world: World) -> None:
    world.sync(RunKind.INITIAL)
    assert members(world) == keys(LEADS[:10])
    assert reading(world).waiting == ()
    calls = len(world.sugar.calls)
    world.sync(RunKind.HOURLY)
    assert "target_lists" not in world.sugar.calls[calls:]
