"""Messages as they travel, and to which queue."""

import json
from collections.abc import Iterator
from dataclasses import MISSING, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError
from moto import mock_aws

from funnel.adapters.ses import heard_from_event
from funnel.adapters.sqs import SqsQueue, message_from_json, message_to_json
from funnel.domain.broadcasts.broadcasts import BroadcastId
from funnel.domain.campaigns.campaigns import CampaignId, StepId
from funnel.domain.errors import StoreBusy
from funnel.domain.forms.forms import FormId
from funnel.domain.ids import (
    ConnectionId,
    JobId,
    ListId,
    Module,
    PersonId,
    RecordKey,
    RunId,
    SugarId,
    TenantId,
)
from funnel.domain.mail.mails import Happened, Heard, MailId, Sight, Word
from funnel.domain.sync.runs import RunKind
from funnel.domain.tracking.activities import ActivityKind
from funnel.domain.tracking.hits import BrowserId, Hit, HitBatch, SiteKey
from funnel.ports.marketing_messages import (
    ActOnForm,
    DoPeopleJob,
    ForgetCampaign,
    HearOfMail,
    MendCampaign,
    RecordHits,
    RecordSight,
    Relist,
    Rescore,
    SendBroadcast,
    SendMails,
    SweepCampaign,
    TakeWord,
    TellAlerts,
    TellCampaigns,
    TellOfForm,
    WakeWalkers,
    WalkCampaigns,
)
from funnel.ports.messages import Message
from funnel.ports.sync_messages import (
    Compare,
    ContinueRun,
    DoJob,
    FollowMerges,
    Heal,
    PreviewSync,
    PushDue,
    ReadNamed,
    ReadTargetList,
    ReadTargetLists,
    SignIn,
    StartRun,
)

TENANT = TenantId("acme")
EVENTS = Path(__file__).resolve().parents[3] / "events"
SEEN_AT = datetime(2026, 11, 24, 10, 37, 12, 345000, tzinfo=UTC)
FORM = {"email": "zoë@example.test", "last_name": "Ölçer"}
BATCH = HitBatch(
    SiteKey("k1"),
    BrowserId("b1"),
    SEEN_AT,
    "192.0.2.7",
    "Firefox",
    (
        Hit("h1", ActivityKind.PAGE_VIEW, SEEN_AT, "https://a.test/", "Home", "https://b.test/"),
        Hit("h2", ActivityKind.FORM, SEEN_AT, "https://a.test/", form="News", fields=FORM),
        Hit("h3", ActivityKind.PAGE_VIEW, SEEN_AT, "https://a.test/", token="t"),
        Hit(
            "h4",
            ActivityKind.FORM,
            SEEN_AT,
            "https://f.test/",
            fields=FORM,
            hosted=True,
            form_id="f1",
        ),
    ),
)
HEARD = Heard(Happened.BOUNCE, SEEN_AT, "e1", "0100", "550 Zoë unknown")
SIGHT = Sight(
    MailId("m1"), "s1", ActivityKind.EMAIL_CLICK, SEEN_AT, "192.0.2.7", "Firefox", "HEAD", 3
)
WORD = Word(MailId("m1"), SEEN_AT, True)
CAMPAIGNS: list[Message] = [
    ActOnForm(TENANT, FormId("f1"), SEEN_AT, "h4"),
    ActOnForm(TENANT, FormId("f1"), SEEN_AT, "h4", SEEN_AT),
    ActOnForm(TENANT, FormId("f1"), SEEN_AT, "h4", SEEN_AT, attempt=3),
    WalkCampaigns(TENANT, 3),
    TellCampaigns(TENANT, ListId("l1"), (PersonId("p1"), PersonId("p2")), left=True, waited=2),
    TellOfForm(TENANT, "f1", PersonId("p1"), SEEN_AT, "hit ü"),
    WakeWalkers(TENANT, PersonId("p1")),
    SweepCampaign(TENANT, CampaignId("c1"), "bC0x", leaving=True, whole=True, attempt=2, waited=3),
    MendCampaign(TENANT, CampaignId("c1"), (StepId("s ü"),), stuck=True, by="Zoë", cursor="bC0x"),
    ForgetCampaign(TENANT, CampaignId("c1")),
]
MESSAGES: list[Message] = [
    StartRun(TENANT, RunKind.FULL, (Module.LEADS, Module.USERS), "Zoë"),
    StartRun(TENANT, RunKind.HOURLY),
    ContinueRun(TENANT, RunId("r1")),
    Heal(TENANT, (RecordKey(Module.ACCOUNTS, SugarId("a 1/ü")),)),
    Heal(TENANT, ()),
    Heal(TENANT, (), "bC0x", 3),
    ReadNamed(TENANT, ConnectionId("c1"), 2),
    FollowMerges(TENANT, ConnectionId("c1"), 1),
    Compare(TENANT, "c0"),
    PreviewSync(TENANT, "p0"),
    Heal(TENANT, (), root=RecordKey(Module.ACCOUNTS, SugarId("a1")), job_id=JobId("j1")),
    Heal(TENANT, (), "bC0x", record=RecordKey(Module.CONTACTS, SugarId("c1"))),
    DoJob(TENANT, JobId("j1")),
    SignIn(TENANT, JobId("j1")),
    DoPeopleJob(TENANT, JobId("j1"), 2),
    Relist(TENANT, people=(PersonId("p1"), PersonId("p2"))),
    Relist(TENANT, accounts=(SugarId("a 1/ü"),), cursor="bC0x"),
    Relist(TENANT, opportunities=(SugarId("o1"),)),
    Relist(TENANT, recompute="r1", attempt=2),
    ReadTargetLists(TENANT, "Zoë", 2),
    ReadTargetList(TENANT, ListId("l1")),
    ReadTargetList(
        TENANT,
        ListId("l1"),
        "Zoë",
        3,
        Module.CONTACTS,
        "7f",
        datetime(2026, 11, 24, 10, 37, 12, tzinfo=UTC),
        True,
        (SugarId("seed_ü"),),
    ),
    PushDue(TENANT, 2),
    RecordHits(TENANT, BATCH),
    Rescore(TENANT, people=(PersonId("p1"), PersonId("p2"))),
    Rescore(TENANT, generation=3, attempt=2),
    RecordHits(TENANT, replace(BATCH, browser=BrowserId(""), hits=()), released=True),
    RecordHits(TENANT, replace(BATCH, hits=()), crowded=True),
    SendMails(TENANT, 2),
    SendBroadcast(TENANT, BroadcastId("b1"), 3),
    HearOfMail(TENANT, MailId("m1"), HEARD),
    HearOfMail(TENANT, MailId("m1"), Heard(Happened.SENT, SEEN_AT, "e2")),
    RecordSight(TENANT, SIGHT),
    RecordSight(TENANT, Sight(MailId("m1"), "s2", ActivityKind.EMAIL_OPEN, SEEN_AT)),
    TakeWord(TENANT, WORD),
    TakeWord(TENANT, replace(WORD, opt_out=False)),
    TellAlerts(TENANT, SugarId("seed_ü")),
    *CAMPAIGNS,
]


