"""A worker of campaigns dies at any call of any port, at each kind of step: nothing is lost or doubled."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pytest

from funnel.domain.campaigns.campaigns import (
    Action,
    Asks,
    Branch,
    Campaign,
    CampaignState,
    ChangeList,
    ChangeOwner,
    ChangeScore,
    Comes,
    End,
    OwnerChoice,
    OwnerRule,
    ScheduleTask,
    SendEmail,
    Start,
    SyncPlan,
    SyncWithSugar,
    TaskPlan,
    Wait,
)
from funnel.domain.campaigns.enrolments import EnrolmentState
from funnel.domain.ids import ListId, SugarId, WrittenModule
from funnel.domain.mail.mails import MailState
from funnel.domain.pushing.pushes import TaskKind
from funnel.domain.tracking.activities import ActivityKind, SubjectId
from funnel.ports.marketing_messages import SendMails, SweepCampaign
from funnel.ports.messages import Message
from funnel.ports.sync_messages import PushDue
from funnel.usecases.app import App
from funnel.usecases.campaigns.keep_campaigns import (
    CampaignDraft,
    add_campaign,
    change_campaign,
    delete_campaign,
    end_campaign,
    pause_campaign,
    resume_campaign,
    start_campaign,
)
from funnel.usecases.campaigns.start_campaigns import start_campaigns
from funnel.usecases.campaigns.steer_walk import put_in
from funnel.usecases.delivery.start_mails import start_mails
from funnel.usecases.lists.keep_lists import make_list, put_on_list, take_off_list
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Crash, Moment, Plan, faulty
from tests.fakes.snapshot import made_once
from tests.fakes.world import TENANT
from tests.faults.dying import kill_points
from tests.unit.usecases.campaigns.campaigning import LAST, WAIT, Campaigning, steps_of
from tests.unit.usecases.pushing.push_scene import push_world

PORTS = (
    "campaigns", "campaigns_in_sugar", "mails", "lists", "activities", "pushes", "records", "sync",
    "queue", "mailer", "emails", "scoring", "prospects", "batches",
)  # fmt: skip
HOURS = 12
TASK = TaskPlan(TaskKind.CALL, "Call")
OWNER = OwnerChoice(OwnerRule.CHOSEN, (SugarId("u1"),))


@made_once
def _campaigning() -> tuple[Campaigning, ListId]:
    """A world with an email and people, and a list for who gets that far."""
    base = Campaigning(push_world())
    return base, make_list(base.app, TENANT, "prize", "Prize", "Mo").list_id


@dataclass
class Scene:
    """A campaign whose workers may die; the queue brings back what was not done."""

    plan: Plan

    def __post_init__(self) -> None:
        self.scene, self.prize = _campaigning()
        app = self.scene.app
        self.mortal: App = replace(
            app, **{name: faulty(getattr(app, name), self.plan, name) for name in PORTS}
        )

    def act(self, work: Callable[[App], object]) -> None:
        """By a person, who does it again should it come to nothing."""
        try:
            work(self.mortal)
        except Crash:
            self.plan.revived = True
            work(self.mortal)

    def deliver(self, message: Message) -> None:
        try:
            handle_message(self.mortal, message, self.scene.world.ids.new_id(), lambda: 600.0)
        except Crash:
            self.plan.revived = True
            self.scene.clock.advance(30)
            self.scene.world.queue.send(message, delay=60)

    def work(self, *, mail: bool = True) -> None:
        """All that is due now; without `mail` nobody sends any yet."""
        while message := self.scene.world.queue.pop():
            if not isinstance(message, PushDue) and (mail or not isinstance(message, SendMails)):
                self.deliver(message)

    def steer(
        self, campaign: Campaign, change: Callable[..., object], state: CampaignState
    ) -> None:
        """Somebody changes how the campaign stands, and looks again should that come to nothing."""

        def go(app: App) -> None:
            now = self.scene.store.campaign(TENANT, campaign.campaign_id)
            assert now is not None
            if now.state is not state:
                change(app, TENANT, now.campaign_id, now.version, "Mo")

        self.act(go)

    def hours(self, number: int = HOURS) -> None:
        """The schedule rings, each quarter of an hour, and all that is due is done."""
        for _ in range(number * 4):
            self.scene.clock.advance(900)
            start_campaigns(self.scene.app)
            start_mails(self.scene.app)
            self.work()


def started(scene: Scene, actions: Mapping[str, Action], **start: object) -> Campaign:
    """With Ann on its list already, and started by somebody who may die."""
    base = scene.scene
    begin = replace(Start(Comes.LIST, base.list), **start)  # type: ignore[arg-type]
    draft = base.draft(steps_of(actions, no="last"), start=begin)
    made = add_campaign(base.app, TENANT, "k", draft, "Mo")
    own = made.campaign_id

    def go(app: App) -> None:
        now = base.store.campaign(TENANT, own)
        assert now is not None
        if not now.is_running:
            start_campaign(app, TENANT, own, now.version, "Mo")

    scene.act(go)
    found = base.store.campaign(TENANT, own)
    assert found is not None
    return found


def one_mail(scene: Scene, _campaign: Campaign) -> None:
    (mail,) = scene.scene.store.all_mails.values()
    assert mail.state in (MailState.SENT, MailState.UNCLEAR)
    assert len(scene.scene.mailing.mailer.sent) <= 1


def is_listed(scene: Scene, _campaign: Campaign) -> None:
    found = scene.scene.store.lists(TENANT, [scene.prize])[scene.prize]
    page = scene.scene.store.members(TENANT, scene.prize, 10)
    assert (found.members, len(page.items)) == (1, 1)


def seven_points(scene: Scene, _campaign: Campaign) -> None:
    page = scene.scene.store.list_activities(TENANT, SubjectId(scene.scene.ann), 100)
    assert [a.kind for a in page.items] == [ActivityKind.POINTS]
    assert scene.scene.store.scores(TENANT, [scene.scene.ann])[scene.scene.ann].value == 7


def one_push(scene: Scene, _campaign: Campaign) -> None:
    assert len(scene.scene.store.pushes) == 1


def said_no(scene: Scene, campaign: Campaign) -> None:
    numbers = scene.scene.numbers(campaign)
    assert (numbers[WAIT].yes, numbers[WAIT].no) == (0, 1)


def nothing(_scene: Scene, _campaign: Campaign) -> None:
    """Waiting and ending leave no trace but the walk itself."""


KINDS: dict[str, tuple[Callable[[Scene], Action], Callable[[Scene, Campaign], None]]] = {
    "send": (lambda s: SendEmail(s.scene.email), one_mail),
    "wait": (lambda _: Wait(60), nothing),
    "branch": (lambda _: Branch(Asks.VISITED, page="/x*", within_minutes=60), said_no),
    "list": (lambda s: ChangeList(s.prize), is_listed),
    "score": (lambda _: ChangeScore(7), seven_points),
    "owner": (lambda _: ChangeOwner(OWNER), one_push),
    "sync": (lambda _: SyncWithSugar(SyncPlan(WrittenModule.LEADS, task=TASK)), one_push),
    "task": (lambda _: ScheduleTask(TASK), one_push),
    "end": (lambda _: End(), nothing),
}


def walked(kind: str, plan: Plan) -> tuple[Scene, Campaign]:
    """Ann comes by a step of this kind, and to the end."""
    scene = Scene(plan)
    scene.scene.on_list()
    make = KINDS[kind][0]
    actions: dict[str, Action] = {"wait": make(scene)}
    if kind != "end":
        actions["last"] = End()
    campaign = started(scene, actions)
    scene.work()
    scene.hours()
    return scene, campaign


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("kind", KINDS)
def test_a_worker_that_dies_anywhere_at_a_step_leaves_it_done_once(
    kind: str, moment: Moment
) -> None:
    counting, _ = walked(kind, Plan())
    calls = counting.plan.calls
    assert {"campaigns.claim", "campaigns.write_enrolments", "queue.send"} <= set(calls)
    for at in kill_points(calls):
        scene, campaign = walked(kind, Plan(at, moment))
        assert scene.plan.happened
        told = f"{kind} {moment} {calls[at - 1]}"
        one = scene.scene.walk_of(campaign)
        assert (one.state, one.turn) == (EnrolmentState.THROUGH, 1), told
        KINDS[kind][1](scene, campaign)
        scene.scene.numbers(campaign)


def _waits() -> dict[str, Action]:
    return {"wait": Wait(60), "last": End()}


def _joins(scene: Scene) -> Campaign:
    """Ann comes onto the list while it runs."""
    campaign = started(scene, _waits())
    people = [scene.scene.ann]
    scene.act(lambda app: put_on_list(app, TENANT, scene.scene.list, people))
    return campaign


def _by_hand(scene: Scene) -> Campaign:
    """Somebody puts Ann in, and does so again after the page said nothing."""
    campaign = started(scene, _waits(), comes=Comes.NOBODY)
    own = campaign.campaign_id
    scene.act(lambda app: put_in(app, TENANT, own, scene.scene.ann, "Mo", "k"))
    return campaign


def _swept(scene: Scene) -> Campaign:
    """All words of Ann's joining are lost; the hourly comparison finds her."""
    campaign = started(scene, _waits())
    scene.work()
    scene.scene.on_list()
    while scene.scene.world.queue.pop_next():
        pass
    scene.scene.world.queue.send(SweepCampaign(TENANT, campaign.campaign_id))
    return campaign


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("comes", [_joins, _by_hand, _swept])
def test_whoever_comes_in_is_in_once_wherever_it_dies(
    comes: Callable[[Scene], Campaign], moment: Moment
) -> None:
    def whole(plan: Plan) -> tuple[Scene, Campaign]:
        scene = Scene(plan)
        campaign = comes(scene)
        scene.work()
        scene.hours()
        return scene, campaign

    calls = whole(Plan())[0].plan.calls
    for at in kill_points(calls):
        scene, campaign = whole(Plan(at, moment))
        told = f"{comes.__name__} {moment} {calls[at - 1]}"
        one = scene.scene.walk_of(campaign)
        assert (one.state, one.turn) == (EnrolmentState.THROUGH, 1), told
        assert scene.scene.numbers(campaign)[WAIT].came == 1, told


