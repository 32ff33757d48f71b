"""People on their way through a campaign: where each stands, what was done, and how they are counted.

An enrolment is one walk of one person. It stands at a step until that is done, and then comes to the
next in one conditional write, with the numbers of both steps.
"""

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from funnel.domain.campaigns.campaigns import Campaign, CampaignId, StepId
from funnel.domain.ids import PersonId, TenantId, derived_id
from funnel.domain.mail.mails import MailId, mail_id_of

EnrolmentId = NewType("EnrolmentId", str)

PARTS = 4
"""Into so many parts the people of a campaign fall; each is worked on by one worker at a time."""

MOST_STEPS_IN_ALL = 1_000
MOST_STEPS_A_TURN = 100
MOST_TRAIL = 60
"""What was done that is kept with an enrolment; the newest."""
MOST_TRIES = 8
CLAIMED_FOR = timedelta(minutes=15)
"""Whom a worker has taken is due again after so long, should the worker die."""
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)

NumberName = str
Numbers = Counter[tuple[StepId, NumberName]]


class EnrolmentState(StrEnum):
    """How a walk stands. All but the first three are over; these three can go on."""

    WALKING = "walking"
    STUCK = "stuck"
    """Its step failed too often, for the reason given; goes on when somebody says so."""
    STOPPED = "stopped"
    """Its step was removed, and nothing follows."""
    THROUGH = "through"
    LEFT = "left"
    """Off the list or segment that brought it in."""
    TAKEN_OUT = "taken out"
    MERGED = "merged"
    """Who it was is part of somebody who walks already."""
    ERASED = "erased"
    """Nobody knows any more who it was; only the numbers stay."""


UNDER_WAY = frozenset({EnrolmentState.WALKING, EnrolmentState.STUCK, EnrolmentState.STOPPED})


class What(StrEnum):
    """What was done at a step, as the trail has it."""

    CAME_IN = "came in"
    ASKED = "asked for"
    """A mail that has not gone out, as a look at it says; what was done is kept as SENT."""
    SENT = "sent"
    NOT_SENT = "not sent"
    WAITED = "waited"
    YES = "yes"
    NO = "no"
    DONE = "done"
    DETOUR = "detour"
    ENDED = "ended"
    STUCK = "stuck"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Done:
    """One line of a trail. `note` says more in plain words, such as why a mail was not sent.

    `mail` is the mail that was asked for.
    """

    at: datetime
    step: StepId
    what: What
    note: str = ""
    mail: MailId = MailId("")


@dataclass(frozen=True, slots=True)
class Passage:
    """How often a walk came to a step, went on as a yes or a no, or was passed over."""

    came: int = 0
    yes: int = 0
    no: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class StepNumbers:
    """The numbers of a step: who stands there, who ended there, and how often each thing happened."""

    walking: int = 0
    stuck: int = 0
    stopped: int = 0
    through: int = 0
    left: int = 0
    taken_out: int = 0
    merged: int = 0
    erased: int = 0
    came: int = 0
    yes: int = 0
    no: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One walk of a person.

    `person_id` is whose it is now, and `origin` whose it was when it began: a merge changes only the first.
    `step` is where it stands since `since`, and `due_at` when it is looked at next; None where nothing
    is to be done. `tries` counts how often its step failed in a row, and `reason` says why. `passed` is
    what it came by, whatever was removed since.
    """

    tenant: TenantId
    campaign_id: CampaignId
    enrolment_id: EnrolmentId
    person_id: PersonId
    origin: PersonId
    turn: int
    entered_at: datetime
    came_by: str
    step: StepId
    since: datetime
    due_at: datetime | None
    state: EnrolmentState = EnrolmentState.WALKING
    passed: Mapping[StepId, Passage] = field(default_factory=dict)
    steps: int = 1
    tries: int = 0
    reason: str = ""
    trail: tuple[Done, ...] = ()
    version: int = 0

    @property
    def visit(self) -> int:
        """How often it has come to the step where it stands."""
        return self.visits(self.step)

    def visits(self, step: StepId) -> int:
        """How often it has come to a step."""
        return self.passed.get(step, Passage()).came

    def key(self, step: StepId | None = None) -> str:
        """The key of what a step does, the same however often it is tried: of its own step or another."""
        at = step or self.step
        return f"campaign/{self.enrolment_id}/{at}/{self.visits(at)}"

    def mail_id(self, step: StepId | None = None) -> MailId:
        """The mail that a step has sent, or will: its own step or another, the latest time it came there."""
        at = step or self.step
        return mail_id_of(self.tenant, mail_key(self, at))

    def of(self, person_id: PersonId) -> "Enrolment":
        """The same walk, of whom this person was merged into."""
        return replace(self, person_id=person_id)


@dataclass(frozen=True, slots=True)
class Turn:
    """A person's latest walk through a campaign, and those before it. `enrolments` are in their order."""

    tenant: TenantId
    campaign_id: CampaignId
    person_id: PersonId
    entered_at: datetime
    enrolments: tuple[EnrolmentId, ...] = ()
    version: int = 0

    @property
    def latest(self) -> EnrolmentId:
        """The walk it is on, or was on last."""
        return self.enrolments[-1]


@dataclass(frozen=True, slots=True)
class Change:
    """What is written together: a walk as it was (None: new) and as it is, and the turn if that changes too."""

    before: Enrolment | None
    after: Enrolment
    turn: Turn | None = None


