"""The error report as a CSV file for a spreadsheet."""

import csv
import io

from funnel.domain.ids import TenantId
from funnel.usecases.app import App
from funnel.usecases.view_common import Sugar
from funnel.usecases.view_errors import ErrorView, Explain, error_view

MOST_ROWS = 10_000
"""About 4 MB: a reply of the API holds 6 MB."""

_PAGE = 500
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")

Columns = tuple[str, ...]


def export_errors(app: App, tenant: TenantId, explain: Explain, columns: Columns) -> str:
    """All open errors, 10,000 at most, with these eleven column titles; UTF-8 with a mark."""
    sugar = Sugar(app, tenant)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    cursor, rows = "", 0
    while rows < MOST_ROWS:
        listing = app.records.list_errors(tenant, min(_PAGE, MOST_ROWS - rows), cursor)
        for error in listing.items:
            view = error_view(error, sugar, explain)
            writer.writerow([guarded(cell) for cell in _cells(view, error.root_name)])
        rows += len(listing.items)
        cursor = listing.cursor
        if not cursor:
            break
    return "\ufeff" + out.getvalue()


def guarded(text: str) -> str:
    """Text that a spreadsheet takes as text, never as a formula.

    A leading apostrophe is what spreadsheets understand; leading blanks do not protect.
    """
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def _cells(view: ErrorView, root_name: str) -> tuple[str, ...]:
    return (
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
