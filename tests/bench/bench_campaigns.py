"""100,000 people who are due in a campaign: what a step of each takes, beside the least it can.

Run by `make bench`, or as `PYTHONPATH=layers/funnel python -m tests.bench campaigns`.

Rows are in a canned endpoint, which has no indexes: who is due is handed out by this process, one
request for each look included. Capacity is counted from sizes by that endpoint. The least is what must
be read and written for the same people, by the same adapter: who is due, each taken, the person, what
the step asks about, one write for the moves of 25; it decides nothing and renders nothing. 1,000 of
each are measured; a step costs the same whoever else waits.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from funnel.adapters.dynamodb import DynamoStore
from funnel.adapters.dynamodb import campaign_rows as rows
from funnel.adapters.dynamodb.mail_rows import mail_pk
from funnel.adapters.dynamodb.requests import Item, chunks
from funnel.adapters.dynamodb.tables import person_pk
from funnel.adapters.html import Nh3Cleaner
from funnel.domain.campaigns.campaigns import (
    Action,
    Asks,
    Branch,
    Campaign,
    CampaignId,
    CampaignState,
    End,
    SendEmail,
    Step,
    StepId,
    Wait,
)
from funnel.domain.campaigns.enrolments import (
    PARTS,
    Change,
    Enrolment,
    begun,
    come_to,
    part_of,
)
from funnel.domain.emails.emails import Email, EmailId
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.mail.mails import Mail, MailContent, MailId, MailToken
from funnel.domain.mail.senders import DomainState, MailSettings, SenderDomain
from funnel.domain.sync.records import Person, Unit
from funnel.ports.marketing_messages import WalkCampaigns
from funnel.usecases.app import App
from funnel.usecases.campaigns.walk_campaigns import AT_ONCE, walk_campaigns
from tests.bench.canned_dynamodb import TABLES, CannedDynamoDb
from tests.bench.costs import HEADS, TENANT, Cost, app_over, cost
from tests.bench.measuring import Target, table
from tests.fakes.system import START

PEOPLE, OF = 1_000, 100_000
FIRST, SECOND = StepId("first"), StepId("second")
BODY = "".join(
    f"<p>Hello {{{{first_name|there}}}}, this is paragraph {n} of a letter with <b>some</b> words and "
    f'<a href="https://www.example.com/page-{n}">a link</a>.</p>'
    for n in range(12)
)
EMAIL = EmailId("e1")
KINDS: dict[str, Action] = {
    "a wait is over, and another begins": Wait(60),
    "an email is asked for": SendEmail(EMAIL),
    "a click that did not come is given up": Branch(Asks.CLICKED, SECOND, within_minutes=60),
    "the end": End(),
}
MOST_OF_FLOOR, MOST_FOR_MAIL = 1.5, 1.5
MAIL = "mail"
IDS = [PersonId(f"person-{n:06}") for n in range(PEOPLE)]


class _Store(DynamoStore):
    """The store over a canned endpoint, which cannot tell who is due: this remembers it."""

    def __init__(self, canned: CannedDynamoDb) -> None:
        super().__init__(TABLES, canned.client())
        self.due: dict[int, list[Item]] = {part: [] for part in range(PARTS)}

    def claim(
        self,
        tenant: TenantId,
        campaign_id: CampaignId,
        part: int,
        now: datetime,
        until: datetime,
        limit: int,
    ) -> list[Enrolment]:
        """The first that are due, after the endpoint was asked."""
        super().claim(tenant, campaign_id, part, now, until, limit)
        some, self.due[part] = self.due[part][:limit], self.due[part][limit:]
        claimed = self._dynamo.each(lambda item: self._claim(item, until), some)
        return [one for one in claimed if one is not None]


def measure() -> tuple[str, list[Target]]:
    """The tables, and what was asked for."""
    costs: list[Cost] = []
    for name, action in KINDS.items():
        with CannedDynamoDb() as canned:
            floor, ours = _costs(canned, name, action)
        costs += [floor, ours]
    heads = ("a person", *HEADS[:3], "read units", "write units", *HEADS[3:])
    whole = [
        (
            one.name,
            f"{OF * one.requests:,.0f}",
            f"{OF * one.read_units / 1e6:.2f} M",
            f"{OF * one.write_units / 1e6:.2f} M",
            f"{OF * (one.read_units * 0.125 + one.write_units * 0.625) / 1e6:.2f}",
            f"{OF * one.seconds / 60:.1f} min",
        )
        for one in costs[1::2]
    ]
    all_of_them = ("100,000 people", "requests", "read units", "write units", "$", "CPU")
    text = f"{table(heads, [c.row_with_units for c in costs])}\n\n{table(all_of_them, whole)}"
    wait, mail = costs[1], costs[3]
    return text, [
        Target("campaigns: CPU of a wait, of its floor", wait.seconds / costs[0].seconds, MOST_OF_FLOOR, " times"),
        Target("campaigns: requests of an email, of its floor", mail.requests / costs[2].requests, MOST_FOR_MAIL, " times"),
    ]  # fmt: skip


def _costs(canned: CannedDynamoDb, name: str, action: Action) -> tuple[Cost, Cost]:
    store = _Store(canned)
    app = app_over(
        store, cleaner=Nh3Cleaner(), public_url="https://funnel.example.test", mail_rate=1e9
    )
    campaign, walks = _filled(store, action)
    floor = cost(f"{name}: the least", PEOPLE, canned, lambda: _least(store, campaign, walks))
    campaign, walks = _filled(store, action)
    ours = cost(name, PEOPLE, canned, lambda: _walk(app))
    assert not any(store.due.values())
    moved = store.enrolments(TENANT, campaign.campaign_id, [one.enrolment_id for one in walks])
    after = StepId(SECOND if not isinstance(action, End) else FIRST)
    assert {one.step for one in moved.values()} == {after}
    assert all(len(one.trail) == 2 for one in moved.values())
    return floor, ours


def _walk(app: App) -> None:
    for part in range(PARTS):
        walk_campaigns(app, WalkCampaigns(TENANT, part), "worker", lambda: 600.0)


def _least(store: _Store, campaign: Campaign, walks: Sequence[Enrolment]) -> None:
    """Who is due, each taken, the person, what the step asks about, and one write for all their moves."""
    own, dynamo = (TENANT, campaign.campaign_id), store._dynamo
    action = campaign.steps[FIRST].action
    for part in range(PARTS):
        mine = [one for one in walks if part_of(one.enrolment_id) == part]
        for some in chunks(mine, AT_ONCE):
            store.claim(*own, part, START, START + timedelta(minutes=15), AT_ONCE)
            dynamo.batch_get(TABLES.campaigns, [rows.whole_key(*own)])
            people = [one.person_id for one in some]
            dynamo.batch_get(TABLES.people, [(person_pk(TENANT, one), "person") for one in people])
            if not isinstance(action, Wait | End):
                asked = [(mail_pk(TENANT, one.mail_id(SECOND)), MAIL) for one in some]
                dynamo.batch_get(TABLES.mail, asked)
            if isinstance(action, SendEmail):
                # Consent by address, and what each had lately.
                dynamo.batch_get(TABLES.people, [(f"consent {one}", "c") for one in people])
                dynamo.batch_get(TABLES.mail, [(f"received {one}", "r") for one in people])
                store.add_mails([_mail(o, MailId(f"m-{o.enrolment_id}")) for o in some])
            store.write_enrolments(TENANT, [_moved(one) for one in some])


def _moved(one: Enrolment) -> Change:
    return Change(one, replace(come_to(one, SECOND, START, START + timedelta(days=1)), version=2))


def _mail(one: Enrolment, mail_id: MailId) -> tuple[Mail, MailContent]:
    about = {
        "email": EMAIL, "email_name": "News", "campaign": one.campaign_id, "step": one.step,
        "enrolment": one.enrolment_id,
    }  # fmt: skip
    token = MailToken(f"token-{mail_id}")
    to, sender = f"{one.person_id}@people.test", "news@sender.test"
    mail = Mail(
        TENANT, mail_id, token, one.person_id, to, "News", "Sender", sender, START,
        about=about, is_urgent=False, due_at=START,
    )  # fmt: skip
    return mail, MailContent(TENANT, mail_id, BODY, BODY)


def _filled(store: _Store, action: Action) -> tuple[Campaign, list[Enrolment]]:
    """People, a campaign, and all of them due at its first step."""
    made = (
        Person(
            TENANT, one, {"first_name": "Ada", "last_name": f"Ott {one}"}, START, START,
            emails=(f"{one}@people.test",), name="Ada Ott", made_by="bench",
        )
        for one in IDS
    )  # fmt: skip
    for batch in chunks(list(made), 200):
        store.commit(TENANT, [Unit(people=[one]) for one in batch])
    domain = SenderDomain(DomainState("sender.test", True), START + timedelta(days=9))
    store.save_mail_settings(
        MailSettings(TENANT, "Sender", "news@sender.test", "Street 1", domains=(domain,))
    )
    store.save_email(Email(TENANT, EMAIL, "News", "News", "", BODY, "", False, START, START, "Ann"))
    steps = {
        FIRST: Step(FIRST, action, SECOND if not isinstance(action, End) else StepId("")),
        SECOND: Step(SECOND, Wait(1440)),
    }
    if isinstance(action, Branch):
        steps[FIRST] = replace(steps[FIRST], otherwise=SECOND)
    campaign = Campaign(
        TENANT, CampaignId("c1"), "Trial", START, START, "Ann",
        state=CampaignState.RUNNING, first=FIRST, steps=steps, started_at=START,
    )  # fmt: skip
    stored = store.campaign(TENANT, campaign.campaign_id)
    store.save_campaign(replace(campaign, version=stored.version if stored else 0))
    walks = []
    for some in chunks(IDS, 40):
        changes = [begun(campaign, None, one, START - timedelta(hours=2), "list") for one in some]
        if isinstance(action, Branch):
            store.add_mails([_mail(c.after, c.after.mail_id(SECOND)) for c in changes])
        store.write_enrolments(TENANT, changes)
        walks += [replace(change.after, version=1) for change in changes]
    for one in walks:
        item = rows.enrolment_item(one)
        store.due[part_of(one.enrolment_id)].append({k: item[k] for k in ("pk", "sk", "due_sk")})
    return campaign, walks
