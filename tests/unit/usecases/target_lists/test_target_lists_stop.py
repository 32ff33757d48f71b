"""Rounds and readings of Target Lists while the connection is paused, or another Sugar connected."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest

from funnel.domain.connecting.connections import Pause, PauseReason
from funnel.domain.errors import NoRight
from funnel.domain.ids import ConnectionId, ListId, Module, SugarId
from funnel.domain.lists.lists import ListStatus, PeopleList
from funnel.ports.sync_messages import ReadTargetList, ReadTargetLists
from funnel.usecases.target_lists import compare_members
from funnel.usecases.target_lists.ask_target_lists import ask_target_lists
from funnel.usecases.target_lists.read_target_lists import target_lists_here
from tests.fakes.world import TENANT, World

LEADS = [str(UUID(int=(i * 0x9E3779B97F4A7C15F39CC0605CEDC835) % 2**128)) for i in range(40)]
ANOTHER = ConnectionId("0badcafe-0000-4000-8000-000000000002")


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """A connected company with a Target List of forty leads, read five at a time."""
    monkeypatch.setattr(compare_members, "MOST_MEMBERS", 5)
    world = World()
    for i, sugar_id in enumerate(LEADS):
        world.sugar.put(Module.LEADS, sugar_id, last_name=f"Lead {i}")
    world.sugar.put_list("fair", "Fair").add(Module.LEADS, *LEADS)
    world.connect()
    return world


def read(world: World) -> None:
    """A whole round."""
    world.queue.send(ReadTargetLists(TENANT))
    world.drain()


def row(world: World, sugar_id: str = "fair") -> PeopleList:
    return target_lists_here(world.app, TENANT)[SugarId(sugar_id)]


def members(world: World) -> int:
    return len(world.store.members(TENANT, row(world).list_id, 1_000).items)


def at_call(world: World, name: str, number: int, act: Callable[[], None]) -> None:
    """Something happens while Sugar answers this call."""
    left = [number]

    def before(called: str) -> None:
        if called == name:
            left[0] -= 1
            if not left[0]:
                act()

    world.sugar.before_call = before


def test_a_pause_stops_a_reading_before_its_next_part_and_the_next_round_ends_it(
    world: World,
) -> None:
    read(world)
    world.sugar.target_lists[SugarId("fair")].drop(Module.LEADS, *LEADS[:20])
    pause = Pause(PauseReason.ADMIN, world.clock.now(), "Ada")
    at_call(world, "members Leads", 2, lambda: world.change(pause=pause))
    calls = len(world.sugar.calls)
    world.handle(ReadTargetList(TENANT, row(world).list_id))
    assert world.sugar.calls[calls:].count("members Leads") == 2
    assert 20 < members(world) < 40, "what was read is kept"
    reading = world.store.list_reading(TENANT, row(world).list_id)
    assert reading is not None
    assert reading.lease_owner == "", "nobody waits for its lease"
    world.change(pause=None)
    read(world)
    assert members(world) == 20


def test_another_sugar_stops_a_reading_before_its_next_part(world: World) -> None:
    read(world)
    world.sugar.target_lists[SugarId("fair")].drop(Module.LEADS, *LEADS[:20])
    at_call(world, "members Leads", 2, lambda: world.change(connection_id=ANOTHER))
    calls = len(world.sugar.calls)
    world.handle(ReadTargetList(TENANT, row(world).list_id))
    assert world.sugar.calls[calls:].count("members Leads") == 2


def test_lists_of_a_sugar_that_was_left_while_it_told_them_are_not_made(world: World) -> None:
    at_call(world, "target_lists", 1, lambda: world.change(connection_id=ANOTHER))
    world.handle(ReadTargetLists(TENANT))
    assert target_lists_here(world.app, TENANT) == {}
    world.sugar.target_lists.pop(SugarId("fair"))
    world.sugar.put_list("new", "New")
    world.drain()
    assert set(target_lists_here(world.app, TENANT)) == {"new"}
    assert row(world, "new").status is ListStatus.ACTIVE


def test_lists_of_a_sugar_that_was_left_are_retired_once_another_is_read(world: World) -> None:
    read(world)
    world.store.save_list(
        replace(row(world), list_id=ListId("campaign"), sugar_id=SugarId("made-later"), version=0)
    )
    fair = world.sugar.target_lists.pop(SugarId("fair"))
    world.sugar.put_list("new", "New")
    first = ConnectionId("0badcafe-0000-4000-8000-000000000001")
    world.change(connection_id=ANOTHER)
    read(world)
    assert row(world).status is ListStatus.RETIRED
    assert members(world) == 40, "kept, as of a list that is deleted"
    assert row(world, "new").status is ListStatus.ACTIVE
    assert row(world, "made-later").status is ListStatus.ACTIVE, "it is only about to be made"

    world.sugar.target_lists = {SugarId("fair"): fair}
    world.change(connection_id=first)
    read(world)
    assert row(world).status is ListStatus.ACTIVE
    assert row(world, "new").status is ListStatus.RETIRED


def test_a_round_that_fails_on_another_sugar_leaves_it_to_the_next_to_retire_lists(
    world: World,
) -> None:
    read(world)
    world.sugar.target_lists.clear()
    world.change(connection_id=ANOTHER)
    world.sugar.before_call = _no_right
    read(world)
    ask_target_lists(world.app, TENANT, "Ada")
    assert row(world).status is ListStatus.ACTIVE
    world.sugar.before_call = lambda _name: None
    world.drain()
    assert row(world).status is ListStatus.RETIRED


def _no_right(_name: str) -> None:
    raise NoRight("Our user may not read Target Lists.")
