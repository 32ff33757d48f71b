"""Sync: how current each module is, the run that goes on, earlier ones, and starting one."""

from funnel.domain.errors import FunnelError, InputInvalid, NotFound
from funnel.domain.ids import Module
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.runs import RunKind
from funnel.usecases.sync.cancel_run import cancel_run
from funnel.usecases.sync.start_run import start_run
from funnel.usecases.sync.view_sync import held_back, list_runs, sync_overview
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.ADMIN)


@room.page("GET", "/setup/sync")
def show(asked: Asked) -> Reply:
    """The page."""
    return _show(asked, "setup/sync.html")


@room.page("GET", "/setup/sync/live")
def live(asked: Asked) -> Reply:
    """The part of it that changes."""
    return _show(asked, "setup/sync_live.html")


@room.page("POST", "/setup/sync/start")
def start(asked: Asked) -> Reply:
    """Start a run, of all modules or one."""
    kind = RunKind.FULL if asked.form_value("kind") == "full" else RunKind.MANUAL
    wanted = asked.form_value("module")
    try:
        modules = (Module(wanted),) if wanted else ()
    except ValueError:
        return _show(asked, "setup/sync.html", InputInvalid("There is no such module."))
    try:
        start_run(asked.app, asked.tenant, kind, modules, asked.who.user_name)
    except FunnelError as error:
        return _show(asked, "setup/sync.html", error)
    return see_other("/setup/sync?saved=sync")


@room.page("POST", "/setup/sync/cancel")
def cancel(asked: Asked) -> Reply:
    """Cancel the run that goes on; nothing, if it has just ended."""
    try:
        cancel_run(asked.app, asked.tenant)
    except NotFound:
        return see_other("/setup/sync")
    return see_other("/setup/sync")


def _show(asked: Asked, template: str, error: FunnelError | None = None) -> Reply:
    view = sync_overview(asked.app, asked.tenant)
    cursor = asked.query("cursor")
    runs = list_runs(asked.app, asked.tenant, cursor) if view.connection else None
    flash = {"sync": "sync.started", "connection": "job.saved"}.get(asked.query("saved"))
    return page(
        asked,
        template,
        title=asked.texts("sync.title"),
        status=status_of(error) if error else 200,
        view=view,
        run=view.current,
        runs=runs,
        held=held_back(asked.app, asked.tenant) if view.connection and not view.current else None,
        cursor=cursor,
        flash=asked.texts(flash) if flash else "",
        error=error_body(error) if error else None,
    )
