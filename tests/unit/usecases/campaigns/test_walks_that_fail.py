"""What cannot be written of one walk, or goes wrong in one campaign, holds up nobody else."""

from collections.abc import Sequence

import pytest

from funnel.domain.campaigns.campaigns import Campaign, CampaignId, End, Wait
from funnel.domain.campaigns.enrolments import PARTS, Change, EnrolmentState
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.mail.mails import Mail, MailContent
from funnel.ports.marketing_messages import WalkCampaigns
from funnel.usecases.campaigns.steer_walk import try_walk_again
from funnel.usecases.campaigns.walk_mails import OURS
from tests.fakes.store import MemoryStore
from tests.fakes.world import TENANT, World
from tests.unit.usecases.campaigns.campaigning import Campaigning, steps_of

pytestmark = pytest.mark.feature("D9")


class Refusing(MemoryStore):
    """Refuses all that is written together with what it does not take, as DynamoDB does."""

    def __init__(self) -> None:
        super().__init__()
        self.refused = PersonId("")
        self.broken = CampaignId("")
        self.unkept = ""

    def write_enrolments(self, tenant: TenantId, changes: Sequence[Change]) -> list[bool]:
        """A step that is over is not taken of the one; nothing at all of the other."""
        ends = [c.after for c in changes if c.after.state is EnrolmentState.THROUGH]
        if any(one.person_id == self.refused for one in ends):
            raise RuntimeError("ValidationException")
        return super().write_enrolments(tenant, changes)

    def add_mails(self, asked: Sequence[tuple[Mail, MailContent]]) -> list[bool]:
        """None of those that come together with one to this address."""
        if any(mail.address == self.unkept for mail, _ in asked):
            raise RuntimeError("ValidationException")
        return super().add_mails(asked)

    def campaign(self, tenant: TenantId, campaign_id: CampaignId) -> Campaign | None:
        """Of the broken one nothing is found out."""
        if campaign_id == self.broken:
            raise RuntimeError("it is broken")
        return super().campaign(tenant, campaign_id)


@pytest.fixture
def store() -> Refusing:
    return Refusing()


@pytest.fixture
def world(store: Refusing) -> Campaigning:
    return Campaigning(World(store=store))


def test_one_walk_that_cannot_be_written_stops_nobody_else_and_is_stuck_in_the_end(
    world: Campaigning, store: Refusing
) -> None:
    people = [world.ann, *(world.person(f"p{n}@example.test") for n in range(11))]
    world.on_list(*people)
    campaign = world.run(world.draft(steps_of({"wait": Wait(60), "last": End()})))
    store.refused = world.ann
    world.tick(hours=2)
    assert world.walk_of(campaign).reason == OURS
    others = {world.walk_of(campaign, one).state for one in people[1:]}
    assert others == {EnrolmentState.THROUGH}
    for _ in range(10):
        world.tick(hours=2)
    one = world.walk_of(campaign)
    assert (one.state, one.due_at) == (EnrolmentState.STUCK, None)
    store.refused = PersonId("")
    try_walk_again(world.app, TENANT, campaign.campaign_id, one.enrolment_id, "Mo")
    world.work()
    assert world.walk_of(campaign).state is EnrolmentState.THROUGH
    world.numbers(campaign)


def test_a_campaign_that_fails_holds_up_no_other_and_is_told_of(
    world: Campaigning, store: Refusing
) -> None:
    world.on_list()
    drafts = [world.draft(steps_of({"wait": Wait(60), "last": End()})) for _ in range(2)]
    some = [world.run(draft, f"k{n}") for n, draft in enumerate(drafts)]
    first, second = sorted(some, key=lambda one: one.campaign_id)
    world.clock.advance(7_200)
    store.broken = first.campaign_id
    for part in range(PARTS):
        with pytest.raises(RuntimeError, match="broken"):
            world.world.handle(WalkCampaigns(TENANT, part))
    states = {one.campaign_id: world.walk_of(one).state for one in some}
    assert states[second.campaign_id] is EnrolmentState.THROUGH
    assert states[first.campaign_id] is EnrolmentState.WALKING


def test_one_mail_that_cannot_be_kept_stops_nobody_else_and_its_person_is_stuck_in_the_end(
    world: Campaigning, store: Refusing
) -> None:
    people = [world.ann, *(world.person(f"p{n}@example.test") for n in range(11))]
    world.on_list(*people)
    store.unkept = world.person_row().emails[0]
    campaign = world.run(world.draft(steps_of({"send": world.send, "last": End()})))
    assert world.walk_of(campaign).reason == OURS
    assert {world.walk_of(campaign, one).state for one in people[1:]} == {EnrolmentState.THROUGH}
    assert {len(world.mails(one)) for one in people[1:]} == {1}
    for _ in range(10):
        world.tick(hours=2)
    one = world.walk_of(campaign)
    assert (one.state, one.due_at) == (EnrolmentState.STUCK, None)
    store.unkept = ""
    try_walk_again(world.app, TENANT, campaign.campaign_id, one.enrolment_id, "Mo")
    world.work()
    assert world.walk_of(campaign).state is EnrolmentState.THROUGH
    assert len(world.mails()) == 1
