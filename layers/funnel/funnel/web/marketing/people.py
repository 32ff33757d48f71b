"""People: the list, one person, and its history."""

from funnel.domain.consent import LONGEST_REASON
from funnel.domain.ids import PersonId
from funnel.domain.tenants import Role
from funnel.usecases.view_people import find_people, person, person_history
from funnel.web.asked import Asked
from funnel.web.rendering import page
from funnel.web.replies import Reply
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)

CHANGED = ("unsubscribed", "taken-back")


@room.page("GET", "/app/people")
def show_list(asked: Asked) -> Reply:
    """The list, by name."""
    query, cursor = asked.query("q").strip(), asked.query("cursor")
    found = find_people(asked.app, asked.tenant, query, cursor)
    title = asked.texts("people.title")
    return page(asked, "people/list.html", title=title, people=found, query=query, cursor=cursor)


@room.page("GET", "/app/people/<person_id>")
def show_one(asked: Asked, person_id: str) -> Reply:
    """One person, with the history of the person or of one of its records in Sugar."""
    found = person(asked.app, asked.tenant, PersonId(person_id))
    subject, cursor = asked.query("of"), asked.query("cursor")
    saved = asked.query("saved")
    events = person_history(asked.app, asked.tenant, PersonId(person_id), subject, cursor)
    return page(
        asked,
        "people/one.html",
        title=found.name or asked.texts("unnamed"),
        person=found,
        history=events,
        subject=subject,
        cursor=cursor,
        longest_reason=LONGEST_REASON,
        flash=asked.texts(f"consent.done.{saved}") if saved in CHANGED else "",
    )
