"""Import people from a CSV file: taken, looked at, then carried out a hundred rows at a time."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from funnel.domain.csv_files import CsvFile, Row, read_csv, write_csv
from funnel.domain.ids import ListId, PersonId, TenantId
from funnel.domain.mapping.written_numbers import NumberStyle
from funnel.domain.people.importing import RowKind, check_columns
from funnel.domain.sync.runs import Job, JobStatus
from funnel.usecases.app import App
from funnel.usecases.people.import_rows import Importing, do_row, fields_and_options

IMPORT = "import"
STEP = 100
"""Rows between two times that it is saved how far the import is."""

_LONGEST_TITLE = 120


def take_file(app: App, tenant: TenantId, title: str, data: bytes, by: str) -> Job:
    """Keep a file that is to be imported; a job that waits to be started.

    Raises `InputInvalid` and `TooLarge` for what is no table, or too large a one.
    """
    file = read_csv(data)
    job_id = app.ids.new_id()
    name = f"imports/{job_id}.csv"
    app.files.put(tenant, name, data, "text/csv")
    arguments = {
        "file": name,
        "title": " ".join(title.split())[-_LONGEST_TITLE:] or "file.csv",
        "source": hashlib.sha256(data).hexdigest(),
        "rows": len(file.rows),
    }
    return app.sync.save_job(Job(tenant, job_id, IMPORT, by, app.clock.now(), arguments))


def is_started(job: Job) -> bool:
    """Whether somebody has said which column is which field."""
    return "columns" in job.arguments


def numbers_of(job: Job) -> NumberStyle:
    """How a started import's file writes numbers."""
    return NumberStyle(str(job.arguments.get("numbers", NumberStyle.PLAIN)))


def started(
    app: App,
    job: Job,
    columns: Sequence[str],
    *,
    only_empty: bool,
    onto: ListId | None = None,
    numbers: NumberStyle = NumberStyle.PLAIN,
) -> Job:
    """The import with its columns, and the list that people are put on. Started already it stays as it is.

    Raises `InputInvalid`, and `NotFound` for a file that is not kept any more.
    """
    if is_started(job):
        return job
    file = read_csv(app.files.get(job.tenant, str(job.arguments["file"])))
    known, _ = fields_and_options(app, job.tenant)
    chosen = check_columns(columns, len(file.header), known)
    arguments = {
        **job.arguments,
        "columns": list(chosen),
        "only_empty": only_empty,
        "numbers": numbers.value,
    }
    if onto:
        arguments["list"] = onto
    return replace(job, arguments=arguments, started_at=app.clock.now(), status=JobStatus.RUNNING)


def setup_of(
    app: App, job: Job, columns: Sequence[str], numbers: NumberStyle, *, only_empty: bool
) -> Importing:
    """How the import's rows are read with these columns, its numbers written so."""
    known, options = fields_and_options(app, job.tenant)
    by = f"{job.requested_by} ({job.arguments['title']})"
    source = str(job.arguments["source"])
    erased = app.records.erased(job.tenant)
    return Importing(
        columns, known, options, by, source, only_empty, erased, numbers, since=job.started_at
    )


def list_of(job: Job) -> ListId | None:
    """The list that people are put on by this import."""
    chosen = str(job.arguments.get("list", ""))
    return ListId(chosen) if chosen else None


class ImportRows:
    """The rows of an import as one worker carries them out."""

    def __init__(self, app: App, job: Job) -> None:
        self._app = app
        self._file: CsvFile = read_csv(app.files.get(job.tenant, str(job.arguments["file"])))
        columns = job.arguments["columns"]
        assert isinstance(columns, list)
        only_empty = bool(job.arguments["only_empty"])
        self._setup = setup_of(app, job, columns, numbers_of(job), only_empty=only_empty)

    def step(self, job: Job) -> tuple[Job, list[PersonId]]:
        """The next rows, and whom they brought. Repeated they find themselves done."""
        first = _number(job, "next")
        rows = self._file.rows[first : first + STEP]
        counts = {kind: _number(job, kind.value) for kind in RowKind}
        failed: list[tuple[str, ...]] = []
        people: list[PersonId] = []
        for row in rows:
            plan = do_row(self._app, job.tenant, self._setup, row.line, row.cells)
            counts[plan.kind] += 1
            if plan.kind is RowKind.SKIP:
                failed.append((*self._padded(row), str(row.line), plan.why))
            else:
                people.append(plan.person_id)
        errors = _error_files(job)
        if failed:
            name = f"imports/{job.job_id}-{first:05}.csv"
            data = write_csv(failed, header=False).encode()
            self._app.files.put(job.tenant, name, data, "text/csv")
            errors = [*errors, name]
        done = first + len(rows)
        over = done >= len(self._file.rows)
        result = {**{k.value: n for k, n in counts.items()}, "next": done, "errors": errors}
        if over and errors:
            result["errors_file"] = self._joined(job, errors)
        status = JobStatus.DONE if over else JobStatus.RUNNING
        return replace(job, status=status, result=result), people

    def _joined(self, job: Job, parts: Sequence[str]) -> str:
        """All rows that were left out, with why, as one file to be mended and imported again."""
        text = write_csv([(*self._file.header, "line", "reason")])
        files = self._app.files
        text += "".join(files.get(job.tenant, name).decode() for name in parts)
        name = f"imports/{job.job_id}-errors.csv"
        files.put(job.tenant, name, text.encode(), "text/csv; charset=utf-8")
        return name

    def _padded(self, row: Row) -> tuple[str, ...]:
        missing = len(self._file.header) - len(row.cells)
        return (*row.cells, *[""] * missing)[: len(self._file.header)]


def _number(job: Job, name: str) -> int:
    return int(str(job.result.get(name, 0)))


def _error_files(job: Job) -> list[str]:
    found = job.result.get("errors", [])
    return [str(name) for name in found] if isinstance(found, list) else []
