"""What uses a list or segment."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from funnel.domain.broadcasts.broadcasts import Broadcast, BroadcastId, BroadcastState, Plan
from funnel.domain.campaigns.campaigns import (
    Asks,
    Branch,
    Campaign,
    CampaignId,
    CampaignState,
    ChangeList,
    Comes,
    Start,
    Step,
    StepId,
)
from funnel.domain.emails.emails import EmailId
from funnel.domain.errors import Conflict
from funnel.domain.forms.forms import Form, FormActions, FormId
from funnel.domain.ids import ListId, TenantId
from funnel.domain.segments.segments import Group, ListTest
from funnel.domain.tracking.hits import SiteKey
from funnel.usecases.app import App
from funnel.usecases.lists.change_list import refuse_used
from funnel.usecases.uses.list_uses import uses_of
from tests.browser.world import EMPTY, FULL, make_world

LIST, NOW = ListId("the-list"), datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def app() -> App:
    return make_world().app


def used(app: App, tenant: TenantId = FULL) -> list[tuple[str, str]]:
    return [(one.used_as.value, one.name) for one in uses_of(app, tenant, LIST).items]


@pytest.mark.parametrize(
    "action",
    [
        ChangeList(LIST),
        Branch(Asks.RULE, segment=LIST),
        Branch(Asks.RULE, rule=Group(parts=(Group(parts=(ListTest(LIST),)),))),
    ],
)
def test_a_campaign_uses_the_lists_of_its_steps_until_it_ends(
    app: App, action: ChangeList | Branch
) -> None:
    steps = {StepId("s"): Step(StepId("s"), action)}
    walk = Campaign(FULL, CampaignId("c"), "Walk", NOW, NOW, "Mo", first=StepId("s"), steps=steps)
    saved = app.campaigns.save_campaign(walk)
    assert used(app) == [("campaign", "Walk")]
    assert used(app, EMPTY) == []
    app.campaigns.save_campaign(replace(saved, state=CampaignState.ENDED))
    assert used(app) == []


def test_a_campaign_uses_the_list_it_starts_from(app: App) -> None:
    start = Start(Comes.LIST, LIST)
    app.campaigns.save_campaign(
        Campaign(FULL, CampaignId("c"), "Walk", NOW, NOW, "Mo", start=start)
    )
    assert used(app) == [("campaign", "Walk")]
    with pytest.raises(Conflict, match="This list is used by “Walk”"):
        refuse_used(app, FULL, LIST, "list")


def test_a_broadcast_uses_its_lists_until_it_is_sent(app: App) -> None:
    for name, plan in (
        ("to", Plan("To them", EmailId("e"), lists=(LIST,))),
        ("not", Plan("Not to them", EmailId("e"), minus=(LIST,))),
        ("else", Plan("Else", EmailId("e"))),
    ):
        app.broadcasts.save_broadcast(
            Broadcast(FULL, BroadcastId(name), plan, NOW, "Mo", NOW, "Mo")
        )
    assert sorted(used(app)) == [("broadcast", "Not to them"), ("broadcast", "To them")]
    for one in app.broadcasts.broadcasts(FULL, [BroadcastId("to"), BroadcastId("not")]).values():
        app.broadcasts.save_broadcast(replace(one, state=BroadcastState.SENT))
    assert used(app) == []


@pytest.mark.parametrize("state", BroadcastState)
def test_a_broadcast_uses_its_lists_in_every_state_before_its_end(
    app: App, state: BroadcastState
) -> None:
    plan = Plan("Spring", EmailId("e"), minus=(LIST,))
    app.broadcasts.save_broadcast(
        Broadcast(FULL, BroadcastId("b"), plan, NOW, "Mo", NOW, "Mo", state=state)
    )
    is_over = state in (BroadcastState.SENT, BroadcastState.CANCELLED)
    assert used(app) == ([] if is_over else [("broadcast", "Spring")])


def test_a_form_uses_the_list_it_puts_people_on(app: App) -> None:
    form = Form(
        FULL, FormId("f"), SiteKey("s"), "Webinar", (), NOW, NOW, "Mo", actions=FormActions(LIST)
    )
    app.forms.save_form(form)
    assert used(app) == [("form", "Webinar")]
