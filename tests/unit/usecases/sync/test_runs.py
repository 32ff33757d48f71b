"""What a run does, step by step, against a Sugar in memory."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.connecting.connections import QuietHours
from funnel.domain.crm import Condition, Operator
from funnel.domain.errors import (
    InputInvalid,
)
from funnel.domain.ids import PULLED_MODULES, Module, SugarId
from funnel.domain.sync.runs import RunKind, RunStatus
from funnel.usecases.sync import quiet_changes
from funnel.usecases.sync.cancel_run import cancel_run
from funnel.usecases.sync.start_run import start_run
from funnel.usecases.sync.watch_runs import watch_runs
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.world import TENANT, World
from tests.property.reference import check_settled, free
from tests.unit.usecases.sync.runs import LEADS, last_run, lead, on_call, sixty_leads


@pytest.fixture
def world() -> World:
    return sixty_leads()


def time_for_one_step() -> Callable[[], float]:
    """Seconds left: some at the first look, none after."""
    left = iter([1.0])
    return lambda: next(left, 0.0)


def test_a_record_saved_while_its_window_waits_is_read_at_the_end_of_the_run(world: World) -> None:
    on_call(
        world, "read Leads", 3, lambda: [
            world.sugar.put(Module.LEADS, f"l{i:02}", title="saved meanwhile") for i in range(LEADS)
        ],
    )  # fmt: skip
    world.sync(RunKind.INITIAL)
    titles = {lead(world, f"l{i:02}").fields.get("title") for i in range(LEADS)}
    assert titles == {"saved meanwhile"}


def test_what_commits_late_is_read_by_the_next_run(world: World) -> None:
    world.sync(RunKind.INITIAL)
    late = world.sugar.now() - timedelta(seconds=240)
    world.sugar.put(Module.LEADS, "late", at=late, last_name="Late")
    world.sync()
    assert lead(world, "late") is not None


def test_a_run_with_no_change_asks_at_most_twice_a_module_and_writes_nothing(world: World) -> None:
    world.sync(RunKind.INITIAL)
    world.clock.advance(3_600)
    world.sync()
    world.clock.advance(3_600)
    calls, writes = len(world.sugar.calls), world.store.writes
    world.sync()
    asked = [c for c in world.sugar.calls[calls:] if c not in ("login", "server_time")]
    assert all(sum(c.endswith(m) for c in asked) <= 2 for m in PULLED_MODULES)
    assert world.store.writes == writes


def test_a_worker_whose_time_is_up_hands_over_and_nothing_is_missing(world: World) -> None:
    start_run(world.app, TENANT, RunKind.INITIAL)
    deliveries = 0
    while (message := world.queue.pop_next()) is not None:
        deliveries += 1
        handle_message(world.app, message, world.ids.new_id(), time_for_one_step())
    assert deliveries > LEADS // 10
    check_settled(world.sugar, world.store, free(world.sugar, world.store))


def test_thousands_saved_in_one_second_are_read_whole_whichever_window_it_goes_on_from() -> None:
    world = World(page_size=100)
    moment = world.sugar.now()
    for i in range(2_000):
        world.sugar.put(Module.LEADS, f"import-{i}", at=moment, last_name="Import")
    world.connect()
    start_run(world.app, TENANT, RunKind.INITIAL)
    while (message := world.queue.pop_next()) is not None:
        handle_message(world.app, message, world.ids.new_id(), time_for_one_step())
    check_settled(world.sugar, world.store, free(world.sugar, world.store))


def test_a_lost_message_is_found_by_the_watch(world: World) -> None:
    start_run(world.app, TENANT, RunKind.INITIAL)
    world.queue.pop_next()
    assert watch_runs(world.app) == 0
    world.clock.advance(120)
    assert watch_runs(world.app) == 1
    world.drain()
    assert last_run(world).status is RunStatus.DONE


def test_a_second_worker_leaves_a_leased_run_alone(world: World) -> None:
    run = start_run(world.app, TENANT, RunKind.INITIAL)
    assert run is not None
    now = world.clock.now()
    stored = world.store.run(TENANT, run.run_id)
    assert stored is not None
    leased = replace(stored, lease_owner="other", lease_until=now + timedelta(seconds=60))
    world.store.save_run(leased)
    message = world.queue.pop_next()
    assert message is not None
    world.handle(message)
    assert world.sugar.calls == []


def test_sync_now_during_a_run_is_carried_out_after_it(world: World) -> None:
    start_run(world.app, TENANT, RunKind.INITIAL)
    start_run(world.app, TENANT, RunKind.MANUAL, requested_by="Ada")
    world.drain()
    runs = world.store.runs(TENANT, 10).items
    assert [r.kind for r in runs] == [RunKind.MANUAL, RunKind.INITIAL]
    assert {r.status for r in runs} == {RunStatus.DONE}


def test_a_cancelled_run_stops_before_its_next_page_and_lets_the_next_one_start(
    world: World,
) -> None:
    on_call(world, "read Leads", 2, lambda: cancel_run(world.app, TENANT))
    world.sync(RunKind.INITIAL)
    assert last_run(world).status is RunStatus.CANCELLED
    assert 10 <= len(world.store.list_people(TENANT, "", 500).items) < LEADS
    world.sync()
    assert len(world.store.list_people(TENANT, "", 500).items) == LEADS


def test_no_scheduled_run_starts_in_quiet_hours_but_a_person_may_start_one(world: World) -> None:
    now = world.clock.now()
    quiet = QuietHours((now - timedelta(hours=1)).time(), (now + timedelta(hours=1)).time())
    world.change(quiet_hours=quiet)
    assert start_run(world.app, TENANT, RunKind.HOURLY) is None
    assert start_run(world.app, TENANT, RunKind.MANUAL) is not None


def test_a_module_that_is_not_connected_cannot_be_asked_for(world: World) -> None:
    world.change(modules=(Module.USERS, Module.LEADS))
    with pytest.raises(InputInvalid, match="Contacts is switched off"):
        start_run(world.app, TENANT, RunKind.FULL, [Module.CONTACTS])


def test_a_filter_holds_for_every_way_of_reading(world: World) -> None:
    for i in range(LEADS):
        world.sugar.tables[Module.LEADS][SugarId(f"l{i:02}")].fields["status"] = f"S{i % 3}"
    wanted = {Module.LEADS: (Condition("status", Operator.IS, ("S0",)),)}
    world.change(conditions=wanted)
    world.sync(RunKind.INITIAL)
    world.sugar.change_address(Module.LEADS, "l01", "other@x.test")
    world.clock.advance(9 * 86_400)
    world.sync()
    assert {p.links[0].key.sugar_id for p in world.store.list_people(TENANT, "", 500).items} == {
        f"l{i:02}" for i in range(0, LEADS, 3)
    }


def test_more_changed_addresses_than_can_be_told_lead_to_a_whole_reading(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quiet_changes, "MOST_ADDRESSES", 20)
    world.sync(RunKind.INITIAL)
    world.clock.advance(3_600)
    for i in range(LEADS):
        world.sugar.change_address(Module.LEADS, f"l{i:02}", f"new{i}@x.test")
    world.sync()
    emails = {lead(world, f"l{i:02}").fields["email1"] for i in range(LEADS)}
    assert emails == {f"new{i}@x.test" for i in range(LEADS)}


def test_many_changed_addresses_are_read_a_page_a_step(world: World) -> None:
    world.sync(RunKind.INITIAL)
    world.clock.advance(3_600)
    for i in range(LEADS):
        world.sugar.change_address(Module.LEADS, f"l{i:02}", f"new{i}@x.test")
    start_run(world.app, TENANT, RunKind.HOURLY)
    while (message := world.queue.pop_next()) is not None:
        handle_message(world.app, message, world.ids.new_id(), time_for_one_step())
    emails = {lead(world, f"l{i:02}").fields["email1"] for i in range(LEADS)}
    assert emails == {f"new{i}@x.test" for i in range(LEADS)}


def test_a_filter_changed_during_a_run_is_applied_by_the_next(world: World) -> None:
    world.change(conditions={Module.LEADS: (Condition("title", Operator.IS, ("none",)),)})
    wider = {"conditions": {}, "generations": {Module.LEADS: 1}, "synced_until": {}}
    on_call(world, "count Opportunities", 1, lambda: world.change(**wider))
    world.sync(RunKind.INITIAL)
    world.clock.advance(3_600)
    world.sync()
    assert len(world.store.list_people(TENANT, "", 500).items) == LEADS
