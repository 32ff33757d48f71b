"""Have what could not sync tried again: one record, all that goes back to one, or everything."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from funnel.domain.errors import Conflict, NotFound
from funnel.domain.ids import JobId, RecordKey, TenantId, derived_id
from funnel.domain.sync.runs import Job, JobStatus
from funnel.ports.sync_messages import Heal
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import connection_of, refuse_if_paused

KIND = "try again"

_UNTIL_TAKEN = timedelta(minutes=2)
"""For so long a try that no worker has taken up is not asked for once more."""

_UNTIL_ENDED = timedelta(minutes=15)
"""For so long one that a worker has taken up is not."""


def try_again(
    app: App,
    tenant: TenantId,
    by: str,
    *,
    root: RecordKey | None = None,
    record: RecordKey | None = None,
) -> Job:
    """The job that tries again; the one that is under way, if there is one.

    With `root` all that goes back to this record is read again, it first; with `record` this one,
    what it waits for first; otherwise every open row. Raises `NotFound` where no such row is open
    or no Sugar is connected, and `ConnectionPaused`.
    """
    refuse_if_paused(connection_of(app, tenant))
    if record is not None and not app.records.errors_of(tenant, record):
        raise NotFound("This record is no longer in the error report.")
    if root is not None and not app.records.list_errors(tenant, 1, root=root).items:
        raise NotFound("Nothing goes back to this record any more.")
    job_id = try_id(tenant, root=root, record=record)
    now = app.clock.now()
    before = app.sync.job(tenant, job_id)
    if before is not None and is_under_way(before, now):
        return before
    job = Job(tenant, job_id, KIND, by, now, {}, version=before.version if before else 0)
    try:
        job = app.sync.save_job(job)
    except Conflict:
        return app.sync.job(tenant, job_id) or job
    app.queue.send(Heal(tenant, (), root=root, record=record, job_id=job_id))
    return job


def tries(
    app: App,
    tenant: TenantId,
    roots: Iterable[RecordKey] = (),
    records: Iterable[RecordKey] = (),
) -> dict[str, Job]:
    """The last tries of these, by `root Module/id`, `record Module/id`, and `all`."""
    ids = {"all": try_id(tenant)}
    ids |= {f"root {key}": try_id(tenant, root=key) for key in roots}
    ids |= {f"record {key}": try_id(tenant, record=key) for key in records}
    jobs = app.sync.jobs(tenant, ids.values())
    return {what: jobs[job_id] for what, job_id in ids.items() if job_id in jobs}


def try_id(
    tenant: TenantId, *, root: RecordKey | None = None, record: RecordKey | None = None
) -> JobId:
    """The job of trying this: always the same, so that it is not under way twice."""
    return JobId(derived_id(KIND, tenant, str(root or ""), str(record or "")))


def is_under_way(job: Job, now: datetime) -> bool:
    """Whether it is waiting or worked on; one that was lost is so no longer after a while."""
    if job.status is JobStatus.QUEUED:
        return now - job.created_at < _UNTIL_TAKEN
    since = job.started_at or job.created_at
    return job.status is JobStatus.RUNNING and now - since < _UNTIL_ENDED
