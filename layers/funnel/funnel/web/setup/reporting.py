"""The error report, grouped by root cause, and as CSV."""

from dataclasses import replace

from funnel.domain.ids import PULLED_MODULES
from funnel.domain.tenants import Role
from funnel.usecases.export_errors import export_errors
from funnel.usecases.view_errors import ErrorGroup, ErrorView, error_report
from funnel.web.asked import Asked
from funnel.web.rendering import page
from funnel.web.replies import Reply, download
from funnel.web.room import Room
from funnel.web.words import Words

room = Room(needs=Role.ADMIN)

COLUMNS = (
    "object",
    "name",
    "link",
    "field",
    "value",
    "cause",
    "mend",
    "root",
    "code",
    "first_seen",
    "last_seen",
)


@room.page("GET", "/setup/errors")
def show(asked: Asked) -> Reply:
    """The report; the filter works on the page that is loaded."""
    words = Words(asked.texts, asked.app.clock.now())
    cursor = asked.query("cursor")
    report = error_report(asked.app, asked.tenant, words.explain, cursor)
    module, query = asked.query("module"), asked.query("q").strip()
    groups = [found for group in report.groups if (found := _narrowed(group, module, query))]
    return page(
        asked,
        "setup/errors.html",
        title=asked.texts("errors.title"),
        report=report,
        groups=groups,
        records=len({(r.record.module, r.record.sugar_id) for g in groups for r in _rows(g)}),
        module=module,
        query=query,
        cursor=cursor,
        modules=PULLED_MODULES,
    )


@room.page("GET", "/setup/errors.csv")
def as_csv(asked: Asked) -> Reply:
    """All of it, for a spreadsheet."""
    return csv_reply(asked)


def csv_reply(asked: Asked) -> Reply:
    """The report as a CSV file."""
    words = Words(asked.texts, asked.app.clock.now())
    titles = tuple(asked.texts(f"csv.{column}") for column in COLUMNS)
    text = export_errors(asked.app, asked.tenant, words.explain, titles)
    return download(text, "funnel-errors.csv", "text/csv; charset=utf-8")


def _rows(group: ErrorGroup) -> tuple[ErrorView, ...]:
    return group.own + group.blocked


def _narrowed(group: ErrorGroup, module: str, query: str) -> ErrorGroup | None:
    """The group with only the rows that fit; None if none does."""
    if not module and not query:
        return group
    own = tuple(row for row in group.own if _fits(row, module, query))
    whole = bool(query) and query.casefold() in group.root.name.casefold()
    blocked = tuple(row for row in group.blocked if _fits(row, module, "" if whole else query))
    return replace(group, own=own, blocked=blocked) if own or blocked else None


def _fits(row: ErrorView, module: str, query: str) -> bool:
    if module and row.record.module != module:
        return False
    text = f"{row.record.name}\n{row.field}\n{row.value}\n{row.cause}".casefold()
    return query.casefold() in text
