"""Ask for jobs about people, and ask after them."""

from funnel.domain.errors import NotFound
from funnel.domain.ids import JobId, TenantId
from funnel.domain.sync.runs import Job
from funnel.ports.marketing_messages import DoPeopleJob
from funnel.usecases.app import App


def ask_for(app: App, job: Job) -> Job:
    """Save the job and have it done; the stored one."""
    stored = app.sync.save_job(job)
    app.queue.send(DoPeopleJob(job.tenant, JobId(job.job_id)))
    return stored


def job_about_people(app: App, tenant: TenantId, job_id: JobId, *kinds: str) -> Job:
    """The job. Raises `NotFound` for another kind, too."""
    job = app.sync.job(tenant, job_id)
    if job is None or job.kind not in kinds:
        raise NotFound("There is no such job, or no longer: jobs are kept for a week.")
    return job
