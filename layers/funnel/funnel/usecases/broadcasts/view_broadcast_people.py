"""Whom a broadcast went to, and what became of each: page by page, or only those it ended for alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from funnel.domain.broadcasts.broadcasts import Broadcast, BroadcastId, LeftOut
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.mail.mail_totals import About, AboutKind, Outcome, outcome_of
from funnel.domain.mail.mails import Mail, MailId
from funnel.domain.sync.records import Person
from funnel.usecases.app import App
from funnel.usecases.broadcasts.audience_verdicts import address_of
from funnel.usecases.broadcasts.broadcast_page import asked_before
from funnel.usecases.broadcasts.find_broadcast import broadcast_of
from funnel.usecases.living import all_living
from funnel.usecases.view_common import PAGE_SIZE

LEFT = "left: "
"""Begins a filter by why somebody was left out before a mail was asked for."""

UNDECIDED = "undecided"
"""Of whom it is not decided yet whether a mail is asked for."""


@dataclass(frozen=True, slots=True)
class ReaderView:
    """Somebody of the audience. `outcome` is how far the mail came, or `left: ` and why there is none.

    `reason` says in plain words why a mail did not go out or arrive; `at` is when it was asked for.
    """

    person_id: PersonId
    name: str
    address: str
    outcome: str
    reason: str
    at: datetime | None
    mail_id: MailId
    opens: int
    clicks: int


@dataclass(frozen=True, slots=True)
class ReadersPage:
    """A page of them."""

    items: tuple[ReaderView, ...]
    cursor: str


def filters() -> tuple[str, ...]:
    """What `show` can be besides "" for all."""
    return (*(one.value for one in Outcome), *(LEFT + one.value for one in LeftOut))


def readers(
    app: App,
    tenant: TenantId,
    broadcast_id: BroadcastId,
    show: str = "",
    cursor: str = "",
    limit: int = PAGE_SIZE,
) -> ReadersPage:
    """A page of the audience, all or those whom `show` names. Raises `NotFound`, `InputInvalid`."""
    broadcast = broadcast_of(app, tenant, broadcast_id)
    if not show:
        return _everybody(app, broadcast, cursor, limit)
    if show not in filters():
        raise InputInvalid("There is no such state to show.", field="show")
    if show.startswith(LEFT):
        why = LeftOut(show.removeprefix(LEFT))
        page = app.broadcasts.left_out(tenant, broadcast_id, why, limit, cursor)
        people = all_living(app, tenant, page.items)
        items = tuple(_without(one, people.get(one), LEFT + why.value) for one in page.items)
        return ReadersPage(items, page.cursor)
    about = About(AboutKind.BROADCAST, broadcast_id)
    found = app.mails.mails_about(tenant, about, Outcome(show), limit, cursor)
    return ReadersPage(_with_mail(app, tenant, found.items), found.cursor)


def _everybody(app: App, broadcast: Broadcast, cursor: str, limit: int) -> ReadersPage:
    tenant = broadcast.tenant
    page = app.broadcasts.audience(tenant, broadcast.broadcast_id, limit, cursor)
    people = all_living(app, tenant, [row.person_id for row in page.items])
    open_ids = {row.person_id for row in page.items if row.left is None}
    living = [people[one] for one in open_ids if one in people]
    mails = asked_before(app, broadcast, living)
    items = []
    for row in page.items:
        person = people.get(row.person_id)
        mail = mails.get(person.person_id) if person and row.left is None else None
        if mail is not None:
            items.append(_reader(mail, person))
        else:
            outcome = LEFT + row.left.value if row.left else UNDECIDED
            items.append(_without(row.person_id, person, outcome))
    return ReadersPage(tuple(items), page.cursor)


def _with_mail(app: App, tenant: TenantId, mails: Sequence[Mail]) -> tuple[ReaderView, ...]:
    people = all_living(app, tenant, _ids(mails))
    return tuple(_reader(one, people.get(one.person_id)) for one in mails)


def _ids(mails: Iterable[Mail]) -> list[PersonId]:
    return [one.person_id for one in mails]


def _reader(mail: Mail, person: Person | None) -> ReaderView:
    return ReaderView(
        person.person_id if person else mail.person_id,
        person.name if person else "",
        mail.address,
        outcome_of(mail).value,
        mail.reason,
        mail.asked_at,
        mail.mail_id,
        mail.numbers.opens,
        mail.numbers.clicks,
    )


def _without(person_id: PersonId, person: Person | None, outcome: str) -> ReaderView:
    return ReaderView(
        person.person_id if person else person_id,
        person.name if person else "",
        address_of(person) if person else "",
        outcome,
        "",
        None,
        MailId(""),
        0,
        0,
    )
