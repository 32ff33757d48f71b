"""Target Lists: how each stands with Sugar, and having them read now."""

from funnel.domain.errors import FunnelError
from funnel.domain.ids import ListId
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.target_lists.ask_target_lists import ask_target_lists
from funnel.usecases.target_lists.view_target_lists import lists_round, target_list, target_lists
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)


@room.page("GET", "/app/target-lists")
def show(asked: Asked) -> Reply:
    """All of them."""
    return _show(asked, "target_lists/all.html")


@room.page("GET", "/app/target-lists/live")
def live(asked: Asked) -> Reply:
    """The part of the page that changes."""
    return _show(asked, "target_lists/all_live.html")


@room.page("POST", "/app/target-lists/round")
def read_now(asked: Asked) -> Reply:
    """Have all of them read now."""
    try:
        ask_target_lists(asked.app, asked.tenant, asked.who.user_name)
    except FunnelError as error:
        return _show(asked, "target_lists/all.html", error)
    return see_other("/app/target-lists?saved=asked")


@room.page("GET", "/app/target-lists/<list_id>")
def show_one(asked: Asked, list_id: str) -> Reply:
    """How one stands with Sugar."""
    found = target_list(asked.app, asked.tenant, ListId(list_id))
    return page(
        asked,
        "target_lists/one.html",
        title=found.name or asked.texts("unnamed"),
        one=found,
        round=lists_round(asked.app, asked.tenant),
    )


def _show(asked: Asked, template: str, error: FunnelError | None = None) -> Reply:
    cursor = asked.query("cursor")
    asked_for = asked.query("saved") == "asked" and not error
    return page(
        asked,
        template,
        title=asked.texts("target_lists.title"),
        status=status_of(error) if error else 200,
        round=lists_round(asked.app, asked.tenant),
        lists=target_lists(asked.app, asked.tenant, cursor),
        cursor=cursor,
        flash=asked.texts("target_lists.asked") if asked_for else "",
        error=error_body(error) if error else None,
    )
