"""Previews of a segment's rule as the pages show them: asked for, and how far they are."""

from contextlib import suppress
from dataclasses import dataclass, replace

from funnel.domain.errors import Conflict
from funnel.domain.ids import JobId, TenantId
from funnel.domain.segments.segments import Group
from funnel.domain.sync.runs import ENDED_JOBS, Job, JobStatus, Note
from funnel.usecases.app import App
from funnel.usecases.jobs.people_jobs import ask_for, job_about_people
from funnel.usecases.people.view_people import PersonRow, person_rows
from funnel.usecases.segments.preview_segment import SEGMENT_PREVIEW, Found, new_preview


@dataclass(frozen=True, slots=True)
class SegmentPreview:
    """What a rule finds: `count` among the `looked_at` so far, and the first of them.

    `is_whole` says that everybody was looked at.
    """

    job_id: JobId
    status: JobStatus
    count: int
    looked_at: int
    is_whole: bool
    members: tuple[PersonRow, ...]
    note: Note | None = None


def start_preview(
    app: App, tenant: TenantId, rule: Group, by: str, *, instead_of: str = ""
) -> SegmentPreview:
    """Count whom this rule, which was checked, finds: the first people at once, then everybody as a job.

    `instead_of` is a preview that nobody asks after any more: it stops.
    """
    job = new_preview(app, tenant, rule, by)
    if instead_of:
        _stop(app, tenant, JobId(instead_of))
    stored = app.sync.save_job(job) if job.status in ENDED_JOBS else ask_for(app, job)
    return as_preview(app, stored)


def preview_of_segment(app: App, tenant: TenantId, job_id: JobId) -> SegmentPreview:
    """How far a preview is. Raises `NotFound`."""
    return as_preview(app, job_about_people(app, tenant, job_id, SEGMENT_PREVIEW))


def as_preview(app: App, job: Job) -> SegmentPreview:
    """What a preview has found so far."""
    found = Found.of(job.result)
    people = app.records.people(job.tenant, found.members) if found.members else {}
    shown = [people[i] for i in found.members if i in people]
    return SegmentPreview(
        JobId(job.job_id),
        job.status,
        found.count,
        found.looked_at,
        job.status is JobStatus.DONE and not found.cursor,
        person_rows(app, job.tenant, shown),
        job.note,
    )


def _stop(app: App, tenant: TenantId, job_id: JobId) -> None:
    """It ends as it is; a worker that is at it finds another version and stops."""
    job = app.sync.job(tenant, job_id)
    if job is None or job.kind != SEGMENT_PREVIEW or job.status in ENDED_JOBS:
        return
    with suppress(Conflict):
        app.sync.save_job(replace(job, status=JobStatus.DONE, finished_at=app.clock.now()))
