"""Whom Sugar, or people in it, keep off the Target List of a synced campaign."""

import pytest

from funnel.domain.errors import MethodMissing, NoRight, ServerCrashed, SugarUnavailable
from funnel.domain.ids import Module, SugarId
from funnel.usecases.error_report.try_again import try_again
from tests.fakes.sugar import ModelCrm
from tests.fakes.world import TENANT, World
from tests.unit.usecases.campaigns_in_sugar.crowds import crowd
from tests.unit.usecases.campaigns_in_sugar.in_sugar_scene import (
    come_in,
    go_out,
    head,
    in_sugar,
    members,
    participant,
    record_of,
    row_of,
    synced_world,
    the_list,
    work,
)
from tests.unit.usecases.pushing.push_scene import errors, here


@pytest.fixture
def world() -> World:
    return synced_world()


def test_whom_people_in_sugar_put_on_the_list_we_never_take_off(world: World) -> None:
    person_id = here(world)
    in_sugar(world, person_id)
    work(world)
    key = record_of(world, person_id)
    the_list(world).add(key.module, key.sugar_id)
    the_list(world).add(Module.CONTACTS, "stranger")
    come_in(world, person_id)
    work(world)
    row = row_of(world, person_id)
    assert row is not None
    assert (row.on_list, row.ours) == (key, False)
    go_out(world, person_id)
    work(world)
    world.clock.advance(90_000)
    work(world)
    assert members(world) == {str(key), "Contacts/stranger"}


def test_whom_people_in_sugar_took_off_is_put_on_again_by_the_daily_comparison(
    world: World,
) -> None:
    person_id = participant(world)
    work(world)
    key = record_of(world, person_id)
    the_list(world).drop(key.module, key.sugar_id)
    world.clock.advance(3_600)
    work(world)
    assert members(world) == set()
    world.clock.advance(90_000)
    work(world)
    assert members(world) == {str(key)}
    assert head(world).members == 1


@pytest.mark.parametrize("call", ["add_members", "remove_members"])
def test_a_lost_answer_leaves_whom_we_put_on_the_list_ours(
    world: World, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    carry_out = getattr(ModelCrm, call)
    lost: list[str] = []

    def lose(crm: ModelCrm, *told: object) -> None:
        carry_out(crm, *told)
        if not lost:
            lost.append(call)
            raise SugarUnavailable("away")

    monkeypatch.setattr(ModelCrm, call, lose)
    person_id = participant(world)
    for _ in range(4):
        work(world)
        world.clock.advance(4_000)
    row = row_of(world, person_id)
    assert row is not None
    assert row.ours
    go_out(world, person_id)
    for _ in range(4):
        work(world)
        world.clock.advance(4_000)
    assert (members(world), head(world).members) == (set(), 0)


def test_one_over_whom_sugar_dies_is_reported_and_keeps_nobody_else_off(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = crowd(world, 21)
    bad = record_of(world, people[7]).sugar_id
    carry_out = ModelCrm.add_members

    def die(crm: ModelCrm, target_list: SugarId, module: Module, ids: list[SugarId]) -> None:
        if bad in ids:
            raise ServerCrashed("crashed")
        carry_out(crm, target_list, module, ids)

    monkeypatch.setattr(ModelCrm, "add_members", die)
    work(world)
    assert len(members(world)) == 20
    assert errors(world) == [("CampaignMemberNotTaken", "prospect_lists")]
    world.clock.advance(90_000)
    work(world)
    assert errors(world) == [("CampaignMemberNotTaken", "prospect_lists")]
    monkeypatch.setattr(ModelCrm, "add_members", carry_out)
    try_again(world.app, TENANT, "Eva")
    world.drain()
    assert (len(members(world)), errors(world)) == (21, [])


def test_whom_sugar_does_not_take_is_reported_and_leaves_the_report_with_the_campaign(
    world: World,
) -> None:
    person_id = participant(world)
    world.sugar.keeps_off.add(record_of(world, person_id).sugar_id)
    work(world)
    assert errors(world) == [("CampaignMemberNotTaken", "prospect_lists")]
    go_out(world, person_id)
    work(world)
    assert errors(world) == []


def test_who_was_deleted_in_sugar_meanwhile_is_nobodys_error(world: World) -> None:
    person_id = participant(world)
    key = record_of(world, person_id)
    world.sugar.delete(key.module, key.sugar_id)
    work(world)
    assert (members(world) & {str(key)}, errors(world)) == ({str(key)}, [])
    world.clock.advance(3_600)
    world.sync()
    work(world)
    assert head(world).members == 0
    assert errors(world) == []


@pytest.mark.parametrize("error", [NoRight("Not for you."), MethodMissing("Cannot.")])
def test_where_the_list_takes_nobody_the_campaign_is_reported_and_all_are_put_on_later(
    world: World, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(world, 5)
    carry_out = ModelCrm.add_members

    def refuse(*_told: object) -> None:
        raise error

    monkeypatch.setattr(ModelCrm, "add_members", refuse)
    work(world)
    work(world)
    assert len(errors(world)) == 1
    assert errors(world)[0][0] in ("CampaignRefused", "CampaignImpossible")
    monkeypatch.setattr(ModelCrm, "add_members", carry_out)
    try_again(world.app, TENANT, "Eva")
    world.drain()
    assert (len(members(world)), errors(world)) == (5, [])
