"""What was held back is read again: page by page, whatever a turn, a module or Sugar does."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from funnel.domain.connecting.connections import Pause, PauseReason
from funnel.domain.crm import Page
from funnel.domain.errors import (
    FunnelError,
    ModuleMissing,
    NoRight,
    ServerCrashed,
    SugarBusy,
    SugarReplyBroken,
    SugarUnavailable,
)
from funnel.domain.ids import ConnectionId, Module, RecordKey, SugarId
from funnel.domain.sync.records import State, SugarRecord
from funnel.domain.sync.runs import RunKind
from funnel.domain.sync.unreadable import unreadable_unit
from funnel.ports.messages import Message
from funnel.ports.sync_messages import Heal
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.sugar import ModelCrm
from tests.fakes.system import START
from tests.fakes.world import TENANT, World

MANY = 450
OWNER = RecordKey(Module.USERS, SugarId("u1"))
ALL = Heal(TENANT, ())


@pytest.fixture
def world() -> World:
    """A connected company with one user who works there."""
    world = World()
    world.connect()
    world.sugar.put(Module.USERS, "u1", user_name="ada", status="Active")
    return world


def synced_with(world: World, number: int, owner: str) -> None:
    """So many accounts of this owner, synced for the first time; no message is left."""
    for i in range(number):
        world.sugar.put(Module.ACCOUNTS, f"a{i:03}", name=f"A {i}", assigned_user_id=owner)
    world.sync(RunKind.INITIAL)


def account(world: World, name: str = "a000") -> SugarRecord:
    key = RecordKey(Module.ACCOUNTS, SugarId(name))
    return world.store.records(TENANT, [key])[key]


def mend(world: World, module: Module, name: str, **fields: str) -> None:
    """Change it where its time of change does not tell."""
    world.sugar.tables[module][SugarId(name)].fields.update(fields)


def codes(world: World) -> list[str]:
    return [e.code for e in world.store.list_errors(TENANT, 5_000).items]


def calls_of(world: World, act: Callable[[], None]) -> list[str]:
    before = len(world.sugar.calls)
    act()
    return world.sugar.calls[before:]


def one_page_a_turn(world: World) -> list[int]:
    """Take all messages, with time for one page each; how many pages of accounts each read."""
    pages: list[int] = []
    for _ in range(30):
        if (message := world.queue.pop_next()) is None:
            return pages
        pages.append(calls_of(world, lambda: one_page(world, message)).count("by_ids Accounts"))
    raise AssertionError("The messages do not come to an end.")


def one_page(world: World, message: Message) -> None:
    left = iter([1.0])
    handle_message(world.app, message, world.ids.new_id(), lambda: next(left, 0.0))


def failing(world: World, name: str, error: FunnelError, *, after: int = 0) -> None:
    """Every call of this name fails, but for the first ones."""
    seen = []

    def before(called: str) -> None:
        if called == name:
            seen.append(called)
            if len(seen) > after:
                raise error

    world.sugar.before_call = before


def test_the_last_row_is_looked_at_each_night_however_short_the_turns(world: World) -> None:
    synced_with(world, MANY, owner="")
    last = world.store.list_errors(TENANT, MANY).items[-1].record
    mend(world, Module.ACCOUNTS, last.sugar_id, assigned_user_id="u1")
    world.queue.send(ALL)
    assert max(one_page_a_turn(world)) == 1
    assert account(world, last.sugar_id).state is State.SYNCED
    assert len(codes(world)) == MANY - 1


def test_what_waits_for_one_owner_is_read_over_as_many_turns_as_it_takes(world: World) -> None:
    mend(world, Module.USERS, "u1", status="Inactive")
    synced_with(world, MANY, owner="u1")
    world.sugar.put(Module.USERS, "u2", user_name="bo", status="Active")
    for i in range(MANY):
        mend(world, Module.ACCOUNTS, f"a{i:03}", assigned_user_id="u2")
    world.queue.send(Heal(TENANT, (OWNER,)))
    pages = one_page_a_turn(world)
    assert max(pages) == 1
    assert sum(pages) == 3
    assert codes(world) == []


def test_the_causes_after_the_first_are_looked_at_from_their_beginning(world: World) -> None:
    mend(world, Module.USERS, "u1", status="Inactive")
    synced_with(world, 210, owner="u1")
    world.sugar.put(Module.ACCOUNTS, "b", name="B", assigned_user_id="u0")
    world.clock.advance(3_600)
    world.sync()
    world.sugar.put(Module.USERS, "u2", user_name="bo", status="Active")
    mend(world, Module.ACCOUNTS, "b", assigned_user_id="u2")
    world.queue.send(Heal(TENANT, (OWNER, RecordKey(Module.USERS, SugarId("u0")))))
    assert one_page_a_turn(world) == [1, 1, 1]
    assert account(world, "b").state is State.SYNCED


def test_a_held_record_sugar_hides_is_reported_and_comes_back_by_itself(world: World) -> None:
    synced_with(world, 1, owner="")
    assert codes(world) == ["OwnerMissing"]
    hidden = world.sugar.tables[Module.ACCOUNTS].pop(SugarId("a000"))
    for _ in range(2):
        world.queue.send(ALL)
        world.drain()
        assert account(world).state is State.HELD
        assert codes(world) == ["NotVisible"]
    world.sugar.tables[Module.ACCOUNTS][hidden.sugar_id] = hidden
    world.queue.send(ALL)
    world.drain()
    assert codes(world) == ["OwnerMissing"]
    mend(world, Module.ACCOUNTS, "a000", assigned_user_id="u1")
    world.queue.send(ALL)
    world.drain()
    assert account(world).state is State.SYNCED
    assert account(world).root is None
    assert codes(world) == []


def test_a_record_out_of_date_that_sugar_hides_has_that_for_its_only_reason(world: World) -> None:
    synced_with(world, 1, owner="u1")
    world.clock.advance(3_600)
    world.sugar.put(Module.ACCOUNTS, "a000", assigned_user_id="")
    world.sync()
    assert codes(world) == ["OwnerMissing"]
    del world.sugar.tables[Module.ACCOUNTS][SugarId("a000")]
    since = account(world).out_of_date_since
    world.queue.send(ALL)
    world.drain()
    assert account(world).state is State.STALE
    assert account(world).out_of_date_since == since
    assert codes(world) == ["NotVisible"]


@pytest.mark.parametrize("refusal", [NoRight, ModuleMissing, ServerCrashed])
def test_a_module_sugar_refuses_keeps_its_rows_and_the_others_are_healed(
    world: World, refusal: type[FunnelError]
) -> None:
    synced_with(world, 1, owner="")
    world.sugar.put(Module.OPPORTUNITIES, "o1", name="O", account_id="lost")
    world.clock.advance(3_600)
    world.sync()
    assert sorted(codes(world)) == ["AccountDeleted", "OwnerMissing"]
    mend(world, Module.OPPORTUNITIES, "o1", account_id="")
    failing(world, "by_ids Accounts", refusal("No."))
    world.queue.send(ALL)
    world.drain()
    assert codes(world) == ["OwnerMissing"]
    assert account(world).state is State.HELD


def test_a_page_sugar_cannot_carry_out_does_not_keep_the_next_ones_from_being_read(
    world: World,
) -> None:
    synced_with(world, MANY, owner="")
    last = world.store.list_errors(TENANT, MANY).items[-1].record
    mend(world, Module.ACCOUNTS, last.sugar_id, assigned_user_id="u1")
    crashed: list[str] = []

    def first_crashes(name: str) -> None:
        if name == "by_ids Accounts" and not crashed:
            crashed.append(name)
            raise ServerCrashed("Fault -1")

    world.sugar.before_call = first_crashes
    world.queue.send(ALL)
    world.drain()
    assert account(world, last.sugar_id).state is State.SYNCED


def test_a_server_that_is_away_is_tried_with_back_off_and_then_left_to_the_night(
    world: World,
) -> None:
    synced_with(world, 1, owner="")
    failing(world, "by_ids Accounts", SugarUnavailable("Sugar did not answer."))
    world.queue.send(ALL)
    delays = []
    while (message := world.queue.pop_next()) is not None:
        world.handle(message)
        sent = world.clock.now()
        delays += [(due.at - sent) / timedelta(seconds=1) for due in world.queue.waiting]
    assert [d for d in delays if d != 300] == [15, 30, 60, 120, 240, 480]
    assert codes(world) == ["OwnerMissing"]


def test_a_server_that_asks_for_more_time_is_given_it_up_to_the_longest_delay(
    world: World,
) -> None:
    synced_with(world, 1, owner="")
    for asked, given in ((700, 700), (5_000, 900)):
        failing(world, "by_ids Accounts", SugarBusy("Slow down.", retry_after=asked))
        world.handle(ALL)
        assert (world.queue.waiting[-1].at - world.clock.now()).total_seconds() == given


def test_after_a_failure_it_goes_on_with_the_page_that_failed_and_counts_anew(
    world: World,
) -> None:
    synced_with(world, MANY, owner="")
    failing(world, "by_ids Accounts", SugarUnavailable("Sugar did not answer."), after=1)
    world.handle(ALL)
    first = world.queue.pop_next()
    assert isinstance(first, Heal)
    assert first.cursor
    assert first.attempt == 1
    world.sugar.before_call = lambda _name: None
    assert calls_of(world, lambda: world.handle(first)).count("by_ids Accounts") == 2
    failing(world, "by_ids Accounts", SugarUnavailable("Sugar did not answer."), after=1)
    world.handle(first)
    second = world.queue.pop_next()
    assert isinstance(second, Heal)
    assert second.cursor != first.cursor
    assert second.attempt == 1


def test_nothing_is_asked_of_a_sugar_that_is_left_alone_or_paused(world: World) -> None:
    synced_with(world, 1, owner="")
    until = world.clock.now() + timedelta(hours=1)
    pause = Pause(PauseReason.ADMIN, world.clock.now(), "Ada")
    for change in ({"open_until": until}, {"open_until": None, "pause": pause}):
        world.change(**change)
        assert calls_of(world, lambda: world.handle(ALL)) == []
        assert len(world.queue) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"pause": Pause(PauseReason.ADMIN, START, "Ada")},
        {"connection_id": ConnectionId("0badcafe-0000-4000-8000-000000000002")},
    ],
    ids=["paused", "another connection"],
)
def test_a_pause_or_another_sugar_meanwhile_ends_it_before_the_next_page(
    world: World, change: dict[str, object]
) -> None:
    synced_with(world, MANY, owner="")

    def meanwhile(name: str) -> None:
        if name == "by_ids Accounts":
            world.change(**change)

    world.sugar.before_call = meanwhile
    assert calls_of(world, lambda: world.handle(ALL)).count("by_ids Accounts") == 1
    assert len(world.queue) == 0


def test_a_refused_password_is_not_tried_again_by_what_heals(world: World) -> None:
    synced_with(world, 1, owner="")
    world.sugar.password = "changed"
    world.forget_session()
    assert calls_of(world, lambda: world.handle(ALL)) == ["login"]
    assert [due.message for due in world.queue.waiting if due.message == ALL] == []


def test_records_whose_replies_cannot_be_read_keep_no_other_row_from_being_healed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad: set[str] = set()
    by_ids = ModelCrm.by_ids

    def broken(
        self: ModelCrm, module: Module, ids: Sequence[SugarId], *, fields: Sequence[str]
    ) -> Page:
        if bad & set(ids):
            raise SugarReplyBroken("not well-formed")
        return by_ids(self, module, ids, fields=fields)

    monkeypatch.setattr(ModelCrm, "by_ids", broken)
    synced_with(world, 20, owner="")
    now = world.clock.now()
    for name in ("a003", "a005", "a006", "a008", "a009", "a010", "a011"):
        bad.add(name)
        unit = unreadable_unit(TENANT, account(world, name).key, account(world, name), "", now)
        assert unit
        assert world.store.commit(TENANT, [unit]) == [True]
    bad.add("a012")
    for i in range(20):
        mend(world, Module.ACCOUNTS, f"a{i:03}", assigned_user_id="u1")
    world.queue.send(ALL)
    world.drain()
    assert sorted(codes(world)) == ["OwnerMissing"] + ["RecordUnreadable"] * 7
    assert account(world, "a003").state is State.HELD
    bad.clear()
    world.queue.send(ALL)
    world.drain()
    assert codes(world) == []
