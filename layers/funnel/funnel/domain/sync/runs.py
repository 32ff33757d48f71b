"""A run of the pull: its modules, its windows and how far it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from funnel.domain.crm import Window
from funnel.domain.errors import CircuitOpen, SugarBusy, SugarReplyBroken, SugarUnavailable
from funnel.domain.ids import ConnectionId, Module, RunId, TenantId


class RunKind(StrEnum):
    """What a run is for. INITIAL and FULL read everything, the others what is new or changed."""

    INITIAL = "initial"
    HOURLY = "hourly"
    MANUAL = "manual"
    FULL = "full"


class RunStatus(StrEnum):
    """Where a run stands. STALLED and PAUSED keep their windows and go on later."""

    RUNNING = "running"
    STALLED = "stalled"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


_AWAY = {one.__name__ for one in (SugarUnavailable, SugarBusy, SugarReplyBroken, CircuitOpen)}

OPEN_STATUSES = frozenset({RunStatus.RUNNING, RunStatus.STALLED, RunStatus.PAUSED})


class ModuleStatus(StrEnum):
    """Where a module of a run stands."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Note:
    """Why something stopped: an error's code, text and what to do."""

    code: str
    text: str
    mend: str = ""

    @property
    def is_of_sugar_away(self) -> bool:
        """Whether Sugar did not answer as it should: it is well again when it does."""
        return self.code in _AWAY


@dataclass(frozen=True, slots=True)
class ModuleRun:
    """One module of a run. `expected` is None until counted. `since` None reads everything.

    `rows` counts records read, `changed`, `deleted` and `held` what they led to, `windows` those
    struck off, `passes` how often what changed since the start was read again, and
    `changed_before_pass` what `changed` was when the last of these began.
    """

    module: Module
    status: ModuleStatus = ModuleStatus.WAITING
    since: datetime | None = None
    expected: int | None = None
    rows: int = 0
    changed: int = 0
    deleted: int = 0
    held: int = 0
    windows: int = 0
    passes: int = 0
    changed_before_pass: int = 0
    requests: int = 0
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One run for one connection; only one is open at a time.

    `server_time` is Sugar's clock at the start. A worker holds the lease `lease_owner` until
    `lease_until`; every save needs it. `attempt` counts failures in a row. Where it cannot go on,
    `waits_since` is when that began and `next_try` when it is tried again, None until it is resumed.
    """

    tenant: TenantId
    connection_id: ConnectionId
    run_id: RunId
    kind: RunKind
    requested_by: str
    started_at: datetime
    modules: tuple[ModuleRun, ...]
    status: RunStatus = RunStatus.RUNNING
    server_time: datetime | None = None
    finished_at: datetime | None = None
    lease_owner: str = ""
    lease_until: datetime | None = None
    attempt: int = 0
    note: Note | None = None
    worked_seconds: float = 0
    waits_since: datetime | None = None
    next_try: datetime | None = None
    version: int = 0


class WindowKind(StrEnum):
    """What a window of a run asks Sugar for.

    ROWS are whole records; AGAIN those changed since the run began. The others find what
    `date_modified` does not say: ADDRESSES people whose address changed, LINKS the Account of each
    Contact and the Contacts of open Opportunities, SWEEP ids and times of all records, OURS all
    records here that Sugar may no longer have (`cursor` is the place in our own listing).
    """

    ROWS = "rows"
    AGAIN = "again"
    ADDRESSES = "addresses"
    LINKS = "links"
    SWEEP = "sweep"
    OURS = "ours"


@dataclass(frozen=True, slots=True)
class RunWindow:
    """A window still to be read. `window_id` is its place in the tree of splits.

    `expected` is None until counted.
    """

    module: Module
    window_id: str
    window: Window
    kind: WindowKind = WindowKind.ROWS
    expected: int | None = None
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Asks:
    """What people asked of a run while it works."""

    cancel: bool = False
    again: bool = False
    again_modules: tuple[Module, ...] = ()
    again_kind: RunKind = RunKind.MANUAL


class JobStatus(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


ENDED_JOBS = frozenset({JobStatus.DONE, JobStatus.FAILED})


LOOK = "push preview"
"""The kind of a job whose result is all that is known of a person."""

LOOK_KEPT = timedelta(hours=1)
"""Long enough to read it and decide."""

_KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Job:
    """Work that waits on Sugar and is asked after. `result` is plain data without secrets.

    `started_at` is when a worker first took it.
    """

    tenant: TenantId
    job_id: str
    kind: str
    requested_by: str
    created_at: datetime
    arguments: Mapping[str, object]
    status: JobStatus = JobStatus.QUEUED
    result: Mapping[str, object] = field(default_factory=dict)
    note: Note | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    version: int = 0

    @property
    def kept_until(self) -> datetime:
        """When it is forgotten."""
        return self.created_at + (LOOK_KEPT if self.kind == LOOK else _KEPT)
