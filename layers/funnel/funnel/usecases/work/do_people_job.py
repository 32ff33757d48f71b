"""Work on a job about people, step by step, until it is done or the time is up."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Protocol

from funnel.domain.errors import Conflict, FunnelError, NotSettled, Transient
from funnel.domain.sync.runs import ENDED_JOBS, Job, JobStatus, Note
from funnel.ports.marketing_messages import DoPeopleJob
from funnel.usecases.app import App
from funnel.usecases.broadcasts.count_audience import COUNT, CountWork
from funnel.usecases.broadcasts.export_broadcast import BroadcastExportWork
from funnel.usecases.erasing.erase_person import ERASE, EraseWork
from funnel.usecases.erasing.redo_work import RedoWork
from funnel.usecases.jobs.ask_to_redo import REDO
from funnel.usecases.jobs.try_later import delay_after
from funnel.usecases.jobs.view_export import BROADCAST_EXPORT, EXPORT
from funnel.usecases.lists.put_imported import ImportWork
from funnel.usecases.lists.work_found import FOUND, PUT_FOUND, FoundWork, PutFoundWork
from funnel.usecases.people.export_people import ExportWork
from funnel.usecases.people.import_people import IMPORT
from funnel.usecases.segments.preview_segment import SEGMENT_PREVIEW, PreviewSegmentWork

logger = logging.getLogger(__name__)

_BETWEEN_LOOKS = 30
"""Seconds between two looks at whether a list is worked out."""

_LONGEST_WAIT = timedelta(days=1)


class Work(Protocol):
    """A job as one worker does it."""

    def step(self, job: Job) -> Job:
        """The job after its next step; ended with the last one. A step may be repeated."""


_WORK: Mapping[str, Callable[[App, Job], Work]] = {
    IMPORT: ImportWork,
    EXPORT: ExportWork,
    ERASE: EraseWork,
    REDO: RedoWork,
    COUNT: CountWork,
    BROADCAST_EXPORT: BroadcastExportWork,
    SEGMENT_PREVIEW: PreviewSegmentWork,
    FOUND: FoundWork,
    PUT_FOUND: PutFoundWork,
}


def do_people_job(app: App, message: DoPeopleJob, seconds_left: Callable[[], float]) -> None:
    """Do the next steps; what is left goes on as another message.

    Each step is saved under the job's version, so that of two workers one stops. What passes is
    tried again with back-off; what does not is the job's outcome, for the person who asks after it.
    What waits for a list to be worked out waits for a day.
    """
    job = app.sync.job(message.tenant, message.job_id)
    if job is None or job.status in ENDED_JOBS:
        return
    attempt = message.attempt
    try:
        work = _WORK[job.kind](app, job)
        while job.status not in ENDED_JOBS:
            if seconds_left() <= 0:
                app.queue.send(DoPeopleJob(message.tenant, message.job_id))
                return
            job = _saved(app, work.step(job))
            attempt = 0
    except _AnotherWorker:
        return
    except NotSettled as error:
        if app.clock.now() >= job.created_at + _LONGEST_WAIT:
            _fail(app, job, error)
        else:
            app.queue.send(replace(message, attempt=0), delay=_BETWEEN_LOOKS)
    except Transient as error:
        delay = delay_after(attempt, error)
        if delay is None:
            _fail(app, job, error)
        else:
            app.queue.send(replace(message, attempt=attempt + 1), delay=delay)
    except FunnelError as error:
        _fail(app, job, error)
    except Exception:
        logger.exception("job failed", extra={"job_id": job.job_id, "kind": job.kind})
        text = "Something went wrong on our side; it is in the log."
        mend = "Try again; if it stays, tell the operator."
        _end(app, job, Note("Unexpected", text, mend))


class _AnotherWorker(Exception):
    """The job was saved by somebody else since we read it."""


def _saved(app: App, job: Job) -> Job:
    done = job.status in ENDED_JOBS
    after = replace(job, finished_at=app.clock.now()) if done else job
    try:
        return app.sync.save_job(after)
    except Conflict:
        raise _AnotherWorker from None


def _fail(app: App, job: Job, error: FunnelError) -> None:
    _end(app, job, Note(error.code, error.text, error.mend))


def _end(app: App, job: Job, note: Note) -> None:
    try:
        _saved(app, replace(job, status=JobStatus.FAILED, note=note))
    except _AnotherWorker:
        return
