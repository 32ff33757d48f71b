"""Adding a person to Sugar: what is asked for, under which ids, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from funnel.domain.crm import Value
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import (
    ConnectionId,
    PersonId,
    RecordKey,
    SugarId,
    TenantId,
    WrittenModule,
)
from funnel.domain.pushing.related import NoteWish
from funnel.domain.sync.runs import Note

PERSON_MODULES = (WrittenModule.LEADS, WrittenModule.CONTACTS)
GENERATIONS = 5
"""How many ids a person can have in one module; each but the first for one that went to another."""

LONGEST_SUBJECT = 200
KEPT = timedelta(days=397)
"""How long what is done stays in the log: as long as a history."""

_FIRST_DELAY, _LONGEST_DELAY = timedelta(seconds=30), timedelta(hours=1)
_PATIENCE = 5
"""After so many tries in a row that came to nothing, the error report says so."""


class TaskKind(StrEnum):
    """What the sales rep is to do; Sugar's tasks have no kind, so that the subject says it."""

    CALL = "Call"
    EMAIL = "Email"
    MEETING = "Meeting"
    TO_DO = "To do"


class Priority(StrEnum):
    """How urgent, by Sugar's own keys."""

    HIGH = "High"
    MEDIUM = "Medium"
    LOW = "Low"


@dataclass(frozen=True, slots=True)
class TaskWish:
    """A task for the sales rep, about the person. `due_at` is UTC."""

    kind: TaskKind
    subject: str
    due_at: datetime | None = None
    priority: Priority = Priority.MEDIUM

    @property
    def title(self) -> str:
        """The subject as Sugar shows it."""
        return self.subject if self.kind is TaskKind.TO_DO else f"{self.kind}: {self.subject}"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for a person.

    `module` is what to create where nobody in Sugar has the address; None creates nothing, and only
    what was edited here goes up. `owner_id` "" is our own user; `lead_source` "" is the person's.
    With `update_existing` both are set also on a record that is there. With `anew` a record that
    was made for the person and deleted in Sugar is made once more. With `only_existing` nothing is
    done for who is not in Sugar. With a `note` nothing but that is made.
    """

    module: WrittenModule | None
    owner_id: SugarId = SugarId("")
    lead_source: str = ""
    update_existing: bool = False
    anew: bool = False
    task: TaskWish | None = None
    note: NoteWish | None = None
    only_existing: bool = False


class Deed(StrEnum):
    """What a step does in Sugar; what is there as it should be is kept."""

    CREATE = "create"
    UPDATE = "update"
    KEEP = "keep"


class Why(StrEnum):
    """Why a step is what it is."""

    HAS_ADDRESS = "has the address"
    LINKED = "linked here"
    EDITED = "edited here"
    MADE = "made for it"
    NOBODY_HAS_IT = "nobody has the address"
    ANOTHERS = "another has it now"
    DELETED = "deleted in Sugar"
    HAS_NAME = "has the name"
    NONE_HAS_NAME = "none has the name"
    ASKED = "asked for"
    SENT = "an email was sent"


HISTORY: Mapping[Deed, str] = {Deed.CREATE: "added", Deed.UPDATE: "told"}
"""What histories call what was done."""


@dataclass(frozen=True, slots=True)
class Step:
    """One record that is created, changed or left as it is, with the fields sent and the reason.

    `before` is what the fields held. `left_out` names fields of Sugar that do not take what stands
    here.
    """

    deed: Deed
    module: WrittenModule
    sugar_id: SugarId
    why: Why
    name: str = ""
    fields: Mapping[str, Value] = field(default_factory=dict)
    before: Mapping[str, Value] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a person is not sent: a cause of the error report, the field and what stands in it."""

    code: str
    field: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a push would do, in this order; with an obstacle nothing beyond it is done."""

    steps: tuple[Step, ...] = ()
    obstacle: Obstacle | None = None

    @property
    def person(self) -> Step | None:
        """The step about the Lead or Contact."""
        return next((step for step in self.steps if step.module in PERSON_MODULES), None)

    @property
    def writes(self) -> bool:
        """Whether anything would be written."""
        return any(step.deed is not Deed.KEEP for step in self.steps)


class PushState(StrEnum):
    """Where an intent stands. What is due waits, also for a Sugar that may not be written to."""

    DUE = "due"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PushIntent:
    """What is to be done in Sugar for one person, whoever asked for it; kept as the push log.

    `intent_id` is fixed before the first try and the same for the same `key`. `steps` say what was
    done, `obstacle` what stands in the way, `note` what was raised, or why there was nothing to do.
    `attempts` counts the tries that came to nothing. What is asked for `in_bulk`, as by a campaign,
    goes behind what somebody asked for. `failed` is the record under which it is in the error report. `task_id` is
    what Sugar called the task or note, if not by the id that was meant for it.
    """

    tenant: TenantId
    intent_id: str
    connection_id: ConnectionId
    person_id: PersonId
    key: str
    wish: Wish
    asked_by: str
    asked_at: datetime
    changed_at: datetime
    state: PushState = PushState.DUE
    due_at: datetime | None = None
    attempts: int = 0
    steps: tuple[Step, ...] = ()
    obstacle: Obstacle | None = None
    note: Note | None = None
    failed: RecordKey | None = None
    task_id: SugarId = SugarId("")
    in_bulk: bool = False
    version: int = 0

    @property
    def is_urgent(self) -> bool:
        """Whether somebody asked for it; edits and campaigns go up when nobody waits."""
        asked_for = self.wish.module is not None or self.wish.note is not None
        return asked_for and not self.in_bulk


def checked_wish(wish: Wish) -> Wish:
    """The wish, looked at: Sugar itself checks next to nothing. Raises `InputInvalid`."""
    if wish.module is not None and wish.module not in PERSON_MODULES:
        raise InputInvalid("Choose Lead or Contact.", field="module")
    task = wish.task
    if task is None:
        return wish
    return replace(wish, task=replace(task, subject=checked_subject(task.subject)))


def checked_subject(subject: str) -> str:
    """A task's subject, tidied. Raises `InputInvalid`."""
    subject = " ".join(subject.split())
    if not subject:
        raise InputInvalid("Enter what the task is about.", field="subject")
    if len(subject) > LONGEST_SUBJECT:
        raise InputInvalid(f"A subject has at most {LONGEST_SUBJECT} characters.", field="subject")
    return subject


