"""Who is off the list leaves; who only becomes somebody else does not, however the words of it come."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from funnel.domain.campaigns.campaigns import Asks, Branch, Campaign, Comes, Start, Step, Wait
from funnel.domain.campaigns.enrolments import EnrolmentState, What
from funnel.domain.errors import NoRight
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, TenantId
from funnel.domain.lists.lists import Move
from funnel.domain.sync.runs import RunKind
from funnel.ports.marketing_messages import Relist, Rescore, SweepCampaign, TellCampaigns
from funnel.ports.messages import Message
from funnel.ports.sync_messages import FollowMerges
from funnel.usecases.app import App
from funnel.usecases.campaigns.ask_branch import MAY_BE_MERGED
from funnel.usecases.campaigns.start_campaigns import start_campaigns
from funnel.usecases.lists import list_people, move_people
from funnel.usecases.lists.keep_lists import take_off_list
from funnel.usecases.sync.start_run import start_run
from funnel.usecases.target_lists.list_members import ListMembers
from tests.fakes.world import TENANT, World
from tests.unit.usecases.campaigns.campaigning import ASK, LAST, NEXT, WAIT, Campaigning, steps_of
from tests.unit.usecases.target_lists.target_lists import read, row

pytestmark = pytest.mark.feature("D9")

WEEK = Wait(7 * 24 * 60)


@pytest.fixture
def world() -> Campaigning:
    return Campaigning()


class Leads:
    """Two Leads under addresses of their own, the first of which walks until a week is over."""

    def __init__(self) -> None:
        self.crm = World()
        self.crm.connect()
        for name in ("lost", "kept"):
            self.crm.sugar.put(Module.LEADS, name, last_name=name.title(), email1=f"{name}@x.test")
            self.crm.clock.advance(60)
        self.crm.sync(RunKind.INITIAL)
        self.world = Campaigning(self.crm)
        self.lost, self.kept = self.person("lost"), self.person("kept")
        self.world.on_list(self.lost)
        self.world.work()
        self.campaign = leaving(self.world)
        self.crm.clock.advance(3_600)

    def person(self, name: str) -> PersonId:
        key = RecordKey(Module.LEADS, SugarId(name))
        return self.crm.store.records(TENANT, [key])[key].person_id

    def merge(self) -> None:
        """In Sugar: the one that is kept gets the other's address, and the other is deleted."""
        self.crm.sugar.put(Module.LEADS, "kept", email2="lost@x.test")
        self.delete()

    def delete(self) -> None:
        """In Sugar."""
        self.crm.sugar.delete(Module.LEADS, "lost")

    def pull(self) -> None:
        """What Sugar has is here, and nothing has followed yet."""
        self.crm.clock.advance(120)
        start_run(self.crm.app, TENANT, RunKind.HOURLY)

    def work(self, *late: type[Message]) -> list[Message]:
        """All that is due within ten minutes but these, which are handed back."""
        kept: list[Message] = []
        until = self.crm.clock.now() + timedelta(minutes=10)
        while self.crm.clock.now() < until:
            message = self.crm.queue.pop()
            if message is None:
                self.crm.clock.advance(30)
            elif isinstance(message, late):
                kept.append(message)
            else:
                self.crm.handle(message)
        return kept

    def again(self, late: Sequence[Message]) -> None:
        """What was late is done now, and all that follows within an hour."""
        for message in late:
            self.crm.queue.send(message)
        for _ in range(12):
            self.world.tick(minutes=5)


def leaving(world: Campaigning) -> Campaign:
    """A campaign of a week, which its people leave with the list."""
    steps = steps_of({"send": world.send, "wait": WEEK, "last": world.send})
    return world.run(world.draft(steps, start=Start(Comes.LIST, world.list, leaves=True)))


def sweep(world: Campaigning, campaign: Campaign) -> None:
    """Everybody is compared with the list."""
    world.world.queue.send(SweepCampaign(TENANT, campaign.campaign_id, whole=True))