@pytest.mark.parametrize("moment", Moment)
def test_whoever_leaves_is_out_once_wherever_it_dies(moment: Moment) -> None:
    def whole(plan: Plan) -> tuple[Scene, Campaign]:
        scene = Scene(plan)
        scene.scene.on_list()
        campaign = started(scene, {"wait": Wait(3 * 1440)}, leaves=True)
        scene.hours(1)
        people = [scene.scene.ann]
        scene.act(lambda app: take_off_list(app, TENANT, scene.scene.list, people))
        scene.work()
        scene.hours(2)
        return scene, campaign

    calls = whole(Plan())[0].plan.calls
    for at in kill_points(calls):
        scene, campaign = whole(Plan(at, moment))
        told = f"{moment} {calls[at - 1]}"
        assert scene.scene.walk_of(campaign).state is EnrolmentState.LEFT, told
        assert scene.scene.numbers(campaign)[WAIT].left == 1, told


@pytest.mark.parametrize("moment", Moment)
def test_a_change_that_dies_anywhere_is_made_whole_or_not_and_nobody_is_lost(
    moment: Moment,
) -> None:
    def whole(plan: Plan) -> tuple[Scene, Campaign]:
        scene = Scene(plan)
        scene.scene.on_list()
        campaign = started(scene, {"wait": Wait(3 * 1440), "last": Wait(60)})
        scene.work()
        steps = {LAST: campaign.steps[LAST]}
        draft = CampaignDraft(campaign.name, campaign.start, LAST, steps)

        def change(app: App) -> None:
            now = scene.scene.store.campaign(TENANT, campaign.campaign_id)
            assert now is not None
            if WAIT in now.steps:
                change_campaign(app, TENANT, campaign.campaign_id, draft, now.version, "Mo")

        scene.act(change)
        scene.work()
        scene.hours(3)
        return scene, campaign

    calls = whole(Plan())[0].plan.calls
    for at in kill_points(calls):
        scene, campaign = whole(Plan(at, moment))
        told = f"{moment} {calls[at - 1]}"
        assert scene.scene.walk_of(campaign).state is EnrolmentState.THROUGH, told
        scene.scene.numbers(campaign)


