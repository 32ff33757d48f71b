"""Do a job that waits on Sugar."""

from dataclasses import replace

from funnel.domain.errors import Conflict, FunnelError, Transient
from funnel.domain.ids import JobId, TenantId
from funnel.domain.runs import Job, JobStatus, Note
from funnel.usecases.app import App
from funnel.usecases.preflight import preflight


def do_job(app: App, tenant: TenantId, job_id: JobId) -> None:
    """Do it once; a message that comes again finds it done.

    What went wrong is the job's outcome, for the person who asks after it.
    """
    job = app.sync.job(tenant, job_id)
    if job is None or job.status in (JobStatus.DONE, JobStatus.FAILED):
        return
    try:
        job = app.sync.save_job(replace(job, status=JobStatus.RUNNING))
    except Conflict:
        return
    app.sync.save_job(_outcome(app, job))


def _outcome(app: App, job: Job) -> Job:
    now = app.clock.now
    try:
        result = preflight(app, job)
    except Transient as error:
        note = Note(error.code, error.text, error.mend or "Try again in a few minutes.")
        return replace(job, status=JobStatus.FAILED, note=note, finished_at=now())
    except FunnelError as error:
        note = Note(error.code, error.text, error.mend)
        return replace(job, status=JobStatus.FAILED, note=note, finished_at=now())
    return replace(job, status=JobStatus.DONE, result=result, finished_at=now())
