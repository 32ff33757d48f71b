"""Finding people: the list with its search and filters, as a page and for the API."""

from enum import StrEnum
from typing import TypeVar

from funnel.domain.errors import InputInvalid
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.lists.name_to_list import list_called
from funnel.usecases.lists.view_lists import MOST_CHOICES, Show, find_lists, lists_by_hand
from funnel.usecases.people.find_people import PeoplePage, find_people
from funnel.usecases.people.people_filter import MayMail, PeopleFilter, WhereFound
from funnel.usecases.people.view_records import list_users
from funnel.usecases.view_common import PAGE_SIZE
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply
from funnel.web.room import PAGING, Room

room = Room(needs=Role.MARKETER)

FILTER = ("q", "owner", "in_sugar", "consent", "list", "list_name", "score_from", "score_to")
E = TypeVar("E", bound=StrEnum)


@room.page("GET", "/app/people")
def show_list(asked: Asked) -> Reply:
    """The list, by name."""
    values = {name: text for name in FILTER if (text := asked.query(name).strip())}
    cursor, error = asked.query("cursor"), None
    wanted, found = PeopleFilter(), PeoplePage((), "", 0)
    try:
        wanted = filter_of(asked)
        found = find_people(asked.app, asked.tenant, wanted, cursor)
    except InputInvalid as wrong:
        error = wrong
    return page(
        asked,
        "people/list.html",
        title=asked.texts("people.title"),
        status=status_of(error) if error else 200,
        error=error_body(error) if error else None,
        people=found,
        wanted=wanted,
        values=values,
        filters={name: values.get(name, "") for name in FILTER if name != "q"},
        filtered=len(values.keys() - {"q"}),
        cursor=cursor,
        page_size=PAGE_SIZE,
        owners=list_users(asked.app, asked.tenant, limit=MOST_CHOICES).items,
        lists=find_lists(asked.app, asked.tenant, show=Show.ALL, limit=MOST_CHOICES),
        choosable=lists_by_hand(asked.app, asked.tenant),
        choices={"in_sugar": _choices(WhereFound), "consent": _choices(MayMail)},
    )


@room.api(
    "GET",
    "/api/app/people",
    "People by words of their name, company or address, and by what else is wanted of them",
    PeoplePage,
    queries=(*FILTER, *PAGING),
)
def people(asked: Asked) -> PeoplePage:
    """A page of people."""
    return find_people(asked.app, asked.tenant, filter_of(asked), **asked.paging())


def filter_of(asked: Asked) -> PeopleFilter:
    """What the query asks for. Raises `InputInvalid` naming what is no filter."""
    return PeopleFilter(
        query=asked.query("q").strip(),
        owner=asked.query("owner"),
        in_sugar=_one_of(WhereFound, asked, "in_sugar"),
        consent=_one_of(MayMail, asked, "consent"),
        list_id=asked.query("list") or _named(asked),
        score_from=_number(asked, "score_from"),
        score_to=_number(asked, "score_to"),
    )


def _named(asked: Asked) -> str:
    """The list that is named, where it was among too many to choose from. Raises `InputInvalid`."""
    name = asked.query("list_name").strip()
    if not name:
        return ""
    return list_called(asked.app, asked.tenant, name, Show.ALL, "list_name", in_use=False).list_id


def _one_of(kind: type[E], asked: Asked, name: str) -> E:
    try:
        return kind(asked.query(name))
    except ValueError:
        known = ", ".join(one.value for one in kind if one.value)
        raise InputInvalid(f"“{name}” is one of {known}.", field=name) from None


def _number(asked: Asked, name: str) -> int | None:
    text = asked.query(name).strip()
    try:
        return int(text) if text else None
    except ValueError:
        raise InputInvalid("A score is a whole number.", field=name) from None


def _choices(kind: type[StrEnum]) -> list[str]:
    return [one.value for one in kind if one.value]
