"""Broadcasts: one email to everybody on some lists and segments, now or at a time.

Whom it goes to is fixed when it starts, and what it says when it is scheduled. The rules, with how
each is held: `docs/broadcasts.md`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NewType

from funnel.domain.emails.emails import EmailId
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import JobId, ListId, PersonId, TenantId
from funnel.domain.mail.mail_addresses import LONGEST_SUBJECT, checked_header, wire_address
from funnel.domain.mail.mail_fields import FIELDS, FOOTER
from funnel.domain.mail.merge_fields import checked_template
from funnel.domain.mail.senders import LONGEST_NAME
from funnel.domain.problems import Problems
from funnel.domain.time_zones import time_zone

BroadcastId = NewType("BroadcastId", str)

MOST_LISTS = 20
"""Lists that a broadcast goes to, and as many that it does not."""

LOOKED_AFTER = timedelta(minutes=10)
"""If no worker has saved how far it is for so long, the schedule has another go on."""

LONGEST_WAIT = timedelta(days=1)
"""For so long it waits for lists that are being worked out."""

LATEST = timedelta(days=366)
"""How far ahead one can be scheduled."""


class BroadcastState(StrEnum):
    """How far a broadcast is. PAUSED goes on where it was; SENT and CANCELLED are its end."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    GATHERING = "gathering"
    SENDING = "sending"
    PAUSED = "paused"
    SENT = "sent"
    CANCELLED = "cancelled"


UNDER_WAY = frozenset({BroadcastState.SCHEDULED, BroadcastState.GATHERING, BroadcastState.SENDING})
"""States in which something is done or will be by itself."""


class OverCap(StrEnum):
    """What becomes of somebody in whose way the frequency cap stands."""

    LATER = "later"
    LEAVE_OUT = "leave out"


class LeftOut(StrEnum):
    """Why somebody of the audience gets no mail."""

    NO_ADDRESS = "no address"
    OPTED_OUT = "opted out"
    BOUNCED = "bounced"
    EXEMPT = "exempt"
    """On a Target List of Sugar whose members get no mail."""
    OVER_CAP = "over cap"
    GONE = "gone"
    """Erased since the audience was fixed, or merged into somebody who got it."""
    BROKEN = "broken"
    """The email came to nothing that can be sent to this person, such as a subject without words."""


@dataclass(frozen=True, slots=True)
class AudienceRow:
    """Somebody the broadcast is for, and why no mail was asked for; None while one may be."""

    person_id: PersonId
    left: LeftOut | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go on in walking lists: the number of the list, and the place in it."""

    list_at: int = 0
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the worker is.

    `people` are in the audience, once it is fixed; of `done` it was decided what becomes of them:
    `mails` were asked for, of which `put_off` wait for the cap, and the rest are `left` out, by
    reason. `place` is where to go on, in the lists or in the audience. Of the lists' members that are
    not in the audience `on_minus` are on a list that is left aside, `twice` were met before, and
    `gone` stand for nobody.
    """

    place: Place = Place()
    people: int = 0
    done: int = 0
    mails: int = 0
    put_off: int = 0
    left: Mapping[str, int] = field(default_factory=dict)
    on_minus: int = 0
    twice: int = 0
    gone: int = 0

    @property
    def getting(self) -> int:
        """How many of the audience get it: who is not left out, as far as that is decided."""
        return self.people - (self.done - self.mails)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a marketer says of a broadcast. `subject`, `from_name`, `from_address` and `reply_to` "" are
    those of the email and of the mail settings.

    It goes to who is on any of `lists` and on none of `minus`, at `send_at` by the clocks of
    `timezone` (`2026-03-02T09:00`), "" for at once.
    """

    name: str
    email_id: EmailId
    lists: tuple[ListId, ...] = ()
    minus: tuple[ListId, ...] = ()
    subject: str = ""
    from_name: str = ""
    from_address: str = ""
    reply_to: str = ""
    send_at: str = ""
    timezone: str = "UTC"
    over_cap: OverCap = OverCap.LATER


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A broadcast. `edition` counts how often its plan changed, `count_job` counted whom it is for.

    `email_name`, `email_changed_at` and `email_version` are of the email as it was scheduled.
    `due_at` is when it is to be worked on next; `note` says why it stands still, and `held_since` since when its
    sender keeps it back. `list_names` are what
    its lists were called when it was planned: one that is gone has no name any more.
    """

    tenant: TenantId
    broadcast_id: BroadcastId
    plan: Plan
    created_at: datetime
    created_by: str
    changed_at: datetime
    changed_by: str
    edition: int = 1
    state: BroadcastState = BroadcastState.DRAFT
    count_job: JobId = JobId("")
    email_name: str = ""
    email_changed_at: datetime | None = None
    email_version: int = 0
    confirmed: int = 0
    confirmed_by: str = ""
    due_at: datetime | None = None
    started_at: datetime | None = None
    gathered_at: datetime | None = None
    finished_at: datetime | None = None
    progress: Progress = Progress()
    note: str = ""
    mend: str = ""
    list_names: Mapping[ListId, str] = field(default_factory=dict)
    version: int = 0
    held_since: datetime | None = None

    @property
    def waits_since(self) -> datetime:
        """Since when at the latest it waits for what it waits for."""
        return max(self.started_at or self.changed_at, self.changed_at)

    @property
    def starts_at(self) -> datetime | None:
        """When it is to start, UTC; None for at once."""
        return moment_of(self.plan.send_at, self.plan.timezone) if self.plan.send_at else None


