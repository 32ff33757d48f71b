"""Imports of the same file go one at a time: they make the same people, and each would undo the other."""

from datetime import datetime, timedelta

from funnel.domain.errors import Conflict
from funnel.domain.ids import JobId, derived_id
from funnel.domain.sync.runs import ENDED_JOBS, Job, JobStatus
from funnel.usecases.app import App
from funnel.usecases.people.import_people import is_started

_CLAIM = "claim of a file"
_STARTS_WITHIN = timedelta(minutes=1)
"""Longer than a request lives that has claimed the file and has its import still to save."""

_TRIES = 3


def claim_file(app: App, job: Job) -> None:
    """Let this import be the one of its file, before it is saved as started; it may claim it again.

    The claim is a row beside the jobs that names the import, and is kept as long. Raises `Conflict`
    while another one of the same file is not over.
    """
    claim_id = JobId(derived_id(_CLAIM, job.tenant, str(job.arguments["source"])))
    for _ in range(_TRIES):
        now = app.clock.now()
        before = app.sync.job(job.tenant, claim_id)
        other = _other(app, job, before, now) if before else None
        if other is not None:
            title = str(other.arguments["title"])
            raise Conflict(
                f"This file is being imported already: “{title}”, begun by {other.requested_by}.",
                mend="Wait until that has ended, then import again.",
            )
        claim = Job(
            job.tenant,
            claim_id,
            _CLAIM,
            job.requested_by,
            now,
            {"import": job.job_id},
            JobStatus.DONE,
            version=before.version if before else 0,
        )
        try:
            app.sync.save_job(claim)
        except Conflict:
            # Somebody claims it at this moment; who did is seen the next time.
            continue
        return
    raise Conflict("Others are starting an import of this file.", mend="Try again in a minute.")


def _other(app: App, job: Job, claim: Job, now: datetime) -> Job | None:
    """Another import that has claimed the file and is not over."""
    claimed_by = JobId(str(claim.arguments["import"]))
    if claimed_by == job.job_id:
        return None
    other = app.sync.job(job.tenant, claimed_by)
    if other is None or other.status in ENDED_JOBS:
        return None
    is_going = is_started(other) or now < claim.created_at + _STARTS_WITHIN
    return other if is_going else None
