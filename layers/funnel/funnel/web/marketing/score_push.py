"""Having a person's score written to Sugar at once: a button of the person's page, and the API."""

from funnel.domain.ids import PersonId
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.people.view_people import person
from funnel.usecases.pushing.push_score_now import push_score_now
from funnel.usecases.pushing.view_score_push import ScoreInSugar
from funnel.web.asked import Asked
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)


@room.page("POST", "/app/people/<person_id>/score")
def on_push(asked: Asked, person_id: str) -> Reply:
    """Have it written, and go back to the person."""
    push_score_now(asked.app, asked.tenant, PersonId(person_id))
    return see_other(f"/app/people/{person_id}?saved=score#score-in-sugar")


@room.api(
    "POST",
    "/api/app/people/<person_id>/score",
    "Have a person's score written to Sugar at once, before all others; what Sugar has so far",
    ScoreInSugar,
    status=202,
)
def push(asked: Asked, person_id: str) -> ScoreInSugar:
    """Have it written."""
    push_score_now(asked.app, asked.tenant, PersonId(person_id))
    return person(asked.app, asked.tenant, PersonId(person_id)).score_in_sugar