def test_whom_sugar_merges_walks_on_though_its_own_record_is_gone_first() -> None:
    leads = Leads()
    leads.merge()
    leads.pull()
    late = leads.work(FollowMerges)
    sweep(leads.world, leads.campaign)
    late += leads.work(FollowMerges)
    assert late
    assert leads.world.walk_of(leads.campaign, leads.lost).state is EnrolmentState.WALKING
    leads.again(late)
    one = leads.world.walk_of(leads.campaign, leads.kept)
    assert (one.person_id, one.state, one.step) == (leads.kept, EnrolmentState.WALKING, WAIT)


def test_whoever_is_merged_is_on_the_list_before_its_lists_have_followed() -> None:
    leads = Leads()
    leads.merge()
    leads.pull()
    late = leads.work(FollowMerges)
    for message in late:
        leads.crm.handle(message)
    late = leads.work(Relist, Rescore)
    assert leads.crm.store.people(TENANT, [leads.lost])[leads.lost].merged_into == leads.kept
    sweep(leads.world, leads.campaign)
    late += leads.work(Relist, Rescore)
    leads.again(late)
    one = leads.world.walk_of(leads.campaign, leads.kept)
    assert (one.person_id, one.state) == (leads.kept, EnrolmentState.WALKING)


def test_who_is_deleted_in_sugar_leaves_once_it_is_settled_that_it_was_no_merge() -> None:
    leads = Leads()
    leads.delete()
    leads.pull()
    late = leads.work(FollowMerges)
    assert leads.world.walk_of(leads.campaign, leads.lost).state is EnrolmentState.WALKING
    leads.again(late)
    assert leads.world.walk_of(leads.campaign, leads.lost).state is EnrolmentState.LEFT


def test_while_sugar_does_not_tell_whether_it_was_a_merge_nobody_leaves_for_it() -> None:
    leads = Leads()
    leads.merge()

    def refuse(method: str) -> None:
        if method == "holders":
            raise NoRight("Not allowed.")

    leads.crm.sugar.before_call = refuse
    leads.pull()
    leads.again([])
    sweep(leads.world, leads.campaign)
    leads.work()
    assert leads.world.walk_of(leads.campaign, leads.lost).state is EnrolmentState.WALKING


def test_a_word_that_is_quicker_than_the_move_of_the_heir_takes_nobody_out(
    world: Campaigning, monkeypatch: pytest.MonkeyPatch
) -> None:
    bob = world.person("bob@example.test")
    world.on_list()
    world.work()
    campaign = leaving(world)
    world.clock.advance(600)
    move = move_people.move_people

    def told_at_once(app: App, tenant: TenantId, moves: Sequence[Move]) -> list[bool]:
        done, rest = move(app, tenant, moves), list[Message]()
        while message := world.world.queue.pop():
            if isinstance(message, TellCampaigns):
                world.world.handle(message)
            else:
                rest.append(message)
        for message in rest:
            world.world.queue.send(message)
        return done

    monkeypatch.setattr(list_people, "move_people", told_at_once)
    world.merge(world.ann, bob)
    world.work()
    assert world.walk_of(campaign).state is EnrolmentState.WALKING


def test_who_walks_as_the_one_that_is_kept_stays_though_the_list_has_the_old_id(
    world: Campaigning,
) -> None:
    bob = world.person("bob@example.test")
    world.on_list()
    world.work()
    steps = steps_of({"send": world.send, "wait": Wait(60), "last": WEEK})
    start = Start(Comes.LIST, world.list, leaves=True)
    campaign = world.run(world.draft(steps, start=start))
    world.clock.advance(3_000)
    world.work()
    late = _merged_but_for_lists(world, world.ann, bob)
    world.clock.advance(700)
    start_campaigns(world.app)
    late += _work_but_lists(world)
    assert world.walk_of(campaign, bob).person_id == bob
    sweep(world, campaign)
    late += _work_but_lists(world)
    assert world.walk_of(campaign, bob).state is EnrolmentState.WALKING
    for message in late:
        world.world.queue.send(message)
    world.work()
    assert world.walk_of(campaign, bob).state is EnrolmentState.WALKING
    take_off_list(world.app, TENANT, world.list, [bob])
    world.work()
    assert world.walk_of(campaign, bob).state is EnrolmentState.LEFT