def part_of(enrolment_id: EnrolmentId) -> int:
    """In which part of its campaign an enrolment is; the same for ever."""
    return zlib.crc32(enrolment_id.encode()) % PARTS


def mail_key(one: Enrolment, step: StepId) -> str:
    """The key under which a step asks for its mail."""
    return f"campaign {one.enrolment_id} {step} {one.visits(step)}"


def keyed_walk(campaign_id: CampaignId, person_id: PersonId, key: str) -> EnrolmentId:
    """The walk that somebody began by hand under an idempotency key."""
    return EnrolmentId(derived_id("enrolment", campaign_id, person_id, f"key {key}"))


def begun(
    campaign: Campaign,
    before: Turn | None,
    person_id: PersonId,
    now: datetime,
    by: str,
    key: str = "",
) -> Change:
    """A person comes in. `by` says what brought it; with a `key` it is once under that."""
    number = len(before.enrolments) + 1 if before else 1
    numbered = derived_id("enrolment", campaign.campaign_id, person_id, str(number))
    own_id = EnrolmentId(numbered)
    if key:
        own_id = keyed_walk(campaign.campaign_id, person_id, key)
    first = campaign.first
    new = Enrolment(
        campaign.tenant,
        campaign.campaign_id,
        own_id,
        person_id,
        person_id,
        number,
        now,
        by,
        first,
        now,
        now,
        passed={first: Passage(1)},
        trail=(Done(now, first, What.CAME_IN, by),),
    )
    blank = Turn(campaign.tenant, campaign.campaign_id, person_id, now)
    turn = before or blank
    return Change(None, new, replace(turn, entered_at=now, enrolments=(*turn.enrolments, own_id)))


def noted(one: Enrolment, now: datetime, what: What, note: str = "") -> Enrolment:
    """With a line more in its trail."""
    mail = one.mail_id() if what is What.SENT else MailId("")
    return replace(one, trail=(*one.trail, Done(now, one.step, what, note, mail))[-MOST_TRAIL:])


def counted(
    one: Enrolment, *, yes: bool = False, no: bool = False, skipped: bool = False
) -> Enrolment:
    """With what happened at the step where it stands."""
    at = one.passed.get(one.step, Passage())
    at = replace(at, yes=at.yes + yes, no=at.no + no, skipped=at.skipped + skipped)
    return replace(one, passed={**one.passed, one.step: at})


def come_to(one: Enrolment, step: StepId, now: datetime, due_at: datetime) -> Enrolment:
    """It comes to a step."""
    at = one.passed.get(step, Passage())
    return replace(
        one,
        state=EnrolmentState.WALKING,
        step=step,
        since=now,
        due_at=due_at,
        passed={**one.passed, step: replace(at, came=at.came + 1)},
        steps=one.steps + 1,
        tries=0,
        reason="",
    )


def waiting(one: Enrolment, until: datetime) -> Enrolment:
    """It stays where it is until then."""
    return replace(one, due_at=until, tries=0, reason="")


def over(one: Enrolment, state: EnrolmentState, now: datetime, note: str = "") -> Enrolment:
    """Its walk is over."""
    return noted(
        replace(one, state=state, due_at=None, tries=0, reason=note), now, What.ENDED, note
    )


def parked(one: Enrolment, state: EnrolmentState, now: datetime, reason: str) -> Enrolment:
    """It stands still until somebody says what is to become of it."""
    return noted(replace(one, state=state, due_at=None, reason=reason), now, What.STUCK, reason)


def failed(one: Enrolment, now: datetime, reason: str) -> Enrolment:
    """Its step failed: to be tried again later, but not for ever."""
    if one.tries + 1 >= MOST_TRIES:
        return parked(one, EnrolmentState.STUCK, now, reason)
    wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2**one.tries)
    return replace(one, due_at=now + wait, tries=one.tries + 1, reason=reason)


def again(one: Enrolment, now: datetime, by: str) -> Enrolment:
    """It is tried again, as somebody said."""
    due = replace(one, state=EnrolmentState.WALKING, due_at=now, tries=0, reason="")
    return noted(due, now, What.AGAIN, by)


def unnamed(one: Enrolment, now: datetime) -> Enrolment:
    """Nothing of it says who it was; its numbers stay."""
    return replace(
        one,
        person_id=PersonId(""),
        origin=PersonId(""),
        state=EnrolmentState.ERASED,
        due_at=None,
        came_by="",
        since=now,
        tries=0,
        reason="",
        trail=(),
    )


def numbers_of(one: Enrolment | None) -> Numbers:
    """What one walk adds to the numbers of the steps of its campaign."""
    found: Numbers = Counter()
    if one is None:
        return found
    found[one.step, one.state.name.lower()] += 1
    for step, at in one.passed.items():
        for name in ("came", "yes", "no", "skipped"):
            if number := getattr(at, name):
                found[step, name] += number
    return found


def difference(changes: Iterable[Change]) -> Numbers:
    """By how much these changes move the numbers."""
    found: Numbers = Counter()
    for change in changes:
        found.update(numbers_of(change.after))
        found.subtract(numbers_of(change.before))
    return Counter({key: by for key, by in found.items() if by})


def step_numbers(numbers: Numbers) -> dict[StepId, StepNumbers]:
    """The numbers by step."""
    steps: dict[StepId, dict[str, int]] = {}
    for (step, name), number in numbers.items():
        steps.setdefault(step, {})[name] = number
    return {step: StepNumbers(**some) for step, some in steps.items()}
