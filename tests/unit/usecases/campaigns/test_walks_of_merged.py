"""Who is merged while walking walks on as one: nothing begins anew, and no mail comes twice."""

import pytest

from funnel.domain.campaigns.campaigns import Comes, Start, Step, StepId, Wait
from funnel.domain.campaigns.enrolments import EnrolmentState, part_of
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId
from funnel.domain.sync.runs import RunKind
from funnel.ports.marketing_messages import SweepCampaign
from funnel.usecases.campaigns.leave_campaigns import leave_campaigns
from funnel.usecases.campaigns.participants import participants
from funnel.usecases.campaigns.steer_walk import put_in
from funnel.usecases.campaigns.view_walks import campaigns_of_person
from funnel.usecases.lists.keep_lists import take_off_list
from tests.fakes.world import TENANT, World
from tests.unit.usecases.campaigns.campaigning import LAST, SEND, WAIT, Campaigning, steps_of

pytestmark = pytest.mark.feature("D9")

DAYS = Wait(3 * 24 * 60)


@pytest.fixture
def world() -> Campaigning:
    return Campaigning()


def steps(world: Campaigning) -> dict[StepId, Step]:
    """Mail, three days, and mail again."""
    return steps_of({"send": world.send, "wait": DAYS, "last": world.send})


def mailed(world: Campaigning, *people: PersonId) -> list[str]:
    """At which steps these were sent mail, the oldest first."""
    found = [one for person in people for one in world.mails(person)]
    return [one.about["step"] for one in sorted(found, key=lambda one: one.asked_at)]


def test_whom_sugar_merges_while_it_walks_goes_on_as_the_one_that_is_kept() -> None:
    one = World()
    one.connect()
    for name in ("kept", "lost"):
        one.sugar.put(Module.LEADS, name, last_name=name.title(), email1=f"{name}@x.test")
        one.clock.advance(60)
    one.sync(RunKind.INITIAL)
    world = Campaigning(one)
    lost, kept = _of_lead(one, "lost"), _of_lead(one, "kept")
    world.on_list(lost)
    world.work()
    campaign = world.run(world.draft(steps(world)))
    one.clock.advance(3_600)
    one.sugar.put(Module.LEADS, "kept", email2="lost@x.test")
    one.sugar.delete(Module.LEADS, "lost")
    one.sync()
    world.work()
    assert _of_lead(one, "lost") == lost
    assert one.store.people(TENANT, [lost])[lost].merged_into == kept
    for _ in range(80):
        world.tick(hours=1)
    assert mailed(world, lost, kept) == [SEND, LAST]
    assert world.walk_of(campaign, kept).state is EnrolmentState.THROUGH
    assert world.numbers(campaign)[SEND].came == 1


def _of_lead(world: World, name: str) -> PersonId:
    key = RecordKey(Module.LEADS, SugarId(name))
    return world.store.records(TENANT, [key])[key].person_id


@pytest.mark.parametrize("leaves", [False, True])
def test_the_hourly_comparison_lets_no_survivor_in_anew_and_takes_nobody_out(
    world: Campaigning, leaves: bool
) -> None:
    world.on_list()
    start = Start(Comes.LIST, world.list, leaves=leaves)
    campaign = world.run(world.draft(steps(world), start=start))
    bob = world.person("bob@example.test")
    world.merge(world.ann, bob)
    for _ in range(80):
        world.tick(hours=1)
    assert mailed(world, world.ann, bob) == [SEND, LAST]
    one = world.walk_of(campaign, bob)
    assert (one.person_id, one.state) == (bob, EnrolmentState.THROUGH)


def test_whose_walk_it_is_now_is_seen_at_once_and_woken_as_that_one(world: Campaigning) -> None:
    world.on_list()
    campaign = world.run(world.draft(steps(world)))
    bob = world.person("bob@example.test")
    own = (TENANT, campaign.campaign_id)
    world.merge(world.ann, bob)
    (seen,) = campaigns_of_person(world.app, TENANT, bob).items
    assert (seen.step, seen.name) == (WAIT, "Bob")
    assert participants(world.app, *own, [world.person_row(bob)]) == {bob}
    world.tick(hours=1)
    assert world.walk_of(campaign, bob).person_id == bob
    assert world.walk_of(campaign, bob).step == WAIT
    (seen,) = campaigns_of_person(world.app, TENANT, bob).items
    assert seen.enrolment_id == world.walk_of(campaign, bob).enrolment_id


def test_who_is_put_in_by_hand_and_walks_under_another_id_stays_where_it_is(
    world: Campaigning,
) -> None:
    world.on_list()
    campaign = world.run(world.draft(steps(world), start=Start(Comes.LIST, world.list)))
    bob = world.person("bob@example.test")
    world.merge(world.ann, bob)
    before = world.walk_of(campaign)
    walk = put_in(world.app, TENANT, campaign.campaign_id, bob, "Mo", "k")
    assert walk.enrolment_id == before.enrolment_id
    world.work()
    assert world.walk_of(campaign, bob).enrolment_id == before.enrolment_id
    assert mailed(world, world.ann, bob) == [SEND]


def test_who_leaves_the_list_leaves_the_walk_under_the_other_id_as_well(world: Campaigning) -> None:
    world.on_list()
    start = Start(Comes.LIST, world.list, leaves=True)
    campaign = world.run(world.draft(steps(world), start=start))
    bob = world.person("bob@example.test")
    world.merge(world.ann, bob)
    world.work()
    take_off_list(world.app, TENANT, world.list, [bob])
    world.work()
    assert world.walk_of(campaign).state is EnrolmentState.LEFT
    world.on_list(bob)
    for _ in range(80):
        world.tick(hours=1)
    assert mailed(world, world.ann, bob) == [SEND]


