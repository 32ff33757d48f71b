"""Do a job that waits on Sugar, and forget its credentials when nothing needs them any more."""

import logging
from dataclasses import replace
from datetime import timedelta

from funnel.domain.errors import Conflict, FunnelError, Transient
from funnel.domain.ids import JobId, TenantId
from funnel.domain.runs import Job, JobStatus, Note
from funnel.ports.system import DoJob
from funnel.usecases.app import App
from funnel.usecases.connect import PREFLIGHT, TEST_HOLDS, as_it_stands
from funnel.usecases.preflight import preflight

logger = logging.getLogger(__name__)

LOOK_AGAIN = 900
"""Seconds until a test is looked at again; the most that a message can wait."""

_SAVING = timedelta(minutes=5)
"""Longer than saving a test takes: one saved at the last moment keeps its credentials."""


def do_job(app: App, tenant: TenantId, job_id: JobId) -> None:
    """Do it once; a message that comes again finds it done.

    What went wrong is the job's outcome, for the person who asks after it. The credentials of a
    test that failed, or was not saved in its time, are deleted: the message of a test that passed
    comes again until then.
    """
    job = app.sync.job(tenant, job_id)
    if job is None:
        return
    if job.status not in (JobStatus.DONE, JobStatus.FAILED):
        try:
            job = _done(app, job)
        except Conflict:
            return
    if _can_be_saved(app, job):
        app.queue.send(DoJob(tenant, job_id), delay=LOOK_AGAIN)
    else:
        _forget(app, job)


def _done(app: App, job: Job) -> Job:
    """The job with its outcome. Raises `Conflict` if another worker is at it."""
    now = app.clock.now()
    job = as_it_stands(job, now)
    if job.status is not JobStatus.FAILED:
        started_at = job.started_at or now
        running = replace(job, status=JobStatus.RUNNING, started_at=started_at)
        job = _outcome(app, app.sync.save_job(running))
    return app.sync.save_job(replace(job, finished_at=app.clock.now()))


def _outcome(app: App, job: Job) -> Job:
    try:
        result = preflight(app, job)
    except Transient as error:
        note = Note(error.code, error.text, error.mend or "Try again in a few minutes.")
    except FunnelError as error:
        note = Note(error.code, error.text, error.mend)
    except Exception:
        # Raised again it would only be tried again; a person waits for an answer.
        logger.exception("job failed", extra={"job_id": job.job_id, "kind": job.kind})
        text = "Something went wrong on our side; it is in the log."
        note = Note("Unexpected", text, "Try again; if it stays, tell the operator.")
    else:
        return replace(job, status=JobStatus.DONE, result=result)
    return replace(job, status=JobStatus.FAILED, note=note)


def _can_be_saved(app: App, job: Job) -> bool:
    passed = job.kind == PREFLIGHT and bool(job.result.get("ok"))
    over = (job.finished_at or job.created_at) + TEST_HOLDS + _SAVING
    return passed and app.clock.now() < over


def _forget(app: App, job: Job) -> None:
    """Delete the job's credentials, unless they are what the connection signs in with."""
    ref = str(job.arguments["secret_ref"])
    connection = app.sync.connection(job.tenant)
    if connection is None or connection.secret_ref != ref:
        app.secrets.delete(job.tenant, ref)
