"""Rounds of Target Lists and the reading of one, against a Sugar in memory."""

from contextlib import suppress
from dataclasses import replace
from datetime import time, timedelta
from uuid import UUID

import pytest

from funnel.domain.connections import Pause, PauseReason, QuietHours
from funnel.domain.errors import Conflict, LeaseLost, NoRight, ServerCrashed, SugarUnavailable
from funnel.domain.ids import ListId, MemberKey, Module, RecordKey, SugarId
from funnel.domain.lists import ListKind, ListStatus, PeopleList, target_list_id
from funnel.domain.records import State
from funnel.domain.runs import RunKind
from funnel.domain.target_lists import ListReading
from funnel.ports.system import ReadTargetList, ReadTargetLists
from funnel.usecases import compare_members, list_reading, sweep_targets
from funnel.usecases.ask_target_lists import ask_target_lists
from funnel.usecases.handle_message import handle_message
from funnel.usecases.read_target_lists import target_lists_here
from funnel.usecases.start_list_rounds import start_list_rounds
from tests.fakes.faulty import Crash, Moment, Plan, faulty
from tests.fakes.world import TENANT, World


def usual(number: int) -> str:
    """An id of Sugar's usual form; they are spread evenly."""
    return str(UUID(int=(number * 0x9E3779B97F4A7C15F39CC0605CEDC835) % 2**128))


LEADS = [usual(i) for i in range(40)]


@pytest.fixture
def world() -> World:
    """A connected company with 40 leads and a Target List of ten."""
    world = World()
    for i, sugar_id in enumerate(LEADS):
        world.sugar.put(Module.LEADS, sugar_id, last_name=f"Lead {i}", email1=f"l{i}@x.test")
    world.sugar.put_list("fair", "Fair").add(Module.LEADS, *LEADS[:10])
    world.connect()
    return world


def read(world: World, asked_by: str = "") -> None:
    """A whole round."""
    world.queue.send(ReadTargetLists(TENANT, asked_by))
    world.drain()


def row(world: World, sugar_id: str = "fair") -> PeopleList:
    return target_lists_here(world.app, TENANT)[SugarId(sugar_id)]


def members(world: World, sugar_id: str = "fair") -> set[str]:
    return {m.key for m in world.store.members(TENANT, row(world, sugar_id).list_id, 10_000).items}


def reading(world: World, sugar_id: str = "fair") -> ListReading:
    found = world.store.list_reading(TENANT, row(world, sugar_id).list_id)
    assert found is not None
    return found


def keys(ids: list[str], module: Module = Module.LEADS) -> set[str]:
    return {f"{module}/{i}" for i in ids}


def failing(world: World, name: str, error: Exception, *, once: bool = False) -> None:
    """Each call of this name fails from now on, or the next one."""
    left = [1] if once else [10_000]

    def before(called: str) -> None:
        if called.startswith(name) and left[0]:
            left[0] -= 1
            raise error

    world.sugar.before_call = before


def test_a_list_of_sugar_is_here_with_its_name_and_members_after_a_round(world: World) -> None:
    read(world)
    found = row(world)
    assert (found.name, found.kind, found.status) == ("Fair", ListKind.TARGET, ListStatus.ACTIVE)
    assert members(world) == keys(LEADS[:10])
    assert found.members == 10
    told = world.store.lists_round(TENANT)
    assert told is not None
    assert (told.lists, told.asked_by, told.note) == (1, "schedule", None)


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


def test_a_list_renamed_in_sugar_is_the_same_list_under_its_new_name(world: World) -> None:
    read(world)
    first = row(world)
    world.sugar.put_list("fair", "Trade fair")
    read(world)
    assert row(world).name == "Trade fair"
    assert row(world).list_id == first.list_id
    assert len(target_lists_here(world.app, TENANT)) == 1


def test_a_list_emptied_in_sugar_is_empty_here(world: World) -> None:
    read(world)
    world.sugar.target_lists[SugarId("fair")].members.clear()
    read(world)
    assert members(world) == set()
    assert row(world).members == 0
    assert row(world).status is ListStatus.ACTIVE


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


