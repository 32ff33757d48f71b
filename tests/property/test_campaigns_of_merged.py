"""Leads merged and deleted in Sugar while they walk along a campaign that its people leave with the list.

Messages are carried out one by one between all that, their workers die, and everybody is compared with the
list at any moment. Whoever is on the list under any of its Leads walks on; nobody else does in the end.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funnel.domain.campaigns.campaigns import Comes, Start, Wait
from funnel.domain.campaigns.enrolments import EnrolmentState
from funnel.domain.crm import Value
from funnel.domain.errors import StoreBusy
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId
from funnel.domain.sync.runs import RunKind
from funnel.ports.marketing_messages import SweepCampaign
from funnel.ports.messages import Message
from funnel.ports.sync_messages import PushDue
from funnel.usecases.campaigns.start_campaigns import start_campaigns
from funnel.usecases.lists.keep_lists import take_off_list
from funnel.usecases.living import living
from funnel.usecases.sync.start_run import start_run
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Crash, Moment, Plan, faulty
from tests.fakes.world import TENANT, World
from tests.unit.usecases.campaigns.campaigning import Campaigning, steps_of

RUNS = int(os.environ.get("FUNNEL_PROPERTY_RUNS", "40"))
NAMES = [f"l{n}" for n in range(4)]
_BACK = 900
"""Seconds after which the queue brings what was not done: the leases of who died have run out by then."""
PORTS = ("campaigns", "lists", "records", "sync", "queue", "activities", "batches")

EVENTS = st.one_of(
    st.tuples(st.just("merge"), st.integers(0, 3), st.integers(0, 3)),
    st.tuples(st.just("merge"), st.integers(0, 3), st.integers(0, 3)),
    st.tuples(st.just("delete"), st.integers(0, 3)),
    st.tuples(st.just("off"), st.integers(0, 3)),
    st.tuples(st.just("pull")),
    st.tuples(st.just("pull")),
    st.tuples(st.just("sweep")),
    st.tuples(st.just("tick"), st.integers(1, 90)),
    st.tuples(st.just("next"), st.integers(1, 6)),
    st.tuples(st.just("next"), st.integers(1, 6)),
    st.tuples(st.just("dies"), st.integers(1, 60), st.sampled_from(list(Moment))),
)


@dataclass
class Walkers:
    """Leads on a list by hand, all in one campaign; beside it into which Lead each was merged."""

    crm: World = field(default_factory=World)
    into: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    """Deleted in Sugar, and merged into none."""
    off: set[str] = field(default_factory=set)
    """Taken off the list, and all they had been merged with by then."""

    def __post_init__(self) -> None:
        self.crm.connect()
        for name in NAMES:
            self.crm.sugar.put(Module.LEADS, name, last_name=name, email1=f"{name}@x.test")
            self.crm.clock.advance(60)
        self.crm.sync(RunKind.INITIAL)
        self.world = Campaigning(self.crm)
        self.world.on_list(*(self.person(name) for name in NAMES))
        self.world.work()
        steps = steps_of({"hour": Wait(60), "weeks": Wait(40 * 1440)})
        start = Start(Comes.LIST, self.world.list, leaves=True)
        self.campaign = self.world.run(self.world.draft(steps, start=start))
        self.walkers = {name: self.person(name) for name in NAMES}

    def person(self, name: str) -> PersonId:
        key = RecordKey(Module.LEADS, SugarId(name))
        return self.crm.store.records(TENANT, [key])[key].person_id

    def root(self, name: str) -> str:
        """The Lead that this one has come to."""
        while name in self.into:
            name = self.into[name]
        return name

    def stands(self, name: str) -> PersonId:
        """Who is now who was this Lead at first."""
        found = living(self.crm.app, TENANT, self.walkers[name])
        assert found is not None
        return found.person_id

    def is_live(self, name: str) -> bool:
        return name not in self.into and name not in self.gone

    def apply(self, event: tuple[object, ...]) -> None:
        sugar = self.crm.sugar
        match event:
            case ("merge", int(a), int(b)):
                lost, kept = NAMES[a], NAMES[b]
                if lost != kept and self.is_live(lost) and self.is_live(kept):
                    self.hand_over(lost, kept)
                    sugar.delete(Module.LEADS, lost)
                    self.into[lost] = kept
            case ("delete", int(a)) if self.is_live(NAMES[a]):
                sugar.delete(Module.LEADS, NAMES[a])
                self.gone.add(NAMES[a])
            case ("off", int(a)):
                here = self.stands(NAMES[a])
                take_off_list(self.crm.app, TENANT, self.world.list, [here])
                self.off |= {name for name in NAMES if self.stands(name) == here}
            case ("pull",):
                start_run(self.crm.app, TENANT, RunKind.HOURLY)
            case ("sweep",):
                sweep = SweepCampaign(TENANT, self.campaign.campaign_id, whole=True)
                self.carry_out(sweep, Plan())
            case ("tick", int(minutes)):
                self.crm.clock.advance(60 * minutes)
                start_campaigns(self.crm.app)
            case ("next", int(number)):
                for _ in range(number):
                    self.next(Plan())
            case ("dies", int(at), Moment() as moment):
                self.next(Plan(at, moment))

    def hand_over(self, lost: str, kept: str) -> None:
        """Sugar gives all addresses of the Lead that goes to the one that is kept."""
        has = self.crm.sugar.tables[Module.LEADS][SugarId(kept)].fields
        free = iter([n for n in range(2, 9) if not has.get(f"email{n}")])
        come = [f"{name}@x.test" for name in NAMES if self.root(name) == lost]
        fields: dict[str, Value] = {f"email{next(free)}": email for email in come}
        self.crm.sugar.put(Module.LEADS, kept, at=None, **fields)

    def next(self, plan: Plan) -> None:
        if message := self.crm.queue.pop_next():
            self.carry_out(message, plan)

    def carry_out(self, message: Message, plan: Plan) -> None:
        """By a worker who may die; the queue brings the message again then."""
        if isinstance(message, PushDue):
            return
        app = self.crm.app
        mortal = replace(app, **{n: faulty(getattr(app, n), plan, n) for n in PORTS})
        try:
            handle_message(mortal, message, self.crm.ids.new_id(), lambda: 600.0)
        except (Crash, StoreBusy):
            self.crm.queue.send(message, delay=_BACK)
        self.check()

    def check(self) -> None:
        """Nobody has left who is on the list under any of its Leads, now or once all has followed."""
        for name in NAMES:
            if self.state(name) is EnrolmentState.LEFT:
                assert self.may_leave(name), f"{name} has left"

    def state(self, name: str) -> EnrolmentState:
        return self.world.walk_of(self.campaign, self.walkers[name]).state

    def may_leave(self, name: str) -> bool:
        root = self.root(name)
        return root in self.gone or name in self.off

    def rest(self) -> None:
        """All that is left is done, and a day goes by."""
        for _ in range(30):
            self.crm.clock.advance(3_600)
            start_run(self.crm.app, TENANT, RunKind.HOURLY)
            start_campaigns(self.crm.app)
            while message := self.crm.queue.pop():
                self.carry_out(message, Plan())


@pytest.mark.feature("D9")
@settings(max_examples=RUNS, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EVENTS, min_size=3, max_size=25))
def test_who_is_merged_in_sugar_leaves_with_the_list_only_if_nobody_it_was_is_on_it(
    events: Sequence[tuple[object, ...]],
) -> None:
    walkers = Walkers()
    for event in events:
        walkers.apply(event)
    walkers.rest()
    for name in NAMES:
        group = [n for n in NAMES if walkers.root(n) == walkers.root(name)]
        is_off = walkers.root(name) in walkers.gone or all(n in walkers.off for n in group)
        states = {walkers.state(n) for n in group}
        if is_off:
            assert EnrolmentState.WALKING not in states, f"{name} has not left"
        elif not any(n in walkers.off for n in group):
            assert EnrolmentState.WALKING in states, f"{name} walks no more"
