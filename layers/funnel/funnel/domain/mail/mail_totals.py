"""What many mails come to: those of an email, a broadcast or a step of a campaign."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from funnel.domain.mail.mail_tallies import Counter, Tally
from funnel.domain.mail.mails import TEST, Mail, MailState

MOST_TARGETS = 40
"""Targets of links that one mail is counted with."""


class AboutKind(StrEnum):
    """What mails are counted by."""

    EMAIL = "email"
    BROADCAST = "broadcast"
    STEP = "step"


class About(NamedTuple):
    """One email, broadcast or step: `step_key` names a step."""

    kind: AboutKind
    about_id: str


class Outcome(StrEnum):
    """How far a mail came, in one word: the last of these that is true of it."""

    WAITING = "waiting"
    LEFT_OUT = "left out"
    UNCLEAR = "unclear"
    SENT = "sent"
    SOFT_BOUNCED = "soft bounced"
    DELIVERED = "delivered"
    OPENED = "opened"
    CLICKED = "clicked"
    BOUNCED = "bounced"
    UNSUBSCRIBED = "unsubscribed"
    COMPLAINED = "complained"


@dataclass(frozen=True, slots=True)
class LinkTotals:
    """Where a link leads, how many people clicked it, and how often they did."""

    target: str
    people: int
    clicks: int


@dataclass(frozen=True, slots=True)
class MailTotals:
    """What the mails of one email, broadcast or step came to.

    `asked` is all of them; each is `waiting`, `sent`, `suppressed` (not sent: opted out, bounces, over
    the cap…), `refused` by the mail service, or `unclear`. Of those sent some are known to be
    `delivered`, some were `soft_bounced` (not taken just then), `bounced` or `complained` of.
    `opened` and `clicked` are mails that people did that with, `opens` and `clicks` how often; machines
    are counted apart. `links` are the most clicked first.
    """

    asked: int = 0
    sent: int = 0
    delivered: int = 0
    soft_bounced: int = 0
    bounced: int = 0
    complained: int = 0
    unsubscribed: int = 0
    suppressed: int = 0
    refused: int = 0
    unclear: int = 0
    opened: int = 0
    clicked: int = 0
    opens: int = 0
    clicks: int = 0
    machine_opens: int = 0
    machine_clicks: int = 0
    links: tuple[LinkTotals, ...] = ()

    @property
    def waiting(self) -> int:
        """Of those asked for, how many nothing has become of yet."""
        return self.asked - self.sent - self.suppressed - self.refused - self.unclear

    @property
    def settled(self) -> int:
        """Of those asked for, how many something has become of, if only that nobody can tell."""
        return self.asked - self.waiting


def step_key(campaign: str, step: str) -> str:
    """The id that a campaign's step is counted by."""
    return f"{campaign}/{step}"


def counted_by(about: Mapping[str, str]) -> tuple[About, ...]:
    """What a mail is counted by. Test sends (`test`) are counted by nothing."""
    if TEST in about:
        return ()
    found = [
        About(kind, about[kind.value])
        for kind in (AboutKind.EMAIL, AboutKind.BROADCAST)
        if about.get(kind.value)
    ]
    if about.get("campaign") and about.get("step"):
        found.append(About(AboutKind.STEP, step_key(about["campaign"], about["step"])))
    return tuple(found)


def is_marketing(about: Mapping[str, str]) -> bool:
    """Whether a mail counts for the frequency cap: those of broadcasts and campaigns do."""
    return bool(about.get("broadcast") or about.get("campaign")) and TEST not in about


_WENT = frozenset({MailState.SENT, MailState.BOUNCED, MailState.COMPLAINED})


def tally_of(mail: Mail) -> Tally:
    """What a mail comes to as it stands; nothing for one that is counted by nothing."""
    if not counted_by(mail.about):
        return Tally()
    numbers, is_refused = mail.numbers, mail.state is MailState.REFUSED
    counts: dict[Counter, int] = {
        Counter.ASKED: 1,
        Counter.SENT: mail.state in _WENT,
        Counter.DELIVERED: mail.delivered_at is not None,
        Counter.SOFT_BOUNCED: mail.soft_bounces > 0,
        Counter.BOUNCED: mail.state is MailState.BOUNCED,
        Counter.COMPLAINED: mail.state is MailState.COMPLAINED,
        Counter.UNSUBSCRIBED: mail.unsubscribed_at is not None,
        Counter.SUPPRESSED: is_refused and mail.attempt == 0,
        Counter.REFUSED: is_refused and mail.attempt > 0,
        Counter.UNCLEAR: mail.state is MailState.UNCLEAR,
        Counter.OPENED: numbers.opens > 0,
        Counter.CLICKED: numbers.clicks > 0,
        Counter.OPENS: numbers.opens,
        Counter.CLICKS: numbers.clicks,
        Counter.MACHINE_OPENS: numbers.machine_opens,
        Counter.MACHINE_CLICKS: numbers.machine_clicks,
    }
    clicks: dict[str, int] = {}
    for number, target in sorted(numbers.targets.items()):
        if numbers.links.get(number):
            clicks[target] = clicks.get(target, 0) + numbers.links[number]
    kept = dict(sorted(clicks.items())[:MOST_TARGETS])
    return Tally({one.value: int(number) for one, number in counts.items() if number}, kept)


def outcome_of(mail: Mail) -> Outcome:
    """How far a mail came."""
    truths = {
        Outcome.COMPLAINED: mail.state is MailState.COMPLAINED,
        Outcome.UNSUBSCRIBED: mail.unsubscribed_at is not None,
        Outcome.BOUNCED: mail.state is MailState.BOUNCED,
        Outcome.LEFT_OUT: mail.state is MailState.REFUSED,
        Outcome.CLICKED: mail.numbers.clicks > 0,
        Outcome.OPENED: mail.numbers.opens > 0,
        Outcome.DELIVERED: mail.delivered_at is not None,
        Outcome.SOFT_BOUNCED: mail.soft_bounces > 0,
        Outcome.SENT: mail.state is MailState.SENT,
        Outcome.UNCLEAR: mail.state is MailState.UNCLEAR,
    }
    return next((outcome for outcome, is_so in truths.items() if is_so), Outcome.WAITING)


def made_of(counts: Mapping[str, int], links: Mapping[str, tuple[int, int]]) -> MailTotals:
    """Totals of their numbers, links the most clicked first; those that nobody clicked any more left out."""
    found = [LinkTotals(target, *numbers) for target, numbers in links.items() if any(numbers)]
    ordered = sorted(found, key=lambda one: (-one.people, -one.clicks, one.target))
    known = {one.value: counts.get(one.value, 0) for one in Counter}
    return MailTotals(**known, links=tuple(ordered))
