"""Campaigns of a company: one that runs with people in it, one with much to mend, one that is paused, and one that has ended."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import pairwise

from funnel.domain.campaigns.campaign_examples import Example, beginning
from funnel.domain.campaigns.campaign_looks import CAMPAIGN_LOOK, LookLine, WouldBe
from funnel.domain.campaigns.campaigns import (
    Action,
    Asks,
    Branch,
    Campaign,
    CampaignId,
    CampaignState,
    ChangeList,
    Comes,
    OwnerChoice,
    OwnerRule,
    SendEmail,
    SendingWindow,
    Start,
    Step,
    StepId,
    SyncPlan,
    SyncWithSugar,
    TaskPlan,
    Wait,
)
from funnel.domain.campaigns.enrolments import (
    Enrolment,
    EnrolmentId,
    EnrolmentState,
    What,
    begun,
    come_to,
    counted,
    noted,
    over,
    parked,
    waiting,
)
from funnel.domain.emails.emails import EmailId
from funnel.domain.ids import (
    JobId,
    ListId,
    PersonId,
    SugarId,
    TenantId,
    WrittenModule,
    derived_id,
)
from funnel.domain.lists.lists import ListKind, PeopleList
from funnel.domain.mail.mails import (
    Mail,
    MailContent,
    MailNumbers,
    MailState,
    MailToken,
    mail_id_of,
)
from funnel.domain.pushing.pushes import TaskKind
from funnel.domain.sync.runs import Job, JobStatus
from funnel.usecases.campaigns_in_sugar.look_at_campaign import _plain as plain_line
from tests.fakes.files import MemoryFiles
from tests.fakes.store import MemoryStore

WELCOME, WEBINAR, QUIET, SPRING = (
    CampaignId(f"campaign-{name}") for name in ("welcome", "webinar", "quiet", "spring")
)
MAIL, ASKED, SYNC, PAUSE, REMIND, AGAIN = (StepId(f"s{n}") for n in range(1, 7))
COMES, LOOK = ListId("comes-to-webinar"), JobId("campaign-look")
WALK = EnrolmentId(derived_id("enrolment", WELCOME, "anneliese", "1"))
"""Of Anneliese Berg along the first."""
_OWNER = OwnerChoice(OwnerRule.CHOSEN, (SugarId("sarah"),))
_DAY = 24 * 60


def welcome(tenant: TenantId, now: datetime) -> Campaign:
    """It runs: an email, clicked?, into Sugar with a call, or a wait, a reminder and clicked? again."""
    task = TaskPlan(TaskKind.CALL, "Ask about the spring order")
    actions: Mapping[StepId, tuple[Action, str, str]] = {
        MAIL: (SendEmail(EmailId("email-hello")), ASKED, ""),
        ASKED: (Branch(Asks.CLICKED, MAIL, within_minutes=2 * _DAY), SYNC, PAUSE),
        PAUSE: (Wait(3 * _DAY, time(9, 0), (0, 1, 2, 3, 4)), REMIND, ""),
        REMIND: (SendEmail(EmailId("email-news")), AGAIN, ""),
        AGAIN: (Branch(Asks.CLICKED, REMIND, within_minutes=3 * _DAY), SYNC, ""),
        SYNC: (SyncWithSugar(SyncPlan(WrittenModule.LEADS, _OWNER, "Web Site", task=task)), "", ""),
    }
    steps = {
        own: Step(own, action, StepId(yes), StepId(no))
        for own, (action, yes, no) in actions.items()
    }
    began = now - timedelta(days=12)
    return Campaign(
        tenant,
        WELCOME,
        "Welcome after the winter fair",
        began,
        now - timedelta(days=2),
        "Mo Sandberg",
        CampaignState.RUNNING,
        Start(Comes.LIST, ListId("status-new")),
        MAIL,
        steps,
        "Europe/Berlin",
        SendingWindow(),
        started_at=began,
    )


def fill_campaigns(store: MemoryStore, tenant: TenantId, now: datetime) -> None:
    """Four of them, and a list made by hand."""
    store.save_list(PeopleList(tenant, COMES, ListKind.MANUAL, "Comes to <the> webinar", now, now))
    running = store.save_campaign(welcome(tenant, now))
    for example, own, name, state in (
        (Example.WEBINAR, WEBINAR, "Webinar: freight & customs", CampaignState.DRAFT),
        (Example.QUIET, QUIET, "Quiet since spring", CampaignState.PAUSED),
    ):
        begins = beginning(example, lambda key: key.partition(".")[2].capitalize())
        steps = {key: _chosen(step) for key, step in begins.graph.steps.items()}
        if state is CampaignState.DRAFT:
            steps[StepId("3")] = begins.graph.steps[StepId("3")]
        kept = Campaign(
            tenant, own, name, now - timedelta(days=30), now - timedelta(hours=3), "Ada Brandt",
            state, replace(begins.start, list_id=ListId("status-new")), begins.graph.first, steps,
            started_at=None if state is CampaignState.DRAFT else now - timedelta(days=20),
        )  # fmt: skip
        store.save_campaign(kept)
    _people(store, running, now)
    _ended(store, running, now)


def _chosen(step: Step) -> Step:
    """With an email or list where the example has none yet."""
    if isinstance(step.action, SendEmail):
        return replace(step, action=SendEmail(EmailId("email-news")))
    if isinstance(step.action, ChangeList):
        return replace(step, action=ChangeList(COMES))
    return step


def _people(store: MemoryStore, campaign: Campaign, now: datetime) -> None:
    """Some at each step, some through, and one that is stuck."""
    found = [p.person_id for p in store.list_people(campaign.tenant, "", 200).items]
    others = [one for one in found if one != "anneliese"]
    paths = (
        (MAIL, ASKED),
        (MAIL, ASKED, SYNC),
        (MAIL, ASKED, PAUSE),
        (MAIL, ASKED, PAUSE, REMIND, AGAIN),
        (MAIL, ASKED, PAUSE, REMIND, AGAIN, SYNC),
        (MAIL, ASKED, SYNC),
    )
    _walk(store, campaign, PersonId("anneliese"), paths[2], now)
    for number, person in enumerate(others[:40]):
        _walk(store, campaign, person, paths[number % len(paths)], now, stuck=number == 1)


def _ended(store: MemoryStore, model: Campaign, now: datetime) -> None:
    """It was a wait and Sugar: one person is through, one is stuck, and some were still waiting."""
    steps = {one: model.steps[one] for one in (PAUSE, SYNC)}
    steps[PAUSE] = replace(steps[PAUSE], next=SYNC)
    ended = replace(
        model, campaign_id=SPRING, name="After the spring fair", first=PAUSE, steps=steps,
        state=CampaignState.ENDED, version=0,
    )  # fmt: skip
    store.save_campaign(ended)
    found = [p.person_id for p in store.list_people(ended.tenant, "", 200).items]
    for number, person in enumerate([one for one in found if one != "anneliese"][:5]):
        path = (PAUSE, SYNC) if number < 2 else (PAUSE,)
        _walk(store, ended, person, path, now, stuck=number == 1)


def _walk(
    store: MemoryStore,
    campaign: Campaign,
    person: PersonId,
    path: tuple[StepId, ...],
    now: datetime,
    *,
    stuck: bool = False,
) -> None:
    at = now - timedelta(days=11)
    change = begun(campaign, None, person, at, "Lead status: New")
    walk = change.after
    for before, step in pairwise(path):
        at += timedelta(hours=31)
        if isinstance(campaign.steps[before].action, SendEmail):
            follows = path[path.index(before) + 2 :]
            _mail(store, campaign, person, before, at, clicked=follows[:1] == (SYNC,))
        walk = _answered(walk, campaign.steps[before], step, at)
        walk = come_to(walk, step, at, at)
    if stuck:
        reason = "Sugar says: the lead source “Web Site” is not known there."
        walk = parked(walk, EnrolmentState.STUCK, at, reason)
    elif path[-1] == SYNC:
        walk = over(noted(walk, at, What.DONE), EnrolmentState.THROUGH, at)
    else:
        walk = waiting(walk, now + timedelta(hours=20))
    assert store.write_enrolments(campaign.tenant, [replace(change, after=walk)]) == [True]


def _answered(walk: Enrolment, step: Step, following: StepId, at: datetime) -> Enrolment:
    if not isinstance(step.action, Branch):
        what = What.SENT if isinstance(step.action, SendEmail) else What.WAITED
        return noted(walk, at, what)
    yes = following == step.next
    return counted(noted(walk, at, What.YES if yes else What.NO), yes=yes, no=not yes)


def _mail(
    store: MemoryStore,
    campaign: Campaign,
    person: PersonId,
    step: StepId,
    at: datetime,
    *,
    clicked: bool,
) -> None:
    """What a step sent: half of those who do not click open it all the same."""
    mail_id = mail_id_of(campaign.tenant, f"{campaign.campaign_id} {step} {person}")
    about = {"campaign": campaign.campaign_id, "step": step}
    asked = Mail(
        campaign.tenant, mail_id, MailToken(f"token-{mail_id}"), person, "somebody@example.test",
        "Welcome", "Nordwind Logistik", "news@nordwind-logistik.example", at, about=about,
        is_urgent=False,
    )  # fmt: skip
    store.add_mail(asked, MailContent(campaign.tenant, mail_id, "<p>Welcome</p>", "Welcome"))
    stored = store.mail(campaign.tenant, mail_id)
    assert stored is not None
    opened = clicked or len(person) % 2 == 0
    numbers = MailNumbers(int(opened), int(clicked), at, at) if opened else MailNumbers()
    sent = {"sent_at": at, "delivered_at": at, "claimed_at": at, "attempt": 1}
    store.save_mail(replace(stored, state=MailState.SENT, numbers=numbers, **sent))  # type: ignore[arg-type]


def fill_campaign_look(
    store: MemoryStore, files: MemoryFiles, tenant: TenantId, now: datetime
) -> None:
    """What a step would do in Sugar: somebody is created there, and somebody cannot be."""
    lines = (
        LookLine(
            PersonId("anneliese"), "Anneliese Berg", "anneliese@harbour.example", WouldBe.CREATE,
            "nobody has the address", WrittenModule.CONTACTS, SugarId(""), {"last_name": "Berg"},
            {}, "Harbour Cranes AS", True,
        ),
        LookLine(
            PersonId("person-1"), "", "tom@crane.example", WouldBe.HINDER, "PushMissesField",
            field="last_name",
        ),
    )  # fmt: skip
    told = json.dumps([plain_line(one) for one in lines]).encode()
    files.put(tenant, f"campaign-looks/{LOOK}-0.json", told, "application/json")
    result = {
        "pages": 1, "looked": 2, "of": 2, "counts": {"create": 1, "hinder": 1}, "tasks": 1,
        "files": [{"name": f"campaign-looks/{LOOK}-1.csv", "rows": 2}], "ended": True,
    }  # fmt: skip
    about = {"campaign_id": WELCOME, "step": SYNC, "at": ""}
    store.save_job(
        Job(tenant, LOOK, CAMPAIGN_LOOK, "Ada Brandt", now, about, JobStatus.DONE, result)
    )