def prospect(world: World, number: int, *, email1: str = "", title: str = "") -> str:
    """A Target on the list."""
    sugar_id = usual(1_000 + number)
    world.sugar.put(
        Module.PROSPECTS, sugar_id, last_name=f"Target {number}", email1=email1, title=title
    )
    world.sugar.target_lists[SugarId("fair")].add(Module.PROSPECTS, sugar_id)
    return sugar_id


def target(world: World, sugar_id: str):  # type: ignore[no-untyped-def]
    key = RecordKey(Module.PROSPECTS, SugarId(sugar_id))
    return world.store.records(TENANT, [key]).get(key)


def test_a_target_is_read_with_its_list_and_is_a_person_by_its_address(world: World) -> None:
    world.sync()
    known = prospect(world, 1, email1="l3@x.test", title="CTO")
    alone = prospect(world, 2, email1="new@x.test")
    world.sugar.put(Module.PROSPECTS, usual(2_000), last_name="On no list")
    read(world)
    assert members(world) == keys(LEADS[:10]) | keys([known, alone], Module.PROSPECTS)
    assert reading(world).waiting == ()
    person_id = target(world, known).person_id
    person = world.store.people(TENANT, [person_id])[person_id]
    assert {str(link.key) for link in person.links} == {f"Leads/{LEADS[3]}", f"Prospects/{known}"}
    assert person.fields["last_name"] == "Lead 3", "a Lead's values go before a Target's"
    assert person.fields["title"] == "CTO"
    assert target(world, alone).person_id not in ("", person_id)
    assert target(world, usual(2_000)) is None


def test_a_target_changed_in_sugar_is_read_again_with_its_list_and_only_then(
    world: World,
) -> None:
    member = prospect(world, 1, title="CTO")
    read(world)
    calls = len(world.sugar.calls)
    world.clock.advance(1_800)
    read(world)
    assert not [c for c in world.sugar.calls[calls:] if c == "by_ids Prospects"]
    world.sugar.put(Module.PROSPECTS, member, title="CEO")
    read(world)
    assert target(world, member).fields["title"] == "CEO"


def test_an_opt_out_of_a_targets_address_in_sugar_is_one_here_after_the_next_round(
    world: World,
) -> None:
    member = prospect(world, 1, email1="t@x.test")
    on_no_list = usual(2_000)
    world.sugar.put(Module.PROSPECTS, on_no_list, email1="t@x.test")
    read(world)
    world.clock.advance(1_800)
    world.sugar.flag("t@x.test", opt_out=True)
    read(world)
    consent = world.store.consents(TENANT, ["t@x.test"])["t@x.test"]
    assert (consent.opt_out.value, consent.owed) == (True, False)
    assert consent.opt_out.source
    assert str(consent.opt_out.source.record) == f"Prospects/{member}"
    assert target(world, on_no_list) is None


def test_a_target_with_another_address_in_sugar_is_the_person_of_that(world: World) -> None:
    world.sync()
    member = prospect(world, 1, email1="t@x.test")
    read(world)
    world.clock.advance(1_800)
    world.sugar.change_address(Module.PROSPECTS, member, "l3@x.test")
    read(world)
    claim = world.store.claims(TENANT, ["l3@x.test"])["l3@x.test"]
    assert target(world, member).person_id == claim.person_id


@pytest.mark.parametrize("call", ["changed_addresses", "by_ids Prospects"])
def test_addresses_of_targets_that_could_not_be_read_are_told_and_read_by_the_next_round(
    world: World, call: str
) -> None:
    prospect(world, 1, email1="t@x.test")
    read(world)
    world.clock.advance(1_800)
    world.sugar.flag("t@x.test", opt_out=True)
    failing(world, call, SugarUnavailable("Away."))
    read(world)
    told = world.store.lists_round(TENANT)
    assert told is not None
    assert told.note is not None
    assert (told.note.code, told.lists) == ("SugarUnavailable", 1)
    world.sugar.before_call = lambda _name: None
    world.clock.advance(3_600)
    read(world)
    assert world.store.consents(TENANT, ["t@x.test"])["t@x.test"].opt_out.value
    told = world.store.lists_round(TENANT)
    assert told is not None
    assert told.note is None