def test_a_branch_knows_whoever_was_merged_for_on_the_list_before_lists_follow(
    world: Campaigning,
) -> None:
    bob = world.person("bob@example.test")
    world.on_list()
    world.work()
    steps = {
        WAIT: Step(WAIT, Wait(60), ASK),
        ASK: Step(ASK, Branch(Asks.RULE, segment=world.list), NEXT, LAST),
        NEXT: Step(NEXT, WEEK, LAST),
        LAST: Step(LAST, WEEK),
    }
    campaign = world.run(world.draft(steps))
    _merged_but_for_lists(world, world.ann, bob)
    for _ in range(2):
        world.clock.advance(3_000)
        start_campaigns(world.app)
        _work_but_lists(world)
    assert What.YES in [one.what for one in world.walk_of(campaign, bob).trail]


@pytest.mark.parametrize("merged", [True, False])
def test_a_branch_waits_while_sugar_has_not_said_whether_a_deletion_was_a_merge(
    merged: bool,
) -> None:
    leads = Leads()
    ask = Branch(Asks.RULE, segment=leads.world.list)
    steps = {
        WAIT: Step(WAIT, Wait(60), ASK),
        ASK: Step(ASK, ask, NEXT, LAST),
        NEXT: Step(NEXT, WEEK, LAST),
        LAST: Step(LAST, WEEK),
    }
    campaign = leads.world.run(leads.world.draft(steps), "asks")
    leads.merge() if merged else leads.delete()
    leads.pull()
    late = leads.work(FollowMerges)
    leads.crm.clock.advance(3_600)
    start_campaigns(leads.crm.app)
    late += leads.work(FollowMerges)
    one = leads.world.walk_of(campaign, leads.lost)
    assert (one.step, one.reason) == (ASK, MAY_BE_MERGED)
    leads.again(late)
    one = leads.world.walk_of(campaign, leads.kept if merged else leads.lost)
    assert one.step == (NEXT if merged else LAST)


def test_who_is_on_a_target_list_stays_though_its_record_was_merged_away_in_sugar() -> None:
    leads = Leads()
    fair = leads.crm.sugar.put_list("fair", "Fair")
    fair.add(Module.LEADS, "lost")
    read(leads.crm)
    start = Start(Comes.LIST, row(leads.crm).list_id, leaves=True)
    steps = steps_of({"send": leads.world.send, "last": WEEK})
    campaign = leads.world.run(leads.world.draft(steps, start=start), "fair")
    leads.merge()
    leads.pull()
    leads.again([])
    assert leads.crm.store.people(TENANT, [leads.lost])[leads.lost].merged_into == leads.kept
    sweep(leads.world, campaign)
    leads.again([])
    assert leads.world.walk_of(campaign, leads.kept).state is EnrolmentState.WALKING
    # Sugar has moved the place on the list; the two lie in parts that are read one after the other.
    fair.drop(Module.LEADS, "lost")
    fair.add(Module.LEADS, "kept")
    ListMembers(leads.crm.app, row(leads.crm)).remove(Module.LEADS, [SugarId("lost")])
    leads.world.work()
    assert leads.world.walk_of(campaign, leads.kept).state is EnrolmentState.WALKING
    read(leads.crm)
    leads.again([])
    assert leads.world.walk_of(campaign, leads.kept).state is EnrolmentState.WALKING
    fair.drop(Module.LEADS, "kept")
    read(leads.crm)
    leads.again([])
    assert leads.world.walk_of(campaign, leads.kept).state is EnrolmentState.LEFT


def _merged_but_for_lists(world: Campaigning, lost: PersonId, kept: PersonId) -> list[Message]:
    world.merge(lost, kept)
    return _work_but_lists(world)


def _work_but_lists(world: Campaigning) -> list[Message]:
    """All that is due but what brings lists up to date, which is handed back."""
    late: list[Message] = []
    while message := world.world.queue.pop():
        if isinstance(message, Relist | Rescore):
            late.append(message)
        else:
            world.world.handle(message)
    return late
