"""What a person did: the stream as a page of its own, and as JSON."""

from funnel.domain.ids import PersonId
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.people.view_activities import ActivitiesPage, person_activities, visits_of
from funnel.usecases.people.view_people import person
from funnel.web.asked import Asked
from funnel.web.rendering import page
from funnel.web.replies import Reply
from funnel.web.room import PAGING, Room

room = Room(needs=Role.MARKETER)


@room.page("GET", "/app/people/<person_id>/activities")
def show(asked: Asked, person_id: str) -> Reply:
    """A page of the stream."""
    cursor = asked.query("cursor")
    found = person_activities(asked.app, asked.tenant, PersonId(person_id), cursor)
    return page(
        asked,
        "people/activities_all.html",
        title=asked.texts("activities.title"),
        person=person(asked.app, asked.tenant, PersonId(person_id)),
        visits=visits_of(found),
        cursor=cursor,
        next=found.cursor,
        flash=asked.texts("signal.done") if asked.query("saved") == "labelled" else "",
    )


@room.api(
    "GET",
    "/api/app/people/<person_id>/activities",
    "What a person did on all devices, newest first",
    ActivitiesPage,
    queries=PAGING,
)
def activities(asked: Asked, person_id: str) -> ActivitiesPage:
    """A page of the stream."""
    return person_activities(asked.app, asked.tenant, PersonId(person_id), **asked.paging())
