"""Lists of all kinds: the list of them, and one with its members."""

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import ListId
from funnel.domain.tenants import Role
from funnel.usecases.view_lists import Show, find_lists, list_members, one_list
from funnel.web.asked import Asked
from funnel.web.rendering import page
from funnel.web.replies import Reply
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)


@room.page("GET", "/app/lists")
def show_all(asked: Asked) -> Reply:
    """The lists, by name."""
    query, cursor, wanted = asked.query("q").strip(), asked.query("cursor"), show_of(asked)
    return page(
        asked,
        "lists/all.html",
        title=asked.texts("lists.title"),
        lists=find_lists(asked.app, asked.tenant, query, wanted, cursor),
        kinds=list(Show),
        show=wanted,
        query=query,
        cursor=cursor,
    )


@room.page("GET", "/app/lists/<list_id>")
def show_one(asked: Asked, list_id: str) -> Reply:
    """One list, with its members."""
    found = one_list(asked.app, asked.tenant, ListId(list_id))
    cursor = asked.query("cursor")
    return page(
        asked,
        "lists/one.html",
        title=found.name or asked.texts("unnamed"),
        one=found,
        members=list_members(asked.app, asked.tenant, ListId(list_id), cursor),
        cursor=cursor,
    )


def show_of(asked: Asked) -> Show:
    """Which lists are asked for. Raises `InputInvalid`."""
    try:
        return Show(asked.query("show") or Show.ALL)
    except ValueError:
        raise InputInvalid(
            "There are no such lists.", mend=f"One of {', '.join(Show)}.", field="show"
        ) from None
