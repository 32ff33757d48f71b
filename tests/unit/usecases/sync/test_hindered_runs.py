"""What a run does where Sugar, a module, a record or we ourselves stand in its way."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from funnel.domain.connecting.connections import Pause, PauseReason, QuietHours
from funnel.domain.crm import Credentials, Page
from funnel.domain.errors import (
    ConnectionPaused,
    ModuleMissing,
    ServerCrashed,
    SugarReplyBroken,
    SugarUnavailable,
)
from funnel.domain.ids import ConnectionId, Module, SugarId
from funnel.domain.sync.records import State
from funnel.domain.sync.runs import ModuleStatus, RunKind, RunStatus
from funnel.usecases.connecting.connect import use_new_password
from funnel.usecases.sync.start_run import start_run
from funnel.usecases.sync.watch_runs import watch_runs
from tests.fakes.sugar import ModelCrm
from tests.fakes.system import AtOnce
from tests.fakes.world import TENANT, World
from tests.property.reference import check_settled, free
from tests.unit.usecases.sync.runs import LEADS, last_run, lead, on_call, sixty_leads


@pytest.fixture
def world() -> World:
    return sixty_leads()


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


def test_a_run_that_waits_for_sugar_says_since_when_until_when_and_is_in_the_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    def away(_name: str) -> None:
        raise SugarUnavailable("“crm.example.test” keeps a secret.")

    world.sugar.before_call = away
    began = world.clock.now()
    start_run(world.app, TENANT, RunKind.INITIAL)
    world.drain()
    stalled = last_run(world)
    said = [(one.message, vars(one)) for one in caplog.records if one.name.endswith("work_run")]
    assert [what for what, _ in said] == ["run put off"] * 6 + ["run stalled"]
    assert [one["tries"] for _, one in said] == [1, 2, 3, 4, 5, 6, 6]
    assert {(one["tenant"], one["run"], one["cause"]) for _, one in said} == {
        (TENANT, stalled.run_id, "SugarUnavailable")
    }
    assert "secret" not in caplog.text
    assert stalled.waits_since == began
    connection = world.store.connection(TENANT)
    assert connection is not None
    assert connection.open_until is not None
    assert stalled.next_try == connection.next_hourly(connection.open_until)
    assert said[-1][1]["next_try"] == stalled.next_try.isoformat(timespec="seconds")
    world.clock.advance(3_700)
    world.sugar.before_call = lambda _name: None
    world.sync()
    assert (last_run(world).waits_since, last_run(world).next_try) == (None, None)


def test_the_next_hourly_run_is_at_the_connections_own_minute_and_not_in_quiet_hours(
    world: World,
) -> None:
    connection = world.store.connection(TENANT)
    assert connection is not None
    now = world.clock.now()
    due = connection.next_hourly(now)
    assert now <= due < now + timedelta(hours=1)
    own = due.minute * 60 + due.second
    assert own == connection.quarter * 900 + connection.offset_seconds
    assert connection.next_hourly(due) == due
    quiet = QuietHours((due - timedelta(minutes=1)).time(), (due + timedelta(hours=2)).time())
    assert replace(connection, quiet_hours=quiet).next_hourly(now) == due + timedelta(hours=2)
    never = QuietHours(time(0), time(23, 59, 59))
    assert replace(connection, quiet_hours=never).next_hourly(now) >= now


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


def test_a_paused_connection_stops_its_run_before_the_next_page(world: World) -> None:
    pause = Pause(PauseReason.ADMIN, world.clock.now(), "Ada")
    on_call(world, "read Leads", 2, lambda: world.change(pause=pause))
    world.sync(RunKind.INITIAL)
    assert last_run(world).status is RunStatus.PAUSED
    assert world.sugar.calls.count("read Leads") == 2


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
