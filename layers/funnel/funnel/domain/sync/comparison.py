"""Both sides compared record by record: what differs, and why, where that is known."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from funnel.domain.errors import SugarReplyBroken
from funnel.domain.ids import ConnectionId, Module, SugarId, TenantId, derived_id
from funnel.domain.sync.records import State, SugarRecord
from funnel.domain.sync.runs import JobStatus, Note
from funnel.domain.sync.vanished import CODE as NOT_VISIBLE
from funnel.domain.sync.windows import Planned

JUST_NOW = timedelta(minutes=5)
"""What changed in Sugar no longer than this before we looked, or since, is on its way."""

MOST_REVIVALS = 3
"""How often a sync that has succeeded lets one comparison that Sugar stopped go on."""

Seen = tuple[datetime | None, bool]
"""What Sugar says of a record in a light reading: `date_modified`, and whether it is deleted."""


class Kind(StrEnum):
    """How a record differs. HELD is live in Sugar and held back, or out of date, here."""

    ONLY_THERE = "only there"
    ONLY_HERE = "only here"
    TIME = "another time"
    DELETED_THERE = "deleted there"
    DELETED_HERE = "deleted here"
    HELD = "held"


class Reason(StrEnum):
    """Why, as far as it is known."""

    REPORTED = "reported"
    NOT_VISIBLE = "not visible"
    FILTERED = "filtered"
    JUST_NOW = "just now"
    NEWER = "newer"
    UNKNOWN = "unknown"

    @property
    def is_settled(self) -> bool:
        """Whether it differs for a cause told elsewhere, which reading again does not mend."""
        return self in (Reason.REPORTED, Reason.NOT_VISIBLE, Reason.FILTERED)


@dataclass(frozen=True, slots=True)
class Difference:
    """One record that differs. `there` and `here` are its times of change on both sides."""

    module: Module
    sugar_id: SugarId
    kind: Kind
    reason: Reason
    there: datetime | None = None
    here: datetime | None = None


@dataclass(frozen=True, slots=True)
class DifferencePart:
    """The differences that one step found. `part` is its name; a step done again writes it again."""

    part: str
    items: tuple[Difference, ...]


class Stage(StrEnum):
    """How far a module is. COUNTING looks through ours, READING through Sugar's.

    ASKING asks Sugar for ours by id, where reading has not met all of them.
    """

    WAITING = "waiting"
    COUNTING = "counting"
    READING = "reading"
    ASKING = "asking"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ModuleComparison:
    """One module. `there` are Sugar's live records, `here` those in use here, `held` those held back.

    `expected` is what Sugar counts, deleted ones included, `read` how many of these were looked at.
    `ours` are the records in use here before the comparison began, `met` those of them that were
    met in Sugar. `found` differed at first, `differing` still do, `settled` of these for a cause
    that is told elsewhere.
    """

    module: Module
    stage: Stage = Stage.WAITING
    expected: int = 0
    read: int = 0
    there: int = 0
    here: int = 0
    held: int = 0
    ours: int = 0
    met: int = 0
    found: int = 0
    differing: int = 0
    settled: int = 0
    requests: int = 0
    note: Note | None = None


class Phase(StrEnum):
    """What is being done."""

    COMPARE = "compare"
    REPAIR = "repair"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison of both sides; a tenant has one, the latest.

    `server_time` is Sugar's clock when it began. `windows` of the module at work are still to be
    read, `cursor` is the place in our listing, or the last part repaired; `step` counts the
    steps done. `attempt` counts failures in a row; `next_try` is when it is
    tried again, None while it is. `revived` is how often a sync let it go on.
    """

    tenant: TenantId
    comparison_id: str
    connection_id: ConnectionId
    requested_by: str
    created_at: datetime
    changed_at: datetime
    modules: tuple[ModuleComparison, ...]
    status: JobStatus = JobStatus.QUEUED
    phase: Phase = Phase.COMPARE
    server_time: datetime | None = None
    windows: tuple[Planned, ...] = ()
    cursor: str = ""
    step: int = 0
    attempt: int = 0
    note: Note | None = None
    finished_at: datetime | None = None
    repaired_by: str = ""
    next_try: datetime | None = None
    revived: int = 0
    version: int = 0

    @property
    def differing(self) -> int:
        """How many records differ, as far as it was looked."""
        return sum(m.differing for m in self.modules)

    @property
    def settled(self) -> int:
        """How many of these differ for a cause that reading again does not mend."""
        return sum(m.settled for m in self.modules)

    @property
    def is_going(self) -> bool:
        """Whether it has not ended."""
        return self.status in (JobStatus.QUEUED, JobStatus.RUNNING)

    @property
    def waits(self) -> bool:
        """Whether it has not ended, and the last try came to nothing."""
        return self.is_going and self.note is not None

    @property
    def given_up(self) -> bool:
        """Whether it has ended only because Sugar did not answer."""
        failed = self.status is JobStatus.FAILED
        return failed and self.note is not None and self.note.is_of_sugar_away

    @property
    def revives(self) -> bool:
        """Whether a sync that has succeeded lets it go on: not where Sugar dies over its question."""
        stopped = self.waits or self.given_up
        broken = self.note is not None and self.note.code == SugarReplyBroken.__name__
        return stopped and not broken and self.revived < MOST_REVIVALS


