"""Campaigns with random graphs, whose workers die anywhere and whose messages come twice.

Each step's deed is done once for each time that somebody came by, mail at most once; the numbers of the
steps are what all walks come to; and nobody is left standing for whom nothing is due and no reason is given.
While it is paused no mail goes out, and none of what waits after it has ended.
People are merged and parted meanwhile: who has become one person walks once, and its walk is never lost, nor
does it leave with the list while anybody it was is on that.
"""

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from funnel.domain.activities import ActivityKind, SubjectId
from funnel.domain.campaigns import (
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
from funnel.domain.enrolments import PARTS, UNDER_WAY, Enrolment, EnrolmentId, EnrolmentState
from funnel.domain.errors import Conflict, InputInvalid, MailBusy, MailUnclear, StoreBusy
from funnel.domain.ids import PersonId, WrittenModule, derived_id
from funnel.domain.mails import Mail, MailState, mail_id_of
from funnel.domain.push_ids import intent_id
from funnel.domain.pushes import TaskKind
from funnel.ports.marketing_messages import SendMails
from funnel.ports.messages import Message
from funnel.ports.sync_messages import PushDue
from funnel.usecases.connection import connection_of
from funnel.usecases.create_person import living
from funnel.usecases.handle_message import handle_message
from funnel.usecases.hold_mails import ENDED
from funnel.usecases.keep_campaigns import (
    CampaignDraft,
    change_campaign,
    end_campaign,
    pause_campaign,
    resume_campaign,
)
from funnel.usecases.keep_lists import make_list, put_on_list, take_off_list
from funnel.usecases.let_in import BY_LIST
from funnel.usecases.ready_mails import OVER_CAP
from funnel.usecases.start_campaigns import start_campaigns
from funnel.usecases.start_mails import start_mails
from funnel.usecases.steer_walk import put_in, take_out
from funnel.usecases.try_all_again import try_all_again
from funnel.usecases.whose_walks import standings
from tests.fakes.faulty import Crash, Moment, Plan, faulty
from tests.fakes.world import TENANT
from tests.unit.usecases.campaigning import Campaigning

RUNS = int(os.environ.get("FUNNEL_PROPERTY_RUNS", "60"))
PORTS = (
    "campaigns", "mails", "lists", "activities", "pushes", "records", "sync", "queue", "mailer", "emails",
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
EVENTS = st.one_of(
    st.tuples(st.just("next"), st.integers(0, 80), st.sampled_from(list(Moment)), st.booleans()),
    st.tuples(st.just("again"), st.integers(0, 40)),
    st.tuples(st.just("tick"), st.integers(1, 90)),
    st.tuples(st.just("days"), st.integers(1, 3)),
    st.tuples(st.just("join"), st.integers(0, PEOPLE - 1), st.integers(0, 40)),
    st.tuples(st.just("leave"), st.integers(0, PEOPLE - 1), st.integers(0, 40)),
    st.tuples(st.just("again on it"), st.integers(0, PEOPLE - 1)),
    st.tuples(st.just("click"), st.integers(0, 20)),
    st.tuples(st.just("by hand"), st.integers(0, PEOPLE - 1), st.integers(0, 40)),
    st.tuples(st.just("taken out"), st.integers(0, PEOPLE - 1)),
    st.tuples(st.sampled_from(["pause", "resume"]), st.integers(0, 8)),
    st.tuples(st.sampled_from(["pause", "resume", "end"]), st.integers(0, 8)),
    st.tuples(st.just("mail waits"), st.sampled_from(["pause", "pause", "end"])),
    st.tuples(st.just("edit"), st.integers(0, 6)),
    st.tuples(st.just("opt out"), st.integers(0, PEOPLE - 1)),
    st.tuples(st.just("merge"), st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1)),
    st.tuples(st.just("part"), st.integers(0, PEOPLE - 1)),
    st.tuples(st.just("service"), st.sampled_from([MailBusy, MailUnclear])),
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


def take(storm: Storm, event: tuple[object, ...]) -> None:  # noqa: C901 - a case for each kind
    scene, campaign = storm.scene, storm.now()
    match event:
        case ("next", int(at), Moment() as moment, bool(dies)):
            storm.next(Plan(at, moment, Crash if dies else lambda: StoreBusy("lost")))
        case ("again", int(at)) if storm.kept:
            storm.carry_out(storm.kept[at % len(storm.kept)], Plan())
        case ("tick", int(minutes)):
            storm.tick(minutes)
        case ("days", int(days)):
            storm.tick(days * 1440)
        case ("join", int(who), int(at)):
            people = [storm.people[who]]
            storm.mortal(lambda app: put_on_list(app, TENANT, scene.list, people), Plan(at))
        case ("leave", int(who), int(at)):
            people = [storm.people[who]]
            storm.mortal(lambda app: take_off_list(app, TENANT, scene.list, people), Plan(at))
        case ("again on it", int(who)):
            take_off_list(scene.app, TENANT, scene.list, [storm.people[who]])
            scene.clock.advance(25 * 3600)
            put_on_list(scene.app, TENANT, scene.list, [storm.people[who]])
        case ("click", int(at)):
            mails = sorted(
                (one for one in mails_of(storm) if one.state is MailState.SENT),
                key=lambda one: one.mail_id,
            )
            if mails:
                scene.click(mails[at % len(mails)])
        case ("by hand", int(who), int(at)) if campaign.is_running:
            own, person, key = campaign.campaign_id, storm.people[who], scene.world.ids.new_id()
            storm.mortal(lambda app: put_in(app, TENANT, own, person, "Mo", key), Plan(at))
        case ("taken out", int(who)):
            turns = scene.store.turns(TENANT, campaign.campaign_id, [storm.people[who]])
            for turn in turns.values():
                try:
                    take_out(scene.app, TENANT, campaign.campaign_id, turn.latest, "Mo")
                except (Conflict, InputInvalid):
                    return
        case ("pause", int(at)) if campaign.is_running:
            steer(storm, pause_campaign, at)
        case ("resume", int(at)) if campaign.state is CampaignState.PAUSED:
            steer(storm, resume_campaign, at)
        case ("end", int(at)) if campaign.state is not CampaignState.ENDED:
            steer(storm, end_campaign, at)
        case ("mail waits", str(until)) if campaign.is_running:
            storm.walk_on()
            steer(storm, pause_campaign if until == "pause" else end_campaign, 0)
        case ("edit", int(which)):
            edit(storm, campaign, which)
        case ("opt out", int(who)):
            stands = scene.person_row(storm.stands(storm.people[who]))
            scene.opt_out(stands.person_id, stands.emails[0])
        case ("merge", int(who), int(into)):
            lost, stays = storm.stands(storm.people[who]), storm.stands(storm.people[into])
            if lost != stays:
                scene.merge(lost, stays)
        case ("part", int(who)):
            if scene.person_row(storm.people[who]).merged_into:
                scene.part(storm.people[who])
        case ("service", type() as kind):
            scene.mailing.mailer.fails.append(kind("no"))


def steer(storm: Storm, change: Callable[..., Campaign], at: int) -> None:
    """Somebody pauses it, lets it go on or ends it, by a process that may die."""
    now = storm.now()
    storm.mortal(lambda app: change(app, TENANT, now.campaign_id, now.version, "Mo"), Plan(at))


def edit(storm: Storm, campaign: Campaign, which: int) -> None:
    """Take a step out of a row; what asks about it, or cannot be without it, keeps it."""
    steps = dict(campaign.steps)
    inner = [
        own
        for own, step in steps.items()
        if own != campaign.first
        and not isinstance(step.action, Branch | End)
        and step.next != own
        and not any(
            isinstance(other.action, Branch) and other.action.sent_at == own
            for other in steps.values()
        )
    ]
    if not inner:
        return
    gone = steps.pop(inner[which % len(inner)])
    after = {
        own: replace(
            step,
            next=gone.next if step.next == gone.step_id else step.next,
            otherwise=gone.next if step.otherwise == gone.step_id else step.otherwise,
        )
        for own, step in steps.items()
    }
    draft = CampaignDraft(
        campaign.name, campaign.start, campaign.first, after, campaign.timezone, campaign.window
    )
    try:
        change_campaign(
            storm.scene.app, TENANT, campaign.campaign_id, draft, campaign.version, "Mo"
        )
    except InputInvalid:
        return


@settings(max_examples=RUNS, deadline=None)
@given(
    shape=SHAPES,
    leaves=st.booleans(),
    events=st.lists(EVENTS, min_size=5, max_size=50),
)
def test_whatever_dies_or_comes_twice_each_step_is_done_once_and_nobody_is_stuck(
    shape: Shape, leaves: bool, events: Sequence[tuple[object, ...]]
) -> None:
    storm = Storm(shape, leaves)
    kinds = {own: step.action for own, step in storm.campaign.steps.items()}
    for event in events:
        take(storm, event)
        check(storm, kinds)
    storm.rest()
    check(storm, kinds)
    check_rested(storm)


def check(storm: Storm, kinds: Mapping[StepId, Action]) -> None:
    """What holds at any moment: numbers, and each deed as often as somebody came by."""
    scene = storm.scene
    scene.numbers(storm.campaign)
    sent = [one.mail_id for one in scene.mailing.mailer.sent]
    assert len(sent) == len(set(sent)), "sent twice"
    walks = storm.walks()
    assert len({one.enrolment_id for one in walks}) == len(walks)
    under_way = Counter(one.person_id for one in walks if one.state is EnrolmentState.WALKING)
    assert max(under_way.values(), default=0) <= 1, "somebody walks twice at once"
    check_merged(storm, walks)
    given_points, mails = points(storm), {one.mail_id for one in mails_of(storm)}
    asked = {one.intent_id for one in scene.store.pushes.values()}
    connection = connection_of(scene.app, TENANT).connection_id
    expected_mails, expected_intents, expected_points = set(), set(), Counter[str]()
    for one in walks:
        for step_id, passage in one.passed.items():
            stands = one.step == step_id and one.state is not EnrolmentState.THROUGH
            done = passage.came - stands
            keys = [
                f"campaign/{one.enrolment_id}/{step_id}/{n}" for n in range(1, passage.came + 1)
            ]
            match kinds[step_id]:
                case SendEmail():
                    own = [
                        mail_id_of(TENANT, f"campaign {one.enrolment_id} {step_id} {n}")
                        for n in range(1, passage.came + 1)
                    ]
                    sent_there = [i for i in own if i in mails]
                    assert (
                        done
                        <= len(sent_there) + passage.skipped + detours(one, step_id)
                        <= passage.came + detours(one, step_id)
                    )
                    expected_mails |= set(own)
                case ChangeScore():
                    ids = [derived_id("points", key) for key in keys]
                    there = [i for i in ids if i in given_points]
                    assert done - detours(one, step_id) <= len(there) <= passage.came
                    expected_points.update(ids)
                case SyncWithSugar() | ScheduleTask():
                    ids = [intent_id(connection, key) for key in keys]
                    there = [i for i in ids if i in asked]
                    assert done - detours(one, step_id) <= len(there) <= passage.came
                    expected_intents |= set(ids)
                case _:
                    pass
    assert mails <= expected_mails, "a mail that no step asked for"
    assert asked <= expected_intents, "a push that no step asked for"
    assert set(given_points) <= set(expected_points), "points that no step gave"


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


def detours(one: Enrolment, step_id: StepId) -> int:
    """How often it went on from there because the step was removed."""
    return sum(line.step == step_id and line.what.value == "detour" for line in one.trail)


def points(storm: Storm) -> Counter[str]:
    """How often each gift of points is written, by its id."""
    found = Counter[str]()
    for person in storm.people:
        page = storm.scene.store.list_activities(TENANT, SubjectId(person), 1_000)
        found.update(a.activity_id for a in page.items if a.kind is ActivityKind.POINTS)
    assert not found or max(found.values()) == 1
    return found


def check_rested(storm: Storm) -> None:
    """Nobody stands still for no reason, what was asked for went out, and scores are their sums."""
    scene, now = storm.scene, storm.scene.clock.now()
    ended = storm.now().state is CampaignState.ENDED
    for one in storm.walks():
        if one.state is EnrolmentState.WALKING and not ended:
            assert one.due_at is not None, "nobody would look at it any more"
            assert one.due_at > now - timedelta(minutes=20), f"overdue since {one.due_at}"
        elif one.state in (EnrolmentState.STUCK, EnrolmentState.STOPPED):
            assert one.reason
        loops = any(
            storm.campaign.first in (step.next, step.otherwise)
            for step in storm.now().steps.values()
        )
        if not loops and one.state is EnrolmentState.WALKING and not ended:
            assert now - one.entered_at < timedelta(days=20), "it never came to an end"
    for mail in mails_of(storm):
        waits = not ended and mail.reason == OVER_CAP and mail.due_at is not None
        assert waits or mail.state in SETTLED, f"a mail that is {mail.state}: {mail.reason}"
        assert ended or mail.reason != ENDED
    gifts = points(storm)
    for person in {storm.stands(one) for one in storm.people}:
        was = [one for one in storm.people if storm.stands(one) == person]
        pages = [scene.store.list_activities(TENANT, SubjectId(one), 1_000) for one in was]
        given = [a for page in pages for a in page.items if a.kind is ActivityKind.POINTS]
        own = sum(3 for a in given if a.activity_id in gifts)
        score = scene.store.scores(TENANT, [person]).get(person)
        by_points = sum(
            line.points for line in (score.lines if score else ()) if line.rule.startswith("points")
        )
        assert by_points == own, (score, own)
    if ended:
        return
    walking = [one for one in storm.walks() if one.state is EnrolmentState.WALKING]
    twice = Counter(storm.stands(one.person_id) for one in walking)
    assert max(twice.values(), default=0) <= 1, "somebody walks twice"
    check_members(storm)


def check_members(storm: Storm) -> None:
    """Who is on the list since long walks, or has walked: no word was lost for good."""
    scene, own = storm.scene, (TENANT, storm.campaign.campaign_id)
    page = scene.store.members(TENANT, scene.list, 100)
    members = {PersonId(str(m.key).removeprefix("person#")) for m in page.items}
    rows = scene.store.people(TENANT, members)
    assert set(rows) == members
    people = {storm.stands(i): scene.person_row(storm.stands(i)) for i in rows}
    assert set(people) <= set(standings(scene.app, *own, people.values())), "not let in"
