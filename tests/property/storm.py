"""A campaign with a random graph, whose workers die anywhere and whose messages come twice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from hypothesis import strategies as st

from funnel.domain.campaigns.campaigns import (
    NOWHERE,
    Action,
    Asks,
    Branch,
    Campaign,
    CampaignState,
    ChangeList,
    ChangeScore,
    Comes,
    End,
    ScheduleTask,
    SendEmail,
    Start,
    Step,
    StepId,
    SyncPlan,
    SyncWithSugar,
    TaskPlan,
    Wait,
)
from funnel.domain.campaigns.enrolments import (
    PARTS,
    UNDER_WAY,
    Enrolment,
    EnrolmentId,
    EnrolmentState,
)
from funnel.domain.errors import StoreBusy
from funnel.domain.ids import PersonId, WrittenModule
from funnel.domain.mail.mails import Mail, MailState
from funnel.domain.pushing.pushes import TaskKind
from funnel.ports.marketing_messages import SendMails
from funnel.ports.messages import Message
from funnel.ports.sync_messages import PushDue
from funnel.usecases.campaigns.keep_campaigns import (
    resume_campaign,
)
from funnel.usecases.campaigns.let_in import BY_LIST
from funnel.usecases.campaigns.start_campaigns import start_campaigns
from funnel.usecases.campaigns.try_all_again import try_all_again
from funnel.usecases.delivery.start_mails import start_mails
from funnel.usecases.lists.keep_lists import make_list, put_on_list
from funnel.usecases.living import living
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Crash, Plan, faulty
from tests.fakes.world import TENANT
from tests.unit.usecases.campaigns.campaigning import Campaigning

PORTS = (
    "campaigns", "mails", "lists", "activities", "pushes", "records", "sync", "queue", "mailer", "emails",
    "batches",
)  # fmt: skip
PEOPLE = 4
KINDS = (
    "send",
    "send",
    "wait",
    "long wait",
    "clicked",
    "visited",
    "list",
    "score",
    "sync",
    "task",
    "end",
)
SETTLED = frozenset({MailState.SENT, MailState.REFUSED, MailState.UNCLEAR, MailState.BOUNCED})


@dataclass(frozen=True, slots=True)
class Shape:
    """A graph to be: of each step its kind, and how far ahead its yes and its no lead.

    `loops` has the last wait lead back to the first step.
    """

    steps: tuple[tuple[str, int, int], ...]
    loops: bool


SHAPES = st.builds(
    Shape,
    st.lists(
        st.tuples(st.sampled_from(KINDS), st.integers(1, 3), st.integers(1, 4)),
        min_size=2,
        max_size=7,
    ).map(tuple),
    st.booleans(),
)


@dataclass
class Storm:
    """One campaign; things happen in any order."""

    shape: Shape
    leaves: bool
    scene: Campaigning = field(default_factory=Campaigning)
    kept: list[Message] = field(default_factory=list)
    seen: dict[EnrolmentId, EnrolmentState] = field(default_factory=dict)

    def __post_init__(self) -> None:
        scene = self.scene
        scene.world.connect()
        self.people = [scene.ann, *(scene.person(f"p{n}@example.test") for n in range(1, PEOPLE))]
        self.prize = make_list(scene.app, TENANT, "prize", "Prize", "Mo").list_id
        steps = self.steps()
        start = Start(Comes.LIST, scene.list, again_days=1, leaves=self.leaves)
        scene.on_list(*self.people[:2])
        draft = replace(scene.draft(steps, start=start), first=next(iter(steps)))
        self.campaign = scene.run(draft)
        check_merged(self, self.walks())

    def steps(self) -> dict[StepId, Step]:
        """The graph: all lead ahead, but for a wait that closes a loop."""
        ids = [StepId(f"s{n}") for n in range(len(self.shape.steps))]
        found: dict[StepId, Step] = {}
        for n, (kind, yes, no) in enumerate(self.shape.steps):
            action = self.action(kind, found)
            branches = isinstance(action, Branch)
            to = {at: ids[n + at] if n + at < len(ids) else NOWHERE for at in (1, yes, no)}
            after = NOWHERE if isinstance(action, End) else to[1 if not branches else yes]
            otherwise = to[no] if branches else NOWHERE
            found[ids[n]] = Step(ids[n], action, after, otherwise)
        there = _reached(found, ids[0])
        found = {own: _askable(found, step) for own, step in found.items() if own in there}
        waits = [own for own, step in found.items() if isinstance(step.action, Wait)]
        if self.shape.loops and waits and waits[-1] != ids[0] and len(found) > len(waits):
            back = replace(found[waits[-1]], next=ids[0])
            trial = {**found, waits[-1]: back}
            if _reached(trial, ids[0]) == set(found) and _ends(trial, ids[0]):
                return trial
        return found

    def action(self, kind: str, before: Mapping[StepId, Step]) -> Action:
        sends = [own for own, step in before.items() if isinstance(step.action, SendEmail)]
        match kind:
            case "send":
                return SendEmail(self.scene.email)
            case "clicked" if sends:
                return Branch(Asks.CLICKED, sends[-1], within_minutes=120)
            case "visited" | "clicked":
                return Branch(Asks.VISITED, page="/pricing*", within_minutes=90)
            case "list":
                return ChangeList(self.prize)
            case "score":
                return ChangeScore(3)
            case "sync":
                return SyncWithSugar(SyncPlan(WrittenModule.LEADS))
            case "task":
                return ScheduleTask(TaskPlan(TaskKind.CALL, "Call"))
            case "end":
                return End()
            case "long wait":
                return Wait(2 * 1440)
            case _:
                return Wait(60)

    def mortal(self, work: Callable[..., object], plan: Plan) -> bool:
        """Do it, by a process that may die; whether it was done."""
        app = self.scene.app
        ports = {name: faulty(getattr(app, name), plan, name) for name in PORTS}
        try:
            work(replace(app, **ports))
        except (Crash, StoreBusy):
            self.scene.clock.advance(30)
            return False
        return True

    def carry_out(self, message: Message, plan: Plan) -> None:
        """By a worker who may die; the queue brings the message again then."""
        if isinstance(message, PushDue):
            return
        self.kept.append(message)
        worker = self.scene.world.ids.new_id()
        sent = len(self.scene.mailing.mailer.sent)
        done = self.mortal(lambda app: handle_message(app, message, worker, lambda: 600.0), plan)
        if not self.now().is_running:
            assert len(self.scene.mailing.mailer.sent) == sent, (
                "mail of a campaign that stands still"
            )
        if not done:
            self.scene.world.queue.send(message, delay=120)

    def next(self, plan: Plan) -> None:
        message = self.scene.world.queue.pop_next()
        if message is not None:
            self.carry_out(message, plan)

    def tick(self, minutes: int) -> None:
        self.scene.clock.advance(60 * minutes)
        start_campaigns(self.scene.app)
        start_mails(self.scene.app)

    def walk_on(self) -> None:
        """An hour later all do what is theirs but who sends mail, whose bells are lost."""
        put_on_list(self.scene.app, TENANT, self.scene.list, self.people)
        self.scene.clock.advance(61 * 60)
        start_campaigns(self.scene.app)
        while message := self.scene.world.queue.pop():
            if not isinstance(message, SendMails):
                self.carry_out(message, Plan())
                check_merged(self, self.walks())

    def now(self) -> Campaign:
        found = self.scene.store.campaign(TENANT, self.campaign.campaign_id)
        assert found is not None
        return found

    def walks(self) -> list[Enrolment]:
        own = (TENANT, self.campaign.campaign_id)
        pages = [self.scene.store.list_enrolments(*own, part, 1_000) for part in range(PARTS)]
        return [one for page in pages for one in page.items]

    def stands(self, person_id: PersonId) -> PersonId:
        """Who this is now."""
        found = living(self.scene.app, TENANT, person_id)
        assert found is not None
        return found.person_id

    def rest(self) -> None:
        """Nobody dies any more; three weeks later whoever does not go round in circles is through."""
        campaign = self.now()
        if campaign.state is CampaignState.PAUSED:
            resume_campaign(self.scene.app, TENANT, campaign.campaign_id, campaign.version, "Mo")
        self.scene.mailing.mailer.fails.clear()
        for number in range(50):
            while self.due_message():
                pass
            if number == 4:
                try_all_again(self.scene.app, TENANT, campaign.campaign_id, "Mo")
            self.tick(12 * 60 if number > 8 else 61)
        while self.due_message():
            pass

    def due_message(self) -> bool:
        message = self.scene.world.queue.pop()
        if message is not None:
            self.carry_out(message, Plan())
            check_merged(self, self.walks())
        return message is not None


def _reached(steps: Mapping[StepId, Step], first: StepId) -> set[StepId]:
    found, todo = set[StepId](), [first]
    while todo:
        one = todo.pop()
        if one in steps and one not in found:
            found.add(one)
            todo += [steps[one].next, steps[one].otherwise]
    return found


def _askable(steps: Mapping[StepId, Step], step: Step) -> Step:
    """A branch about mail that is not sent on the way to it asks about a page instead."""
    action = step.action
    if not isinstance(action, Branch) or not action.sent_at:
        return step
    on_the_way = _reached(steps, next(iter(steps)))
    if action.sent_at in on_the_way and step.step_id in _reached(steps, action.sent_at):
        return step
    return replace(step, action=Branch(Asks.VISITED, page="/pricing*", within_minutes=90))


def _ends(steps: Mapping[StepId, Step], first: StepId) -> bool:
    """Whether every step can come to an end."""
    return all(
        any(
            isinstance(steps[one].action, End)
            or not steps[one].next
            or (isinstance(steps[one].action, Branch) and not steps[one].otherwise)
            for one in _reached(steps, at)
        )
        for at in _reached(steps, first)
    )


def check_merged(storm: Storm, walks: Sequence[Enrolment]) -> None:
    """Nobody who walks, or came lately, begins anew for being somebody else now; nor is a walk lost."""
    whose = {one.enrolment_id: storm.stands(one.person_id) for one in walks}
    for one in walks:
        before, own = storm.seen.get(one.enrolment_id), whose[one.enrolment_id]
        others = [o for o in walks if o is not one and whose[o.enrolment_id] == own]
        if before is None and one.came_by == BY_LIST:
            walked = [o for o in others if storm.seen.get(o.enrolment_id) in UNDER_WAY]
            assert not walked, "it walked already"
            assert all(one.entered_at - o.entered_at >= timedelta(days=1) for o in others)
        if one.state is EnrolmentState.MERGED and before is not one.state:
            assert others, "its walk was lost"
        if one.state is EnrolmentState.LEFT and before is not one.state:
            assert not is_wanted(storm, own), "it is on the list"
    storm.seen = {one.enrolment_id: one.state for one in walks}


def is_wanted(storm: Storm, person_id: PersonId) -> bool:
    """Whether somebody is on the list, or will be once lists follow, under any of its ids."""
    was = [one for one in storm.people if storm.stands(one) == person_id]
    found = storm.scene.store.standings(TENANT, was)
    return any(storm.scene.list in one.by_hand for one in found.values())


def mails_of(storm: Storm) -> list[Mail]:
    """All mail that was ever asked for."""
    return list(storm.scene.store.all_mails.values())
