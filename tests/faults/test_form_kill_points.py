"""The worker dies at every call of every port while a form that was sent is kept and acted on."""

import pytest

from funnel.domain.campaigns.campaigns import CampaignId, StepId
from funnel.domain.forms.submissions import ActionState, FormAction
from funnel.domain.ids import Module
from funnel.ports.marketing_messages import Relist
from funnel.usecases.campaigns.start_campaigns import start_campaigns
from funnel.usecases.forms.confirm_form import confirm_form
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Crash, Moment, Plan
from tests.fakes.snapshot import made_once
from tests.fakes.world import TENANT
from tests.faults.dying import kill_points
from tests.property.test_forms import worker
from tests.unit.usecases.campaigns.test_branch_of_segment import NO, asks_for
from tests.unit.usecases.forms.forming import Fair, states
from tests.unit.usecases.pushing.push_scene import live
from tests.unit.usecases.segments.segmenting import segment
from tests.unit.usecases.segments.segmenting import test_of as condition

MOST_DELIVERIES = 3


@made_once
def at_fair(*, confirm: bool) -> Fair:
    """A form with everything."""
    fair = Fair()
    fair.with_everything(confirm=confirm)
    return fair


def done(plan: Plan, at: int, *, confirm: bool) -> Fair:
    """A form with everything is sent and all that follows is worked off; who dies is followed by another."""
    fair = at_fair(confirm=confirm)
    plan.at = at

    def work() -> None:
        while (message := fair.world.queue.pop_next()) is not None:
            for _ in range(MOST_DELIVERIES):
                try:
                    handle_message(
                        worker(fair.app, plan, message), message, "worker", lambda: 600.0
                    )
                    break
                except Crash:
                    plan.revived = True

    fair.send(first_name="Ada", consent="yes")
    work()
    if confirm:
        confirm_form(fair.app, fair.made.form_id, fair.link())
        work()
    return fair


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("confirm", [False, True])
def test_each_thing_happens_once_wherever_the_worker_dies(moment: Moment, confirm: bool) -> None:
    counted = Plan()
    done(counted, 0, confirm=confirm)
    reached = set(counted.calls)
    assert {
        "forms.add_submission",
        "forms.save_submission",
        "lists.move",
        "mails.add_mail",
    } <= reached
    assert "sites.count_once" in reached
    assert {"pushes.save_intent", "records.commit", "queue.send"} <= reached
    for at in kill_points(counted.calls):
        plan = Plan(moment=moment)
        fair = done(plan, at, confirm=confirm)
        where = f"call {at}, {plan.calls[at - 1]}, {moment}"
        assert plan.happened, where
        (sub,) = fair.all()
        assert set(states(sub).values()) == {ActionState.DONE}, where
        assert (FormAction.CONFIRM in sub.actions) is confirm
        assert fair.ids_on_list() == [fair.person().person_id], where
        told = [to for to, _ in fair.mailed() if to == "eva@sender.test"]
        assert len(told) == 1, where
        assert len(fair.mailed()) == 1 + confirm, where
        assert len(fair.world.sugar.tasks) == len(live(fair.world, Module.LEADS)) == 1, where
        assert fair.person().fields["city"] == "London", where
        assert fair.store.form_counts(fair.site.tenant, sub.form_id)[None] == (0, 1), where


@made_once
def asked() -> tuple[Fair, CampaignId]:
    """A campaign asks whether a field is empty, and so it is."""
    fair = Fair()
    fair.sent(city="")
    nowhere = segment(fair.world, "Nowhere", condition("city", "is empty"))
    return fair, asks_for(fair, nowhere.list_id)


def walked(plan: Plan, at: int) -> StepId:
    """Where a campaign's branch leads who sends the form and dies on the way; what lists follow by comes late."""
    fair, campaign_id = asked()
    plan.at = at
    fair.send(city="London")
    for _ in range(2):
        while (message := fair.world.queue.pop_next()) is not None:
            for _ in range(0 if isinstance(message, Relist) else MOST_DELIVERIES):
                try:
                    handle_message(
                        worker(fair.app, plan, message), message, "worker", lambda: 600.0
                    )
                    break
                except Crash:
                    plan.revived = True
        # The schedule looks who is left.
        fair.clock.advance(3600)
        start_campaigns(fair.app)
    own, person = (TENANT, campaign_id), fair.person().person_id
    turn = fair.store.turns(*own, [person])[person]
    return fair.store.enrolments(*own, [turn.latest])[turn.latest].step


@pytest.mark.feature("D9")
@pytest.mark.parametrize("moment", Moment)
def test_a_branch_knows_what_the_form_said_wherever_the_worker_dies(moment: Moment) -> None:
    counted = Plan()
    assert walked(counted, 0) == NO
    assert "lists.move" in counted.calls
    for at in kill_points(counted.calls):
        plan = Plan(moment=moment)
        assert walked(plan, at) == NO, f"call {at}, {plan.calls[at - 1]}, {moment}"
        assert plan.happened
