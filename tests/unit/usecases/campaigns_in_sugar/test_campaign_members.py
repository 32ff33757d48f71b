"""Who is in a synced campaign, and in Sugar, is on its Target List there: once, and only by us."""

import pytest

from funnel.domain.campaigns.campaigns import CampaignId, Step, StepId, Wait
from funnel.domain.campaigns.enrolments import EnrolmentState
from funnel.domain.ids import JobId, Module, PersonId, RecordKey, SugarId
from funnel.ports.marketing_messages import DoPeopleJob
from funnel.usecases.campaigns.keep_campaigns import CampaignDraft, change_campaign
from funnel.usecases.campaigns.steer_walk import put_in, take_out
from funnel.usecases.erasing.erase_person import new_erasure, word_for
from tests.fakes.world import TENANT, World
from tests.unit.usecases.campaigns_in_sugar.crowds import crowd
from tests.unit.usecases.campaigns_in_sugar.in_sugar_scene import (
    SPRING,
    add_campaign,
    change,
    come_in,
    go_out,
    head,
    in_sugar,
    members,
    participant,
    record_of,
    row_of,
    synced_world,
    the_list,
    work,
)
from tests.unit.usecases.pushing.push_scene import errors, here, someone

WAIT = StepId("wait")


@pytest.fixture
def world() -> World:
    return synced_world()


def added(world: World) -> int:
    return len([call for call in world.sugar.calls if call.startswith("add_members")])


def test_who_is_in_sugar_and_comes_in_is_put_on_the_list_within_the_next_turn(
    world: World,
) -> None:
    person_id = participant(world)
    work(world)
    assert members(world) == {str(record_of(world, person_id))}
    assert head(world).members == 1
    assert errors(world) == []


def test_who_is_in_the_campaign_and_not_in_sugar_is_added_once_it_is(world: World) -> None:
    person_id = here(world)
    come_in(world, person_id)
    work(world)
    assert members(world) == set()
    in_sugar(world, person_id)
    world.drain()
    work(world)
    assert members(world) == {str(record_of(world, person_id))}


def test_many_are_put_on_in_few_requests_and_each_once(world: World) -> None:
    crowd(world, 230)
    work(world)
    assert len(members(world)) == head(world).members == 230
    assert added(world) == 2
    world.clock.advance(90_000)
    work(world)
    assert added(world) == 2


def test_people_whom_nobody_told_of_are_found_by_the_comparison(world: World) -> None:
    work(world)
    crowd(world, 30, tell=False)
    world.clock.advance(90_000)
    work(world)
    assert len(members(world)) == 30
    one = head(world)
    assert (one.members, one.cursor) == (30, "")


def test_who_leaves_is_taken_off_and_who_is_through_stays(world: World) -> None:
    one, other = participant(world), participant(world, "bea@x.test")
    work(world)
    go_out(world, one)
    go_out(world, other, state=EnrolmentState.THROUGH)
    work(world)
    assert members(world) == {str(record_of(world, other))}
    assert head(world).members == 1
    assert row_of(world, one) is None
    come_in(world, one)
    work(world)
    assert len(members(world)) == 2


def test_who_left_without_a_word_is_taken_off_by_the_comparison(world: World) -> None:
    one = participant(world)
    work(world)
    go_out(world, one, tell=False)
    world.clock.advance(90_000)
    work(world)
    assert members(world) == set()


def test_who_is_erased_is_taken_off_and_nothing_is_kept_of_it(world: World) -> None:
    person_id = participant(world)
    work(world)
    assert members(world)
    person = someone(world, person_id)
    erase(world, person_id, word_for(person))
    work(world)
    assert members(world) == set()
    assert row_of(world, person_id) is None
    assert head(world).members == 0


def erase(world: World, person_id: PersonId, word: str) -> None:

    job = world.store.save_job(new_erasure(world.app, TENANT, person_id, word, "Eva"))

    world.queue.send(DoPeopleJob(TENANT, JobId(job.job_id)))
    world.drain()


def test_a_lead_that_was_converted_makes_way_for_its_contact(world: World) -> None:
    world.sugar.put(
        Module.LEADS, "l1", last_name="Byron", email1="ada@x.test", assigned_user_id="u1"
    )
    world.sync()
    key = RecordKey(Module.LEADS, SugarId("l1"))
    person_id = world.store.records(TENANT, [key])[key].person_id
    come_in(world, person_id)
    work(world)
    assert members(world) == {"Leads/l1"}
    world.clock.advance(60)
    world.sugar.put(
        Module.CONTACTS, "c1", last_name="Byron", email1="ada@x.test", assigned_user_id="u1"
    )
    world.sugar.put(Module.LEADS, "l1", converted="1", contact_id="c1")
    world.sync()
    work(world)
    assert members(world) == {"Contacts/c1"}
    assert head(world).members == 1


