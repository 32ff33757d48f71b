"""Which fields have lists: the admin's page and its API."""

from dataclasses import dataclass

from funnel.domain.errors import FunnelError
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.lists import view_list_settings
from funnel.usecases.lists.recompute_lists import choose_fields
from funnel.usecases.lists.view_list_settings import ListSettingsView, settings_view
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.ADMIN)


@dataclass(frozen=True, slots=True)
class WantedFields:
    """The fields that are to have lists, by name; all others lose theirs."""

    fields: tuple[str, ...]


@room.page("GET", "/setup/lists")
def show(asked: Asked) -> Reply:
    """The page."""
    return _show(asked, "setup/lists.html")


@room.page("GET", "/setup/lists/live")
def live(asked: Asked) -> Reply:
    """The part of it that changes."""
    return _show(asked, "setup/lists_live.html")


@room.page("POST", "/setup/lists")
def choose(asked: Asked) -> Reply:
    """Have lists by the fields that are ticked."""
    try:
        wanted = asked.form().get("fields", [])
        choose_fields(asked.app, asked.tenant, wanted, asked.who.user_name)
    except FunnelError as error:
        return _show(asked, "setup/lists.html", error)
    return see_other("/setup/lists?saved=fields")


@room.api("GET", "/api/setup/lists", "Which fields have lists", ListSettingsView)
def list_settings(asked: Asked) -> ListSettingsView:
    """The settings as they stand."""
    return view_list_settings.list_settings(asked.app, asked.tenant)


@room.api(
    "PUT",
    "/api/setup/lists",
    "Choose which fields have lists; who is on them is worked out in the background",
    ListSettingsView,
    body=WantedFields,
    status=202,
)
def choose_by_api(asked: Asked) -> ListSettingsView:
    """Have lists by these fields."""
    wanted = asked.json(WantedFields).fields
    return settings_view(choose_fields(asked.app, asked.tenant, wanted, asked.who.user_name))


def _show(asked: Asked, template: str, error: FunnelError | None = None) -> Reply:
    return page(
        asked,
        template,
        title=asked.texts("list_fields.title"),
        status=status_of(error) if error else 200,
        view=view_list_settings.list_settings(asked.app, asked.tenant),
        flash=asked.texts("list_fields.saved") if asked.query("saved") and not error else "",
        error=error_body(error) if error else None,
    )
