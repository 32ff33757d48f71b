"""A campaign and its people are brought into Sugar amid crashes, lost replies and edits on both sides.

Whatever happens, there is one Campaign with one Target List, on which is who is in the campaign and
in Sugar, and whom people in Sugar put there themselves; and once it is quiet nothing more is written.
"""

import os
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from funnel.domain.campaigns.campaigns import CampaignState
from funnel.domain.campaigns.campaigns_in_sugar import member_of
from funnel.domain.campaigns.enrolments import EnrolmentState
from funnel.domain.errors import SugarUnavailable
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId
from funnel.ports.sync_messages import PushDue
from funnel.usecases.app import App
from funnel.usecases.campaigns.participants import participants
from funnel.usecases.living import standing
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Crash, Moment, Plan
from tests.fakes.model_sugar import ModelTargetList
from tests.fakes.sugar import ModelConnector
from tests.fakes.world import TENANT, World
from tests.faults.scene import MortalConnector
from tests.unit.usecases.campaigns_in_sugar.in_sugar_scene import (
    SPRING,
    add_campaign,
    change,
    come_in,
    go_out,
    head,
)
from tests.unit.usecases.pushing.push_scene import push_world

RUNS = int(os.environ.get("FUNNEL_PROPERTY_RUNS", "150"))
DAY = 86_400
LEADS = tuple(f"00000000-0000-4000-8000-00000000000{n}" for n in range(4))
WRITES = ("create", "update", "relate", "add_members", "remove_members")

Step = tuple[str, int, int]
steps: st.SearchStrategy[Step] = st.tuples(
    st.sampled_from(
        [
            "in", "in", "in", "in", "out", "out", "through", "again", "rename", "pause", "put on",
            "put on", "take off", "their name", "convert", "delete there", "move there", "push",
            "push", "hurry", "die", "die", "lose", "lose", "fail", "read only", "may write", "sync", "day",
        ]
    ),
    st.integers(0, 3),
    st.integers(1, 14),
)  # fmt: skip


