"""Broadcasts of a company, in every state a page can show."""

from dataclasses import asdict, replace
from datetime import datetime, timedelta

from funnel.domain.broadcasts.broadcasts import (
    AudienceRow,
    Broadcast,
    BroadcastId,
    BroadcastState,
    LeftOut,
    OverCap,
    Plan,
    Progress,
)
from funnel.domain.emails.emails import EmailId
from funnel.domain.ids import JobId, ListId, TenantId
from funnel.domain.mail.mails import (
    Mail,
    MailContent,
    MailId,
    MailNumbers,
    MailState,
    MailToken,
    mail_id_of,
)
from funnel.domain.sync.runs import Job, JobStatus
from funnel.usecases.broadcasts.broadcast_page import FOR
from funnel.usecases.broadcasts.count_audience import COUNT, AudienceCount
from tests.fakes.store import MemoryStore

NEWS = EmailId("email-news")
DRAFT, COUNTING, PLANNED, SENDING, PAUSED, SENT, OVER = (
    BroadcastId(f"broadcast-{name}")
    for name in ("draft", "counting", "planned", "sending", "paused", "sent", "over")
)
_TARGETS = (
    "https://nordwind.example/winter",
    "https://nordwind.example/prices?season=winter&x=<b>",
)


def fill_broadcasts(store: MemoryStore, tenant: TenantId, now: datetime) -> None:
    """One of each state; those that began have mail."""
    hour = timedelta(hours=1)
    plan = Plan("Winter news", NEWS, (ListId("energy"),), (ListId("status-dead"),))
    made = now - 90 * hour
    blank = Broadcast(tenant, DRAFT, plan, made, "Mo Sandberg", made, "Mo Sandberg")
    counted = AudienceCount(
        1234, 17, 1402, 31, 44, 2, {"no address": 19, "opted out": 58, "bounced": 11, "exempt": 3}
    )
    _count(store, tenant, DRAFT, JobStatus.DONE, counted, now - hour / 6)
    _count(store, tenant, COUNTING, JobStatus.RUNNING, AudienceCount(400, listed=600), now)
    begun = replace(
        blank,
        email_name="Newsletter, winter",
        email_version=1,
        confirmed=1240,
        confirmed_by="Mo Sandberg",
    )
    people = [one.person_id for one in store.list_people(tenant, "", 200).items]
    people.sort(key=lambda one: one != "anneliese")
    all_of_them = len(people)
    left = {"opted out": 1, "no address": 1}
    decided = Progress(people=all_of_them, done=all_of_them, mails=all_of_them - 2, left=left)
    several = (
        replace(blank, plan=replace(plan, name="Prices <i>2027</i>"), count_job=JobId(DRAFT)),
        replace(
            blank, broadcast_id=COUNTING, plan=replace(plan, name="Trade fair in Bremen"),
            count_job=JobId(COUNTING), created_at=made + hour,
        ),
        replace(
            begun, broadcast_id=PLANNED, state=BroadcastState.SCHEDULED, created_at=made + 2 * hour,
            plan=replace(
                plan, name="New year", send_at="2027-01-04T09:00", timezone="Europe/Berlin",
                over_cap=OverCap.LEAVE_OUT, minus=(),
            ),
            due_at=now + 900 * hour, email_version=9,
        ),
        replace(
            begun, broadcast_id=SENDING, state=BroadcastState.SENDING, created_at=made + 3 * hour,
            plan=replace(plan, name="Heavy freight in winter"), started_at=now - hour / 4,
            gathered_at=now - hour / 5, due_at=now + hour,
            progress=replace(decided, done=all_of_them - 3, mails=all_of_them - 5, put_off=2),
        ),
        replace(
            begun, broadcast_id=PAUSED, state=BroadcastState.PAUSED, created_at=made + 4 * hour,
            plan=replace(plan, name="Survey"), started_at=now - hour, gathered_at=now - hour,
            note="The domain nordwind.example is not verified yet: its DNS records are missing.",
            mend="An admin mends it under Settings, Mail settings; then let the broadcast go on.",
            progress=replace(decided, done=0, mails=0, left={}),
        ),
        replace(
            begun, broadcast_id=SENT, state=BroadcastState.SENT, created_at=made + 5 * hour,
            plan=replace(plan, name="Autumn <b>news</b>"), started_at=now - 60 * hour,
            gathered_at=now - 60 * hour, finished_at=now - 59 * hour, progress=decided,
        ),
        replace(
            begun, broadcast_id=OVER, state=BroadcastState.CANCELLED, created_at=made + 6 * hour,
            plan=replace(plan, name="Sent by mistake"), started_at=now - 80 * hour,
            gathered_at=now - 80 * hour, finished_at=now - 79 * hour, note="Mo Sandberg cancelled it.",
            progress=decided,
        ),
    )  # fmt: skip
    for one in several:
        store.save_broadcast(one)
        if one.gathered_at is not None:
            rows = [AudienceRow(who) for who in people]
            rows[0] = AudienceRow(people[0], LeftOut.OPTED_OUT)
            rows[1] = AudienceRow(people[1], LeftOut.NO_ADDRESS)
            store.put_audience(tenant, one.broadcast_id, rows, now)
    for broadcast_id in (SENDING, SENT):
        _mails(store, tenant, broadcast_id, now, waits=broadcast_id == SENDING)


