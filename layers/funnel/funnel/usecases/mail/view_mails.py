"""The mail of a person: what was written, what became of it, and what people did with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape

from funnel.domain.errors import NotFound
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.mail.mails import Mail, MailId, MailState, target_shown
from funnel.usecases.app import App
from funnel.usecases.living import living
from funnel.usecases.view_common import PAGE_SIZE

MOST_MERGED = 5
"""People whose mail is looked up with that of the person they were merged into."""


@dataclass(frozen=True, slots=True)
class LinkNumbers:
    """A link of a mail, and how often people clicked it."""

    number: int
    target: str
    clicks: int


@dataclass(frozen=True, slots=True)
class MailView:
    """A mail. `opens` and `clicks` are people's; machines are counted apart.

    `soft_bounces` is how often the other side did not take it just then. `reason` says in plain words why it did not go out, arrive or get its Note. `about` says what it
    belongs to.
    """

    mail_id: MailId
    person_id: PersonId
    address: str
    subject: str
    state: MailState
    reason: str
    asked_at: datetime
    sent_at: datetime | None
    opens: int
    first_open_at: datetime | None
    last_open_at: datetime | None
    clicks: int
    first_click_at: datetime | None
    last_click_at: datetime | None
    machine_opens: int
    machine_clicks: int
    delivered_at: datetime | None
    soft_bounces: int
    unsubscribed_at: datetime | None
    about: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MailPage:
    """A page of a person's mail, newest first."""

    items: tuple[MailView, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class WholeMail:
    """A mail with what it says, as it was written, and its links. Opening it here counts nowhere."""

    mail: MailView
    html: str
    text: str
    links: tuple[LinkNumbers, ...]


def mails_of_person(
    app: App, tenant: TenantId, person_id: PersonId, cursor: str = "", limit: int = PAGE_SIZE
) -> MailPage:
    """What was written to a person, also before it was merged. Raises `NotFound` for one that is gone.

    Of those who were merged into it the latest are with the first page.
    """
    person = living(app, tenant, person_id)
    if person is None:
        raise NotFound("There is no such person.")
    found = app.mails.mails_of_person(tenant, person.person_id, limit, cursor)
    items = list(found.items)
    if not cursor:
        for other in person.absorbed[:MOST_MERGED]:
            items += app.mails.mails_of_person(tenant, other, limit).items
    items.sort(key=lambda one: (one.asked_at, one.mail_id), reverse=True)
    return MailPage(tuple(map(mail_view, items)), found.cursor)


def whole_mail(app: App, tenant: TenantId, mail_id: MailId) -> WholeMail:
    """One mail. Raises `NotFound`."""
    mail = app.mails.mail(tenant, mail_id)
    content = app.mails.mail_content(tenant, mail_id)
    if mail is None or content is None:
        raise NotFound("There is no such mail.")
    tracked = app.mails.tracked_mail(mail.token)
    links = tuple(
        LinkNumbers(
            number,
            target_shown(mail.about, one.target, one.written),
            mail.numbers.links.get(str(number), 0),
        )
        for number, one in enumerate(tracked.links if tracked else (), 1)
    )
    html, text = content.html, content.text
    for target, written in content.written.items():
        shown = target_shown(mail.about, target, written)
        html, text = html.replace(escape(target), escape(shown)), text.replace(target, shown)
    return WholeMail(mail_view(mail), html, text, links)


def mail_view(mail: Mail) -> MailView:
    """A mail for people."""
    numbers = mail.numbers
    return MailView(
        mail.mail_id,
        mail.person_id,
        mail.address,
        mail.subject,
        mail.state,
        mail.reason,
        mail.asked_at,
        mail.sent_at,
        numbers.opens,
        numbers.first_open_at,
        numbers.last_open_at,
        numbers.clicks,
        numbers.first_click_at,
        numbers.last_click_at,
        numbers.machine_opens,
        numbers.machine_clicks,
        mail.delivered_at,
        mail.soft_bounces,
        mail.unsubscribed_at,
        mail.about,
    )
