"""What a job's work led to, as the person who waits for it is told."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace

from funnel.domain.errors import FunnelError, Transient
from funnel.domain.sync.runs import Job, JobStatus, Note
from funnel.usecases.app import App

logger = logging.getLogger(__name__)

UNEXPECTED = Note(
    "Unexpected",
    "Something went wrong on our side; it is in the log.",
    "Try again; if it stays, tell the operator.",
)


def outcome_of(app: App, job: Job, work: Callable[[App, Job], Mapping[str, object]]) -> Job:
    """The job, done with the work's result, or failed with a note of what was raised."""
    try:
        result = work(app, job)
    except Transient as error:
        note = Note(error.code, error.text, error.mend or "Try again in a few minutes.")
    except FunnelError as error:
        note = Note(error.code, error.text, error.mend)
    except Exception:
        # Raised again it would only be tried again; a person waits for an answer.
        logger.exception("job failed", extra={"job_id": job.job_id, "kind": job.kind})
        note = UNEXPECTED
    else:
        return replace(job, status=JobStatus.DONE, result=result)
    return replace(job, status=JobStatus.FAILED, note=note)
