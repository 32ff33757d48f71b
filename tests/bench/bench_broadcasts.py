"""A broadcast to 10,000 people: what fixing the audience, asking for a mail and sending it take each.

Run by `make bench`, or as `PYTHONPATH=layers/funnel python -m tests.bench broadcasts`.

Rows are in a canned endpoint, which has no indexes: what is due is handed out by this process, one
request for each look included. CPU is of this process, with the making of MIME and without SES.
"""

import tracemalloc
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from funnel.adapters.dynamodb import DynamoStore
from funnel.adapters.html import Nh3Cleaner
from funnel.adapters.ses.mime import mime_of
from funnel.domain.broadcasts.broadcasts import Broadcast, BroadcastId, BroadcastState, Plan
from funnel.domain.emails.emails import Email, EmailId
from funnel.domain.ids import ListId, PersonId, TenantId
from funnel.domain.lists.lists import ListKind, Member, PeopleList, person_member
from funnel.domain.mail.mail_totals import tally_of
from funnel.domain.mail.mails import Mail, MailContent
from funnel.domain.mail.senders import DomainState, MailSettings, SenderDomain
from funnel.domain.sync.records import Person, Unit
from funnel.ports.mailer import Outgoing
from funnel.ports.marketing_messages import SendBroadcast, SendMails
from funnel.usecases.app import App
from funnel.usecases.broadcasts.send_broadcast import send_broadcast
from funnel.usecases.delivery.deliver_mails import deliver_mails
from tests.bench.canned_dynamodb import TABLES, CannedDynamoDb
from tests.bench.costs import HEADS, TENANT, Cost, app_over, cost
from tests.bench.measuring import Target, table
from tests.fakes.mailer import MemoryMailer
from tests.fakes.system import START

PEOPLE, FEWER, MORE = 10_000, 1_000, 5_000
LIST, BROADCAST = ListId("everybody"), BroadcastId("b1")
MOST_ASKING, MOST_SENDING, MOST_GROWTH = 0.5, 3.0, 1.25
BODY = "".join(
    f"<p>Hello {{{{first_name|there}}}}, this is paragraph {n} of a letter with <b>some</b> words and "
    f'<a href="https://www.example.com/page-{n}">a link</a>.</p>'
    for n in range(12)
)


class _Store(DynamoStore):
    """The store over a canned endpoint, which cannot tell what is due: this remembers it."""

    def __init__(self, canned: CannedDynamoDb) -> None:
        super().__init__(TABLES, canned.client())
        self.waiting: list[Mail] = []
        self.remembers = True

    def add_mails(self, asked: Sequence[tuple[Mail, MailContent]]) -> list[bool]:
        """Keep new mails."""
        kept = super().add_mails(asked)
        if self.remembers:
            self.waiting += [replace(one, version=1, tallied=tally_of(one)) for one, _ in asked]
        return kept

    def due_mails(self, tenant: TenantId, now: datetime, limit: int) -> list[Mail]:
        """The next that wait, after the endpoint was asked."""
        super().due_mails(tenant, now, limit)
        due, self.waiting = self.waiting[:limit], self.waiting[limit:]
        return due


class _Mailer(MemoryMailer):
    """Makes the MIME of each mail and forgets it."""

    def send(self, outgoing: Outgoing) -> str:
        """Send it nowhere."""
        mime_of(outgoing)
        return "message"


def measure() -> tuple[str, list[Target]]:
    """The table, and what was asked for."""
    costs = _costs(PEOPLE)
    _peak(500)
    few, many = _peak(FEWER), _peak(MORE)
    memory = table(
        ("people", "peak memory, MiB"),
        [(f"{FEWER:,}", f"{few:.1f}"), (f"{MORE:,}", f"{many:.1f}")],
    )
    asking, sending = costs[1], costs[2]
    return f"{table(('a mail', *HEADS), [one.row for one in costs])}\n\n{memory}", [
        Target("broadcasts: requests a mail asked for", asking.requests, MOST_ASKING),
        Target("broadcasts: requests a mail sent", sending.requests, MOST_SENDING),
        Target("broadcasts: memory of five times as many people", many / few, MOST_GROWTH),
    ]


def _costs(people: int) -> list[Cost]:
    with CannedDynamoDb() as canned:
        app, store = _scene(canned, people)
        gather = cost("fixing the audience", people, canned, lambda: _go(app, stop=True))
        ask = cost("asking", people, canned, lambda: _go(app))
        waiting = len(store.waiting)
        assert waiting == people, waiting
        send = cost("sending", people, canned, lambda: _send(app))
    return [gather, ask, send]


def _peak(people: int) -> float:
    """Megabytes at the most, of what is kept by Python, while its audience is fixed and asked for."""
    with CannedDynamoDb() as canned:
        app, store = _scene(canned, people)
        store.remembers = False
        tracemalloc.start()
        _go(app)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return peak / 2**20


def _go(app: App, *, stop: bool = False) -> None:
    """Carry the broadcast on until it is done; with `stop` until its audience is fixed."""

    def seconds_left() -> float:
        found = app.broadcasts.broadcasts(TENANT, [BROADCAST])[BROADCAST]
        return 0.0 if stop and found.state is BroadcastState.SENDING else 600.0

    send_broadcast(app, SendBroadcast(TENANT, BROADCAST), "worker", seconds_left)


def _send(app: App) -> None:
    deliver_mails(app, SendMails(TENANT), "worker", lambda: 600.0)


def _scene(canned: CannedDynamoDb, people: int) -> tuple[App, _Store]:
    store = _Store(canned)
    app = app_over(
        store,
        mailer=_Mailer(),
        cleaner=Nh3Cleaner(),
        public_url="https://funnel.example.test",
        mail_rate=1e9,
    )
    ids = [PersonId(f"person-{n:06}") for n in range(people)]
    persons = (
        Person(
            TENANT, one, {"first_name": "Ada", "last_name": f"Ott {one}"}, START, START,
            emails=(f"{one}@people.test",), name="Ada Ott", made_by="bench",
        )
        for one in ids
    )  # fmt: skip
    batch = [Unit(people=[one]) for one in persons]
    for at in range(0, people, 200):
        store.commit(TENANT, batch[at : at + 200])
    domain = SenderDomain(DomainState("sender.test", True), START + timedelta(days=9))
    store.save_mail_settings(
        MailSettings(TENANT, "Sender", "news@sender.test", "Street 1", domains=(domain,))
    )
    store.save_list(
        PeopleList(TENANT, LIST, ListKind.MANUAL, "Everybody", START, START, members=people)
    )
    store.put_members(TENANT, LIST, [Member(person_member(one), START) for one in ids])
    email = Email(
        TENANT, EmailId("e1"), "News", "News", "", BODY, "", False, START, START, "Ann", 1
    )
    plan = Plan("News", email.email_id, (LIST,))
    broadcast = Broadcast(TENANT, BROADCAST, plan, START, "Ann", START, "Ann", email_version=1)
    scheduled = replace(broadcast, state=BroadcastState.SCHEDULED, due_at=START)
    store.save_broadcast(scheduled, email)
    return app, store
