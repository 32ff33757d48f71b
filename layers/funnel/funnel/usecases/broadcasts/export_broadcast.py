"""Export whom a broadcast went to, and what became of each, as CSV files: a job, written part by part."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from funnel.domain.broadcasts.broadcasts import BroadcastId
from funnel.domain.csv_files import write_csv
from funnel.domain.ids import TenantId
from funnel.domain.sync.runs import Job, JobStatus
from funnel.usecases.app import App
from funnel.usecases.broadcasts.view_broadcast_people import ReaderView, readers
from funnel.usecases.jobs.view_export import BROADCAST_EXPORT

COLUMNS = ("person", "name", "address", "outcome", "reason", "at", "opens", "clicks")
_PART = 20_000
"""Rows of one file, a few MB; a file is in memory while it is written."""

_PAGE = 500


def new_broadcast_export(
    app: App,
    tenant: TenantId,
    broadcast_id: BroadcastId,
    show: str,
    titles: Sequence[str],
    by: str,
) -> Job:
    """The job of an export of these readers; `titles` are those of `COLUMNS`."""
    readers(app, tenant, broadcast_id, show, limit=1)
    arguments = {"broadcast_id": broadcast_id, "show": show, "titles": list(titles)}
    return Job(tenant, app.ids.new_id(), BROADCAST_EXPORT, by, app.clock.now(), arguments)


class BroadcastExportWork:
    """Such an export as one worker does it."""

    def __init__(self, app: App, job: Job) -> None:
        self._app = app
        self._tenant = job.tenant
        self._id = BroadcastId(str(job.arguments["broadcast_id"]))
        self._show = str(job.arguments["show"])
        titles = job.arguments["titles"]
        assert isinstance(titles, list)
        self._titles = tuple(map(str, titles))

    def step(self, job: Job) -> Job:
        """The next file. Repeated it is written again in place of itself."""
        kept = job.result.get("parts", [])
        parts = list(kept) if isinstance(kept, list) else []
        rows: list[tuple[str, ...]] = []
        cursor = str(job.result.get("cursor", ""))
        for page, at in self._pages(cursor):
            rows += map(_row, page)
            cursor = at
            if len(rows) >= _PART:
                break
        if rows or not parts:
            name = f"exports/{job.job_id}-{len(parts) + 1}.csv"
            data = write_csv([self._titles, *rows]).encode()
            self._app.files.put(job.tenant, name, data, "text/csv; charset=utf-8")
            parts.append({"name": name, "rows": len(rows)})
        total = int(str(job.result.get("rows", 0))) + len(rows)
        return replace(
            job,
            status=JobStatus.RUNNING if cursor else JobStatus.DONE,
            result={"parts": parts, "cursor": cursor, "rows": total},
            started_at=job.started_at or self._app.clock.now(),
        )

    def _pages(self, cursor: str) -> Iterator[tuple[Sequence[ReaderView], str]]:
        """Pages with the place behind each."""
        while True:
            page = readers(self._app, self._tenant, self._id, self._show, cursor, _PAGE)
            cursor = page.cursor
            yield page.items, cursor
            if not cursor:
                return


def _row(one: ReaderView) -> tuple[str, ...]:
    at = one.at.isoformat(timespec="seconds") if one.at else ""
    numbers = (str(one.opens), str(one.clicks))
    return (one.person_id, one.name, one.address, one.outcome, one.reason, at, *numbers)
