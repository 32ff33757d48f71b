"""An import as people see it: its columns, what its first rows would do, and how far it is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from funnel.domain.crm import Value
from funnel.domain.csv_files import CsvFile, Row, read_csv
from funnel.domain.ids import JobId, ListId, TenantId
from funnel.domain.mapping.fields import FieldType
from funnel.domain.mapping.written_numbers import NumberCells, NumberStyle
from funnel.domain.people.imported_numbers import number_cells
from funnel.domain.people.importing import EMAIL, OPTED_OUT, RowKind, check_columns, guess
from funnel.domain.sync.runs import Job, JobStatus, Note
from funnel.usecases.app import App
from funnel.usecases.jobs.people_jobs import job_about_people
from funnel.usecases.people.edit_person import editable
from funnel.usecases.people.import_people import (
    IMPORT,
    is_started,
    list_of,
    numbers_of,
    setup_of,
)
from funnel.usecases.people.import_rows import Importing, plan_row

PREVIEW = 10
LINK_SECONDS = 600
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Look:
    """How a file is looked at: with these columns, None for guessed ones, and numbers written so.

    Without `numbers` the file tells or, where it leaves it open, the `region` of whoever looks. Where it
    makes no difference they are plain then.
    """

    columns: Sequence[str] | None = None
    only_empty: bool = False
    numbers: NumberStyle | None = None
    region: NumberStyle = NumberStyle.PLAIN


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """Something that a column can be, and what that holds."""

    name: str
    label: str
    type: FieldType


@dataclass(frozen=True, slots=True)
class ImportColumn:
    """A column of the file: its title, what its first rows have, and the field it is, "" for none."""

    title: str
    examples: tuple[str, ...]
    field: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """One field that a row sets, and what stands there now."""

    field: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class RowView:
    """What a row would do, to whom, and why it would be left out."""

    line: int
    kind: RowKind
    who: str
    person_id: str
    changes: tuple[RowChange, ...]
    opt_out: bool
    why: str


@dataclass(frozen=True, slots=True)
class ImportList:
    """The list made by hand that whoever is brought is put on."""

    list_id: ListId
    name: str


@dataclass(frozen=True, slots=True)
class ImportView:
    """An import. `columns`, `number_cells` and `preview` are of one that was not started yet.

    `done` of its `rows` are through: so many created, changed, left as they are or left out.
    `errors_url` leads for ten minutes to a file with those left out. Whoever the others are about is on
    the `list`, where one was chosen. `numbers` is how its numbers are read, `number_cells` what the file
    itself tells of that, null where it makes no difference.
    """

    job_id: str
    title: str
    status: JobStatus
    started: bool
    requested_by: str
    created_at: datetime
    rows: int
    done: int
    counts: Mapping[str, int]
    errors_url: str
    note: Note | None
    encoding: str = ""
    delimiter: str = ""
    only_empty: bool = False
    numbers: NumberStyle = NumberStyle.PLAIN
    number_cells: NumberCells | None = None
    columns: tuple[ImportColumn, ...] = ()
    choices: tuple[ColumnChoice, ...] = ()
    preview: tuple[RowView, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    list: ImportList | None = None


def import_view(
    app: App,
    tenant: TenantId,
    job_id: JobId,
    label_of: Callable[[str], str],
    look: Look,
) -> ImportView:
    """The import, looked at like this until it is started.

    Raises `NotFound` for one that is not there any more, and `InputInvalid` for columns that cannot
    be.
    """
    job = job_about_people(app, tenant, job_id, IMPORT)
    counts = {kind.value: int(str(job.result.get(kind.value, 0))) for kind in RowKind}
    errors = str(job.result.get("errors_file", ""))
    title = str(job.arguments["title"])
    view = ImportView(
        job_id=job.job_id,
        title=title,
        status=job.status,
        started=is_started(job),
        requested_by=job.requested_by,
        created_at=job.created_at,
        rows=int(str(job.arguments["rows"])),
        done=int(str(job.result.get("next", 0))),
        counts=counts,
        errors_url=app.files.link(tenant, errors, f"left-out-{title}", LINK_SECONDS)
        if errors
        else "",
        note=job.note,
        numbers=numbers_of(job),
        list=_list_of(app, job),
    )
    return view if view.started else _looked_at(app, job, view, label_of, look)


def _list_of(app: App, job: Job) -> ImportList | None:
    onto = list_of(job)
    found = app.lists.lists(job.tenant, [onto]).get(onto) if onto else None
    return ImportList(found.list_id, found.name) if found else None


def _looked_at(
    app: App,
    job: Job,
    view: ImportView,
    label_of: Callable[[str], str],
    look: Look,
) -> ImportView:
    file = read_csv(app.files.get(job.tenant, str(job.arguments["file"])))
    fields = editable(app, job.tenant, label_of)
    labels = {one.name: one.label for one in fields}
    known = {one.name: one.type for one in fields}
    columns = guess(file.header, labels)
    if look.columns is not None:
        columns = list(check_columns(look.columns, len(file.header), known))
    cells = number_cells(file.rows, columns, known)
    # Where all styles are one nothing is asked, and the import reads numbers as ever.
    open_style = (cells.likely or look.region) if cells else NumberStyle.PLAIN
    numbers = look.numbers or open_style
    kinds = {EMAIL: FieldType.EMAIL, OPTED_OUT: FieldType.YES_NO, **known}
    named = {EMAIL: label_of("email1"), OPTED_OUT: label_of(OPTED_OUT), **labels}
    if look.columns is not None or any(columns):
        setup = setup_of(app, job, columns, numbers, only_empty=look.only_empty)
        preview = _told_once(
            _row(app, job.tenant, setup, row, named) for row in file.rows[:PREVIEW]
        )
    else:
        preview = ()
    return replace(
        view,
        encoding=file.encoding,
        delimiter=file.delimiter,
        only_empty=look.only_empty,
        numbers=numbers,
        number_cells=cells,
        columns=_columns(file, columns),
        choices=tuple(ColumnChoice(name, label, kinds[name]) for name, label in named.items()),
        preview=preview,
        labels=named,
    )


def _told_once(rows: Iterable[tuple[str, RowView]]) -> tuple[RowView, ...]:
    """A new person is made by the first row of an address; what follows changes it."""
    made: dict[str, int] = {}
    told = []
    for email, row in rows:
        first = row.line
        if email and row.kind is RowKind.CREATE:
            first = made.setdefault(email, row.line)
        told.append(row if first == row.line else _after(row, first))
    return tuple(told)


def _after(row: RowView, first: int) -> RowView:
    return replace(row, kind=RowKind.CHANGE, why=f"Changes whom line {first} makes.")


def _columns(file: CsvFile, columns: Sequence[str]) -> tuple[ImportColumn, ...]:
    def examples(at: int) -> tuple[str, ...]:
        cells = [row.cells[at][:60] for row in file.rows[:50] if at < len(row.cells)]
        return tuple(dict.fromkeys(cell for cell in cells if cell))[:_EXAMPLES]

    return tuple(
        ImportColumn(title, examples(at), columns[at] if at < len(columns) else "")
        for at, title in enumerate(file.header)
    )


def _row(
    app: App, tenant: TenantId, setup: Importing, row: Row, labels: Mapping[str, str]
) -> tuple[str, RowView]:
    """What a row would do, with its address."""
    plan = plan_row(app, tenant, setup, row.line, row.cells)
    holder = app.records.people(tenant, [plan.person_id]).get(plan.person_id)
    before = holder.fields if holder else {}
    return plan.email, RowView(
        line=row.line,
        kind=plan.kind,
        who=plan.name or plan.email,
        person_id=holder.person_id if holder else "",
        changes=tuple(
            RowChange(name, before.get(name), value) for name, value in plan.values.items()
        ),
        opt_out=plan.opt_out,
        why=_in_words(plan.why, labels),
    )


def _in_words(why: str, labels: Mapping[str, str]) -> str:
    """Why a row is left out, the field by the name that the columns have."""
    name, sign, rest = why.partition(": ")
    return f"{labels[name]}{sign}{rest}" if sign and name in labels else why
