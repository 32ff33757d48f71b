"""My Emails: what a rep, or a team, wrote to prospects, and what became of it (E4)."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from funnel.domain.errors import InputInvalid, NotFound
from funnel.domain.ids import RecordKey, SugarId, TenantId
from funnel.domain.mail.mails import Mail, MailId
from funnel.domain.vision.viewers import Viewer
from funnel.usecases.app import App
from funnel.usecases.emails.compose_email import preview_html
from funnel.usecases.mail.view_mails import LinkNumbers, MailView, mail_view, whole_mail
from funnel.usecases.view_common import Owners

PAGE_SIZE = 20
RECORD, NAME = "record", "name"

Url = Callable[[RecordKey], str]


@dataclass(frozen=True, slots=True)
class SentView:
    """A mail in the list. `url` is the prospect's in Sugar; `by` who wrote it, "" where all are one's."""

    mail: MailView
    name: str
    url: str
    by: str


class WhyNone(StrEnum):
    """Why nothing is shown."""

    SOMETHING = ""
    NEVER = "never"
    NOT_THEN = "not_then"


@dataclass(frozen=True, slots=True)
class SentPage:
    """A page of the list, newest first; `cursor` is where it goes on, "" at the end."""

    items: tuple[SentView, ...]
    cursor: str
    why_none: WhyNone


@dataclass(frozen=True, slots=True)
class WholeSent:
    """A mail as its reader sees it, and how often each link of it was clicked."""

    sent: SentView
    page: str
    links: tuple[LinkNumbers, ...]


def sent_mails(
    app: App,
    tenant: TenantId,
    owners: Sequence[SugarId],
    since: datetime,
    cursor: str,
    url: Url,
    limit: int = PAGE_SIZE,
) -> SentPage:
    """What these users wrote since then. One range is read for each of them.

    Raises `InputInvalid` for a cursor that is none.
    """
    places = _places(cursor, owners)
    lists = [_Written(app, tenant, owner, since, place, limit) for owner, place in places.items()]
    found: list[Mail] = []
    while len(found) < limit and (newest := _newest(lists)) is not None:
        found.append(newest.take())
    named = Owners(app, tenant, [one.sender for one in found]) if len(owners) > 1 else None
    why = WhyNone.SOMETHING
    if not found and not cursor:
        why = WhyNone.NOT_THEN if any(one.has_older for one in lists) else WhyNone.NEVER
    going = {one.owner: place for one in lists if (place := one.where()) is not None}
    return SentPage(
        tuple(_view(one, url, named) for one in found),
        json.dumps(going, separators=(",", ":")) if going else "",
        why,
    )


def whole_sent(app: App, viewer: Viewer, mail_id: MailId, url: Url) -> WholeSent:
    """One of them. Raises `NotFound`, also for one that may not be seen."""
    mail = app.mails.mail(viewer.tenant, mail_id)
    if mail is None or not _may_see(app, viewer, mail):
        raise NotFound("There is no such email of yours.")
    whole = whole_mail(app, viewer.tenant, mail_id)
    owners = Owners(app, viewer.tenant, [mail.sender]) if mail.sender != viewer.user_id else None
    settings = app.mails.mail_settings(viewer.tenant)
    page = preview_html(settings, mail.subject, whole.html)
    return WholeSent(_view(mail, url, owners), page, whole.links)


def _may_see(app: App, viewer: Viewer, mail: Mail) -> bool:
    """Who wrote it, or whom that reports to, and whoever may see the prospect it went to."""
    if viewer.record is None and mail.sender and mail.sender in viewer.owners:
        return True
    if RECORD not in mail.about:
        return False
    key = RecordKey.parse(mail.about[RECORD])
    record = app.records.records(viewer.tenant, [key]).get(key)
    return record is not None and viewer.may_see(key, record.owner_id)


def _view(mail: Mail, url: Url, owners: Owners | None) -> SentView:
    writer = owners.view(mail.sender) if owners else None
    record = mail.about.get(RECORD, "")
    return SentView(
        mail_view(mail),
        mail.about.get(NAME, ""),
        url(RecordKey.parse(record)) if record else "",
        writer.name if writer else "",
    )


@dataclass(slots=True)
class _Written:
    """One user's mail, newest first, from a place on, as far back as is wanted."""

    app: App
    tenant: TenantId
    owner: SugarId
    since: datetime
    place: str
    most: int
    taken: int = 0
    rest: list[Mail] = field(default_factory=list)
    more: str = ""
    has_older: bool = False

    def __post_init__(self) -> None:
        page = self.app.mails.mails_of_sender(self.tenant, self.owner, self.most, self.place)
        self.rest = [one for one in page.items if one.asked_at >= self.since]
        self.has_older = len(self.rest) < len(page.items)
        self.more = "" if self.has_older else page.cursor

    @property
    def head(self) -> Mail | None:
        """The next one, None at the end."""
        return self.rest[0] if self.rest else None

    def take(self) -> Mail:
        """The next one, and go on."""
        self.taken += 1
        return self.rest.pop(0)

    def where(self) -> str | None:
        """Where it goes on; None at the end."""
        if not self.rest:
            return self.more or None
        if not self.taken:
            return self.place
        page = self.app.mails.mails_of_sender(self.tenant, self.owner, self.taken, self.place)
        return page.cursor


def _newest(lists: list[_Written]) -> _Written | None:
    def order(one: _Written) -> tuple[datetime, str]:
        assert one.head is not None
        return one.head.asked_at, one.head.mail_id

    return max((one for one in lists if one.head is not None), key=order, default=None)


def _places(cursor: str, owners: Sequence[SugarId]) -> dict[SugarId, str]:
    """Where each goes on. Raises `InputInvalid` for text that is no cursor of ours."""
    if not cursor:
        return dict.fromkeys(owners, "")
    try:
        found = json.loads(cursor)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise InputInvalid("This is no place in the list.", field="cursor")
    return {one: found[one] for one in owners if one in found}
