"""Messages about what is in Sugar: runs, readings, Target Lists, pushes, jobs and sign-ins."""

from dataclasses import dataclass
from datetime import datetime

from funnel.domain.ids import (
    ConnectionId,
    JobId,
    ListId,
    Module,
    RecordKey,
    RunId,
    SugarId,
    TenantId,
)
from funnel.domain.sync.runs import RunKind


@dataclass(frozen=True, slots=True)
class StartRun:
    """Start a run, or go on with one that stalled."""

    tenant: TenantId
    kind: RunKind
    modules: tuple[Module, ...] = ()
    requested_by: str = ""


@dataclass(frozen=True, slots=True)
class ContinueRun:
    """Work on a run until the time is up."""

    tenant: TenantId
    run_id: RunId


@dataclass(frozen=True, slots=True)
class Heal:
    """Sync again what was blocked by these records; all that could not sync if none is named.

    With `root` all that goes back to one record, and that record first; with `record` one record,
    and what it waits for first. `cursor` is where to go on in the listing of the first cause, of
    the root, or of all. `attempt` counts the tries in a row that failed at this place. `job_id` is
    the job that tells whoever asked how it went.
    """

    tenant: TenantId
    causes: tuple[RecordKey, ...]
    cursor: str = ""
    attempt: int = 0
    root: RecordKey | None = None
    record: RecordKey | None = None
    job_id: JobId = JobId("")


@dataclass(frozen=True, slots=True)
class DoJob:
    """Do a job that waits on Sugar."""

    tenant: TenantId
    job_id: JobId


@dataclass(frozen=True, slots=True)
class SignIn:
    """Ask Sugar whether somebody may come in; the job says who asks."""

    tenant: TenantId
    job_id: JobId


@dataclass(frozen=True, slots=True)
class ReadTargetLists:
    """Read which Target Lists Sugar has, and have each one read.

    `asked_by` is a person's name, "" for the schedule. `attempt` counts the tries in a row that
    failed.
    """

    tenant: TenantId
    asked_by: str = ""
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class ReadTargetList:
    """Compare one Target List's members with ours.

    Who hands over says from where: the members of `module` from `since` on. `began_at` is when the
    reading began, `whole` whether digests are not leant on, `odd` the odd members met in `module`.
    """

    tenant: TenantId
    list_id: ListId
    asked_by: str = ""
    attempt: int = 0
    module: Module | None = None
    since: str = ""
    began_at: datetime | None = None
    whole: bool = False
    odd: tuple[SugarId, ...] = ()


@dataclass(frozen=True, slots=True)
class PushDue:
    """Write to Sugar what is due. `attempt` counts the tries in a row that came to nothing."""

    tenant: TenantId
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class ReadNamed:
    """Read the records that Sugar has named. `attempt` counts the tries in a row that failed."""

    tenant: TenantId
    connection_id: ConnectionId
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class FollowMerges:
    """Look whether Sugar merged away the records that left a person alone.

    `attempt` counts the tries in a row that failed.
    """

    tenant: TenantId
    connection_id: ConnectionId
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Compare:
    """Go on with comparing both sides, or with repairing."""

    tenant: TenantId
    comparison_id: str


@dataclass(frozen=True, slots=True)
class PreviewSync:
    """Go on with looking what a full sync would do."""

    tenant: TenantId
    preview_id: str
