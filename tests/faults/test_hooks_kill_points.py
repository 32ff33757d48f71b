"""Webhooks, comparing and repairing die at every call of every port."""

import pytest

from funnel.domain.ids import RecordKey
from funnel.domain.sync.runs import JobStatus, RunKind
from funnel.usecases.sync.accept_hook import accept_hook
from funnel.usecases.sync.compare import start_comparison, start_repair
from tests.fakes.faulty import Crash, Moment, Plan
from tests.fakes.world import TENANT
from tests.faults.dying import kill_points
from tests.faults.scene import Scene, dying, moved
from tests.unit.usecases.sync.hooks import CONNECTION, Sender, named

CHANGED = ("Leads/l01", "Leads/l02", "Leads/l07", "Accounts/a1", "Users/u1", "Contacts/c3")


def hooked(plan: Plan, at: int = 0) -> Scene:
    """What an hour brought is named; whoever sends it tries until it is taken."""
    scene = Scene(plan, moved())
    sender = Sender(scene.world)
    dying(plan, at)
    body = named(*CHANGED)
    for _ in range(3):
        scene.world.clock.advance(20)
        try:
            accept_hook(scene.mortal, TENANT, CONNECTION, sender.signed(body), body)
        except Crash:
            plan.revived = True
        else:
            break
    # A worker that dies holds its lease for four minutes.
    scene.drain()
    if scene.world.store.marked(TENANT, CONNECTION, 99).items:
        scene.world.clock.advance(300)
        scene.sync(RunKind.HOURLY)
    return scene


def compared(plan: Plan, at: int = 0) -> Scene:
    """What an hour brought is compared, and repaired."""
    scene = Scene(plan, moved())
    dying(plan, at)
    for begin in (start_comparison, start_repair):
        for _ in range(2):
            try:
                begin(scene.mortal, TENANT, "Ann")
            except Crash:
                plan.revived = True
            else:
                break
        scene.drain()
    return scene


CALLS = {"hook": hooked(Plan()).plan.calls, "compare": compared(Plan()).plan.calls}


@pytest.mark.parametrize("moment", Moment)
def test_what_was_named_is_read_wherever_it_dies(moment: Moment) -> None:
    for at in kill_points(CALLS["hook"]):
        scene = hooked(Plan(moment=moment), at)
        where = f"call {at}, {scene.plan.calls[at - 1]}, {moment}"
        assert scene.plan.happened, where
        sugar = scene.world.sugar
        keys = [RecordKey.parse(name) for name in CHANGED]
        stored = scene.world.store.records(TENANT, keys)
        for key in keys:
            there = sugar.tables[key.module][key.sugar_id]
            assert stored[key].stamp.date_modified == there.date_modified, f"{where}: {key}"
        assert not scene.world.store.marked(TENANT, CONNECTION, 99).items, where


@pytest.mark.parametrize("moment", Moment)
def test_both_sides_agree_after_the_repair_wherever_it_dies(moment: Moment) -> None:
    for at in kill_points(CALLS["compare"]):
        scene = compared(Plan(moment=moment), at)
        where = f"call {at}, {scene.plan.calls[at - 1]}, {moment}"
        assert scene.plan.happened, where
        found = scene.world.store.comparison(TENANT)
        assert found is not None
        assert (found.status, found.note) == (JobStatus.DONE, None), where
        parts = scene.world.store.differences(TENANT, found.comparison_id, 999).items
        left = {d.sugar_id for p in parts for d in p.items}
        assert found.differing == sum(len(p.items) for p in parts), where
        assert not left & {"l01", "l02", "l07", "c4"}, f"{where}: {left}"


def test_the_kill_points_reach_every_new_step() -> None:
    assert {
        "sync.mark",
        "sync.ring",
        "sync.hush",
        "sync.marked",
        "sync.clear",
        "sync.remember",
        "crm.by_ids",
        "records.commit",
        "queue.send",
    } <= set(hooked(Plan()).plan.calls)
    assert {"sync.save_comparison", "sync.put_differences", "sync.differences", "crm.sweep"} <= set(
        compared(Plan()).plan.calls
    )