def checked_plan(plan: Plan, now: datetime, known: Collection[str] = FIELDS) -> Plan:
    """The plan as it can be kept; `known` are the merge fields there are.

    Raises `InputInvalid` naming the field.
    """
    wrong = Problems()
    name = subject = from_name = ""
    with wrong.found():
        name = checked_header(plan.name, "name", LONGEST_NAME)
        if not name:
            raise InputInvalid("Enter a name, by which it is found again.", field="name")
    with wrong.found():
        if not plan.email_id:
            raise InputInvalid("Choose an email.", field="email_id")
    for field_name, ids in (("lists", plan.lists), ("minus", plan.minus)):
        with wrong.found():
            if len(ids) > MOST_LISTS:
                raise InputInvalid(f"At most {MOST_LISTS} lists.", field=field_name)
    with wrong.found():
        if not plan.lists:
            raise InputInvalid("Choose at least one list or segment.", field="lists")
    with wrong.found():
        subject = checked_header(plan.subject, "subject", LONGEST_SUBJECT)
        checked_template(subject, set(known) - set(FOOTER), "subject")
    with wrong.found():
        from_name = checked_header(plan.from_name, "from_name", LONGEST_NAME)
    for field_name in ("from_address", "reply_to"):
        with wrong.found():
            if getattr(plan, field_name).strip():
                wire_address(getattr(plan, field_name).strip(), field_name)
    with wrong.found():
        if plan.send_at:
            _check_time(plan, now)
    wrong.raise_all()
    return replace(
        plan,
        name=name,
        subject=subject,
        lists=tuple(dict.fromkeys(plan.lists)),
        minus=tuple(dict.fromkeys(plan.minus)),
        from_name=from_name,
        from_address=plan.from_address.strip(),
        reply_to=plan.reply_to.strip(),
    )


def _check_time(plan: Plan, now: datetime) -> None:
    at = moment_of(plan.send_at, plan.timezone)
    if at > now + LATEST:
        raise InputInvalid("At most a year ahead.", field="send_at")
    if at < now:
        mend = "Choose a later one, or send it at once."
        raise InputInvalid("This time is over.", mend=mend, field="send_at")


def moment_of(text: str, zone: str) -> datetime:
    """A time by the clocks of a zone, as UTC. Raises `InputInvalid`.

    A time that the clocks skip in spring is refused; of one that they show twice in autumn the first
    is meant.
    """
    wrong = Problems()
    known = time_zone(zone)
    with wrong.found():
        if known is None:
            raise InputInvalid("There is no such time zone.", field="timezone")
    with wrong.found():
        try:
            there = datetime.fromisoformat(text)
        except ValueError:
            raise InputInvalid("Enter a day and a time.", field="send_at") from None
    wrong.raise_all()
    if there.tzinfo is not None:
        raise InputInvalid("Enter a time without a zone; the zone is chosen.", field="send_at")
    moment = there.replace(tzinfo=known, fold=0).astimezone(UTC)
    if moment.astimezone(known).replace(tzinfo=None) != there:
        raise InputInvalid(
            "The clocks skip this time on that day: it is when summer time begins.", field="send_at"
        )
    return moment


def paused(broadcast: Broadcast, note: str = "", mend: str = "") -> Broadcast:
    """The broadcast that stands still until somebody lets it go on."""
    return replace(broadcast, state=BroadcastState.PAUSED, due_at=None, note=note, mend=mend)


def resumed(broadcast: Broadcast, now: datetime) -> Broadcast:
    """The broadcast that goes on where it was: with all mails asked for, only these go on."""
    broadcast = replace(broadcast, held_since=None)
    if broadcast.finished_at:
        return replace(broadcast, state=BroadcastState.SENT, due_at=None, note="", mend="")
    state = BroadcastState.SENDING if broadcast.gathered_at else BroadcastState.GATHERING
    if broadcast.started_at is None:
        state = BroadcastState.SCHEDULED
    return replace(broadcast, state=state, due_at=now, note="", mend="")


def cancelled(broadcast: Broadcast, now: datetime) -> Broadcast:
    """The broadcast of which nothing more goes out."""
    return replace(
        broadcast, state=BroadcastState.CANCELLED, due_at=None, finished_at=now, note="", mend=""
    )
