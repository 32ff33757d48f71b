"""Campaigns: nurture tracks that people walk along, drawn as a graph of steps.

Here are the shapes. What makes one fit to start is in `domain/campaigns/campaign_checks.py`, and what moves people
along in `domain/campaigns/enrolments.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import ClassVar, NewType

from funnel.domain.emails.emails import EmailId
from funnel.domain.ids import ListId, SugarId, TenantId, WrittenModule
from funnel.domain.pushing.pushes import Priority, TaskKind
from funnel.domain.segments.segments import Group

CampaignId = NewType("CampaignId", str)
StepId = NewType("StepId", str)

NOWHERE = StepId("")
"""Where a step leads that ends the campaign for whoever comes by."""


class OwnerRule(StrEnum):
    """Whose a person is to be in Sugar."""

    EXISTING = "existing"
    """Whose it is already; our own user for one that is new."""
    CHOSEN = "chosen"
    ROUND_ROBIN = "round robin"
    """One of several in turn: by the person, so that the same person always comes to the same one."""


@dataclass(frozen=True, slots=True)
class OwnerChoice:
    """Users of Sugar by their ids: one for CHOSEN, some for ROUND_ROBIN, none for EXISTING."""

    rule: OwnerRule = OwnerRule.EXISTING
    users: tuple[SugarId, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskPlan:
    """A task for the rep, due `days` after the step at `at` in the time zone of the campaign."""

    kind: TaskKind
    subject: str
    days: int = 1
    at: time = time(9, 0)
    priority: Priority = Priority.MEDIUM


@dataclass(frozen=True, slots=True)
class SyncPlan:
    """What "Sync with Sugar" does (C2), also from a form (C4).

    Who is not in Sugar is created as `module`; `owner` and `lead_source` ("" is the person's own) are set
    on who is there only with `update_existing`.
    """

    module: WrittenModule
    owner: OwnerChoice = OwnerChoice()
    lead_source: str = ""
    update_existing: bool = False
    task: TaskPlan | None = None


@dataclass(frozen=True, slots=True)
class SendEmail:
    """Send an email of the tenant; whoever may get none goes on all the same."""

    TAG: ClassVar[str] = "send"

    email_id: EmailId


@dataclass(frozen=True, slots=True)
class Wait:
    """Wait, then go on: `minutes` long; then until `at` of the day, on one of `weekdays` (Monday is 0).

    `at` None is whenever it is, no weekdays are all of them; both in the campaign's time zone.
    """

    TAG: ClassVar[str] = "wait"

    minutes: int = 0
    at: time | None = None
    weekdays: tuple[int, ...] = ()


class Asks(StrEnum):
    """What a branch asks."""

    OPENED = "opened"
    CLICKED = "clicked"
    VISITED = "visited"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Branch:
    """Yes goes on at the step's `next`, no at its `otherwise`.

    OPENED and CLICKED ask about what this campaign sent to this person at the step `sent_at`, this time
    round, and a click of the `link` pattern ("" any); VISITED about a page (a pattern as a scoring
    rule's) since the person came in. Only what people did counts. RULE asks a rule as a Segment's: any
    field, Sugar's, lists, segments by `segment`, and the score. With `within_minutes` it waits for a yes
    for so long, and goes on with it at once.
    """

    TAG: ClassVar[str] = "branch"

    asks: Asks
    sent_at: StepId = NOWHERE
    link: str = ""
    page: str = ""
    rule: Group = Group()
    segment: ListId = ListId("")
    within_minutes: int = 0


@dataclass(frozen=True, slots=True)
class ChangeList:
    """Put the person on a list made by hand, or take it off."""

    TAG: ClassVar[str] = "list"

    list_id: ListId
    joins: bool = True


@dataclass(frozen=True, slots=True)
class ChangeScore:
    """Add points to the lead score, or take some off."""

    TAG: ClassVar[str] = "score"

    points: int


@dataclass(frozen=True, slots=True)
class ChangeOwner:
    """Give the person to another user, in Sugar; nothing for who is not there."""

    TAG: ClassVar[str] = "owner"

    owner: OwnerChoice


@dataclass(frozen=True, slots=True)
class SyncWithSugar:
    """Have the person in Sugar."""

    TAG: ClassVar[str] = "sync"

    plan: SyncPlan


@dataclass(frozen=True, slots=True)
class ScheduleTask:
    """A task about the person for its rep; for who is not in Sugar there is none, which is said."""

    TAG: ClassVar[str] = "task"

    task: TaskPlan


@dataclass(frozen=True, slots=True)
class End:
    """The person is through."""

    TAG: ClassVar[str] = "end"


Action = (
    SendEmail
    | Wait
    | Branch
    | ChangeList
    | ChangeScore
    | ChangeOwner
    | SyncWithSugar
    | ScheduleTask
    | End
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step. A step keeps its id for as long as it is the same to people, whatever is changed in it."""

    step_id: StepId
    action: Action
    next: StepId = NOWHERE
    otherwise: StepId = NOWHERE
    name: str = ""


class Comes(StrEnum):
    """What brings people in."""

    LIST = "list"
    FORM = "form"
    NOBODY = "nobody"
    """Only whom a person puts in."""


@dataclass(frozen=True, slots=True)
class Start:
    """Who walks along: who is, or comes to be, on a list or segment, or who sends a form.

    With `present` those who are on it when the campaign starts come too. One who comes again walks again
    only with `again_days`, so long after it came in last; 0 is once for ever. `leaves` takes people out
    who are on the list or segment no more.
    """

    comes: Comes = Comes.NOBODY
    list_id: ListId = ListId("")
    form_id: str = ""
    present: bool = True
    again_days: int = 0
    leaves: bool = False


@dataclass(frozen=True, slots=True)
class SendingWindow:
    """When mail may go out: from `since` until `until` on `weekdays` (Monday is 0), in the campaign's time zone."""

    since: time = time(9, 0)
    until: time = time(17, 0)
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class SugarCampaign:
    """Sync this Campaign with Sugar (C1): a Campaign and its Target List there, and its members.

    How that stands is kept apart: `domain/campaigns/campaigns_in_sugar.py`.
    """

    active: bool = False


class CampaignState(StrEnum):
    """PAUSED lets nobody in or on; what waits keeps its time. ENDED takes nobody further, for good."""

    DRAFT = "draft"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign as it stands. `steps` by id; `first` is where people come in.

    `timezone` is an IANA name. `revision` grows with each change of the graph: who is already past a
    step goes on from where it stands, by the graph as it is then.
    """

    tenant: TenantId
    campaign_id: CampaignId
    name: str
    created_at: datetime
    changed_at: datetime
    changed_by: str
    state: CampaignState = CampaignState.DRAFT
    start: Start = Start()
    first: StepId = NOWHERE
    steps: Mapping[StepId, Step] = field(default_factory=dict)
    timezone: str = "UTC"
    window: SendingWindow | None = None
    sugar: SugarCampaign = SugarCampaign()
    started_at: datetime | None = None
    revision: int = 0
    version: int = 0
    detours: Mapping[StepId, StepId] = field(default_factory=dict)
    """Where whoever stood at a step that was removed goes on; NOWHERE is nowhere at all."""

    @property
    def is_running(self) -> bool:
        """Whether people come in and go on."""
        return self.state is CampaignState.RUNNING

    @property
    def head(self) -> "CampaignHead":
        """What a list shows of it, and what whoever looks for running ones has to know."""
        return CampaignHead(
            self.tenant,
            self.campaign_id,
            self.name,
            self.state,
            self.start,
            self.created_at,
            self.changed_at,
            self.changed_by,
            self.started_at,
            self.sugar.active,
            any(wakes(step) for step in self.steps.values()),
            self.timezone,
            self.window,
            self.version,
        )


@dataclass(frozen=True, slots=True)
class CampaignHead:
    """A campaign without its steps. `wakes` says that somebody may wait in it for what people do."""

    tenant: TenantId
    campaign_id: CampaignId
    name: str
    state: CampaignState
    start: Start
    created_at: datetime
    changed_at: datetime
    changed_by: str
    started_at: datetime | None = None
    in_sugar: bool = False
    wakes: bool = False
    timezone: str = "UTC"
    window: SendingWindow | None = None
    version: int = 0


def wakes(step: Step) -> bool:
    """Whether who waits at a step goes on as soon as it does something."""
    return isinstance(step.action, Branch) and step.action.within_minutes > 0


MOST_CAMPAIGNS = 200
MOST_STEPS = 100
LONGEST_NAME = 100
LONGEST_WAIT = timedelta(days=366)