def done(intent: PushIntent, steps: tuple[Step, ...], now: datetime) -> PushIntent:
    """Everything is in Sugar, and was read back."""
    return replace(
        intent,
        state=PushState.DONE,
        due_at=None,
        steps=steps,
        obstacle=None,
        note=None,
        failed=None,
        changed_at=now,
    )


def dropped(intent: PushIntent, note: Note, now: datetime) -> PushIntent:
    """Nothing is left to be done, for the reason that the note gives."""
    return replace(done(intent, (), now), note=note)


def set_aside(
    intent: PushIntent,
    plan: Plan,
    obstacle: Obstacle,
    note: Note | None,
    record: RecordKey,
    now: datetime,
) -> PushIntent:
    """It cannot be done as it is: in the error report, and tried again at night or when asked."""
    return replace(
        intent,
        state=PushState.FAILED,
        due_at=None,
        attempts=intent.attempts + 1,
        steps=plan.steps,
        obstacle=obstacle,
        note=note,
        failed=record,
        changed_at=now,
    )


def put_off(intent: PushIntent, note: Note, now: datetime) -> PushIntent:
    """It may pass: due again after twice as long each time, an hour at most."""
    delay = min(_LONGEST_DELAY, _FIRST_DELAY * 2 ** min(intent.attempts, 8))
    return replace(
        intent,
        due_at=now + delay,
        attempts=intent.attempts + 1,
        note=note,
        changed_at=now,
    )


def is_overdue(intent: PushIntent) -> bool:
    """Whether so many tries came to nothing that the error report is to say so."""
    return intent.attempts >= _PATIENCE


def due_again(intent: PushIntent, now: datetime) -> PushIntent:
    """To be tried at once, if it was not done."""
    if intent.state is PushState.DONE:
        return intent
    return replace(intent, state=PushState.DUE, due_at=now, changed_at=now)
