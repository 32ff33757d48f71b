"""A worker of campaigns dies at any call of any port while people who walk are merged: one walks on, once."""

import pytest

from funnel.domain.campaigns.campaigns import Action, Campaign, Wait
from funnel.domain.campaigns.enrolments import EnrolmentState
from funnel.domain.ids import PersonId
from funnel.ports.marketing_messages import SweepCampaign
from funnel.usecases.campaigns.steer_walk import put_in
from tests.fakes.faulty import Moment, Plan
from tests.fakes.world import TENANT
from tests.faults.dying import kill_points
from tests.faults.test_campaign_kill_points import Scene, one_mail, started
from tests.unit.usecases.campaigns.campaigning import LAST, WAIT


@pytest.mark.feature("D9")
@pytest.mark.parametrize("moment", Moment)
def test_of_two_who_are_merged_into_a_third_one_walks_on_once_wherever_it_dies(
    moment: Moment,
) -> None:
    """And whoever they are now comes onto the list, is put in by hand, and gets one mail."""

    def whole(plan: Plan) -> tuple[Scene, Campaign, list[PersonId]]:
        scene = Scene(plan)
        base = scene.scene
        bob, third = (base.person(f"{one}@example.test") for one in ("bob", "third"))
        base.on_list(base.ann, bob)
        campaign = started(scene, {"wait": Wait(60), "last": base.send})
        scene.work()
        for one in (base.ann, bob):
            base.merge(one, third)
        scene.act(lambda app: put_in(app, TENANT, campaign.campaign_id, third, "Mo", "k"))
        scene.work()
        scene.hours(2)
        return scene, campaign, [base.ann, bob, third]

    calls = whole(Plan())[0].plan.calls
    for at in kill_points(calls):
        scene, campaign, people = whole(Plan(at, moment))
        told = f"{moment} {calls[at - 1]}"
        numbers = scene.scene.numbers(campaign)
        # Where it died before they came in, they come in as the third.
        assert numbers[WAIT].came == numbers[WAIT].merged + 1, told
        assert (numbers[LAST].came, numbers[LAST].through) == (1, 1), told
        assert scene.scene.walk_of(campaign, people[-1]).state is EnrolmentState.THROUGH, told
        assert len(scene.scene.store.all_mails) == 1, told
        one_mail(scene, campaign)


@pytest.mark.feature("D9")
@pytest.mark.parametrize("moment", Moment)
def test_whoever_is_merged_on_the_way_does_not_leave_with_the_list_wherever_it_dies(
    moment: Moment,
) -> None:
    """Its lists follow late, and everybody is compared with the list meanwhile."""

    def whole(plan: Plan) -> tuple[Scene, Campaign, PersonId]:
        scene = Scene(plan)
        base = scene.scene
        bob = base.person("bob@example.test")
        base.on_list()
        actions: dict[str, Action] = {
            "send": base.send,
            "wait": Wait(60),
            "last": Wait(7 * 1440),
        }
        campaign = started(scene, actions, leaves=True)
        scene.work()
        base.merge(base.ann, bob)
        base.world.queue.send(SweepCampaign(TENANT, campaign.campaign_id, whole=True))
        scene.work()
        scene.hours(2)
        return scene, campaign, bob

    calls = whole(Plan())[0].plan.calls
    assert "lists.move" in calls
    for at in kill_points(calls):
        scene, campaign, bob = whole(Plan(at, moment))
        told = f"{moment} {calls[at - 1]}"
        one = scene.scene.walk_of(campaign, bob)
        assert (one.state, one.step) == (EnrolmentState.WALKING, LAST), told
        assert scene.scene.numbers(campaign)[WAIT].came == 1, told
