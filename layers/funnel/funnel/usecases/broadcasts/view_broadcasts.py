"""Broadcasts as marketers see them: the list, and one of them with how far it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from funnel.domain.broadcasts.broadcasts import (
    UNDER_WAY,
    Broadcast,
    BroadcastId,
    BroadcastState,
    Plan,
)
from funnel.domain.emails.emails import EmailId
from funnel.domain.ids import ListId, TenantId
from funnel.domain.lists.lists import ListKind, ListStatus, PeopleList
from funnel.domain.mail.mail_totals import MailTotals
from funnel.domain.mail.senders import MailSettings, why_unfit
from funnel.domain.sync.runs import JobStatus, Note
from funnel.usecases.app import App
from funnel.usecases.broadcasts.count_audience import AudienceCount, counted_so_far
from funnel.usecases.broadcasts.find_broadcast import broadcast_of
from funnel.usecases.broadcasts.keep_broadcasts import count_of
from funnel.usecases.lists.settled_lists import Settling
from funnel.usecases.mail.mail_totals import totals

PAGE_SIZE = 20
MOST_LISTS = 500
"""Lists that are offered, by name."""

_NOT_FIXED = frozenset({BroadcastState.DRAFT, BroadcastState.SCHEDULED, BroadcastState.GATHERING})
"""States in which nobody knows yet whom it is for."""

_WITH_MAIL = frozenset(
    {
        BroadcastState.SENDING,
        BroadcastState.SENT,
        BroadcastState.PAUSED,
        BroadcastState.CANCELLED,
    }
)


@dataclass(frozen=True, slots=True)
class ListChoice:
    """A list or segment that can be chosen, and how many are on it.

    One that is not settled is still being worked out: others may come onto it any moment.
    """

    list_id: ListId
    name: str
    kind: ListKind
    members: int
    suppresses: bool
    is_settled: bool = True


@dataclass(frozen=True, slots=True)
class BroadcastRow:
    """A broadcast in the list. `people` are in its audience, 0 before it is fixed; `getting` of them are not left out."""

    broadcast_id: BroadcastId
    name: str
    state: BroadcastState
    email_name: str
    lists: tuple[str, ...]
    starts_at: datetime | None
    started_at: datetime | None
    people: int
    done: int
    totals: MailTotals
    note: str
    getting: int = 0


@dataclass(frozen=True, slots=True)
class BroadcastPage:
    """A page of broadcasts, the one that was made last first."""

    items: tuple[BroadcastRow, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class CountView:
    """How a count goes, and what it found so far. With `note` it failed, and says why."""

    status: JobStatus
    at: datetime
    counted: AudienceCount
    note: Note | None


@dataclass(frozen=True, slots=True)
class BroadcastView:
    """A broadcast. `edition` goes along when it is changed or sent.

    `email_changed` says that the email was changed since it was scheduled, which changes nothing of
    what is sent. `unfit` says why nothing can be sent just now, "" if it can; `waits` why what is on its way does
    not go out just now. `left` counts who gets
    no mail, by reason; `totals` is what became of the mails. Before its audience is fixed `waits_for`
    are the lists by name that are still being worked out: it is not counted, and not sent, before.
    Once it is fixed, `getting` of the `people` in it are not left out, and `on_minus`, `twice` and
    `gone` count the members of its lists that are not in it.
    """

    broadcast_id: BroadcastId
    plan: Plan
    edition: int
    state: BroadcastState
    email_name: str
    email_subject: str
    email_changed: bool
    lists: tuple[ListChoice, ...]
    minus: tuple[ListChoice, ...]
    count: CountView | None
    confirmed: int
    confirmed_by: str
    created_at: datetime
    created_by: str
    changed_at: datetime
    changed_by: str
    starts_at: datetime | None
    started_at: datetime | None
    gathered_at: datetime | None
    finished_at: datetime | None
    people: int
    done: int
    mails: int
    put_off: int
    left: Mapping[str, int]
    totals: MailTotals
    unfit: str
    note: str
    mend: str
    waits_for: tuple[str, ...] = ()
    on_minus: int = 0
    twice: int = 0
    gone: int = 0
    waits: str = ""
    getting: int = 0


def list_broadcasts(
    app: App, tenant: TenantId, cursor: str = "", limit: int = PAGE_SIZE
) -> BroadcastPage:
    """All of them, page by page; of each that sends its totals but not by link, one query each."""
    page = app.broadcasts.list_broadcasts(tenant, limit, cursor)
    emails = {one.email_id: one.name for one in app.emails.emails(tenant)} if page.items else {}
    lists = app.lists.lists(tenant, {i for one in page.items for i in one.plan.lists})
    rows = (_row(app, one, emails, lists) for one in page.items)
    return BroadcastPage(tuple(rows), page.cursor)


def one_broadcast(app: App, tenant: TenantId, broadcast_id: BroadcastId) -> BroadcastView:
    """One of them. Raises `NotFound`."""
    return broadcast_view(app, broadcast_of(app, tenant, broadcast_id))


def broadcast_view(app: App, one: Broadcast) -> BroadcastView:
    """A broadcast for people."""
    tenant, plan = one.tenant, one.plan
    lists = app.lists.lists(tenant, [*plan.lists, *plan.minus])
    email = app.emails.email(tenant, plan.email_id)
    settings = app.mails.mail_settings(tenant)
    unfit = why_unfit(settings, plan.from_address or settings.from_address)
    found = _totals(app, one)
    is_kept = bool(one.email_version)
    settling = Settling(app, tenant) if one.state in _NOT_FIXED else None
    goes = choices((lists[i] for i in plan.lists if i in lists), settling)
    minus = choices((lists[i] for i in plan.minus if i in lists), settling)
    waits_for = dict.fromkeys(some.name for some in (*goes, *minus) if not some.is_settled)
    return BroadcastView(
        one.broadcast_id,
        plan,
        one.edition,
        one.state,
        one.email_name if is_kept else (email.name if email else ""),
        plan.subject or (email.subject if email else ""),
        is_kept and (email is None or email.version != one.email_version),
        goes,
        minus,
        _count(app, one),
        one.confirmed,
        one.confirmed_by,
        one.created_at,
        one.created_by,
        one.changed_at,
        one.changed_by,
        one.starts_at,
        one.started_at,
        one.gathered_at,
        one.finished_at,
        one.progress.people,
        one.progress.done,
        one.progress.mails,
        one.progress.put_off,
        one.progress.left,
        found,
        unfit,
        one.note,
        one.mend,
        tuple(waits_for),
        one.progress.on_minus,
        one.progress.twice,
        one.progress.gone,
        _why_it_waits(one, found, unfit, settings, app.clock.now()),
        one.progress.getting,
    )


def _why_it_waits(
    one: Broadcast, found: MailTotals, unfit: str, settings: MailSettings, now: datetime
) -> str:
    if one.state not in UNDER_WAY and not (one.state is BroadcastState.SENT and found.waiting):
        return ""
    trouble = settings.trouble_now(now)
    return unfit or (trouble.reason if trouble and one.started_at else "")


def offered_lists(app: App, tenant: TenantId) -> tuple[ListChoice, ...]:
    """The lists and segments that a broadcast can go to, by name."""
    found = app.lists.list_lists(tenant, "", MOST_LISTS).items
    active = (one for one in found if one.status is ListStatus.ACTIVE)
    return choices(active, Settling(app, tenant))


def estimate(app: App, tenant: TenantId, lists: Iterable[ListId]) -> int:
    """How many members these lists have together: at least as many as would get a mail."""
    found = app.lists.lists(tenant, list(dict.fromkeys(lists))[:MOST_LISTS]).values()
    return sum(one.members for one in found if one.status is ListStatus.ACTIVE)


def choices(
    lists: Iterable[PeopleList], settling: Settling | None = None
) -> tuple[ListChoice, ...]:
    """These lists for people; with `settling` it is told which are still being worked out."""
    return tuple(
        ListChoice(
            one.list_id,
            one.name,
            one.kind,
            one.members,
            one.suppresses,
            settling is None or settling.is_settled(one),
        )
        for one in lists
    )


def _row(
    app: App,
    one: Broadcast,
    emails: Mapping[EmailId, str],
    lists: Mapping[ListId, PeopleList],
) -> BroadcastRow:
    return BroadcastRow(
        one.broadcast_id,
        one.plan.name,
        one.state,
        one.email_name or emails.get(one.plan.email_id, ""),
        tuple(lists[i].name for i in one.plan.lists if i in lists),
        one.starts_at,
        one.started_at,
        one.progress.people,
        one.progress.done,
        _totals(app, one, with_links=False),
        one.note,
        one.progress.getting,
    )


def _totals(app: App, one: Broadcast, *, with_links: bool = True) -> MailTotals:
    if one.state not in _WITH_MAIL:
        return MailTotals()
    return totals(app, one.tenant, "broadcast", one.broadcast_id, with_links=with_links)


def _count(app: App, one: Broadcast) -> CountView | None:
    job = count_of(app, one) if one.state is BroadcastState.DRAFT else None
    if job is None:
        return None
    at = job.finished_at or job.started_at or job.created_at
    return CountView(job.status, at, counted_so_far(job), job.note)
