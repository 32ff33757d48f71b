"""Campaigns and lists still being worked out: nobody comes, leaves or branches by what is not known yet."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from funnel.domain.campaigns.campaigns import (
    Asks,
    Branch,
    Campaign,
    Comes,
    End,
    Start,
    Step,
    StepId,
    Wait,
)
from funnel.domain.campaigns.enrolments import EnrolmentState, What
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import ListId, PersonId
from funnel.domain.lists.lists import ListKind, PeopleList
from funnel.domain.segments.segments import Group, ListTest
from funnel.domain.tracking.activities import Activity, ActivityKind, SubjectId
from funnel.ports.marketing_messages import Relist, Rescore, SweepCampaign, TellCampaigns
from funnel.usecases.campaigns import sweep_campaign
from funnel.usecases.campaigns.let_in import BY_LIST, let_in
from funnel.usecases.campaigns.start_campaigns import start_campaigns
from funnel.usecases.campaigns.steer_walk import try_walk_again
from funnel.usecases.segments.keep_segments import (
    add_segment,
    change_segment,
    delete_segment,
    retire_segment,
)
from funnel.usecases.tracking.record_activities import record_activities
from tests.fakes.world import TENANT
from tests.unit.usecases.campaigns.campaigning import ASK, LAST, NEXT, WAIT, Campaigning
from tests.unit.usecases.segments.segmenting import test_of, visited

WAITS = "“Buyers” is still being worked out."
ANN = test_of("email", "begins with", "ann")


@pytest.fixture
def world() -> Campaigning:
    return Campaigning()


def rule(*parts: dict[str, Any], match: str = "all") -> dict[str, Any]:
    return {"match": match, "parts": list(parts)}


def buyers(world: Campaigning, *parts: dict[str, Any], match: str = "all") -> ListId:
    """A segment that nobody has worked out yet."""
    whole = rule(*parts, match=match)
    return add_segment(world.app, TENANT, "buyers", "Buyers", whole, "Mo").list_id


def work(world: Campaigning, *without: type) -> None:
    """Whatever is due, but for what works out lists or scores; that waits on."""
    heap = world.world.queue._heap
    held = [one for one in heap if isinstance(one[2], without)]
    heap[:] = sorted(one for one in heap if one not in held)
    world.work()
    heap += held
    heap.sort()


def hold(world: Campaigning) -> list[Any]:
    """What waits, taken out of the queue."""
    heap = world.world.queue._heap
    held, heap[:] = list(heap), []
    return held


def tick(world: Campaigning, *without: type, **later: float) -> None:
    world.clock.advance(timedelta(**later).total_seconds())
    start_campaigns(world.app)
    work(world, *without)


def steps(branch: Branch) -> dict[StepId, Step]:
    return {
        ASK: Step(ASK, branch, LAST, NEXT),
        NEXT: Step(NEXT, Wait(60 * 24 * 90), LAST),
        LAST: Step(LAST, End()),
    }


def asking(world: Campaigning, branch: Branch) -> Campaign:
    """Ann stands at a branch that asks this, and all that works out lists waits."""
    world.on_list()
    world.run(world.draft({WAIT: Step(WAIT, Wait(60), ASK), **steps(branch)}))
    tick(world, Relist, Rescore, hours=2)
    (campaign,) = [
        found
        for head in world.app.campaigns.running(TENANT)
        if (found := world.app.campaigns.campaign(TENANT, head.campaign_id))
    ]
    return campaign


def on_their_way(world: Campaigning, campaign: Campaign) -> set[PersonId]:
    own = (TENANT, campaign.campaign_id)
    found = [
        one
        for part in range(4)
        for one in world.store.list_enrolments(*own, part, 100).items
        if one.state is EnrolmentState.WALKING
    ]
    return {one.person_id for one in found}


def looks_at_prices(world: Campaigning, who: PersonId) -> None:
    done = Activity(
        TENANT,
        SubjectId(who),
        world.world.ids.new_id(),
        ActivityKind.PAGE_VIEW,
        world.clock.now(),
        {"path": "/pricing", "url": "https://x.test/pricing"},
    )
    record_activities(world.app, TENANT, SubjectId(who), [done])


@pytest.mark.parametrize("how", ["segment", "rule"])
def test_a_branch_waits_for_a_list_that_is_being_worked_out_and_says_so(
    world: Campaigning, how: str
) -> None:
    segment = buyers(world, ANN)
    branch = Branch(Asks.RULE, segment=segment)
    if how == "rule":
        # A list by field is worked out with the same recompute.
        now, by_field = world.clock.now(), ListId("by-field")
        world.store.save_list(PeopleList(TENANT, by_field, ListKind.AUTO, "Buyers", now, now))
        branch = Branch(Asks.RULE, rule=Group(parts=(ListTest(by_field),)))
    held = hold(world)
    campaign = asking(world, branch)
    walk = world.walk_of(campaign)
    assert (walk.step, walk.state, walk.reason) == (ASK, EnrolmentState.WALKING, WAITS)
    assert What.NO not in [one.what for one in walk.trail]
    world.world.queue._heap += held
    world.work()
    world.tick(minutes=6)
    walk = world.walk_of(campaign)
    assert [one.what for one in walk.trail if one.step == ASK] == [
        What.YES if how == "segment" else What.NO
    ]
    assert walk.reason == ""


def test_a_branch_is_not_asked_before_what_people_did_is_counted(world: Campaigning) -> None:
    looks_at_prices(world, world.ann)
    world.work()
    segment = buyers(world, visited("/pricing"))
    work(world, Rescore)
    held = hold(world)
    campaign = asking(world, Branch(Asks.RULE, segment=segment))
    assert world.walk_of(campaign).reason == WAITS
    world.world.queue._heap += held
    world.work()
    world.tick(minutes=6)
    assert world.walk_of(campaign).state is EnrolmentState.THROUGH


def test_who_waits_a_day_at_a_branch_stands_still_with_the_reason_until_it_is_tried_again(
    world: Campaigning,
) -> None:
    segment = buyers(world, ANN)
    held = hold(world)
    campaign = asking(world, Branch(Asks.RULE, segment=segment, within_minutes=60 * 24 * 7))
    tick(world, Relist, hours=20)
    assert world.walk_of(campaign).state is EnrolmentState.WALKING
    tick(world, Relist, hours=5)
    walk = world.walk_of(campaign)
    assert (walk.state, walk.reason) == (EnrolmentState.STUCK, WAITS)
    world.world.queue._heap += held
    world.work()
    try_walk_again(world.app, TENANT, campaign.campaign_id, walk.enrolment_id, "Mo")
    world.work()
    assert world.walk_of(campaign).state is EnrolmentState.THROUGH


def test_a_rule_that_is_changed_days_later_is_waited_for_anew(world: Campaigning) -> None:
    segment = buyers(world, test_of("email", "begins with", "bob"))
    world.work()
    campaign = asking(world, Branch(Asks.RULE, segment=segment, within_minutes=60 * 24 * 7))
    world.tick(hours=72)
    change_segment(world.app, TENANT, segment, "Mo", rule=rule(ANN))
    tick(world, Relist, hours=8)
    walk = world.walk_of(campaign)
    assert (walk.state, walk.reason) == (EnrolmentState.WALKING, WAITS)
    world.work()
    world.tick(hours=2)
    assert world.walk_of(campaign).state is EnrolmentState.THROUGH


@pytest.mark.parametrize("fate", ["retired", "deleted"])
def test_nobody_is_taken_down_the_no_of_a_segment_that_is_out_of_use(
    world: Campaigning, fate: str
) -> None:
    segment = buyers(world, ANN)
    world.work()
    if fate == "retired":
        retire_segment(world.app, TENANT, segment, "Mo", retired=True)
    else:
        delete_segment(world.app, TENANT, segment, "Mo")
    world.work()
    world.on_list()
    draft = world.draft(steps(Branch(Asks.RULE, segment=world.list)))
    campaign = world.run(draft, key="other")
    kept = world.app.campaigns.campaign(TENANT, campaign.campaign_id)
    assert kept is not None
    # Two people at the same time: one retires what the other is putting into a campaign.
    asks = {**kept.steps, ASK: replace(kept.steps[ASK], action=Branch(Asks.RULE, segment=segment))}
    world.app.campaigns.save_campaign(replace(kept, steps=asks))
    bob = world.person("bob@x.test")
    world.on_list(bob)
    world.work()
    walk = world.walk_of(campaign, bob)
    assert walk.step == ASK
    assert ("not in use" if fate == "retired" else "not here any more") in walk.reason
    for _ in range(8):
        world.tick(hours=1)
    assert world.walk_of(campaign, bob).state is EnrolmentState.STUCK


def test_starting_lets_in_only_who_is_in_the_segment_by_its_rule_as_it_is(
    world: Campaigning,
) -> None:
    bob = world.person("bob@x.test")
    segment = buyers(world, test_of("email", "begins with", "bob"))
    world.work()
    change_segment(world.app, TENANT, segment, "Mo", rule=rule(ANN))
    held = hold(world)
    campaign = world.run(world.draft(steps(_long()), start=Start(Comes.LIST, segment)))
    tick(world, Relist, hours=3)
    assert on_their_way(world, campaign) == set()
    world.world.queue._heap += held
    world.work()
    world.tick(minutes=3)
    assert on_their_way(world, campaign) == {world.ann}
    assert bob not in on_their_way(world, campaign)


def _long() -> Branch:
    return Branch(Asks.VISITED, page="/never", within_minutes=60 * 24 * 60)


def test_nobody_comes_in_because_what_they_did_is_not_counted_yet(world: Campaigning) -> None:
    """Who did not look at prices is not whoever is not known to have done so."""
    looks_at_prices(world, world.ann)
    bob = world.person("bob@x.test")
    world.work()
    segment = buyers(world, test_of("email", "begins with", "nobody"))
    world.work()
    campaign = world.run(world.draft(steps(_long()), start=Start(Comes.LIST, segment)))
    change_segment(world.app, TENANT, segment, "Mo", rule=rule(visited("/pricing"), match="none"))
    work(world, Rescore)
    # Bob never did anything, which is known; of Ann it is not.
    assert world.app.lists.lists(TENANT, [segment])[segment].members == 1
    assert on_their_way(world, campaign) == set()
    for _ in range(3):
        tick(world, Rescore, hours=1)
    assert on_their_way(world, campaign) == set()
    world.work()
    world.tick(hours=1)
    assert on_their_way(world, campaign) == {bob}


def test_nobody_leaves_because_what_they_did_is_not_counted_yet(world: Campaigning) -> None:
    looks_at_prices(world, world.ann)
    world.work()
    segment = buyers(world, ANN)
    world.work()
    start = Start(Comes.LIST, segment, leaves=True)
    campaign = world.run(world.draft(steps(_long()), start=start))
    change_segment(world.app, TENANT, segment, "Mo", rule=rule(visited("/pricing")))
    work(world, Rescore)
    assert world.app.lists.lists(TENANT, [segment])[segment].members == 1
    for _ in range(3):
        tick(world, Rescore, hours=1)
    assert on_their_way(world, campaign) == {world.ann}
    world.work()
    world.tick(hours=1)
    assert on_their_way(world, campaign) == {world.ann}


def test_a_word_of_a_list_that_is_never_counted_is_left_to_the_hourly_comparison(
    world: Campaigning,
) -> None:
    looks_at_prices(world, world.ann)
    segment = buyers(world, visited("/pricing"))
    work(world, Rescore)
    hold(world)
    world.run(world.draft(steps(_long()), start=Start(Comes.LIST, segment)))
    heap = world.world.queue._heap
    heap[:] = []
    world.world.queue.send(TellCampaigns(TENANT, segment, (world.ann,)))
    looks = 0
    while heap:
        message = world.world.queue.pop_next()
        assert isinstance(message, TellCampaigns)
        world.world.handle(message)
        looks += 1
    assert 10 < looks < 100


def test_the_look_at_everybody_of_a_day_waits_until_the_list_is_worked_out(
    world: Campaigning, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And is not given up because it met another segment being made."""
    monkeypatch.setattr(sweep_campaign, "_MOST_EACH_HOUR", -1)
    segment = buyers(world, test_of("last_name", "is", "Abel"))
    work(world)
    start = Start(Comes.LIST, segment, leaves=True)
    campaign = world.run(world.draft(steps(_long()), start=start))
    work(world)
    let_in(world.app, campaign, {world.ann: world.clock.now()}, BY_LIST)
    hold(world)
    world.clock.advance((27 - world.clock.now().hour) % 24 * 3600)
    assert world.clock.now().hour == 3
    nobody = rule(test_of("last_name", "is", "Nobody"))
    add_segment(world.app, TENANT, "another", "Another", nobody, "Mo")
    world.world.queue.send(SweepCampaign(TENANT, campaign.campaign_id))
    for _ in range(40):
        work(world, Relist)
        assert world.walk_of(campaign).state is EnrolmentState.WALKING
        world.clock.advance(120)
    assert world.clock.now().hour == 4
    for _ in range(2):
        work(world)
        world.clock.advance(120)
    assert world.walk_of(campaign).state is EnrolmentState.LEFT


@pytest.mark.parametrize("fate", ["retired", "deleted"])
def test_nobody_is_taken_out_because_the_segment_is_out_of_use(
    world: Campaigning, fate: str
) -> None:
    segment = buyers(world, ANN)
    world.work()
    start = Start(Comes.LIST, segment, leaves=True)
    campaign = world.run(world.draft(steps(_long()), start=start))
    assert on_their_way(world, campaign) == {world.ann}
    if fate == "retired":
        retire_segment(world.app, TENANT, segment, "Mo", retired=True)
    else:
        delete_segment(world.app, TENANT, segment, "Mo")
    for _ in range(25):
        world.tick(hours=1)
    assert on_their_way(world, campaign) == {world.ann}


def test_a_campaign_whose_branch_asks_for_a_list_that_is_not_there_is_not_started(
    world: Campaigning,
) -> None:
    branch = Branch(Asks.RULE, rule=Group(parts=(ListTest(ListId("nowhere")),)))
    with pytest.raises(InputInvalid, match="is not there"):
        world.run(world.draft(steps(branch)))
