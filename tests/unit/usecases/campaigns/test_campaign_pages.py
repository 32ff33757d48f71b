"""What is done to a campaign's people page by page comes by all of them, whenever and however late it is read."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from funnel.domain.campaigns.campaigns import CampaignId, Comes, Start, StepId, Wait
from funnel.domain.campaigns.enrolments import Change, Enrolment, EnrolmentState, parked
from funnel.domain.ids import TenantId
from funnel.ports.listing import Listing
from funnel.ports.marketing_messages import MendCampaign, SweepCampaign
from funnel.usecases.campaigns import mend_campaign as mending
from funnel.usecases.campaigns import sweep_campaign as sweeping
from funnel.usecases.lists.keep_lists import put_on_list
from tests.fakes.store import MemoryStore
from tests.fakes.world import TENANT, World
from tests.unit.usecases.campaigns.campaigning import WAIT, Campaigning, steps_of

pytestmark = pytest.mark.feature("D9")


class Late(MemoryStore):
    """Its index of who stands where is a moment behind: it still names who has just moved on."""

    def __init__(self) -> None:
        super().__init__()
        self._behind: dict[tuple[StepId, EnrolmentState, str], Listing[Enrolment]] = {}

    def enrolments_at(
        self,
        tenant: TenantId,
        campaign_id: CampaignId,
        step: StepId,
        state: EnrolmentState,
        limit: int,
        cursor: str = "",
    ) -> Listing[Enrolment]:
        """As the adapter does: places of the index, rows as they are now."""
        at = (step, state, cursor)
        if at not in self._behind:
            self._behind[at] = super().enrolments_at(
                tenant, campaign_id, step, state, limit, cursor
            )
        page = self._behind[at]
        now = self.enrolments(tenant, campaign_id, [one.enrolment_id for one in page.items])
        there = [one for one in now.values() if (one.step, one.state) == (step, state)]
        return Listing(there, page.cursor)


def test_all_who_are_stuck_are_tried_again_though_the_index_is_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mending, "_PAGE", 3)
    world = Campaigning(World(store=Late()))
    people = [world.person(f"p{n}@example.test") for n in range(10)]
    world.on_list(*people)
    campaign = world.run(world.draft(steps_of({"wait": Wait(30 * 1440)})))
    now = world.clock.now()
    for number, person in enumerate(people):
        one = world.walk_of(campaign, person)
        state = EnrolmentState.STOPPED if number % 3 == 0 else EnrolmentState.STUCK
        change = Change(one, parked(one, state, now, "why"))
        assert world.store.write_enrolments(TENANT, [change]) == [True]
    times: Iterator[float] = iter([9.0, 9.0, 0.0])
    message = MendCampaign(TENANT, campaign.campaign_id, stuck=True, by="Mo")
    mending.mend_campaign(world.app, message, lambda: next(times, 9.0))
    world.work()
    numbers = world.numbers(campaign)[WAIT]
    assert (numbers.stuck, numbers.stopped, numbers.walking) == (0, 0, 10)


def test_the_daily_look_at_all_members_goes_on_as_one_after_its_hour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sweeping, "_PAGE", 2)
    monkeypatch.setattr(sweeping, "_MOST_EACH_HOUR", 1)
    world = Campaigning()
    start = Start(Comes.LIST, world.list, present=True, leaves=True)
    campaign = world.run(world.draft(steps_of({"wait": Wait(30 * 1440)}), start=start))
    people = [world.person(f"p{n}@example.test") for n in range(7)]
    put_on_list(world.app, TENANT, world.list, people)
    while world.world.queue.pop_next():
        pass
    now = world.clock.now()
    almost = now.replace(hour=3, minute=59) + timedelta(days=3)
    world.clock.advance((almost - now).total_seconds())
    times: Iterator[float] = iter([9.0, 0.0])
    sweeping.sweep_campaign(
        world.app, SweepCampaign(TENANT, campaign.campaign_id), lambda: next(times, 9.0)
    )
    world.clock.advance(120)
    world.work()
    assert world.numbers(campaign)[WAIT].walking == 7
