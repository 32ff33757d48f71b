"""Reading Target Lists dies at every call of every port, before it, and after it, its reply lost."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from funnel.domain.ids import Module, SugarId
from funnel.domain.lists.lists import ListStatus
from funnel.ports.sync_messages import ReadTargetLists
from funnel.usecases.target_lists import compare_members
from funnel.usecases.target_lists.read_target_lists import target_lists_here
from tests.fakes.faulty import Moment, Plan
from tests.fakes.snapshot import made_once
from tests.fakes.sugar import ModelSugar
from tests.fakes.world import TENANT, World
from tests.faults.dying import kill_points
from tests.faults.scene import Scene, company, dying

USUAL = [f"{n:x}0000000-0000-0000-0000-000000000000" for n in range(16)]
MODULES = (Module.LEADS, Module.CONTACTS, Module.PROSPECTS)


def fill(sugar: ModelSugar) -> None:
    """A large list in parts, with an odd member and Targets; one to be retired, one to be made."""
    for module in MODULES:
        for i, sugar_id in enumerate([*USUAL, "odd"]):
            email = f"p{i % 6}@x.test"
            sugar.put(module, sugar_id, last_name=f"{module} {i}", email1=email)
    fair = sugar.put_list("fair", "Fair")
    fair.add(Module.LEADS, *USUAL[:12], "odd")
    fair.add(Module.PROSPECTS, *USUAL[:3])
    sugar.put_list("old", "Old").add(Module.CONTACTS, *USUAL[:2])


def change(sugar: ModelSugar) -> None:
    """What half an hour brings."""
    fair = sugar.put_list("fair", "Trade fair", "exempt")
    fair.add(Module.LEADS, USUAL[14])
    fair.drop(Module.LEADS, USUAL[3], "odd")
    fair.add(Module.PROSPECTS, USUAL[5])
    fair.drop(Module.PROSPECTS, USUAL[0])
    sugar.put(Module.PROSPECTS, USUAL[1], title="CEO")
    sugar.delete(Module.PROSPECTS, USUAL[2])
    sugar.delete_list("old")
    sugar.put_list("new", "New").add(Module.CONTACTS, *USUAL[4:7])


@contextmanager
def small_parts() -> Iterator[None]:
    """Of four members at most."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compare_members, "MOST_MEMBERS", 4)
        yield


@made_once
def with_lists() -> World:
    """The company with what Sugar has at first."""
    world = company()
    world.sugar.seconds_a_call = 1
    fill(world.sugar)
    return world


def first_round(plan: Plan) -> Scene:
    """The first time that lists are read."""
    scene = Scene(plan, with_lists())
    _round(scene)
    return scene


@made_once
def half_an_hour_later() -> World:
    """The lists read, and changes of every kind."""
    world = first_round(Plan()).world
    world.clock.advance(1_800)
    change(world.sugar)
    return world


def later_round(plan: Plan, at: int = 0) -> Scene:
    """The second time, with changes of every kind; it dies at a call of its own."""
    scene = Scene(plan, half_an_hour_later())
    dying(plan, at)
    _round(scene)
    return scene


def _round(scene: Scene) -> None:
    scene.world.queue.send(ReadTargetLists(TENANT))
    scene.drain()


with small_parts():
    CALLS = {
        "first": first_round(Plan()).plan.calls,
        "later": later_round(Plan()).plan.calls,
    }


@pytest.mark.parametrize("moment", Moment)
def test_a_first_round_that_dies_anywhere_ends_with_sugars_members(moment: Moment) -> None:
    with small_parts():
        for at in kill_points(CALLS["first"]):
            _check(first_round(Plan(at=at, moment=moment)), at)


@pytest.mark.parametrize("moment", Moment)
def test_a_later_round_that_dies_anywhere_ends_with_sugars_members(moment: Moment) -> None:
    with small_parts():
        for at in kill_points(CALLS["later"]):
            _check(later_round(Plan(moment=moment), at), at)


def test_the_kill_points_cover_every_port_of_target_lists() -> None:
    with small_parts():
        calls = set(later_round(Plan()).plan.calls)
    assert {
        "crm.target_lists",
        "crm.members",
        "crm.by_ids",
        "lists.save_list",
        "lists.put_members",
        "lists.remove_members",
        "records.commit",
        "sync.save_list_reading",
        "sync.save_lists_round",
        "queue.send",
    } <= calls


def _check(scene: Scene, at: int) -> None:
    """After the death, and at the latest after the next round, ours is what Sugar says."""
    plan, world = scene.plan, scene.world
    where = f"call {at}, {plan.calls[at - 1]}, {plan.moment}"
    assert plan.happened, f"{where}: nothing died"
    assert scene.redelivered <= 2, f"{where}: needed more than two deliveries"
    world.clock.advance(1_800)
    world.queue.send(ReadTargetLists(TENANT))
    world.drain()
    here = target_lists_here(world.app, TENANT)
    for sugar_id, theirs in world.sugar.target_lists.items():
        ours = here.pop(SugarId(sugar_id), None)
        if theirs.deleted:
            assert ours is None or ours.status is ListStatus.RETIRED, where
            continue
        assert ours is not None, where
        wanted = {f"{m}/{i}" for m in MODULES for i in world.sugar.live_members(sugar_id, m)}
        found = [one.key for one in world.store.members(TENANT, ours.list_id, 1_000).items]
        assert sorted(found) == sorted(wanted), where
        assert (ours.name, ours.members) == (theirs.name, len(wanted)), where
    assert not here, f"{where}: a list of ours that Sugar does not have"
