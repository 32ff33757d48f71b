"""How a mail goes from one state to the next, and what opens and clicks of it come to."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from funnel.domain.mail.mails import (
    CLEAR_AFTER,
    MOST_TRIES,
    Happened,
    Heard,
    Mail,
    MailNumbers,
    MailSeen,
    MailState,
)
from funnel.domain.tracking.activities import ActivityKind, Signal

MOST_HEARD = 30
"""What the mail service told of one mail that is remembered, so that it counts once."""

WAITS_FOR_SENDER = timedelta(days=7)
"""For so long marketing mail waits while its sender is in trouble; what is older says what is over."""

LONGEST_HELD = timedelta(hours=1)
"""After so long at the most it is looked at again."""

_FIRST_WAIT, _LONGEST_WAIT = 15, 900
_RANK = {state: place for place, state in enumerate(MailState)}
_LEADS_TO = {
    Happened.SENT: MailState.SENT,
    Happened.DELIVERED: MailState.SENT,
    Happened.SOFT_BOUNCE: MailState.SENT,
    Happened.REJECTED: MailState.REFUSED,
    Happened.BOUNCE: MailState.BOUNCED,
    Happened.COMPLAINT: MailState.COMPLAINED,
}


def claimed(mail: Mail, now: datetime) -> Mail:
    """The mail from before it is handed to the mail service."""
    return replace(
        mail,
        state=MailState.SENDING,
        attempt=mail.attempt + 1,
        claimed_at=now,
        due_at=now + CLEAR_AFTER,
        reason="",
    )


def sent(mail: Mail, message_id: str, at: datetime) -> Mail:
    """The mail after the mail service took it."""
    due_at = at if mail.wants_note else None
    return replace(
        mail,
        state=MailState.SENT,
        message_id=message_id,
        sent_at=at,
        due_at=due_at,
        tries=0,
        reason="",
        troubled_since=None,
    )


def refused(mail: Mail, reason: str) -> Mail:
    """The mail that is not sent, and why."""
    return replace(mail, state=MailState.REFUSED, reason=reason, due_at=None)


def put_off(mail: Mail, now: datetime, reason: str) -> Mail:
    """The mail that the mail service did not take just now: to be tried later, but not for ever."""
    if mail.tries + 1 >= MOST_TRIES:
        return refused(mail, f"The mail service did not take it for hours: {reason}")
    return replace(
        mail,
        state=MailState.QUEUED,
        due_at=now + _wait(mail),
        tries=mail.tries + 1,
        reason=reason,
        troubled_since=mail.troubled_since or now,
    )


def waits_for_sender(mail: Mail, now: datetime, reason: str) -> Mail:
    """The mail that nothing keeps back but its sender: it waits a week, and that counts as no try.

    It is looked at again after as long as that has lasted, an hour at the most: thousands may wait.
    """
    since = mail.troubled_since or now
    if now >= since + WAITS_FOR_SENDER:
        return refused(mail, f"It could not be sent for a week: {reason}")
    wait = min(LONGEST_HELD, max(timedelta(seconds=_FIRST_WAIT), now - since))
    until = min(now + wait, since + WAITS_FOR_SENDER)
    return replace(mail, state=MailState.QUEUED, due_at=until, reason=reason, troubled_since=since)


def held(mail: Mail, until: datetime, reason: str) -> Mail:
    """The mail that is not tried before then, whoever sends it; that counts as no try."""
    return replace(mail, state=MailState.QUEUED, due_at=until, reason=reason, troubled_since=None)


def _wait(mail: Mail) -> timedelta:
    return timedelta(seconds=min(_LONGEST_WAIT, _FIRST_WAIT * 2**mail.tries))


def unclear(mail: Mail) -> Mail:
    """The mail of which nobody can tell whether it went out."""
    return replace(
        mail,
        state=MailState.UNCLEAR,
        due_at=None,
        reason="Nobody can tell whether it went out: the answer of the mail service was lost.",
    )


def again(mail: Mail, now: datetime, by: str) -> Mail:
    """The unclear mail after somebody said that it is to be sent again."""
    return replace(
        mail,
        state=MailState.QUEUED,
        due_at=now,
        tries=0,
        said_by=by,
        reason="",
        troubled_since=None,
    )


def said_sent(mail: Mail, by: str) -> Mail:
    """The unclear mail after somebody said that it was sent."""
    at = mail.claimed_at
    due_at = at if mail.wants_note else None
    return replace(
        mail, state=MailState.SENT, sent_at=at, due_at=due_at, tries=0, said_by=by, reason=""
    )


def told(mail: Mail, heard: Heard) -> Mail:
    """The mail after the mail service told something of it; in whatever order, the same in the end."""
    if heard.event_id in mail.heard:
        return mail
    leads_to = _LEADS_TO[heard.what]
    after = mail
    if len(mail.heard) < MOST_HEARD:
        softly = heard.what is Happened.SOFT_BOUNCE
        known = tuple(sorted({*mail.heard, heard.event_id}))
        after = replace(mail, heard=known, soft_bounces=mail.soft_bounces + softly)
    if heard.what is Happened.DELIVERED:
        after = replace(after, delivered_at=min(mail.delivered_at or heard.at, heard.at))
    if leads_to is not MailState.REFUSED and mail.sent_at is None:
        after = replace(after, sent_at=mail.claimed_at or heard.at)
    after = replace(after, message_id=mail.message_id or heard.message_id)
    if _RANK[leads_to] > _RANK[mail.state]:
        went = leads_to is not MailState.REFUSED
        due_at = after.sent_at if after.wants_note and went else None
        after = replace(after, state=leads_to, due_at=due_at, tries=0, reason=heard.detail)
    return after


def noted(mail: Mail) -> Mail:
    """The mail that went out, after its Note was asked for."""
    return replace(mail, wants_note=False, due_at=None)


def note_put_off(mail: Mail, now: datetime) -> Mail:
    """The mail whose Note could not be asked for just now: to be tried later, but not for ever."""
    if mail.tries + 1 >= MOST_TRIES:
        return replace(noted(mail), reason="No Note of it could be asked for in Sugar.")
    return replace(mail, due_at=now + _wait(mail), tries=mail.tries + 1)


def counted(seen: Iterable[MailSeen]) -> MailNumbers:
    """What these come to; in whatever order, and each once."""
    each = list({one.activity_id: one for one in seen}.values())
    people = [one for one in each if one.signal is Signal.HUMAN]
    opens = sorted(one.at for one in people if one.kind is ActivityKind.EMAIL_OPEN)
    clicks = [one for one in people if one.kind is ActivityKind.EMAIL_CLICK]
    moments = sorted(one.at for one in clicks)
    links: dict[str, int] = {}
    targets: dict[str, str] = {}
    for one in sorted(clicks, key=lambda click: (click.link, click.target)):
        links[str(one.link)] = links.get(str(one.link), 0) + 1
        if one.target:
            targets[str(one.link)] = one.target
    machines = [one.kind for one in each if one.signal is not Signal.HUMAN]
    return MailNumbers(
        len(opens),
        len(clicks),
        opens[0] if opens else None,
        opens[-1] if opens else None,
        moments[0] if moments else None,
        moments[-1] if moments else None,
        machines.count(ActivityKind.EMAIL_OPEN),
        machines.count(ActivityKind.EMAIL_CLICK),
        links,
        targets,
    )