Urls = tuple[str, str, str, str, str, str, str, str, str, str, str]


NAMES = (
    *("pull", "jobs", "lists", "push", "seen", "people", "sign-in", "mail", "mail-events"),
    "mail-words",
    "campaigns",
)


@pytest.fixture
def sqs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with mock_aws():
        yield boto3.client("sqs", region_name="eu-central-1")


@pytest.fixture
def urls(sqs: Any) -> Urls:
    def made(name: str) -> str:
        return str(sqs.create_queue(QueueName=name)["QueueUrl"])

    pull, jobs, lists, push, seen, people, sign_in, mail, told, words, campaigns = map(made, NAMES)
    return pull, jobs, lists, push, seen, people, sign_in, mail, told, words, campaigns


def received(sqs: Any, url: str) -> list[Message]:
    found: list[Message] = []
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        found += [message_from_json(m["Body"]) for m in messages]
    return found


SAMPLES: list[Any] = [*MESSAGES, *BATCH.hits, HEARD, SIGHT, WORD]


@pytest.mark.parametrize("kind", sorted({type(one) for one in SAMPLES}, key=str), ids=str)
def test_a_field_that_is_not_sent_would_be_seen(kind: type) -> None:
    """Each field that has a default has another value in some sample."""
    some = [one for one in SAMPLES if type(one) is kind]
    unseen = [
        f.name
        for f in fields(kind)
        if f.default is not MISSING and all(getattr(one, f.name) == f.default for one in some)
    ]
    assert unseen == []


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_arrives_as_it_was_sent(message: Message) -> None:
    assert message_from_json(message_to_json(message)) == message


def test_a_heal_sent_before_it_had_a_place_to_go_on_from_is_understood() -> None:
    old = '{"type": "heal", "tenant": "acme", "causes": [{"module": "Accounts", "id": "a 1/ü"}]}'
    assert message_from_json(old) == MESSAGES[3]


