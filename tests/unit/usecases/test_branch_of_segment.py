"""A branch that asks for a segment knows what a form has just said, though the segment's list follows later."""

import pytest

from funnel.domain.campaigns import Asks, Branch, Comes, Start, Step, StepId, Wait
from funnel.ports.system import Message, Relist
from funnel.usecases.keep_campaigns import CampaignDraft, add_campaign, start_campaign
from tests.fakes.world import TENANT
from tests.unit.usecases.forming import Fair
from tests.unit.usecases.segmenting import segment
from tests.unit.usecases.segmenting import test_of as condition

ASK, YES, NO = StepId("ask"), StepId("yes"), StepId("no")


@pytest.mark.feature("D9")
@pytest.mark.parametrize(("city", "expected"), [("London", YES), ("Ulm", NO)])
def test_a_branch_knows_what_the_form_said_before_the_segments_follow(
    city: str, expected: StepId
) -> None:
    fair = Fair()
    world, queue = fair.world, fair.world.queue
    london = segment(world, "London", condition("city", "is", "London")).list_id
    long = Wait(60 * 24 * 60)
    steps = {
        ASK: Step(ASK, Branch(Asks.RULE, segment=london), YES, NO),
        YES: Step(YES, long),
        NO: Step(NO, long),
    }
    start = Start(Comes.FORM, form_id=fair.made.form_id)
    made = add_campaign(fair.app, TENANT, "k", CampaignDraft("Trial", start, ASK, steps), "Mo")
    start_campaign(fair.app, TENANT, made.campaign_id, made.version, "Mo")
    world.drain()
    fair.send(city=city)
    late: list[Message] = []
    while message := queue.pop():
        if isinstance(message, Relist):
            late.append(message)
        else:
            world.handle(message)
    assert late
    own, person = (TENANT, made.campaign_id), fair.person().person_id
    turn = fair.store.turns(*own, [person])[person]
    assert fair.store.enrolments(*own, [turn.latest])[turn.latest].step == expected
