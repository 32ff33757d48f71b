"""Do a job that waits on Sugar, and forget its credentials when nothing needs them any more."""

import logging
import math
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from funnel.domain.campaigns.campaign_looks import CAMPAIGN_LOOK
from funnel.domain.errors import Conflict, FunnelError
from funnel.domain.ids import JobId, TenantId
from funnel.domain.sync.runs import ENDED_JOBS, LOOK, Job, JobStatus, Note
from funnel.ports.sync_messages import DoJob
from funnel.usecases.app import App
from funnel.usecases.campaigns_in_sugar.look_at_campaign import look_at_campaign
from funnel.usecases.connecting.connect import NEW_PASSWORD, PREFLIGHT, TEST_HOLDS, as_it_stands
from funnel.usecases.connecting.preflight import preflight
from funnel.usecases.emails.check_links import LINK_CHECK, check_links_of
from funnel.usecases.jobs.job_outcome import UNEXPECTED, outcome_of
from funnel.usecases.mapping.mapping_jobs import (
    FIELD_LIST,
    MAPPING_PREVIEW,
    preview_mapping,
    read_field_list,
)
from funnel.usecases.pushing.preview_push import preview_push

logger = logging.getLogger(__name__)

LOOK_AGAIN = 900
"""Seconds until a test is looked at again; the most that a message can wait."""

_SAVING = timedelta(minutes=5)
"""Longer than saving a test takes: one saved at the last moment keeps its credentials."""


_WORK = {
    PREFLIGHT: preflight,
    NEW_PASSWORD: preflight,
    FIELD_LIST: read_field_list,
    MAPPING_PREVIEW: preview_mapping,
    LOOK: preview_push,
    LINK_CHECK: check_links_of,
}


def do_job(
    app: App,
    tenant: TenantId,
    job_id: JobId,
    seconds_left: Callable[[], float] = lambda: math.inf,
) -> None:
    """Do it once; a message that comes again finds it done.

    What went wrong is the job's outcome, for the person who asks after it. The credentials of a
    test that failed, or was not saved in its time, are deleted: the message of a test that passed
    comes again until then.
    """
    job = app.sync.job(tenant, job_id)
    if job is not None and job.kind == CAMPAIGN_LOOK:
        _go_on(app, job, seconds_left)
        return
    if job is None or job.kind not in _WORK:
        return
    if job.status not in ENDED_JOBS:
        try:
            job = _done(app, job)
        except Conflict:
            return
    if _can_be_saved(app, job):
        app.queue.send(DoJob(tenant, job_id), delay=LOOK_AGAIN)
    else:
        _forget(app, job)


def _go_on(app: App, job: Job, seconds_left: Callable[[], float]) -> None:
    """Work that takes as many messages as it takes, and saves how far it is."""
    if job.status in ENDED_JOBS:
        return
    now = app.clock.now()
    try:
        job = app.sync.save_job(
            replace(job, status=JobStatus.RUNNING, started_at=job.started_at or now)
        )
        look_at_campaign(app, job, seconds_left)
    except Conflict:
        return
    except FunnelError as error:
        _failed(app, job, Note(error.code, error.text, error.mend))
    except Exception:
        logger.exception("look failed", extra={"job_id": job.job_id})
        _failed(app, job, UNEXPECTED)


def _failed(app: App, job: Job, note: Note) -> None:
    now = app.clock.now()
    latest = app.sync.job(job.tenant, JobId(job.job_id)) or job
    app.sync.save_job(replace(latest, status=JobStatus.FAILED, note=note, finished_at=now))


def _done(app: App, job: Job) -> Job:
    """The job with its outcome. Raises `Conflict` if another worker is at it."""
    now = app.clock.now()
    job = as_it_stands(job, now)
    if job.status is not JobStatus.FAILED:
        started_at = job.started_at or now
        running = replace(job, status=JobStatus.RUNNING, started_at=started_at)
        job = outcome_of(app, app.sync.save_job(running), _WORK[job.kind])
    return app.sync.save_job(replace(job, finished_at=app.clock.now()))


def _can_be_saved(app: App, job: Job) -> bool:
    passed = job.kind == PREFLIGHT and bool(job.result.get("ok"))
    over = (job.finished_at or job.created_at) + TEST_HOLDS + _SAVING
    return passed and app.clock.now() < over


def _forget(app: App, job: Job) -> None:
    """Delete the job's credentials, if it has any that the connection does not sign in with."""
    ref = str(job.arguments.get("secret_ref") or "")
    if not ref:
        return
    connection = app.sync.connection(job.tenant)
    if connection is None or connection.secret_ref != ref:
        app.secrets.delete(job.tenant, ref)