@dataclass
class Sides:
    """Both sides. `theirs` is whom people in Sugar put on the list who were not on it."""

    world: World = field(default_factory=push_world)
    theirs: set[RecordKey] = field(default_factory=set)
    people: list[PersonId] = field(default_factory=list)

    def __post_init__(self) -> None:
        sugar = self.world.sugar
        sugar.seconds_a_call = 1
        for number, sugar_id in enumerate(LEADS):
            email = f"p{number}@x.test"
            sugar.put(Module.LEADS, sugar_id, last_name="L", email1=email, assigned_user_id="u1")
        self.world.sync()
        keys = [RecordKey(Module.LEADS, SugarId(one)) for one in LEADS]
        self.people = [self.world.store.records(TENANT, [key])[key].person_id for key in keys]
        add_campaign(self.world)

    def do(self, step: Step) -> None:
        kind, which, number = step
        self.world.clock.advance(5)
        getattr(self, "_" + kind.replace(" ", "_"))(which, number)

    # Here

    def _in(self, which: int, number: int) -> None:
        """Of some nobody is told."""
        person = standing(self.world.app, TENANT, self.people[which])
        if person is not None and person.person_id not in self._inside([person.person_id]):
            come_in(self.world, person.person_id, tell=number % 3 > 0)

    def _out(self, which: int, number: int) -> None:
        states = (EnrolmentState.LEFT, EnrolmentState.TAKEN_OUT)
        self._end(which, states[number % 2], tell=number % 3 > 0)

    def _through(self, which: int, _number: int) -> None:
        self._end(which, EnrolmentState.THROUGH, tell=True)

    def _again(self, which: int, number: int) -> None:
        self._out(which, number)
        self._in(which, number)

    def _end(self, which: int, state: EnrolmentState, *, tell: bool) -> None:
        if self.people[which] in self._inside(self.people):
            go_out(self.world, self.people[which], state=state, tell=tell)

    def _rename(self, _which: int, number: int) -> None:
        change(self.world, name=f"Spring {number}")

    def _pause(self, _which: int, number: int) -> None:
        change(self.world, state=(CampaignState.PAUSED, CampaignState.RUNNING)[number % 2])

    # There

    def _put_on(self, which: int, _number: int) -> None:
        one = self._list()
        if one is None:
            return
        key = RecordKey(Module.LEADS, SugarId(LEADS[which]))
        known = self.world.store.sugar_members(TENANT, [(SPRING, i) for i in self.people])
        if key.sugar_id not in one.members.get(key.module, set()) and not any(
            key in (row.adding, row.on_list) for row in known.values()
        ):
            self.theirs.add(key)
        one.add(key.module, key.sugar_id)

    def _take_off(self, which: int, _number: int) -> None:
        one = self._list()
        if one is not None:
            one.drop(Module.LEADS, LEADS[which])
            self.theirs.discard(RecordKey(Module.LEADS, SugarId(LEADS[which])))

    def _their_name(self, _which: int, _number: int) -> None:
        for one in self.world.sugar.campaigns.values():
            one.fields["name"] = "Theirs"

    def _convert(self, which: int, _number: int) -> None:
        sugar, contact = self.world.sugar, LEADS[which].replace("0000-4000", "0001-4000")
        lead = sugar.tables[Module.LEADS][SugarId(LEADS[which])]
        if lead.deleted or contact in sugar.tables[Module.CONTACTS]:
            return
        email = lead.fields["email1"]
        made = sugar.put(Module.CONTACTS, contact, last_name="L", email1=email)
        made.fields["assigned_user_id"] = "u1"
        sugar.put(Module.LEADS, LEADS[which], converted="1", contact_id=contact)

    def _delete_there(self, which: int, number: int) -> None:
        if number % 4 == 0:
            self.world.sugar.delete(Module.LEADS, LEADS[which])

    def _move_there(self, which: int, number: int) -> None:
        """Two people become one, or part."""
        email = f"p{number % 4}@x.test"
        self.world.sugar.put(Module.LEADS, LEADS[which], email1=email)

    # Between

    def _push(self, _which: int, _number: int) -> None:
        self.world.queue.send(PushDue(TENANT))
        self.world.drain()

    def _sync(self, _which: int, _number: int) -> None:
        self.world.clock.advance(3_600)
        self.world.sync()

    def _day(self, _which: int, number: int) -> None:
        self.world.clock.advance(DAY)
        self._push(0, number)

    def _read_only(self, _which: int, _number: int) -> None:
        self.world.change(read_only=True)

    def _may_write(self, _which: int, _number: int) -> None:
        self.world.change(read_only=False)

    def _hurry(self, _which: int, number: int) -> None:
        """A worker whose time is up after some looks at the clock; another goes on."""
        left = iter([1.0] * (number % 6))
        world = self.world
        handle_message(world.app, PushDue(TENANT), world.ids.new_id(), lambda: next(left, 0.0))

    def _die(self, _which: int, number: int) -> None:
        self._break(Plan(number, Moment.BEFORE))

    def _lose(self, _which: int, number: int) -> None:
        self._break(Plan(number, Moment.AFTER))

    def _fail(self, which: int, number: int) -> None:
        moment = (Moment.BEFORE, Moment.AFTER)[which % 2]
        self._break(Plan(number, moment, failure=_cut_off))

    def _break(self, plan: Plan) -> None:
        """A call to Sugar fails, or its reply is lost; the message comes again."""
        world = self.world
        mortal = _with_crm(world, plan)
        try:
            handle_message(mortal, PushDue(TENANT), world.ids.new_id(), lambda: 600.0)
        except Crash:
            world.clock.advance(700)
            world.queue.send(PushDue(TENANT))

    def settle(self) -> None:
        """Sugar may be written to, everybody rests, and some days go by."""
        self._may_write(0, 0)
        for _ in range(3):
            self.world.clock.advance(DAY + 3_600)
            self.world.sync()
            self._push(0, 0)

    # What must hold

    def check(self) -> None:
        world, sugar = self.world, self.world.sugar
        assert len(sugar.campaigns) == len(sugar.target_lists) == 1
        campaign = world.store.campaign(TENANT, SPRING)
        assert campaign is not None
        told = sugar.campaigns[head(world).sugar_id].fields
        assert told["name"] in (campaign.name, "Theirs")
        assert sugar.uses == {head(world).sugar_id: {head(world).list_id}}
        wanted = self._wanted()
        on = self._on()
        assert wanted <= on, f"missing: {wanted - on}"
        assert on - wanted <= self.theirs, f"left on it: {on - wanted - self.theirs}"
        live = {key for key in self.theirs if not sugar.tables[key.module][key.sugar_id].deleted}
        assert live <= on, f"taken off, and not ours: {live - on}"
        assert world.store.members_due(TENANT, SPRING, 10).items == []
        assert head(world).members == len(wanted)

    def _wanted(self) -> set[RecordKey]:
        people = [standing(self.world.app, TENANT, one) for one in self.people]
        inside = self._inside([one.person_id for one in people if one])
        wanted = {member_of(one) for one in people if one and one.person_id in inside}
        return {key for key in wanted if key is not None}

    def _on(self) -> set[RecordKey]:
        one = self._list()
        assert one is not None
        return {
            RecordKey(module, i)
            for module in one.members
            for i in self.world.sugar.live_members(one.sugar_id, module)
        }

    def _inside(self, people: list[PersonId]) -> set[PersonId]:
        rows = self.world.store.people(TENANT, people)
        return participants(self.world.app, TENANT, SPRING, rows.values())

    def _list(self) -> ModelTargetList | None:
        return next(iter(self.world.sugar.target_lists.values()), None)

    def writes(self) -> tuple[int, int]:
        calls = [call for call in self.world.sugar.calls if call.split()[0] in WRITES]
        return len(calls), self.world.store.in_sugar_writes


