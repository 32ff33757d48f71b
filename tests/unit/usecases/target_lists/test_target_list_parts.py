"""Large Target Lists are read in parts, whatever their ids are, and whoever dies meanwhile."""

from contextlib import suppress
from dataclasses import replace

import pytest

from funnel.domain.ids import Module, SugarId
from funnel.ports.sync_messages import ReadTargetList, ReadTargetLists
from funnel.usecases.target_lists import compare_members
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Crash, Moment, Plan, faulty
from tests.fakes.world import TENANT, World
from tests.unit.usecases.target_lists.target_lists import (
    LEADS,
    asked_for,
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


@pytest.fixture
def in_parts(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Lists are read in parts of five members at most."""
    monkeypatch.setattr(compare_members, "MOST_MEMBERS", 5)
    world.sugar.target_lists[SugarId("fair")].add(Module.LEADS, *LEADS)
    return world


def test_a_large_list_is_cut_once_and_then_read_part_by_part(in_parts: World) -> None:
    read(in_parts)
    assert members(in_parts) == keys(LEADS)
    parts = reading(in_parts).of(Module.LEADS)
    assert len(parts) >= 8
    assert all(part.count <= 5 for part in parts)
    before = asked_for(in_parts)
    in_parts.clock.advance(1_800)
    read(in_parts)
    assert asked_for(in_parts) - before == len(parts)


def test_a_change_in_one_part_writes_its_members_and_a_constant(in_parts: World) -> None:
    read(in_parts)
    in_parts.clock.advance(1_800)
    in_parts.sugar.target_lists[SugarId("fair")].drop(Module.LEADS, LEADS[7])
    before = (in_parts.store.list_writes, reading(in_parts).version)
    read(in_parts)
    assert members(in_parts) == keys([*LEADS[:7], *LEADS[8:]])
    assert in_parts.store.list_writes - before[0] == 2
    assert reading(in_parts).version - before[1] == 2, "the lease, and what was found"


def test_odd_ids_are_compared_over_all_parts(in_parts: World) -> None:
    fair = in_parts.sugar.target_lists[SugarId("fair")]
    odd = ["1", "seed_sally_id", "zz"]
    for one in odd:
        in_parts.sugar.put(Module.LEADS, one, last_name=one)
    fair.add(Module.LEADS, *odd)
    read(in_parts)
    assert members(in_parts) == keys([*LEADS, *odd])
    assert reading(in_parts).odd == {Module.LEADS: ("1", "seed_sally_id", "zz")}
    fair.drop(Module.LEADS, "seed_sally_id")
    read(in_parts)
    assert members(in_parts) == keys([*LEADS, "1", "zz"])


def test_a_large_list_that_is_emptied_is_one_part_again_at_once(in_parts: World) -> None:
    read(in_parts)
    assert reading(in_parts).odd == {Module.LEADS: ()}
    in_parts.sugar.target_lists[SugarId("fair")].members.clear()
    read(in_parts)
    assert reading(in_parts).odd == {}
    assert len(reading(in_parts).of(Module.LEADS)) == 1
    version = reading(in_parts).version
    read(in_parts)
    assert reading(in_parts).version == version


@pytest.mark.parametrize("moment", Moment)
def test_odd_members_of_a_list_that_shrinks_follow_though_the_worker_dies(
    in_parts: World, moment: Moment
) -> None:
    """At any call of a port; the parts are joined only once the odd members are written."""
    fair = in_parts.sugar.target_lists[SugarId("fair")]
    in_parts.sugar.put(Module.LEADS, "1", last_name="1")
    in_parts.sugar.put(Module.LEADS, "zz", last_name="zz")
    for at in range(1, 200):
        fair.add(Module.LEADS, *LEADS, "1")
        read(in_parts)
        fair.drop(Module.LEADS, *LEADS, "1")
        fair.add(Module.LEADS, "zz")
        plan = Plan(at=at, moment=moment)
        app = in_parts.app
        mortal = replace(
            app, lists=faulty(app.lists, plan, "lists"), sync=faulty(app.sync, plan, "sync")
        )
        with suppress(Crash):
            handle_message(mortal, ReadTargetList(TENANT, row(in_parts).list_id), "w", lambda: 600)
        in_parts.clock.advance(1_800)
        read(in_parts)
        assert members(in_parts) == keys(["zz"]), (at, plan.calls)
        if not plan.happened:
            return
    raise AssertionError("It never came to its end.")


def test_a_module_of_mostly_odd_ids_is_read_in_one_request(in_parts: World) -> None:
    fair = in_parts.sugar.target_lists[SugarId("fair")]
    ids = [f"lead-{i}" for i in range(20)]
    for one in ids:
        in_parts.sugar.put(Module.CONTACTS, one, last_name=one)
    fair.add(Module.CONTACTS, *ids)
    read(in_parts)
    assert keys(ids, Module.CONTACTS) <= members(in_parts)
    assert reading(in_parts).of(Module.CONTACTS)[0].count == 20
    before = asked_for(in_parts, Module.CONTACTS)
    fair.drop(Module.CONTACTS, "lead-3")
    read(in_parts)
    assert asked_for(in_parts, Module.CONTACTS) - before == 1
    assert "Contacts/lead-3" not in members(in_parts)


def test_an_endpoint_that_cannot_read_ranges_is_asked_for_the_whole_list(in_parts: World) -> None:
    read(in_parts)
    in_parts.sugar.reads_ranges = False
    in_parts.sugar.target_lists[SugarId("fair")].drop(Module.LEADS, LEADS[7])
    before = asked_for(in_parts)
    read(in_parts)
    assert asked_for(in_parts) - before == 1
    assert members(in_parts) == keys([*LEADS[:7], *LEADS[8:]])


def test_a_reading_that_runs_out_of_time_goes_on_from_the_part_it_has_come_to(
    in_parts: World,
) -> None:
    in_parts.queue.send(ReadTargetLists(TENANT))
    turns = 0
    while (message := in_parts.queue.pop_next()) is not None:
        steps = iter(range(3))

        def left(steps=steps) -> float:  # type: ignore[no-untyped-def]
            return 600.0 if next(steps, None) is not None else 0.0

        turns += isinstance(message, ReadTargetList)
        handle_message(in_parts.app, message, in_parts.ids.new_id(), left)
    assert turns > 3
    assert members(in_parts) == keys(LEADS)
    assert reading(in_parts).lease_owner == ""