def _mail_waits(plan: Plan) -> tuple[Scene, Campaign]:
    """Ann's mail is asked for, and the campaign is paused before anybody sends it."""
    scene = Scene(plan)
    scene.scene.on_list()
    campaign = started(scene, {"send": SendEmail(scene.scene.email), "wait": Wait(60)})
    scene.work(mail=False)
    # Whoever died while asking for it is due again only later.
    while not scene.scene.store.all_mails:
        scene.scene.clock.advance(900)
        start_campaigns(scene.scene.app)
        scene.work(mail=False)
    scene.steer(campaign, pause_campaign, CampaignState.PAUSED)
    scene.hours(2)
    assert scene.scene.mailing.mailer.sent == []
    return scene, campaign


@pytest.mark.parametrize("moment", Moment)
def test_mail_that_a_pause_held_goes_out_once_after_it_wherever_somebody_dies(
    moment: Moment,
) -> None:
    def whole(plan: Plan) -> tuple[Scene, Campaign]:
        scene, campaign = _mail_waits(plan)
        scene.steer(campaign, resume_campaign, CampaignState.RUNNING)
        scene.hours(3)
        return scene, campaign

    calls = whole(Plan())[0].plan.calls
    assert {"campaigns.heads", "mails.save_mail", "campaigns.save_campaign"} <= set(calls)
    for at in kill_points(calls):
        scene, campaign = whole(Plan(at, moment))
        one_mail(scene, campaign)
        assert scene.scene.walk_of(campaign).state is EnrolmentState.THROUGH, calls[at - 1]


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("deletes", [False, True])
def test_mail_that_waits_is_not_sent_after_the_end_wherever_somebody_dies(
    moment: Moment, deletes: bool
) -> None:
    def whole(plan: Plan) -> Scene:
        scene, campaign = _mail_waits(plan)
        scene.steer(campaign, end_campaign, CampaignState.ENDED)
        if deletes:
            found = scene.scene.store.campaign(TENANT, campaign.campaign_id)
            assert found is not None
            delete_campaign(scene.scene.app, TENANT, found.campaign_id, found.version)
        scene.hours(3)
        return scene

    calls = whole(Plan()).plan.calls
    for at in kill_points(calls):
        scene = whole(Plan(at, moment))
        told = f"{moment} {calls[at - 1]}"
        (mail,) = scene.scene.store.all_mails.values()
        why = "Its campaign was deleted." if deletes else "Its campaign has ended."
        assert (mail.state, mail.reason) == (MailState.REFUSED, why), told
        assert scene.scene.mailing.mailer.sent == [], told