def _cut_off() -> BaseException:
    return SugarUnavailable("cut off")


def _with_crm(world: World, plan: Plan) -> App:
    assert isinstance(world.app.crm, ModelConnector)
    return replace(world.app, crm=MortalConnector(world.sugar, plan))


@pytest.mark.feature("C1")
@pytest.mark.feature("C8")
@settings(
    max_examples=RUNS,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(script=st.lists(steps, max_size=30))
@example(script=[("in", 0, 1), ("lose", 0, 12), ("out", 0, 1)])
@example(script=[("in", 0, 1), ("push", 0, 1), ("in", 1, 1), ("push", 0, 1), ("move there", 1, 4)])
@example(
    script=[("push", 0, 1), ("put on", 0, 1), ("in", 0, 1), ("push", 0, 1), ("out", 0, 1)],
)
@example(script=[("in", 0, 1), ("push", 0, 1), ("take off", 0, 1), ("put on", 0, 1)])
@example(script=[("in", 0, 1), ("push", 0, 1), ("convert", 0, 1), ("sync", 0, 1), ("out", 0, 1)])
def test_one_campaign_one_list_and_on_it_who_is_to_be_and_then_it_is_quiet(
    script: list[Step],
) -> None:
    """Invariants 1 to 3 of the design, for campaigns."""
    sides = Sides()
    for step in script:
        sides.do(step)
    sides.settle()
    sides.check()
    before = sides.writes()
    for _ in range(2):
        sides.world.clock.advance(3_600)
        sides._push(0, 0)
    assert sides.writes() == before, "it is not quiet"
    sides.world.clock.advance(DAY)
    sides._push(0, 0)
    calls, rows = sides.writes()
    assert (calls, rows) == (before[0], before[1] + 1), "a day later it is not quiet"
