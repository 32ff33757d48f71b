"""A field of lists is not switched off while something uses one of its lists."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from funnel.domain.broadcasts.broadcasts import Broadcast, BroadcastId, Plan
from funnel.domain.campaigns.campaigns import (
    Asks,
    Branch,
    Campaign,
    CampaignId,
    CampaignState,
    Comes,
    Start,
    Step,
    StepId,
)
from funnel.domain.emails.emails import EmailId
from funnel.domain.errors import Conflict, InputInvalid
from funnel.domain.forms.forms import Form, FormActions, FormId
from funnel.domain.ids import ListId, Module
from funnel.domain.lists.auto_lists import DEFAULT_FIELDS
from funnel.domain.lists.lists import ListKind, ListStatus
from funnel.domain.scoring.scoring import Overlay
from funnel.domain.sync.runs import RunKind
from funnel.domain.tracking.hits import SiteKey
from funnel.usecases.app import App
from funnel.usecases.broadcasts.audience_lists import audience_lists
from funnel.usecases.lists.recompute_lists import choose_fields
from funnel.usecases.segments.keep_segments import add_segment
from tests.fakes.system import START as NOW
from tests.fakes.world import TENANT, World

pytestmark = pytest.mark.feature("B8")

WITHOUT = [one for one in DEFAULT_FIELDS if one != "lead_status"]


@pytest.fixture
def world() -> World:
    """Somebody is on a list by lead status, and somebody on one by lead source."""
    world = World()
    world.sugar.put(Module.LEADS, "a", last_name="Ada", email1="a@x.test", status="New")
    world.sugar.put(Module.LEADS, "b", last_name="Ben", email1="b@x.test", lead_source="Fair")
    world.connect()
    world.sync(RunKind.INITIAL)
    return world


def named(world: World, name: str) -> ListId:
    (found,) = world.store.list_lists(TENANT, name, 10, "", ListKind.AUTO).items
    return found.list_id


def campaign(app: App, list_id: ListId) -> None:
    start = Start(Comes.LIST, list_id, present=False)
    app.campaigns.save_campaign(
        Campaign(TENANT, CampaignId("c"), "Uses it", NOW, NOW, "Mo", start=start)
    )


def branch(app: App, list_id: ListId) -> None:
    steps = {StepId("s"): Step(StepId("s"), Branch(Asks.RULE, segment=list_id))}
    app.campaigns.save_campaign(
        Campaign(TENANT, CampaignId("c"), "Uses it", NOW, NOW, "Mo", first=StepId("s"), steps=steps)
    )


def broadcast(app: App, list_id: ListId) -> None:
    _plan(app, Plan("Uses it", EmailId("e"), lists=(list_id,)))


def minus(app: App, list_id: ListId) -> None:
    _plan(app, Plan("Uses it", EmailId("e"), minus=(list_id,)))


def _plan(app: App, plan: Plan) -> None:
    app.broadcasts.save_broadcast(Broadcast(TENANT, BroadcastId("b"), plan, NOW, "Mo", NOW, "Mo"))


def segment(app: App, list_id: ListId) -> None:
    rule = {"match": "none", "parts": [{"test": "list", "list": list_id}]}
    add_segment(app, TENANT, "s", "Uses it", rule, "Mo")


def overlay(app: App, list_id: ListId) -> None:
    rules = app.scoring.scoring_rules(TENANT)
    app.scoring.save_scoring_rules(replace(rules, overlays=(Overlay("o", "Uses it", list_id, 5),)))


def form(app: App, list_id: ListId) -> None:
    app.forms.save_form(
        Form(
            TENANT, FormId("f"), SiteKey("s"), "Uses it", (), NOW, NOW, "Mo",
            actions=FormActions(list_id),
        )
    )  # fmt: skip


@pytest.mark.parametrize("use", [campaign, branch, broadcast, minus, segment, overlay, form])
def test_a_field_one_of_whose_lists_is_used_is_not_switched_off(
    world: World, use: Callable[[App, ListId], None]
) -> None:
    list_id = named(world, "Lead status: New")
    use(world.app, list_id)
    world.drain()
    before = world.store.list_settings(TENANT)
    with pytest.raises(Conflict, match="by Lead status is used by “Uses it”") as caught:
        choose_fields(world.app, TENANT, WITHOUT, "Ada")
    assert caught.value.mend
    assert world.store.list_settings(TENANT) == before
    world.drain()
    assert world.store.lists(TENANT, [list_id])[list_id].members == 1


def test_a_list_that_nobody_is_on_now_is_used_too(world: World) -> None:
    list_id = named(world, "Lead status: New")
    campaign(world.app, list_id)
    world.sugar.put(Module.LEADS, "a", status="Dead")
    world.clock.advance(3_600)
    world.sync()
    assert world.store.lists(TENANT, [list_id])[list_id].status is ListStatus.RETIRED
    with pytest.raises(Conflict):
        choose_fields(world.app, TENANT, WITHOUT, "Ada")


def test_other_fields_go_and_this_one_goes_when_what_used_it_is_over(world: World) -> None:
    campaign(world.app, named(world, "Lead status: New"))
    left = [one for one in DEFAULT_FIELDS if one != "lead_source"]
    choose_fields(world.app, TENANT, left, "Ada")
    one = world.store.campaign(TENANT, CampaignId("c"))
    assert one is not None
    world.store.save_campaign(replace(one, state=CampaignState.ENDED))
    assert choose_fields(world.app, TENANT, ["salutation"], "Ada").fields == ("salutation",)


def test_all_fields_that_are_used_are_named_with_what_uses_them(world: World) -> None:
    campaign(world.app, named(world, "Lead status: New"))
    minus(world.app, named(world, "Lead source: Fair"))
    with pytest.raises(Conflict) as caught:
        choose_fields(world.app, TENANT, ["salutation"], "Ada")
    assert "Lead status" in caught.value.text
    assert "Lead source" in caught.value.text


@pytest.mark.feature("D11")
@pytest.mark.parametrize("kind", ["lists", "minus"])
def test_a_list_by_a_field_that_has_none_any_more_is_no_audience(world: World, kind: str) -> None:
    """Who would have been left aside is on it no more, and who it went to either."""
    list_id = named(world, "Lead status: New")
    choose_fields(world.app, TENANT, WITHOUT, "Ada")
    ids = {"lists": (), "minus": (), kind: (list_id,)}
    with pytest.raises(InputInvalid, match="“Lead status: New”") as caught:
        audience_lists(world.app, TENANT, ids["lists"], ids["minus"])
    assert caught.value.field == kind
    assert "Lead status" in caught.value.mend
    assert "copy the broadcast" in caught.value.mend.lower()
    choose_fields(world.app, TENANT, DEFAULT_FIELDS, "Ada")
    lists, left = audience_lists(world.app, TENANT, ids["lists"], ids["minus"])
    assert [one.list_id for one in (*lists, *left)] == [list_id]
