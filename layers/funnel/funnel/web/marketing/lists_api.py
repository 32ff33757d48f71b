"""Lists as JSON: all of them, one, its members, and those of a person."""

from funnel.domain.ids import ListId, PersonId
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.lists import view_lists
from funnel.usecases.lists.view_lists import ListRow, ListsPage, MembersPage, PersonLists
from funnel.web.asked import Asked
from funnel.web.marketing.lists import show_of
from funnel.web.room import PAGING, Room

room = Room(needs=Role.MARKETER)


@room.api(
    "GET",
    "/api/app/lists",
    "Lists of all kinds by how their name begins",
    ListsPage,
    queries=("q", "show", *PAGING),
)
def lists(asked: Asked) -> ListsPage:
    """A page of lists."""
    return view_lists.find_lists(
        asked.app, asked.tenant, asked.query("q"), show_of(asked), **asked.paging()
    )


@room.api("GET", "/api/app/lists/<list_id>", "One list", ListRow)
def one_list(asked: Asked, list_id: str) -> ListRow:
    """One list."""
    return view_lists.one_list(asked.app, asked.tenant, ListId(list_id))


@room.api(
    "GET",
    "/api/app/lists/<list_id>/members",
    "A list's members, each with the person it is",
    MembersPage,
    queries=PAGING,
)
def members(asked: Asked, list_id: str) -> MembersPage:
    """A page of members."""
    return view_lists.list_members(asked.app, asked.tenant, ListId(list_id), **asked.paging())


@room.api(
    "GET", "/api/app/people/<person_id>/lists", "The lists in use that a person is on", PersonLists
)
def lists_of_person(asked: Asked, person_id: str) -> PersonLists:
    """The person's lists."""
    return view_lists.lists_of_person(asked.app, asked.tenant, PersonId(person_id))
