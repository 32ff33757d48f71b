"""A branch that asks for a segment knows what a form has just said, though the segment's list follows later."""

import pytest

from funnel.domain.campaigns.campaigns import (
    Asks,
    Branch,
    CampaignId,
    Comes,
    Start,
    Step,
    StepId,
    Wait,
)
from funnel.domain.ids import ListId
from funnel.ports.marketing_messages import Relist
from funnel.ports.messages import Message
from funnel.usecases.campaigns.keep_campaigns import CampaignDraft, add_campaign, start_campaign
from funnel.usecases.forms import form_actions
from tests.fakes.world import TENANT
from tests.unit.usecases.forms.forming import Fair
from tests.unit.usecases.segments.segmenting import names_in, segment
from tests.unit.usecases.segments.segmenting import test_of as condition

ASK, YES, NO = StepId("ask"), StepId("yes"), StepId("no")


@pytest.fixture
def fair() -> Fair:
    return Fair()


@pytest.mark.feature("D9")
@pytest.mark.parametrize(("city", "expected"), [("London", YES), ("Ulm", NO)])
def test_a_branch_knows_what_the_form_said_before_the_segments_follow(
    fair: Fair, city: str, expected: StepId
) -> None:
    london = segment(fair.world, "London", condition("city", "is", "London")).list_id
    campaign_id = asks_for(fair, london)
    fair.send(city=city)
    assert step_before_lists_follow(fair, campaign_id) == expected


@pytest.mark.feature("D9")
def test_a_branch_knows_of_whom_a_segment_is_no_more_since_the_form(fair: Fair) -> None:
    fair.sent(city="")
    nowhere = segment(fair.world, "Nowhere", condition("city", "is empty"))
    assert names_in(fair.world, nowhere.list_id) == {"Byron"}
    campaign_id = asks_for(fair, nowhere.list_id)
    fair.send(city="London")
    assert step_before_lists_follow(fair, campaign_id) == NO


@pytest.mark.feature("D9")
def test_where_no_campaign_starts_from_the_form_its_people_are_worked_out_once_only(
    fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(form_actions, "list_people", lambda *rest: asked.append(rest))
    fair.sent()
    assert asked == []
    asks_for(fair, segment(fair.world, "London", condition("city", "is", "London")).list_id)
    fair.sent(first_name="Ada")
    assert len(asked) == 1


def asks_for(fair: Fair, list_id: ListId) -> CampaignId:
    """A running campaign that starts from the form and asks for this segment at once."""
    long = Wait(60 * 24 * 60)
    steps = {
        ASK: Step(ASK, Branch(Asks.RULE, segment=list_id), YES, NO),
        YES: Step(YES, long),
        NO: Step(NO, long),
    }
    start = Start(Comes.FORM, form_id=fair.made.form_id)
    made = add_campaign(fair.app, TENANT, "k", CampaignDraft("Trial", start, ASK, steps), "Mo")
    start_campaign(fair.app, TENANT, made.campaign_id, made.version, "Mo")
    fair.world.drain()
    return made.campaign_id


def step_before_lists_follow(fair: Fair, campaign_id: CampaignId) -> StepId:
    """Where the person stands while what its lists follow by waits behind other work."""
    late: list[Message] = []
    while message := fair.world.queue.pop():
        if isinstance(message, Relist):
            late.append(message)
        else:
            fair.world.handle(message)
    assert late
    own, person = (TENANT, campaign_id), fair.person().person_id
    turn = fair.store.turns(*own, [person])[person]
    return fair.store.enrolments(*own, [turn.latest])[turn.latest].step
