"""What a run does, step by step, against a Sugar in memory."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.connecting.connections import Pause, PauseReason, QuietHours
from funnel.domain.connecting.crm import Condition, Credentials, Operator, Page
from funnel.domain.errors import (
    ConnectionPaused,
    InputInvalid,
    ModuleMissing,
    ServerCrashed,
    SugarReplyBroken,
    SugarUnavailable,
)
from funnel.domain.ids import PULLED_MODULES, ConnectionId, Module, RecordKey, SugarId
from funnel.domain.sync.records import State
from funnel.domain.sync.runs import ModuleStatus, RunKind, RunStatus
from funnel.usecases.connecting.connect import use_new_password
from funnel.usecases.sync import quiet_changes
from funnel.usecases.sync.cancel_run import cancel_run
from funnel.usecases.sync.start_run import start_run
from funnel.usecases.sync.watch_runs import watch_runs
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.sugar import ModelCrm
from tests.fakes.system import AtOnce
from tests.fakes.world import TENANT, World
from tests.property.reference import check_settled, free

LEADS = 60


@pytest.fixture
def world() -> World:
    """A connected company with 60 leads a minute apart, read 10 at a time."""
    world = World(page_size=10)
    world.sugar.seconds_a_call = 6
    for i in range(LEADS):
        moment = world.sugar.now() - timedelta(minutes=i + 10)
        world.sugar.put(Module.LEADS, f"l{i:02}", at=moment, last_name=f"Lead {i}")
    world.connect()
    return world


def lead(world: World, name: str):  # type: ignore[no-untyped-def]
    key = RecordKey(Module.LEADS, SugarId(name))
    return world.store.records(TENANT, [key]).get(key)


def last_run(world: World):  # type: ignore[no-untyped-def]
    return world.store.runs(TENANT, 1).items[0]


def on_call(world: World, name: str, number: int, act) -> None:  # type: ignore[no-untyped-def]
    """Do something just before the n-th call of this name."""
    seen = []

    def before(called: str) -> None:
        if called == name:
            seen.append(called)
            if len(seen) == number:
                act()

    world.sugar.before_call = before


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


def test_a_refused_password_pauses_after_one_try_and_a_new_one_goes_on(world: World) -> None:
    world.sync(RunKind.INITIAL)
    world.sugar.password = "changed"
    world.clock.advance(3_600)
    calls = len(world.sugar.calls)
    world.sync()
    assert world.sugar.calls[calls:] == ["login"]
    connection = world.store.connection(TENANT)
    assert connection is not None
    assert connection.pause is not None
    assert connection.pause.reason is PauseReason.SIGN_IN_REFUSED
    assert last_run(world).status is RunStatus.PAUSED
    with pytest.raises(ConnectionPaused, match="refused"):
        start_run(world.app, TENANT, RunKind.MANUAL)
    assert start_run(world.app, TENANT, RunKind.HOURLY) is None
    assert world.sugar.calls[calls:] == ["login"]
    ref = world.secrets.put(
        TENANT, "sugar-2", Credentials("api", "changed", "https://crm.example.test")
    )
    use_new_password(world.app, TENANT, ref)
    world.drain()
    assert last_run(world).status is RunStatus.DONE


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


def test_a_server_that_is_away_is_tried_with_back_off_then_left_alone_then_gone_on_with(
    world: World,
) -> None:
    def away(_name: str) -> None:
        raise SugarUnavailable("Sugar did not answer.")

    start_run(world.app, TENANT, RunKind.INITIAL)
    on_call(world, "read Leads", 2, lambda: setattr(world.sugar, "before_call", away))
    world.drain()
    stalled = last_run(world)
    assert stalled.status is RunStatus.STALLED
    assert stalled.note is not None
    assert stalled.note.code == "SugarUnavailable"
    connection = world.store.connection(TENANT)
    assert connection is not None
    assert connection.open_until is not None
    assert start_run(world.app, TENANT, RunKind.HOURLY) is None
    world.sugar.before_call = lambda _name: None
    world.clock.advance(3_700)
    world.sync()
    assert last_run(world).run_id == stalled.run_id
    assert last_run(world).status is RunStatus.DONE
    check_settled(world.sugar, world.store, free(world.sugar, world.store))


def test_a_module_that_is_switched_off_is_named_and_the_others_go_on(world: World) -> None:
    world.sugar.put(Module.CONTACTS, "c1", last_name="Contact")

    def off(name: str) -> None:
        if name.endswith("Leads"):
            raise ModuleMissing("Leads is not on this server.", mend="Switch it on.")

    world.sugar.before_call = off
    world.sync(RunKind.INITIAL)
    parts = {m.module: m for m in last_run(world).modules}
    assert parts[Module.LEADS].status is ModuleStatus.FAILED
    assert parts[Module.LEADS].note is not None
    assert parts[Module.LEADS].note.code == "ModuleMissing"
    assert parts[Module.CONTACTS].status is ModuleStatus.DONE
    assert last_run(world).status is RunStatus.DONE
    connection = world.store.connection(TENANT)
    assert connection is not None
    assert Module.LEADS not in connection.synced_until


def test_a_field_removed_in_sugar_is_noted_and_the_rest_is_read(world: World) -> None:
    world.sugar.missing_fields = {"title"}
    world.sync(RunKind.INITIAL)
    connection = world.store.connection(TENANT)
    assert connection is not None
    assert connection.missing_fields[Module.LEADS] == ("title", "funnel_score_c")
    assert len(world.store.list_people(TENANT, "", 500).items) == LEADS


def test_a_record_sugar_no_longer_shows_is_reported_and_kept_until_it_is_shown_again(
    world: World,
) -> None:
    world.sync(RunKind.INITIAL)
    gone = world.sugar.tables[Module.LEADS].pop(SugarId("l05"))
    world.sync(RunKind.FULL)
    assert lead(world, "l05").state is State.STALE
    assert [e.code for e in world.store.list_errors(TENANT, 10).items] == ["NotVisible"]
    world.sugar.tables[Module.LEADS][gone.sugar_id] = gone
    world.sync(RunKind.FULL)
    assert lead(world, "l05").state is State.SYNCED
    assert world.store.list_errors(TENANT, 10).items == []


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


def test_another_sugar_ends_the_run_of_the_one_before_and_its_records_are_reported(
    world: World,
) -> None:
    world.sync(RunKind.INITIAL)
    first = start_run(world.app, TENANT, RunKind.FULL)
    assert first is not None
    for module, table in world.sugar.tables.items():
        table.clear()
        assert not world.sugar.tables[module]
    world.sugar.put(Module.LEADS, "other", last_name="Other")
    other = ConnectionId("0badcafe-0000-4000-8000-000000000002")
    world.change(connection_id=other, synced_until={}, swept_at={}, synced_at={})
    world.sync(RunKind.INITIAL)
    status = {r.run_id: r.status for r in world.store.runs(TENANT, 10).items}
    assert status.pop(first.run_id) is RunStatus.CANCELLED
    assert set(status.values()) == {RunStatus.DONE}
    assert lead(world, "other").state is State.SYNCED
    assert {e.code for e in world.store.list_errors(TENANT, 500).items} == {"NotVisible"}
    assert len(world.store.list_errors(TENANT, 500).items) == LEADS


@pytest.mark.parametrize("ahead", [False, True])
def test_a_page_under_way_while_another_sugar_is_connected_stays_out(ahead: bool) -> None:
    world = World(page_size=4, background=AtOnce() if ahead else None)
    for i in range(LEADS):
        world.sugar.put(Module.LEADS, f"l{i:02}", last_name=f"L{i}")
    world.connect()
    other = ConnectionId("0badcafe-0000-4000-8000-000000000002")

    def connected_meanwhile(name: str) -> None:
        if name == "read Leads":
            world.sugar.before_call = lambda _name: None
            world.change(connection_id=other, synced_until={}, swept_at={}, synced_at={})

    world.sugar.before_call = connected_meanwhile
    world.sync(RunKind.INITIAL)
    assert world.store.list_records(TENANT, Module.LEADS, "", 99).items == []
    assert world.store.list_people(TENANT, "", 99).items == []
    assert world.store.open_run(TENANT) is None
    world.sync(RunKind.INITIAL)
    assert len(world.store.list_records(TENANT, Module.LEADS, "", 99).items) == LEADS


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


def test_a_paused_connection_stops_its_run_before_the_next_page(world: World) -> None:
    pause = Pause(PauseReason.ADMIN, world.clock.now(), "Ada")
    on_call(world, "read Leads", 2, lambda: world.change(pause=pause))
    world.sync(RunKind.INITIAL)
    assert last_run(world).status is RunStatus.PAUSED
    assert world.sugar.calls.count("read Leads") == 2


def test_a_filter_changed_during_a_run_is_applied_by_the_next(world: World) -> None:
    world.change(conditions={Module.LEADS: (Condition("title", Operator.IS, ("none",)),)})
    wider = {"conditions": {}, "generations": {Module.LEADS: 1}, "synced_until": {}}
    on_call(world, "count Opportunities", 1, lambda: world.change(**wider))
    world.sync(RunKind.INITIAL)
    world.clock.advance(3_600)
    world.sync()
    assert len(world.store.list_people(TENANT, "", 500).items) == LEADS


def test_a_page_that_fails_is_asked_for_in_smaller_ones(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.change(page_sizes={})
    read = ModelCrm.read

    def small(self, module, window, limit, **more):  # type: ignore[no-untyped-def]
        if limit > 40:
            world.clock.advance(6)
            raise SugarUnavailable("Too much at a time.")
        return read(self, module, window, limit, **more)

    monkeypatch.setattr(ModelCrm, "read", small)
    world.sync(RunKind.INITIAL)
    assert last_run(world).status is RunStatus.DONE
    assert len(world.store.list_people(TENANT, "", 500).items) == LEADS


def test_a_fault_of_ours_does_not_run_for_ever(world: World) -> None:
    def broken(_name: str) -> None:
        raise KeyError("a fault")

    start_run(world.app, TENANT, RunKind.INITIAL)
    world.sugar.before_call = broken
    while last_run(world).status is RunStatus.RUNNING:
        message = world.queue.pop_next()
        if message is None:
            world.clock.advance(2_000)
            watch_runs(world.app)
            continue
        with pytest.raises(KeyError):
            world.handle(message)
    assert last_run(world).status is RunStatus.FAILED
    assert last_run(world).note.code == "Unexpected"


def test_one_module_whose_count_crashes_stops_that_module_only(world: World) -> None:
    def crashed(name: str) -> None:
        if name == "count Opportunities":
            raise ServerCrashed("The server crashed.")

    world.sugar.before_call = crashed
    world.sync(RunKind.INITIAL)
    parts = {m.module: m.status for m in last_run(world).modules}
    assert parts.pop(Module.OPPORTUNITIES) is ModuleStatus.FAILED
    assert set(parts.values()) == {ModuleStatus.DONE}


def test_a_record_whose_reply_cannot_be_read_is_reported_and_all_others_come_in(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, by_ids = ModelCrm.read, ModelCrm.by_ids

    def broken(page: Page) -> Page:
        if any(row.sugar_id == "l33" and row.fields for row in page.rows):
            raise SugarReplyBroken("The reply contains a control character.")
        return page

    monkeypatch.setattr(ModelCrm, "read", lambda *a, **more: broken(read(*a, **more)))
    monkeypatch.setattr(ModelCrm, "by_ids", lambda *a, **more: broken(by_ids(*a, **more)))
    world.sync(RunKind.INITIAL)
    assert last_run(world).status is RunStatus.DONE
    assert len(world.store.list_people(TENANT, "", 500).items) == LEADS - 1
    errors = world.store.list_errors(TENANT, 10).items
    assert [(e.code, e.record.sugar_id) for e in errors] == [("RecordUnreadable", "l33")]
    world.clock.advance(86_400)
    world.sync()
    assert len(world.store.list_errors(TENANT, 10).items) == 1
    monkeypatch.undo()
    world.sync(RunKind.FULL)
    assert len(world.store.list_people(TENANT, "", 500).items) == LEADS
    assert world.store.list_errors(TENANT, 10).items == []
