"""Targets come in with their lists, are people, and follow what Sugar does to them."""

import pytest

from funnel.domain.errors import NoRight, SugarUnavailable
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.sync.records import State
from funnel.usecases.target_lists import sweep_targets
from tests.fakes.world import TENANT, World
from tests.unit.usecases.target_lists.target_lists import (
    LEADS,
    failing,
    fair,
    keys,
    members,
    read,
    reading,
    usual,
)


@pytest.fixture
def world() -> World:
    return fair()


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
