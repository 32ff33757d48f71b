"""A campaign that is synced with Sugar, and people who walk along it."""

from dataclasses import replace

from funnel.domain.campaigns.campaigns import Campaign, CampaignId, CampaignState, SugarCampaign
from funnel.domain.campaigns.campaigns_in_sugar import CampaignInSugar, SugarMember
from funnel.domain.campaigns.enrolments import Change, EnrolmentState, begun, over
from funnel.domain.ids import PersonId, RecordKey, WrittenModule
from funnel.domain.pushing.pushes import Wish
from funnel.ports.sync_messages import PushDue
from funnel.usecases.bells.wake_members import wake_participants
from funnel.usecases.campaigns_in_sugar.change_in_sugar import campaign_in_sugar
from funnel.usecases.pushing.request_push import PushRequest, request_push
from tests.fakes.model_sugar import ModelTargetList
from tests.fakes.world import TENANT, World
from tests.unit.usecases.pushing.push_scene import here, push_world

SPRING = CampaignId("c0000000-0000-4000-8000-000000000001")


def synced_world() -> World:
    """A Sugar that may be written to, and one running campaign that is synced with it."""
    made = push_world()
    add_campaign(made)
    return made


def add_campaign(
    world: World, campaign_id: CampaignId = SPRING, name: str = "Spring", **more: object
) -> Campaign:
    now = world.clock.now()
    campaign = Campaign(
        TENANT,
        campaign_id,
        name,
        now,
        now,
        "Eva",
        CampaignState.RUNNING,
        sugar=SugarCampaign(True),
        started_at=now,
    )
    return world.store.save_campaign(replace(campaign, **more))  # type: ignore[arg-type]


def change(world: World, campaign_id: CampaignId = SPRING, **more: object) -> Campaign:
    found = world.store.campaign(TENANT, campaign_id)
    assert found is not None
    now = world.clock.now()
    return world.store.save_campaign(replace(found, changed_at=now, **more))  # type: ignore[arg-type]


def come_in(
    world: World, person_id: PersonId, campaign_id: CampaignId = SPRING, *, tell: bool = True
) -> None:
    """As the engine lets somebody in."""
    campaign = world.store.campaign(TENANT, campaign_id)
    assert campaign is not None
    before = world.store.turns(TENANT, campaign_id, [person_id]).get(person_id)
    step = begun(campaign, before, person_id, world.clock.now(), "list")
    assert world.store.write_enrolments(TENANT, [step]) == [True]
    if tell:
        wake_participants(world.app, TENANT, campaign_id, [person_id])


def go_out(
    world: World,
    person_id: PersonId,
    campaign_id: CampaignId = SPRING,
    state: EnrolmentState = EnrolmentState.LEFT,
    *,
    tell: bool = True,
) -> None:
    """As the engine takes somebody out."""
    turn = world.store.turns(TENANT, campaign_id, [person_id])[person_id]
    walk = world.store.enrolments(TENANT, campaign_id, [turn.latest])[turn.latest]
    after = over(walk, state, world.clock.now())
    assert world.store.write_enrolments(TENANT, [Change(walk, after)]) == [True]
    if tell:
        wake_participants(world.app, TENANT, campaign_id, [person_id])


def in_sugar(world: World, person_id: PersonId, key: str = "add") -> None:
    """The person is made a Lead in Sugar."""
    request = PushRequest(person_id, Wish(WrittenModule.LEADS), "Eva", f"{key} {person_id}")
    request_push(world.app, TENANT, request)
    work(world)


def participant(world: World, email: str = "ada@x.test") -> PersonId:
    """Somebody in the campaign who is in Sugar."""
    person_id = here(world, email)
    in_sugar(world, person_id)
    come_in(world, person_id)
    return person_id


def work(world: World) -> None:
    """The worker that writes to Sugar, until nothing is left."""
    world.queue.send(PushDue(TENANT))
    world.drain()


def head(world: World, campaign_id: CampaignId = SPRING) -> CampaignInSugar:
    found = campaign_in_sugar(world.app, TENANT, campaign_id)
    assert found is not None
    return found


def the_list(world: World, campaign_id: CampaignId = SPRING) -> ModelTargetList:
    return world.sugar.target_lists[head(world, campaign_id).list_id]


def members(world: World, campaign_id: CampaignId = SPRING) -> set[str]:
    """Who is on the Target List in Sugar, as `Module/id`."""
    one = the_list(world, campaign_id)
    return {f"{module}/{i}" for module, ids in one.members.items() for i in ids}


def record_of(world: World, person_id: PersonId) -> RecordKey:
    """The first record of a person."""
    return world.store.people(TENANT, [person_id])[person_id].links[0].key


def row_of(
    world: World, person_id: PersonId, campaign_id: CampaignId = SPRING
) -> SugarMember | None:
    key = (campaign_id, person_id)
    return world.store.sugar_members(TENANT, [key]).get(key)
