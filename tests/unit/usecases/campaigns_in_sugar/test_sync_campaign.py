"""A campaign is in Sugar as one Campaign with one Target List, whatever happens on the way."""

from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.campaigns.campaigns import CampaignId, CampaignState, SugarCampaign
from funnel.domain.crm import Dialect
from funnel.domain.errors import IdNotKept, NoRight, ServerCrashed, SugarUnavailable
from funnel.domain.ids import SugarId, WrittenModule
from funnel.domain.lists.lists import ListKind
from funnel.domain.sync.runs import RunKind
from funnel.ports.marketing_messages import ForgetCampaign
from funnel.ports.sync_messages import ReadTargetLists
from funnel.usecases.campaigns_in_sugar.campaigns_in_sugar import make_anew
from funnel.usecases.campaigns_in_sugar.change_in_sugar import campaign_in_sugar
from funnel.usecases.campaigns_in_sugar.sync_campaign import sync_campaign
from funnel.usecases.error_report.try_again import try_again
from tests.fakes.sugar import ModelCrm
from tests.fakes.world import TENANT, World
from tests.unit.usecases.campaigns_in_sugar.in_sugar_scene import (
    SPRING,
    add_campaign,
    change,
    head,
    members,
    participant,
    row_of,
    synced_world,
    the_list,
    work,
)
from tests.unit.usecases.pushing.push_scene import errors, push_world


@pytest.fixture
def world() -> World:
    return synced_world()


def written(world: World) -> list[str]:
    writes = ("create", "update", "relate", "add_members", "remove_members")
    return [call for call in world.sugar.calls if call.split()[0] in writes]


def campaign(world: World) -> dict[str, object]:
    return dict(world.sugar.campaigns[head(world).sugar_id].fields)


def test_a_campaign_is_made_once_with_its_target_list_which_it_uses(world: World) -> None:
    work(world)
    one = head(world)
    assert campaign(world) == {
        "campaign_type": "Email",
        "name": "Spring",
        "status": "Active",
        "start_date": "2026-03-02",
        "end_date": "",
        "content": one.told["content"],
        "assigned_user_id": "u1",
    }
    assert (the_list(world).name, the_list(world).list_type) == ("Spring", "default")
    assert world.sugar.uses == {one.sugar_id: {one.list_id}}
    assert (one.is_there, errors(world)) == (True, [])


def test_an_unchanged_campaign_asks_and_writes_nothing_in_further_cycles(world: World) -> None:
    participant(world)
    work(world)
    calls, writes = list(world.sugar.calls), world.store.in_sugar_writes
    for _ in range(3):
        world.clock.advance(3_600)
        work(world)
    assert world.sugar.calls == calls
    assert world.store.in_sugar_writes == writes
    world.clock.advance(86_400)
    work(world)
    assert written(world) == [call for call in calls if call in written(world)]
    assert world.store.in_sugar_writes == writes + 1


def test_what_changes_here_is_told_and_what_was_changed_in_sugar_stays(world: World) -> None:
    work(world)
    world.sugar.campaigns[head(world).sugar_id].fields["name"] = "Their name"
    the_list(world).name = "Their list"
    change(world, state=CampaignState.PAUSED)
    work(world)
    assert (campaign(world)["name"], campaign(world)["status"]) == ("Their name", "Inactive")
    assert the_list(world).name == "Their list"
    world.clock.advance(86_400)
    change(world, name="Summer", state=CampaignState.ENDED)
    work(world)
    told = campaign(world)
    assert (told["name"], told["status"], told["end_date"]) == ("Summer", "Complete", "2026-03-03")
    assert the_list(world).name == "Summer"
    assert len(world.sugar.campaigns) == 1


def test_a_draft_and_one_that_is_not_to_be_synced_are_not_in_sugar(world: World) -> None:
    world = push_world()
    add_campaign(world, CampaignId("draft"), state=CampaignState.DRAFT, started_at=None)
    add_campaign(world, CampaignId("apart"), sugar=SugarCampaign(False))
    work(world)
    assert world.sugar.campaigns == {}
    assert world.store.campaigns_in_sugar(TENANT) == []


def test_a_name_that_sugar_cuts_is_taken_for_ours(world: World) -> None:
    change(world, name="A very long name of a campaign that " * 2)
    work(world)
    fields = world.sugar.campaigns[head(world).sugar_id].fields
    fields["name"] = str(fields["name"])[:50]
    change(world, state=CampaignState.PAUSED)
    work(world)
    assert errors(world) == []