def still_differing(part: ModuleComparison, found: Sequence[Difference]) -> ModuleComparison:
    """The module with these counted too."""
    settled = sum(one.reason.is_settled for one in found)
    return replace(part, differing=part.differing + len(found), settled=part.settled + settled)


@dataclass(frozen=True, slots=True)
class Moments:
    """What the reason for a difference is told by: Sugar's clock, and until when we have read."""

    server_time: datetime
    synced_until: datetime | None


def difference(
    module: Module, sugar_id: SugarId, seen: Seen | None, ours: SugarRecord | None, when: Moments
) -> Difference | None:
    """How a record differs; None where both sides agree. `seen` None: Sugar has none by this id."""
    kind = _kind(seen, ours)
    if kind is None:
        return None
    return Difference(
        module,
        sugar_id,
        kind,
        _reason(kind, seen, ours, when),
        seen[0] if seen else None,
        ours.stamp.date_modified if ours else None,
    )


def in_use(record: SugarRecord | None) -> bool:
    """Whether it counts as here."""
    return record is not None and record.state in (State.SYNCED, State.STALE)


def _kind(seen: Seen | None, ours: SugarRecord | None) -> Kind | None:
    state = ours.state if ours else None
    if seen is None:
        return Kind.ONLY_HERE if in_use(ours) else None
    moment, deleted = seen
    if deleted:
        return None if state in (None, State.DELETED) else Kind.DELETED_THERE
    if ours is None:
        return Kind.ONLY_THERE
    if state is State.DELETED:
        return Kind.DELETED_HERE
    if state in (State.HELD, State.STALE, State.ERASED):
        return Kind.HELD
    return Kind.TIME if ours.stamp.date_modified != moment else None


def _reason(kind: Kind, seen: Seen | None, ours: SugarRecord | None, when: Moments) -> Reason:
    if seen is None:
        told = ours is not None and _not_visible(ours) in ours.errors
        return Reason.NOT_VISIBLE if told else Reason.UNKNOWN
    if kind is Kind.HELD and ours is not None and ours.errors:
        return Reason.REPORTED
    moment = seen[0]
    if moment is not None and moment >= when.server_time - JUST_NOW:
        return Reason.JUST_NOW
    if when.synced_until is None or (moment is not None and moment >= when.synced_until):
        return Reason.NEWER
    return Reason.UNKNOWN


def _not_visible(record: SugarRecord) -> str:
    return derived_id("error", str(record.key), NOT_VISIBLE, "id")