def test_a_record_that_becomes_anothers_stays_where_the_other_is_in_the_campaign(
    world: World,
) -> None:
    """Of two people who become one, one record stays on the list."""
    for sugar_id, email in (("l1", "ada@x.test"), ("l2", "bea@x.test")):
        world.sugar.put(Module.LEADS, sugar_id, last_name="B", email1=email, assigned_user_id="u1")
    world.sync()
    keys = [RecordKey(Module.LEADS, SugarId(i)) for i in ("l1", "l2")]
    one, two = (world.store.records(TENANT, [key])[key].person_id for key in keys)
    come_in(world, one)
    come_in(world, two)
    work(world)
    assert members(world) == {"Leads/l1", "Leads/l2"}
    world.clock.advance(60)
    world.sugar.change_address(Module.LEADS, "l2", "ada@x.test")
    world.sugar.put(Module.LEADS, "l2")
    world.sync()
    work(world)
    kept = someone(world, one) if not someone(world, one).merged_into else someone(world, two)
    assert members(world) == {str(kept.links[0].key)}
    world.clock.advance(90_000)
    work(world)
    assert members(world) == {str(kept.links[0].key)}


def test_who_is_merged_into_somebody_outside_the_campaign_is_on_the_list_as_that_one(
    world: World,
) -> None:
    for sugar_id, email in (("l1", "ada@x.test"), ("l2", "bea@x.test")):
        world.sugar.put(Module.LEADS, sugar_id, last_name="B", email1=email, assigned_user_id="u1")
        world.sync()
        world.clock.advance(60)
    keys = [RecordKey(Module.LEADS, SugarId(i)) for i in ("l1", "l2")]
    kept, lost = (world.store.records(TENANT, [key])[key].person_id for key in keys)
    come_in(world, lost)
    work(world)
    assert members(world) == {"Leads/l2"}
    world.sugar.change_address(Module.LEADS, "l2", "ada@x.test")
    world.sugar.put(Module.LEADS, "l2")
    world.sync()
    work(world)
    assert someone(world, lost).merged_into == kept
    assert members(world) == {str(someone(world, kept).links[0].key)}
    assert head(world).members == 1


def test_nobody_is_put_on_while_sugar_may_only_be_read(world: World) -> None:
    work(world)
    crowd(world, 3)
    world.change(read_only=True)
    work(world)
    assert members(world) == set()
    world.change(read_only=False)
    work(world)
    assert len(members(world)) == 3


def test_two_campaigns_have_lists_of_their_own(world: World) -> None:
    other = CampaignId("c0000000-0000-4000-8000-000000000002")
    add_campaign(world, other, "Autumn")
    one, two = participant(world), participant(world, "bea@x.test")
    come_in(world, two, other)
    work(world)
    assert members(world) == {str(record_of(world, one)), str(record_of(world, two))}
    assert members(world, other) == {str(record_of(world, two))}
    go_out(world, two)
    work(world)
    assert members(world, other) == {str(record_of(world, two))}


def test_a_campaign_of_many_is_worked_in_turns_so_that_others_do_not_wait_for_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("funnel.usecases.campaigns_in_sugar.drain_campaigns._PAGE", 5)
    monkeypatch.setattr("funnel.usecases.campaigns_in_sugar.drain_campaigns._PAGES", 2)
    crowd(world, 32)
    work(world)
    assert len(members(world)) == 32


def test_a_comparison_that_is_out_of_time_goes_on_where_it_was(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from funnel.usecases.campaigns_in_sugar.compare_campaign import compare_campaign
    from funnel.usecases.connecting.connection import connection_of, sugar

    work(world)
    crowd(world, 20, tell=False)
    monkeypatch.setattr("funnel.usecases.campaigns_in_sugar.compare_campaign._PAGE", 2)
    turns = 0
    with sugar(world.app, connection_of(world.app, TENANT)) as crm:
        done = False
        while not done:
            left = iter([1.0, 1.0, 0.0])
            done = compare_campaign(world.app, crm, head(world), lambda left=left: next(left))  # type: ignore[misc]
            turns += 1
    assert turns > 3
    assert head(world).cursor == ""
    work(world)
    assert len(members(world)) == 20

    assert head(world).campaign_id == SPRING


def test_who_is_put_in_and_taken_out_by_hand_is_followed(world: World) -> None:
    """By the engine's own use cases: nothing else tells Sugar."""
    person_id = here(world)
    in_sugar(world, person_id)
    change(
        world,
        first=WAIT,
        steps={WAIT: Step(WAIT, Wait(minutes=100_000))},
    )
    work(world)
    walk = put_in(world.app, TENANT, SPRING, person_id, "Eva", "k")
    settle(world)
    assert members(world) == {str(record_of(world, person_id))}
    take_out(world.app, TENANT, SPRING, walk.enrolment_id, "Eva")
    settle(world)
    assert members(world) == set()


def test_a_campaign_that_is_renamed_here_is_told_at_once(world: World) -> None:
    change(world, first=WAIT, steps={WAIT: Step(WAIT, Wait(minutes=100_000))})
    work(world)
    before = world.store.campaign(TENANT, SPRING)
    assert before is not None
    draft = CampaignDraft(
        "Summer", before.start, before.first, before.steps, before.timezone, None, in_sugar=True
    )
    change_campaign(world.app, TENANT, SPRING, draft, before.version, "Eva")
    settle(world)
    assert the_list(world).name == "Summer"


def settle(world: World) -> None:
    """Whatever was rung for is done; nobody asks for anything."""
    world.clock.advance(60)
    world.drain()
