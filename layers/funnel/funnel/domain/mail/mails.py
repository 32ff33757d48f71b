"""Mail to one person: what is asked for, what becomes of it, and what is seen of it.

A mail has its id before it is first tried, and is sent at most once: what cannot be told to have
gone out or not is `UNCLEAR`, and is not sent again unless a person says so. The rules: `docs/mail.md`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from funnel.domain.ids import PersonId, SugarId, TenantId, derived_id
from funnel.domain.mail.mail_pages import PLAIN_PAGE, MailPage
from funnel.domain.mail.mail_tallies import Tally
from funnel.domain.tracking.activities import ActivityKind, Signal, SubjectId

MailId = NewType("MailId", str)
MailToken = NewType("MailToken", str)
"""256 random bits by which the links of a mail are known to the world, and nothing else is."""

CLEAR_AFTER = timedelta(minutes=30)
"""By then the mail service has said whether a mail went out whose sending nobody saw the end of."""

KEPT_OF_ALERTS = timedelta(days=30)
"""A mail to one of our own users: it names prospects, who may be erased meanwhile."""

KEPT = timedelta(days=400)
"""For so long a mail is kept, and its links work."""

MOST_TRIES = 20
"""How often a mail that somebody waits for is tried while the mail service takes none: about four hours."""

MOST_SEEN = 500
"""Opens and clicks of one mail that are written down."""

TEST = "test"
"""The name by which a mail says that it is a test: nothing that comes of it counts."""

TOLD_OF = "person"
"""The name by which a mail to a user says whom it tells of: it is in no list of that person, but goes with it."""

HONEYPOT = 0
"""The number of the link that people do not see."""


CONFIRMS = "confirms"
"""The name by which a mail says that its reader asked for it, to confirm an address: an opt-out keeps no such mail back."""


class MailState(StrEnum):
    """How far a mail is."""

    QUEUED = "queued"
    SENDING = "sending"
    UNCLEAR = "unclear"
    SENT = "sent"
    REFUSED = "refused"
    BOUNCED = "bounced"
    COMPLAINED = "complained"


OPEN = frozenset({MailState.QUEUED, MailState.SENDING, MailState.UNCLEAR})
"""States of which nobody can tell yet whether the mail went out."""


class Happened(StrEnum):
    """What the mail service says has happened to a mail."""

    SENT = "sent"
    DELIVERED = "delivered"
    REJECTED = "rejected"
    SOFT_BOUNCE = "soft bounce"
    BOUNCE = "bounce"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class MailDraft:
    """A mail that is asked for. The same `key` asks for the same mail, however often.

    `html` and `subject` are as they are to be read, merge fields filled in; `text` "" is made from
    the HTML. `from_name`, `from_address` and `reply_to` "" are those of the tenant's mail settings.
    `sender` is the Sugar user who writes, "" for nobody. `about` is what it belongs to, such as
    `template` or `campaign`. With `wants_note` Sugar gets a Note of it once it went out. `is_urgent` goes before what is not. `sent_from` is the IP address of
    whoever wrote it, whose own opens do not count; "" where it is not known.

    With `user` it is to that user of Sugar and not to a person: nothing in it is followed, and the
    alerts named by `about`'s `alerts` are what its unsubscribe link switches off.

    It is not tried before `not_before`. Whom the frequency cap stands in the way of gets it later, or
    not at all without `waits_for_cap`.

    `written` says by where a link leads how it stands in its email, before merge fields were filled in,
    if not in the same way: clicks are counted by that.
    """

    key: str
    person_id: PersonId
    address: str
    subject: str
    html: str
    text: str = ""
    from_name: str = ""
    from_address: str = ""
    reply_to: str = ""
    sender: SugarId = SugarId("")
    about: Mapping[str, str] = field(default_factory=dict)
    is_urgent: bool = True
    sent_from: str = ""
    user: SugarId = SugarId("")
    wants_note: bool = False
    not_before: datetime | None = None
    waits_for_cap: bool = True
    page: MailPage = PLAIN_PAGE
    written: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MailNumbers:
    """What people did with a mail, and apart from that what machines did.

    `links` is how often people clicked each link, by its number, and `targets` what these are counted by:
    where they lead, as it stands in the email.
    """

    opens: int = 0
    clicks: int = 0
    first_open_at: datetime | None = None
    last_open_at: datetime | None = None
    first_click_at: datetime | None = None
    last_click_at: datetime | None = None
    machine_opens: int = 0
    machine_clicks: int = 0
    links: Mapping[str, int] = field(default_factory=dict)
    targets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail. What is in it is kept apart, as `MailContent`.

    `due_at` is when it is to be tried or, while `SENDING`, when it becomes unclear; None for what
    is settled. `wants_note` says that Sugar is to get a Note of it: until that is asked for, what went
    out is due again. `attempt` counts how often it was handed to the mail service, `tries` how often that
    did not take it. `reason` says in plain words why it did not go out. `heard` are the
    ids of what the mail service told, `soft_bounces` how often the other side did not take it just
    then. `word_at` is the moment of the latest word from its unsubscribe page. `tallied` is what of it
    the totals hold, which the store sees to. `troubled_since` is since when its sender, or the mail
    service, is what keeps it back.
    """

    tenant: TenantId
    mail_id: MailId
    token: MailToken
    person_id: PersonId
    address: str
    subject: str
    from_name: str
    from_address: str
    asked_at: datetime
    reply_to: str = ""
    sender: SugarId = SugarId("")
    about: Mapping[str, str] = field(default_factory=dict)
    is_urgent: bool = True
    state: MailState = MailState.QUEUED
    due_at: datetime | None = None
    attempt: int = 0
    tries: int = 0
    claimed_at: datetime | None = None
    sent_at: datetime | None = None
    delivered_at: datetime | None = None
    message_id: str = ""
    reason: str = ""
    said_by: str = ""
    heard: tuple[str, ...] = ()
    soft_bounces: int = 0
    word_at: datetime | None = None
    unsubscribed_at: datetime | None = None
    user: SugarId = SugarId("")
    numbers: MailNumbers = MailNumbers()
    wants_note: bool = False
    waits_for_cap: bool = True
    tallied: Tally = Tally()
    troubled_since: datetime | None = None
    version: int = 0

    @property
    def kept_for(self) -> timedelta:
        """How long it is kept, and its links work."""
        return KEPT_OF_ALERTS if self.user else KEPT

    @property
    def is_test(self) -> bool:
        """Whether it is a test of an email, to one of our own users."""
        return TEST in self.about

    @property
    def goes_with(self) -> PersonId:
        """With whose erasure it goes: its reader's, or that of whom it tells a user; "" for nobody's."""
        return PersonId(self.about.get(TOLD_OF, "")) if self.user else self.person_id

    @property
    def went_at(self) -> datetime | None:
        """When it went out, or at the earliest; None for what was never tried."""
        return self.sent_at or self.claimed_at