def test_days_until_somebody_may_come_again_count_from_the_last_time_under_any_id(
    world: Campaigning,
) -> None:
    start = Start(Comes.LIST, world.list, again_days=7)
    world.on_list()
    campaign = world.run(world.draft(steps_of({"send": world.send}), start=start))
    bob = world.person("bob@example.test")
    world.merge(world.ann, bob)
    for day, expected in ((1, [SEND]), (6, [SEND, SEND])):
        world.clock.advance(day * 86_400)
        take_off_list(world.app, TENANT, world.list, [bob])
        world.on_list(bob)
        world.work()
        world.tick(minutes=5)
        assert mailed(world, world.ann, bob) == expected
    assert world.walk_of(campaign, bob).turn == 1


def test_of_two_who_are_merged_into_a_third_one_walks_on_whoever_they_were(
    world: Campaigning,
) -> None:
    people = [world.ann, *(world.person(f"p{n}@example.test") for n in range(11))]
    world.on_list(*people)
    campaign = world.run(world.draft(steps(world)))
    third = world.person("third@example.test")
    walks = [world.walk_of(campaign, one) for one in people]
    part = part_of(walks[0].enrolment_id)
    mine = [one.person_id for one in walks if part_of(one.enrolment_id) == part]
    assert len(mine) > 1
    for one in mine[:2]:
        world.merge(one, third)
    for _ in range(80):
        world.tick(hours=1)
    assert mailed(world, *mine[:2], third) == [SEND, SEND, LAST]
    states = [world.walk_of(campaign, one).state for one in mine[:2]]
    assert sorted(states) == [EnrolmentState.MERGED, EnrolmentState.THROUGH]
    others = [one for one in people if one not in mine[:2]]
    assert {world.walk_of(campaign, one).state for one in others} == {EnrolmentState.THROUGH}
    world.numbers(campaign)


def test_who_was_through_already_under_one_id_does_not_go_on_under_another(
    world: Campaigning,
) -> None:
    world.on_list()
    campaign = world.run(world.draft(steps(world)))
    for _ in range(80):
        world.tick(hours=1)
    bob, third = world.person("bob@example.test"), world.person("third@example.test")
    world.on_list(bob)
    world.work()
    for one in (world.ann, bob):
        world.merge(one, third)
    for _ in range(80):
        world.tick(hours=1)
    assert mailed(world, world.ann) == [SEND, LAST]
    assert mailed(world, bob, third) == [SEND]
    assert world.walk_of(campaign, bob).state is EnrolmentState.MERGED


def test_who_is_parted_again_and_merged_the_other_way_round_has_one_walk(
    world: Campaigning,
) -> None:
    world.on_list()
    campaign = world.run(world.draft(steps(world)))
    bob = world.person("bob@example.test")
    world.merge(world.ann, bob)
    world.tick(hours=1)
    assert world.walk_of(campaign, bob).person_id == bob
    world.part(world.ann)
    world.merge(bob, world.ann)
    for _ in range(80):
        world.tick(hours=1)
    assert mailed(world, world.ann, bob) == [SEND, LAST]
    one = world.walk_of(campaign)
    assert (one.person_id, one.state) == (world.ann, EnrolmentState.THROUGH)


def test_who_is_parted_again_is_not_taken_out_with_the_other(world: Campaigning) -> None:
    world.on_list()
    start = Start(Comes.LIST, world.list, leaves=True)
    campaign = world.run(world.draft(steps(world), start=start))
    bob = world.person("bob@example.test")
    world.merge(world.ann, bob)
    world.tick(hours=1)
    world.part(world.ann)
    world.on_list(bob)
    take_off_list(world.app, TENANT, world.list, [world.ann])
    world.work()
    assert world.walk_of(campaign, bob).state is EnrolmentState.WALKING
    world.world.queue.send(SweepCampaign(TENANT, campaign.campaign_id, whole=True))
    world.work()
    assert world.walk_of(campaign, bob).state is EnrolmentState.WALKING


def test_who_is_parted_again_and_erased_leaves_the_walk_to_whom_it_is(world: Campaigning) -> None:
    world.on_list()
    campaign = world.run(world.draft(steps(world)))
    bob = world.person("bob@example.test")
    world.merge(world.ann, bob)
    world.tick(hours=1)
    world.part(world.ann)
    assert leave_campaigns(world.app, TENANT, [world.ann]) == 1
    one = world.walk_of(campaign, bob)
    assert (one.person_id, one.origin, one.state) == (bob, bob, EnrolmentState.WALKING)
    assert leave_campaigns(world.app, TENANT, [world.ann]) == 0
    assert leave_campaigns(world.app, TENANT, [bob]) == 1
    assert world.numbers(campaign)[WAIT].erased == 1


def test_who_is_erased_with_those_it_took_in_leaves_nothing_but_numbers(
    world: Campaigning,
) -> None:
    world.on_list()
    campaign = world.run(world.draft(steps(world)))
    bob = world.person("bob@example.test")
    world.merge(world.ann, bob)
    world.tick(hours=1)
    assert leave_campaigns(world.app, TENANT, [bob, world.ann]) == 1
    assert not world.store.turns_of(TENANT, world.ann) + world.store.turns_of(TENANT, bob)
    assert world.numbers(campaign)[WAIT].erased == 1
