"""Ask for work that waits on Sugar."""

from collections.abc import Mapping

from funnel.domain.ids import JobId, TenantId
from funnel.domain.sync.runs import Job
from funnel.ports.sync_messages import DoJob
from funnel.usecases.app import App


def request_job(
    app: App, tenant: TenantId, kind: str, by: str, arguments: Mapping[str, object]
) -> Job:
    """Have a job of this kind done; the job to ask after. `arguments` are plain data."""
    job = Job(tenant, app.ids.new_id(), kind, by, app.clock.now(), arguments)
    stored = app.sync.save_job(job)
    app.queue.send(DoJob(tenant, JobId(stored.job_id)))
    return stored