@dataclass(frozen=True, slots=True)
class MailContent:
    """What a mail says: made harmless, before its links are rewritten, without pixel.

    Its HTML may have a footer of its own (`domain/mail/mail_fields.py`), and gets one if it has none.
    `written` is as in `MailDraft`.
    """

    tenant: TenantId
    mail_id: MailId
    html: str
    text: str
    page: MailPage = PLAIN_PAGE
    written: Mapping[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many bytes it takes to keep, but for some."""
        texts = (self.html, self.text, *self.written.keys(), *self.written.values())
        return sum(len(one.encode()) for one in texts)


@dataclass(frozen=True, slots=True)
class TrackedLink:
    """Where a link of a mail leads: `signed` says who opens it, on sites of the tenant; "" elsewhere.

    `written` is how it stands in the email, "" for in the same way.
    """

    target: str
    signed: str = ""
    written: str = ""


def target_shown(about: Mapping[str, str], target: str, written: str) -> str:
    """Where a link leads, for people of ours to read: of one that confirms an address not what makes it good.

    Whoever knows that could confirm the address of somebody else. `about` is that of its mail.
    """
    is_secret = CONFIRMS in about and written and target.startswith(f"{written}/")
    return written if is_secret else target


@dataclass(frozen=True, slots=True)
class TrackedMail:
    """What the public addresses of a mail stand on, by its token: link 1 is the first of `links`.

    They are there until `ends_at`, as the mail itself is: without it a word would be heard by nobody.
    """

    tenant: TenantId
    mail_id: MailId
    token: MailToken
    sent_at: datetime
    from_name: str = ""
    links: tuple[TrackedLink, ...] = ()
    is_alert: bool = False
    ends_at: datetime | None = None
    is_test: bool = False

    @property
    def kept_until(self) -> datetime:
        """Until when it is kept; rows of before there was `ends_at`, for so long."""
        return self.ends_at or self.sent_at + KEPT


@dataclass(frozen=True, slots=True)
class MailSeen:
    """An open or a click of a mail, as its activity has it: by whom, and which label it has.

    `version` is the activity's. `link` is the number of the link, 0 for an open, and `target` where it
    leads, as it stands in the email.
    """

    activity_id: str
    subject: SubjectId
    kind: ActivityKind
    at: datetime
    signal: Signal
    link: int = 0
    version: int = 1
    target: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the mail service tells of a mail. `event_id` is the same when it is told again."""

    what: Happened
    at: datetime
    event_id: str
    message_id: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """A request for a public address of a mail, as it came in. `link` is 0 for the hidden one.

    `sight_id` is the same when it is told again.
    """

    mail_id: MailId
    sight_id: str
    kind: ActivityKind
    at: datetime
    ip: str = ""
    user_agent: str = ""
    method: str = "GET"
    link: int = 0


@dataclass(frozen=True, slots=True)
class Word:
    """What a reader said on the unsubscribe page of a mail: opted out, or back again."""

    mail_id: MailId
    at: datetime
    opt_out: bool


def mail_id_of(tenant: TenantId, key: str) -> MailId:
    """The id of the mail that is asked for by this key."""
    return MailId(derived_id("mail", tenant, key))
