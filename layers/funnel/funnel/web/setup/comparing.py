"""Both sides compared: asked for, as it goes on, what differs, and the repair."""

from collections.abc import Callable

from funnel.domain.errors import FunnelError
from funnel.domain.ids import TenantId
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.comparison import Comparison, Difference, Phase
from funnel.usecases.app import App
from funnel.usecases.sync.compare import (
    cancel_comparison,
    comparison_of,
    start_comparison,
    start_repair,
)
from funnel.usecases.sync.view_comparison import comparison_view, export_differences
from funnel.usecases.sync.work_in_slices import is_worked_on
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, download, see_other
from funnel.web.room import Room

room = Room(needs=Role.ADMIN)

HERE = "/setup/sync/compare"
COLUMNS = ("object", "id", "link", "difference", "reason", "there", "here")

Start = Callable[[App, TenantId, str], Comparison]


@room.page("GET", HERE)
def show(asked: Asked) -> Reply:
    """The page."""
    return _show(asked, "setup/compare.html")


@room.page("GET", f"{HERE}/live")
def live(asked: Asked) -> Reply:
    """The part of it that changes."""
    return _show(asked, "setup/compare_live.html")


@room.page("POST", f"{HERE}/start")
def start(asked: Asked) -> Reply:
    """Compare both sides."""
    return _started(asked, start_comparison)


@room.page("POST", f"{HERE}/repair")
def repair(asked: Asked) -> Reply:
    """Read again what differs."""
    return _started(asked, start_repair)


@room.page("POST", f"{HERE}/cancel")
def cancel(asked: Asked) -> Reply:
    """End it where it is."""
    return _started(asked, cancel_comparison)


@room.page("GET", f"{HERE}/differences.csv")
def as_csv(asked: Asked) -> Reply:
    """All that differs, for a spreadsheet."""
    return differences_csv(asked)


def differences_csv(asked: Asked) -> Reply:
    """What differs, as a CSV file."""
    texts = asked.texts

    def words(one: Difference) -> tuple[str, str]:
        return texts(f"compare.kind.{one.kind.value}"), texts(f"compare.reason.{one.reason.value}")

    titles = tuple(texts(f"compare.csv.{column}") for column in COLUMNS)
    text = export_differences(asked.app, comparison_of(asked.app, asked.tenant), titles, words)
    return download(text, "funnel-differences.csv", "text/csv; charset=utf-8")


def _started(asked: Asked, begin: Start) -> Reply:
    try:
        begin(asked.app, asked.tenant, asked.who.user_name)
    except FunnelError as error:
        return _show(asked, "setup/compare.html", error)
    return see_other(HERE)


def _show(asked: Asked, template: str, error: FunnelError | None = None) -> Reply:
    found = asked.app.sync.comparison(asked.tenant)
    return page(
        asked,
        template,
        title=asked.texts("compare.title"),
        status=status_of(error) if error else 200,
        connection=asked.app.sync.connection(asked.tenant),
        view=comparison_view(asked.app, found) if found else None,
        going=found is not None and is_worked_on(asked.app, found),
        repairing=found is not None and found.phase is Phase.REPAIR,
        error=error_body(error) if error else None,
    )
