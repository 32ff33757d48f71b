"""What a full sync would do: asked for, as it is looked at, and what was found."""

from funnel.domain.errors import FunnelError, InputInvalid
from funnel.domain.ids import Module
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.sync_previews import SyncPreview, Would
from funnel.usecases.sync.preview_steps import COLUMNS
from funnel.usecases.sync.preview_sync import latest_preview, start_preview
from funnel.usecases.sync.view_sync_preview import sync_preview_view
from funnel.usecases.sync.work_in_slices import is_worked_on
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room
from funnel.web.scopes import HURRIES

room = Room(needs=Role.ADMIN)

HERE = "/setup/sync/preview"


@room.page("GET", HERE)
def show(asked: Asked) -> Reply:
    """The page."""
    return _show(asked, "setup/preview.html")


@room.page("GET", f"{HERE}/live")
def live(asked: Asked) -> Reply:
    """The part of it that changes."""
    return _show(asked, "setup/preview_live.html")


@room.page("POST", f"{HERE}/start")
def start(asked: Asked) -> Reply:
    """Look at all modules, or one."""
    wanted = asked.form_value("module")
    try:
        modules = (Module(wanted),) if wanted else ()
    except ValueError:
        return _show(asked, "setup/preview.html", InputInvalid("There is no such module."))
    try:
        begin(asked, modules)
    except FunnelError as error:
        return _show(asked, "setup/preview.html", error)
    return see_other(HERE)


def begin(asked: Asked, modules: tuple[Module, ...]) -> SyncPreview:
    """Have it looked at; the files speak the language of whoever asked."""
    words = {column: asked.texts(f"preview.csv.{column}") for column in COLUMNS}
    words |= {would.value: asked.texts(f"preview.would.{would.value}") for would in Would}
    at_once, by = asked.has_scope(HURRIES), asked.who.user_name
    return start_preview(asked.app, asked.tenant, by, modules, words, at_once=at_once)


def _show(asked: Asked, template: str, error: FunnelError | None = None) -> Reply:
    found = latest_preview(asked.app, asked.tenant)
    connection = asked.app.sync.connection(asked.tenant)
    return page(
        asked,
        template,
        title=asked.texts("preview.title"),
        status=status_of(error) if error else 200,
        connected=connection is not None,
        modules=connection.modules if connection else (),
        view=sync_preview_view(asked.app, found) if found else None,
        going=found is not None and is_worked_on(asked.app, found),
        error=error_body(error) if error else None,
    )