def test_a_sugar_without_targets_costs_the_lists_nothing(world: World) -> None:
    read(world)
    failing(world, "changed_addresses", NoRight("No."))
    world.sugar.target_lists[SugarId("fair")].add(Module.LEADS, LEADS[20])
    read(world)
    assert members(world) == keys([*LEADS[:10], LEADS[20]])
    told = world.store.lists_round(TENANT)
    assert told is not None
    assert told.note is None


def test_a_target_deleted_in_sugar_leaves_its_list_and_its_person(world: World) -> None:
    member = prospect(world, 1, email1="t@x.test")
    read(world)
    world.clock.advance(60)
    world.sugar.delete(Module.PROSPECTS, member)
    read(world)
    assert f"Prospects/{member}" not in members(world)
    assert target(world, member).state is State.DELETED


def test_a_target_taken_off_its_last_list_stays_the_person_it_was(world: World) -> None:
    member = prospect(world, 1, email1="t@x.test")
    read(world)
    world.sugar.target_lists[SugarId("fair")].drop(Module.PROSPECTS, member)
    read(world)
    assert f"Prospects/{member}" not in members(world)
    assert target(world, member).state is State.SYNCED


def target_errors(world: World, sugar_id: str) -> list[str]:
    """What the error report says of a Target."""
    rows = world.store.list_errors(TENANT, 100).items
    return [e.code for e in rows if e.record == RecordKey(Module.PROSPECTS, SugarId(sugar_id))]


def test_a_target_that_sugar_no_longer_shows_is_reported_and_comes_back(world: World) -> None:
    member = prospect(world, 1, email1="t@x.test")
    read(world)
    fair = world.sugar.target_lists[SugarId("fair")]
    fair.drop(Module.PROSPECTS, member)
    purged = world.sugar.tables[Module.PROSPECTS].pop(SugarId(member))
    world.clock.advance(60)
    read(world)
    assert target(world, member).state is State.STALE
    assert target_errors(world, member) == ["NotVisible"]
    world.sugar.tables[Module.PROSPECTS][SugarId(member)] = purged
    fair.add(Module.PROSPECTS, member)
    world.clock.advance(60)
    read(world)
    assert target(world, member).state is State.SYNCED
    assert target_errors(world, member) == []


def test_targets_on_no_list_are_looked_at_once_a_day(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep_targets, "_PAGE", 1)
    deleted, purged, changed, same, left = (prospect(world, i) for i in range(5))
    read(world)
    world.sugar.delete_list("fair")
    read(world)
    world.clock.advance(60)
    world.sugar.delete(Module.PROSPECTS, deleted)
    del world.sugar.tables[Module.PROSPECTS][SugarId(purged)]
    world.sugar.put(Module.PROSPECTS, changed, title="CEO")
    world.clock.advance(25 * 3_600)
    read(world)
    told = world.store.lists_round(TENANT)
    assert told is not None
    assert told.sweep_cursor, "the first four; the next round goes on"
    read(world)
    states = [target(world, one).state for one in (deleted, purged, changed, same, left)]
    assert states == [State.DELETED, State.STALE, *[State.SYNCED] * 3]
    assert target_errors(world, purged) == ["NotVisible"]
    assert target(world, changed).fields["title"] == "CEO"
    calls = len(world.sugar.calls)
    read(world)
    assert "by_ids Prospects" not in world.sugar.calls[calls:], "once a day"


@pytest.fixture
def in_parts(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Lists are read in parts of five members at most."""
    monkeypatch.setattr(compare_members, "MOST_MEMBERS", 5)
    world.sugar.target_lists[SugarId("fair")].add(Module.LEADS, *LEADS)
    return world


def asked_for(world: World, module: Module = Module.LEADS) -> int:
    return world.sugar.calls.count(f"members {module}")


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