def _count(
    store: MemoryStore,
    tenant: TenantId,
    of: BroadcastId,
    status: JobStatus,
    counted: AudienceCount,
    at: datetime,
) -> None:
    ended = at if status is JobStatus.DONE else None
    store.save_job(
        Job(
            tenant, of, COUNT, "Mo Sandberg", at, {"edition": 1, "broadcast_id": of}, status,
            {"counted": asdict(counted)}, None, at, ended,
        )
    )  # fmt: skip


def _mails(
    store: MemoryStore, tenant: TenantId, broadcast_id: BroadcastId, now: datetime, *, waits: bool
) -> None:
    """Of most people, each as far as its place in the list says. Anneliese has mail of her own."""
    found = store.list_people(tenant, "", 200).items
    people = [one for one in found if one.person_id != "anneliese"][1:]
    for number, person in enumerate(people):
        key = f"broadcast {broadcast_id} {person.person_id}"
        mail_id, at = mail_id_of(tenant, key), now - timedelta(minutes=50 - number)
        about = {"email": NEWS, "broadcast": broadcast_id, FOR: person.person_id}
        address = person.emails[0] if person.emails else "nobody@example.test"
        asked = Mail(
            tenant, mail_id, MailToken(f"token-{mail_id}"), person.person_id, address,
            "Autumn news", "Nordwind Logistik", "news@nordwind-logistik.example", at, about=about,
            is_urgent=False,
        )  # fmt: skip
        store.add_mail(asked, MailContent(tenant, MailId(mail_id), "<p>News</p>", "News"))
        if waits and number % 3 == 0:
            continue
        stored = store.mail(tenant, mail_id)
        assert stored is not None
        store.save_mail(_come_so_far(stored, number, at))


def _come_so_far(mail: Mail, number: int, at: datetime) -> Mail:
    sent = replace(
        mail, state=MailState.SENT, sent_at=at, delivered_at=at, claimed_at=at, attempt=1
    )
    match number % 12:
        case 1 | 5:
            targets = dict(enumerate(_TARGETS, 1))
            links = {"1": 2, "2": 1} if number % 12 == 1 else {"1": 1}
            numbers = MailNumbers(
                1, sum(links.values()), at, at, at, at, 1, 2, links,
                {str(n): target for n, target in targets.items() if str(n) in links},
            )  # fmt: skip
            return replace(sent, numbers=numbers)
        case 2:
            return replace(sent, unsubscribed_at=at, word_at=at)
        case 3:
            return replace(
                sent, state=MailState.BOUNCED, delivered_at=None, reason="550 unknown <b>"
            )
        case 4:
            return replace(sent, delivered_at=None, soft_bounces=2)
        case 7:
            return replace(
                mail, state=MailState.REFUSED, reason="This address has opted out of email."
            )
        case _:
            return replace(sent, numbers=MailNumbers(2, 0, at, at))
