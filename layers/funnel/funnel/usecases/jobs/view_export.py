"""An export as people see it."""

from dataclasses import dataclass

from funnel.domain.ids import JobId, TenantId
from funnel.domain.sync.runs import JobStatus, Note
from funnel.usecases.app import App
from funnel.usecases.jobs.people_jobs import job_about_people

EXPORT = "export"
BROADCAST_EXPORT = "broadcast export"

LINK_SECONDS = 600


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file of an export; `url` leads to it for ten minutes."""

    url: str
    rows: int


@dataclass(frozen=True, slots=True)
class ExportView:
    """An export: how many people it has written so far, and in which files."""

    job_id: str
    status: JobStatus
    requested_by: str
    rows: int
    files: tuple[ExportedFile, ...]
    note: Note | None


def export_view(app: App, tenant: TenantId, job_id: JobId) -> ExportView:
    """The export. Raises `NotFound` for one that is not there any more."""
    job = job_about_people(app, tenant, job_id, EXPORT, BROADCAST_EXPORT)
    stem = "people" if job.kind == EXPORT else "broadcast"
    parts = job.result.get("parts", [])
    files = [
        ExportedFile(
            app.files.link(tenant, str(part["name"]), f"{stem}-{at}.csv", LINK_SECONDS),
            int(part["rows"]),
        )
        for at, part in enumerate(parts if isinstance(parts, list) else [], 1)
    ]
    return ExportView(
        job.job_id,
        job.status,
        job.requested_by,
        int(str(job.result.get("rows", 0))),
        tuple(files),
        job.note,
    )
