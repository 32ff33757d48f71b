"""Have done again what a restore has undone and may not leave undone, as its operator asks."""

from dataclasses import replace

from funnel.domain.ids import JobId, TenantId, derived_id
from funnel.domain.sync.runs import Job, JobStatus
from funnel.ports.marketing_messages import DoPeopleJob
from funnel.usecases.app import App
from funnel.usecases.jobs.people_jobs import ask_for

REDO = "redo after a restore"


def ask_to_redo(app: App, tenant: TenantId, moment: str, by: str) -> Job:
    """The job that does it all for a restore to this moment; asked for again, what is left of it.

    One that goes on gets another message: the first may be lost. One that is done stays so.
    """
    found = redo_job(app, tenant, moment)
    if found is None:
        job_id = _job_id(tenant, moment)
        return ask_for(app, Job(tenant, job_id, REDO, by, app.clock.now(), {}))
    if found.status is JobStatus.FAILED:
        done = {"done": found.result.get("done", {})}
        again = replace(found, status=JobStatus.QUEUED, arguments={}, result=done)
        return ask_for(app, replace(again, note=None, finished_at=None))
    if found.status is not JobStatus.DONE:
        app.queue.send(DoPeopleJob(tenant, JobId(found.job_id)))
    return found


def redo_job(app: App, tenant: TenantId, moment: str) -> Job | None:
    """That job, if it was asked for."""
    return app.sync.job(tenant, _job_id(tenant, moment))


def _job_id(tenant: TenantId, moment: str) -> JobId:
    return JobId(derived_id(tenant, REDO, moment))
