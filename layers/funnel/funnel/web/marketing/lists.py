"""Lists of all kinds: the list of them, and one with its members."""

from funnel.domain.errors import FunnelError, InputInvalid
from funnel.domain.ids import ListId
from funnel.domain.lists.lists import ListKind, ListStatus
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.lists.view_lists import Show, find_lists, list_members, one_list
from funnel.usecases.people.find_people import find_people
from funnel.usecases.people.people_filter import PeopleFilter
from funnel.usecases.uses.list_uses import uses_of
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)

DONE = {
    "made": "list.done.made",
    "renamed": "list.done.renamed",
    "retired": "list.done.retired",
    "back": "list.done.back",
    "off": "list.done.off",
}
MOST_FOUND = 8


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
    return one_page(asked, list_id)


def one_page(asked: Asked, list_id: str, error: FunnelError | None = None) -> Reply:
    """One list with its members, and what is wrong with what was asked of it. Segments have their own."""
    found = one_list(asked.app, asked.tenant, ListId(list_id))
    if found.kind is ListKind.SEGMENT:
        return see_other(f"/app/segments/{found.list_id}")
    cursor, query = asked.query("cursor"), asked.query("q").strip()
    is_open = found.kind is ListKind.MANUAL and found.status is ListStatus.ACTIVE
    wanted = PeopleFilter(query=query)
    return page(
        asked,
        "lists/one.html",
        title=found.name or asked.texts("unnamed"),
        status=status_of(error) if error else 200,
        one=found,
        members=list_members(asked.app, asked.tenant, ListId(list_id), cursor),
        cursor=cursor,
        uses=uses_of(asked.app, asked.tenant, ListId(list_id)).items,
        is_open=is_open,
        query=query,
        people=find_people(asked.app, asked.tenant, wanted, limit=MOST_FOUND).items
        if is_open and query
        else (),
        error=error_body(error) if error else None,
        flash=_flash(asked),
    )


def _flash(asked: Asked) -> str:
    number = asked.query("n")
    if asked.query("saved") == "on" and number.isascii() and number.isdigit():
        return asked.texts.count("list.done.on", int(number[:6]))
    done = DONE.get(asked.query("saved"))
    return asked.texts(done) if done else ""


def show_of(asked: Asked) -> Show:
    """Which lists are asked for. Raises `InputInvalid`."""
    try:
        return Show(asked.query("show") or Show.ALL)
    except ValueError:
        raise InputInvalid(
            "There are no such lists.", mend=f"One of {', '.join(Show)}.", field="show"
        ) from None
