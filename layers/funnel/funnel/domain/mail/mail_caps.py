"""The frequency cap: how much marketing mail one person gets at most.

What counts is when a mail was handed to the mail service. That is kept for each person in one row,
which is written with the mail it is about, so that no two who send at once get past the cap.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.problems import Problems

MOST_MAILS, MOST_DAYS = 50, 90


@dataclass(frozen=True, slots=True)
class MailCap:
    """At most `most` marketing mails to one person in any `days` days; no bound where it is not on."""

    most: int = 3
    days: int = 7
    is_on: bool = True

    @property
    def span(self) -> timedelta:
        """For how long a mail counts."""
        return timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Received:
    """The marketing mails that were handed over for a person lately, by mail id, and when last."""

    tenant: TenantId
    person_id: PersonId
    mails: Mapping[str, datetime] = field(default_factory=dict)
    version: int = 0


def free_at(
    cap: MailCap, received: Iterable[Received], mail_id: str, now: datetime
) -> datetime | None:
    """When the cap lets another mail go to the person of these rows; None if now.

    `mail_id` is that mail: should it have been tried before, it does not stand in its own way.
    """
    if not cap.is_on:
        return None
    moments = sorted(
        at
        for one in received
        for known, at in one.mails.items()
        if known != mail_id and at > now - cap.span
    )
    if len(moments) < cap.most:
        return None
    return moments[len(moments) - cap.most] + cap.span


def with_mail(received: Received, mail_id: str, at: datetime) -> Received:
    """The row after a mail was handed over; what no cap can count any more is forgotten."""
    kept = {
        known: when
        for known, when in received.mails.items()
        if when > at - timedelta(days=MOST_DAYS)
    }
    newest = sorted({**kept, mail_id: at}.items(), key=lambda one: one[1])[-MOST_MAILS:]
    return replace(received, mails=dict(newest))


def checked_cap(cap: MailCap) -> MailCap:
    """The cap, if it can be. Raises `InputInvalid` with all that is wrong, each naming its field."""
    wrong = Problems()
    with wrong.found():
        if not 1 <= cap.most <= MOST_MAILS:
            raise InputInvalid(f"Enter 1 to {MOST_MAILS} mails.", field="cap_most")
    with wrong.found():
        if not 1 <= cap.days <= MOST_DAYS:
            raise InputInvalid(f"Enter 1 to {MOST_DAYS} days.", field="cap_days")
    wrong.raise_all()
    return cap