@pytest.mark.parametrize("name", sorted(p.name for p in EVENTS.glob("*.json")))
def test_the_sample_events_are_messages_we_send(name: str) -> None:
    event = json.loads((EVENTS / name).read_text())
    for body in [r["body"] for r in event.get("Records", []) if r.get("eventSource") == "aws:sqs"]:
        if "detail-type" in json.loads(body):
            # An event of SES, as EventBridge brings it.
            assert heard_from_event(body) is not None
            continue
        assert json.loads(message_to_json(message_from_json(body))) == json.loads(body)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"type": "continue_run", "tenant": "acme"}',
        '{"type": "continue_run", "tenant": "", "run_id": "r1"}',
        '{"type": "continue_run", "tenant": "acme", "run_id": 5}',
        '{"type": "start_run", "tenant": "acme", "kind": "yearly"}',
        '{"type": "heal", "tenant": "acme", "causes": [{"module": "Cases", "id": "1"}]}',
        '{"type": "dance", "tenant": "acme"}',
    ],
)
def test_what_is_no_message_of_ours_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        message_from_json(text)


def test_each_kind_of_work_has_a_queue_of_its_own_and_all_else_goes_to_the_pulls(
    sqs: Any, urls: Urls
) -> None:
    queue = SqsQueue(*urls, sqs)
    for message in MESSAGES:
        queue.send(message)
    jobs = [m for m in MESSAGES if isinstance(m, DoJob)]
    lists = [m for m in MESSAGES if isinstance(m, ReadTargetLists | ReadTargetList)]
    pushes = [m for m in MESSAGES if isinstance(m, PushDue)]
    seen = [m for m in MESSAGES if isinstance(m, RecordHits | RecordSight | Rescore)]
    people = [m for m in MESSAGES if isinstance(m, DoPeopleJob)]
    sign_ins = [m for m in MESSAGES if isinstance(m, SignIn)]
    mail = [m for m in MESSAGES if isinstance(m, SendMails | SendBroadcast | TellAlerts)]
    told = [m for m in MESSAGES if isinstance(m, HearOfMail)]
    words = [m for m in MESSAGES if isinstance(m, TakeWord)]
    known = jobs + lists + pushes + seen + people + sign_ins + mail + told + words + CAMPAIGNS
    others = [m for m in MESSAGES if m not in known]
    assert received(sqs, urls[0]) == others
    assert received(sqs, urls[1]) == jobs
    assert received(sqs, urls[2]) == lists
    assert received(sqs, urls[3]) == pushes
    assert received(sqs, urls[4]) == seen
    assert received(sqs, urls[5]) == people
    assert received(sqs, urls[6]) == sign_ins
    assert received(sqs, urls[7]) == mail
    assert received(sqs, urls[8]) == told
    assert received(sqs, urls[9]) == words
    assert received(sqs, urls[10]) == CAMPAIGNS


def test_many_causes_are_spread_over_messages_that_fit(sqs: Any, urls: Urls) -> None:
    causes = tuple(RecordKey(Module.CONTACTS, SugarId(f"{'ü' * 30}{n}")) for n in range(5000))
    SqsQueue(*urls, sqs).send(Heal(TENANT, causes, "bC0x", 2))
    messages = received(sqs, urls[0])
    assert len(messages) > 1
    assert [(m.cursor, m.attempt) for m in messages if isinstance(m, Heal)] == [
        ("bC0x" if m is messages[0] else "", 2) for m in messages
    ]
    assert [c for m in messages if isinstance(m, Heal) for c in m.causes] == list(causes)
    assert all(len(message_to_json(m).encode()) < 200_000 for m in messages)


def test_a_delay_reaches_the_queue_and_one_that_cannot_be_is_refused() -> None:
    delays: list[int] = []

    class Client:
        def send_message(self, **asked: Any) -> None:
            delays.append(asked["DelaySeconds"])

    queue = SqsQueue(*NAMES, Client())
    queue.send(MESSAGES[2], delay=900)
    assert delays == [900]
    for delay in (-1, 901):
        with pytest.raises(ValueError, match=str(delay)):
            queue.send(MESSAGES[2], delay=delay)


def test_a_queue_that_does_not_answer_is_something_that_can_pass() -> None:
    class Client:
        def send_message(self, **asked: Any) -> None:
            raise EndpointConnectionError(endpoint_url="https://sqs.example.test")

    with pytest.raises(StoreBusy):
        SqsQueue(*NAMES, client=Client()).send(MESSAGES[2])