@pytest.mark.parametrize("call", ["create", "relate", "update"])
@pytest.mark.parametrize("error", [SugarUnavailable("away"), ServerCrashed("crashed")])
def test_a_lost_answer_makes_nothing_twice(
    world: World, call: str, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each call is carried out, and its answer lost."""
    carry_out = getattr(ModelCrm, call)

    def lose(crm: ModelCrm, *told: object) -> None:
        carry_out(crm, *told)
        raise error

    monkeypatch.setattr(ModelCrm, call, lose)
    for name in ("Spring", "Summer"):
        change(world, name=name)
        for _ in range(5):
            work(world)
            world.clock.advance(4_000)
    assert len(world.sugar.campaigns) == len(world.sugar.target_lists) == 1
    assert (head(world).is_there, campaign(world)["name"]) == (True, "Summer")
    assert errors(world) == []


@pytest.mark.parametrize(
    ("what", "code"), [("campaign", "CampaignDeleted"), ("list", "TargetListDeleted")]
)
def test_what_is_deleted_in_sugar_is_reported_and_made_once_more_only_if_asked(
    world: World, what: str, code: str
) -> None:
    participant(world)
    work(world)
    before = members(world)
    if what == "campaign":
        world.sugar.campaigns[head(world).sugar_id].deleted = True
    else:
        world.sugar.delete_list(head(world).list_id)
    world.clock.advance(90_000)
    work(world)
    assert errors(world) == [(code, "deleted")]
    try_again(world.app, TENANT, "Eva")
    world.drain()
    assert errors(world) == [(code, "deleted")]
    assert len(world.sugar.campaigns) == len(world.sugar.target_lists) == 1
    make_anew(world.app, TENANT, SPRING)
    world.drain()
    work(world)
    assert errors(world) == []
    assert len(world.sugar.campaigns) == (2 if what == "campaign" else 1)
    assert len(world.sugar.target_lists) == (2 if what == "list" else 1)
    assert members(world) == before
    assert world.sugar.uses[head(world).sugar_id] >= {head(world).list_id}


def test_what_was_deleted_and_is_restored_in_sugar_heals(world: World) -> None:
    work(world)
    world.sugar.delete_list(head(world).list_id)
    world.clock.advance(90_000)
    work(world)
    assert errors(world) == [("TargetListDeleted", "deleted")]
    the_list(world).deleted = False
    try_again(world.app, TENANT, "Eva")
    world.drain()
    assert errors(world) == []
    assert head(world).obstacle is None


def test_where_sugar_refuses_the_campaign_is_in_the_error_report_and_others_go_on(
    world: World,
) -> None:
    add_campaign(world, CampaignId("other"), "Other")
    names = iter([True, False, False, False])

    def refuse(name: str) -> None:
        if name == "create Campaigns" and next(names, False):
            raise NoRight("Not for you.")

    world.sugar.before_call = refuse
    work(world)
    assert errors(world) == [("CampaignRefused", "")]
    assert len(world.sugar.campaigns) == 1
    try_again(world.app, TENANT, "Eva")
    world.drain()
    assert errors(world) == []
    assert len(world.sugar.campaigns) == 2


def test_where_no_target_list_can_be_filled_nothing_is_made_and_it_says_why(world: World) -> None:
    found = world.store.connection(TENANT)
    assert found is not None
    world.change(endpoint=replace(found.endpoint, dialect=Dialect.SOAP_5))
    work(world)
    assert errors(world) == [("CampaignImpossible", "")]
    assert (world.sugar.campaigns, world.sugar.target_lists) == ({}, {})


def test_a_change_that_sugar_does_not_take_is_reported(world: World) -> None:
    work(world)
    world.sugar.refuses.add(head(world).sugar_id)
    change(world, name="Summer")
    work(world)
    assert errors(world) == [("CampaignNotTaken", "name")]
    world.sugar.refuses.clear()
    try_again(world.app, TENANT, "Eva")
    world.drain()
    assert (errors(world), campaign(world)["name"]) == ([], "Summer")


@pytest.mark.parametrize("hold", [{"read_only": True}, {"pause": "admin"}])
def test_nothing_is_written_while_sugar_may_not_be_written_to(
    world: World, hold: dict[str, object]
) -> None:
    from funnel.domain.connecting.connections import Pause, PauseReason

    if "pause" in hold:
        hold = {"pause": Pause(PauseReason.ADMIN, world.clock.now())}
    world.change(**hold)
    work(world)
    assert world.sugar.campaigns == {}
    world.change(read_only=False, pause=None)
    work(world)
    assert len(world.sugar.campaigns) == 1


def test_the_target_list_of_a_campaign_does_not_come_back_as_a_list(world: World) -> None:
    participant(world)
    work(world)
    world.sugar.put_list("theirs", "Their fair")
    world.queue.send(ReadTargetLists(TENANT))
    world.drain()
    world.sync(RunKind.FULL)
    found = world.store.list_lists(TENANT, "", 50, "", ListKind.TARGET).items
    assert [one.name for one in found] == ["Their fair"]


def test_another_sugar_is_given_a_campaign_of_its_own(world: World) -> None:
    participant(world)
    work(world)
    before = head(world)
    world.change(connection_id="0badcafe-0000-4000-8000-000000000002")
    work(world)
    after = head(world)
    assert after.sugar_id != before.sugar_id
    assert len(world.sugar.campaigns) == 2
    assert len(members(world)) == 1


def test_a_campaign_that_is_synced_no_more_stays_as_it_is_and_comes_back_when_it_is(
    world: World,
) -> None:
    participant(world)
    work(world)
    change(world, name="Later", sugar=SugarCampaign(False))
    work(world)
    assert campaign(world)["name"] == "Spring"
    assert not head(world).active
    someone = participant(world, "bea@x.test")
    work(world)
    assert len(members(world)) == 1
    change(world, sugar=SugarCampaign(True))
    work(world)
    assert campaign(world)["name"] == "Later"
    assert len(members(world)) == 2
    assert someone
    assert len(world.sugar.campaigns) == 1


def test_a_campaign_that_is_deleted_here_stays_in_sugar(world: World) -> None:
    work(world)
    someone = participant(world)
    work(world)
    found = world.store.campaign(TENANT, SPRING)
    assert found is not None
    world.queue.send(ForgetCampaign(TENANT, SPRING))
    world.store.delete_campaign(found)
    world.drain()
    assert row_of(world, someone) is None
    world.clock.advance(timedelta(days=2).total_seconds())
    work(world)
    one = campaign_in_sugar(world.app, TENANT, SPRING)
    assert one is not None
    assert not one.active
    assert len(world.sugar.campaigns) == 1
    assert WrittenModule.CAMPAIGNS in world.sugar.related


def test_a_mistake_of_ours_over_one_campaign_holds_up_no_other_and_heals(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_campaign(world, CampaignId("other"), "Other")

    def broken(*told: object) -> object:
        if getattr(told[4], "campaign_id", "") == SPRING:
            raise KeyError("oh")
        return sync_campaign(*told)  # type: ignore[arg-type]

    monkeypatch.setattr("funnel.usecases.campaigns_in_sugar.drain_campaigns.sync_campaign", broken)
    work(world)
    assert errors(world) == [("CampaignUnexpected", "")]
    assert len(world.sugar.campaigns) == 1
    monkeypatch.undo()
    world.clock.advance(86_400)
    world.sync(RunKind.HOURLY)
    work(world)
    assert (errors(world), len(world.sugar.campaigns)) == ([], 2)


def test_a_campaign_that_has_ended_is_compared_once_more_and_then_no_longer(world: World) -> None:
    participant(world)
    work(world)
    change(world, state=CampaignState.ENDED)
    world.clock.advance(90_000)
    work(world)
    compared = head(world).compared_at
    calls = list(world.sugar.calls)
    world.clock.advance(900_000)
    work(world)
    assert head(world).compared_at == compared
    assert world.sugar.calls == calls


def over_rest(world: World) -> None:
    found = world.store.connection(TENANT)
    assert found is not None
    world.change(endpoint=replace(found.endpoint, dialect=Dialect.REST_11))


def test_a_rest_server_that_gives_ids_of_its_own_has_one_of_each_under_those(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    over_rest(world)
    create = ModelCrm.create

    def renames(crm: ModelCrm, module: WrittenModule, sugar_id: SugarId, fields: object) -> None:
        marketing = module in (WrittenModule.CAMPAIGNS, WrittenModule.TARGET_LISTS)
        own = SugarId(f"own {module}") if marketing else sugar_id
        create(crm, module, own, fields)  # type: ignore[arg-type]
        if not marketing:
            return
        raise IdNotKept("It keeps no ids.", sugar_id=own)

    monkeypatch.setattr(ModelCrm, "create", renames)
    person_id = participant(world)
    for _ in range(3):
        work(world)
        world.clock.advance(90_000)
    assert set(world.sugar.campaigns) == {"own Campaigns"}
    assert set(world.sugar.target_lists) == {"own ProspectLists"}
    assert len(members(world)) == 1
    assert (head(world).is_there, errors(world)) == (True, [])
    change(world, name="Summer")
    work(world)
    assert (campaign(world)["name"], the_list(world).name) == ("Summer", "Summer")
    assert row_of(world, person_id) is not None


def test_a_rest_server_that_keeps_no_ids_and_loses_its_answer_is_asked_only_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    over_rest(world)
    create = ModelCrm.create
    made: list[SugarId] = []

    def loses(crm: ModelCrm, module: WrittenModule, sugar_id: SugarId, fields: object) -> None:
        made.append(SugarId(f"own {len(made)}"))
        create(crm, module, made[-1], fields)  # type: ignore[arg-type]
        raise SugarUnavailable("cut off")

    monkeypatch.setattr(ModelCrm, "create", loses)
    for _ in range(4):
        work(world)
        world.clock.advance(4_000)
    try_again(world.app, TENANT, "Eva")
    world.drain()
    assert (made, errors(world)) == (["own 0"], [("CampaignUnclear", "")])
    monkeypatch.undo()
    make_anew(world.app, TENANT, SPRING)
    work(world)
    assert (head(world).is_there, errors(world)) == (True, [])
    assert len(world.sugar.campaigns) == 1
