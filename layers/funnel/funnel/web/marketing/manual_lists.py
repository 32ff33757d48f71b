"""Lists made by hand: make, rename and retire them, and put people on them or take them off."""

from collections.abc import Sequence
from urllib.parse import urlencode

from funnel.domain.errors import Conflict, FunnelError, InputInvalid
from funnel.domain.ids import JobId, ListId, PersonId
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.lists.change_list import put_on, retire_unused
from funnel.usecases.lists.keep_lists import make_list, rename_list, retire_list, take_off_list
from funnel.usecases.lists.name_to_list import list_called
from funnel.usecases.lists.put_found import put_found
from funnel.usecases.lists.view_found import found_view
from funnel.usecases.lists.view_lists import Show
from funnel.usecases.people.view_people import person
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.marketing.lists import one_page
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)

NEW = "new"
"""Chosen in place of a list: one that is still to be made."""


@room.page("GET", "/app/lists/new")
def ask_new(asked: Asked) -> Reply:
    """The form for a new list."""
    return ask_name(asked, (), key=asked.app.ids.new_id())


@room.page("POST", "/app/lists/new")
def make(asked: Asked) -> Reply:
    """Make it, with those who were chosen for it."""
    people, found = asked.form().get("people", []), asked.form_value("found")
    try:
        made = _made(asked)
        if found:
            by = asked.who.user_name
            job = put_found(asked.app, asked.tenant, JobId(found), made, by)
            return see_other(f"/app/found/{job.job_id}")
        if people:
            put_on(asked.app, asked.tenant, made, people)
    except InputInvalid as error:
        key, count = asked.form_value("key"), _count(asked, found)
        return ask_name(asked, people, key=key, found=found, count=count, error=error)
    return see_other(f"/app/lists/{made}?saved=made")


@room.page("POST", "/app/lists/<list_id>/rename")
def rename(asked: Asked, list_id: str) -> Reply:
    """Call it otherwise."""
    try:
        name, about = asked.form_value("name"), asked.form_value("description")
        rename_list(asked.app, asked.tenant, ListId(list_id), name, about)
    except InputInvalid as error:
        return one_page(asked, list_id, error)
    return see_other(f"/app/lists/{list_id}?saved=renamed")


@room.page("POST", "/app/lists/<list_id>/retire")
def retire(asked: Asked, list_id: str) -> Reply:
    """Use it no more."""
    try:
        retire_unused(asked.app, asked.tenant, ListId(list_id))
    except Conflict as error:
        return one_page(asked, list_id, error)
    return see_other(f"/app/lists/{list_id}?saved=retired")


@room.page("POST", "/app/lists/<list_id>/take-back")
def take_back(asked: Asked, list_id: str) -> Reply:
    """Use it again."""
    retire_list(asked.app, asked.tenant, ListId(list_id), retired=False)
    return see_other(f"/app/lists/{list_id}?saved=back")


@room.page("POST", "/app/lists/<list_id>/off")
def off(asked: Asked, list_id: str) -> Reply:
    """Take somebody off."""
    person_id = asked.form_value("person")
    take_off_list(asked.app, asked.tenant, ListId(list_id), [PersonId(person_id)])
    if asked.form_value("then") == "person":
        return see_other(f"/app/people/{person_id}?saved=off-list")
    return see_other(f"/app/lists/{list_id}?saved=off")


@room.page("POST", "/app/people/on-list")
def on(asked: Asked) -> Reply:
    """Put the chosen people on a list, or first ask what a new one is to be called."""
    people = asked.form().get("people", [])
    if not people:
        raise InputInvalid(
            asked.texts("on_list.nobody"), mend=asked.texts("on_list.nobody.mend"), field="people"
        )
    list_id = chosen_list(asked)
    if list_id == NEW:
        return ask_name(asked, people, key=asked.app.ids.new_id())
    number = put_on(asked.app, asked.tenant, ListId(list_id), people)
    if asked.form_value("then") == "person":
        return see_other(f"/app/people/{people[0]}?saved=on-list")
    query = urlencode({"saved": "on", "n": number})
    return see_other(f"/app/lists/{list_id}?{query}")


def chosen_list(asked: Asked) -> str:
    """The list that was chosen, or `NEW`; one that was named goes before. Raises `InputInvalid`."""
    name, list_id = asked.form_value("list_name").strip(), asked.form_value("list")
    if name:
        return list_called(asked.app, asked.tenant, name, Show.MANUAL, "list_name").list_id
    if not list_id:
        raise InputInvalid(
            asked.texts("on_list.none"), mend=asked.texts("on_list.none.mend"), field="list"
        )
    return list_id


def _made(asked: Asked) -> ListId:
    key = asked.form_value("key")
    if not key:
        raise InputInvalid("Open the form for a new list again.")
    name, about = asked.form_value("name"), asked.form_value("description")
    by = asked.who.user_name
    return make_list(asked.app, asked.tenant, key, name, by, about).list_id


def _count(asked: Asked, found: str) -> int:
    return found_view(asked.app, asked.tenant, JobId(found)).people if found else 0


def ask_name(
    asked: Asked,
    people: Sequence[str],
    *,
    key: str,
    found: str = "",
    count: int = 0,
    error: FunnelError | None = None,
) -> Reply:
    """The form for a new list, for these people, or for the `count` that the job `found` has counted."""
    one = person(asked.app, asked.tenant, PersonId(people[0])) if len(people) == 1 else None
    return page(
        asked,
        "lists/new.html",
        title=asked.texts("lists.new"),
        status=status_of(error) if error else 200,
        key=key,
        people=people,
        found=found,
        count=count,
        one=one,
        sent={n: asked.form_value(n) for n in ("name", "description")} if error else {},
        error=error_body(error) if error else None,
    )
