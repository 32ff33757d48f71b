"""The error report as a CSV file for a spreadsheet."""

from dataclasses import dataclass

from funnel.domain.csv_files import write_csv
from funnel.domain.ids import TenantId
from funnel.usecases.app import App
from funnel.usecases.error_report.error_filter import PAGE, ErrorFilter, ErrorReader
from funnel.usecases.error_report.explaining import Explain
from funnel.usecases.error_report.view_errors import ErrorView, error_view
from funnel.usecases.view_common import Sugar

MOST_ROWS = 10_000
"""About 4 MB: a reply of the API holds 6 MB."""

_MOST_READ = 50_000
"""Rows that are looked through: with 500 at a time that is well within a reply's 30 seconds."""

Columns = tuple[str, ...]
_NO_FILTER = ErrorFilter()


@dataclass(frozen=True, slots=True)
class ErrorFile:
    """A CSV file, UTF-8 with a mark. `cursor` is where the next file goes on, "" if this is all."""

    text: str
    cursor: str


def export_errors(
    app: App,
    tenant: TenantId,
    explain: Explain,
    columns: Columns,
    cursor: str = "",
    wanted: ErrorFilter = _NO_FILTER,
) -> ErrorFile:
    """The open errors that are wanted, with these column titles.

    A file ends when it holds 10,000 rows, or 50,000 were looked through.
    """
    sugar = Sugar(app, tenant)
    rows: list[Columns] = [columns]
    reader = ErrorReader(app.records, tenant, cursor)
    for page in reader.pages():
        for error in page:
            if wanted.fits(error, explain):
                view = error_view(error, sugar, explain)
                rows.append(_cells(view, error.root_name))
        if len(rows) > MOST_ROWS - PAGE + 1 or reader.read >= _MOST_READ:
            break
    return ErrorFile(write_csv(rows), reader.place)


def _cells(view: ErrorView, root_name: str) -> tuple[str, ...]:
    return (
        view.direction,
        view.record.module,
        view.record.name,
        view.record.url,
        view.field,
        view.value,
        view.cause,
        view.mend,
        root_name,
        view.code,
        view.first_seen.isoformat(timespec="seconds"),
        view.last_seen.isoformat(timespec="seconds"),
    )
