"""Lists made by hand by JSON: make, rename and retire them; who is put on and taken off."""

from dataclasses import dataclass

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import ListId, PersonId
from funnel.domain.lists.lists import ListStatus
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.lists.change_list import put_on, retire_unused
from funnel.usecases.lists.keep_lists import (
    make_list,
    manual_list,
    rename_list,
    retire_list,
    take_off_list,
)
from funnel.usecases.lists.view_lists import ListRow, list_row, one_list
from funnel.usecases.uses.list_uses import ListUses, uses_of
from funnel.web.asked import Asked
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)


@dataclass(frozen=True, slots=True)
class NewList:
    """A list to be made. The same `key` asks for the same one, however often."""

    key: str
    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class ListChanges:
    """What is to change of a list; what is null or left out stays."""

    name: str | None = None
    description: str | None = None
    status: ListStatus | None = None


@dataclass(frozen=True, slots=True)
class PeopleNamed:
    """People by their ids, a hundred at most."""

    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PutOn:
    """The list, and how many came onto it now."""

    joined: int
    list: ListRow


@room.api("POST", "/api/app/lists", "Make a list by hand", ListRow, body=NewList, status=201)
def make(asked: Asked) -> ListRow:
    """A new list."""
    new, by = asked.json(NewList), asked.who.user_name
    if not new.key:
        raise InputInvalid("A key is needed, so that it is made once.", field="key")
    return list_row(make_list(asked.app, asked.tenant, new.key, new.name, by, new.description))


@room.api(
    "PATCH",
    "/api/app/lists/<list_id>",
    "Rename a list made by hand, retire it, or take it back into use",
    ListRow,
    body=ListChanges,
)
def change(asked: Asked, list_id: str) -> ListRow:
    """Change what the body names."""
    wish, key = asked.json(ListChanges), ListId(list_id)
    before = manual_list(asked.app, asked.tenant, key)
    if wish.name is not None or wish.description is not None:
        name = before.name if wish.name is None else wish.name
        rename_list(asked.app, asked.tenant, key, name, wish.description)
    if wish.status is ListStatus.RETIRED:
        retire_unused(asked.app, asked.tenant, key)
    elif wish.status is ListStatus.ACTIVE:
        retire_list(asked.app, asked.tenant, key, retired=False)
    return one_list(asked.app, asked.tenant, key)


@room.api("GET", "/api/app/lists/<list_id>/uses", "What uses a list or segment", ListUses)
def uses(asked: Asked, list_id: str) -> ListUses:
    """What uses it."""
    one_list(asked.app, asked.tenant, ListId(list_id))
    return uses_of(asked.app, asked.tenant, ListId(list_id))


@room.api(
    "POST",
    "/api/app/lists/<list_id>/members",
    "Put people on a list made by hand; who is on it already stays",
    PutOn,
    body=PeopleNamed,
)
def put(asked: Asked, list_id: str) -> PutOn:
    """Put them on it."""
    people = asked.json(PeopleNamed).people
    joined = put_on(asked.app, asked.tenant, ListId(list_id), people)
    return PutOn(joined, one_list(asked.app, asked.tenant, ListId(list_id)))


@room.api(
    "DELETE",
    "/api/app/lists/<list_id>/members/<person_id>",
    "Take somebody off a list made by hand",
    ListRow,
)
def take_off(asked: Asked, list_id: str, person_id: str) -> ListRow:
    """Take them off it."""
    take_off_list(asked.app, asked.tenant, ListId(list_id), [PersonId(person_id)])
    return one_list(asked.app, asked.tenant, ListId(list_id))
