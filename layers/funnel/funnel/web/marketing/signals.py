"""A marketer says that something was done by a person or a machine: what a form does, and the API."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import PersonId
from funnel.domain.signing_in.tenants import Role
from funnel.domain.tracking.activities import Activity, Signal
from funnel.usecases.tracking.correct_signal import correct_signal
from funnel.web.asked import Asked
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)


@dataclass(frozen=True, slots=True)
class Who:
    """Whether a person did it. `at` is the activity's moment, as the list of activities tells it."""

    at: str
    person: bool


@dataclass(frozen=True, slots=True)
class Label:
    """Who did it, why that is thought, and the marketer who said so."""

    signal: Signal
    why: str
    by: str


@room.page("POST", "/app/people/<person_id>/activities/<activity_id>/signal")
def on_say(asked: Asked, person_id: str, activity_id: str) -> Reply:
    """Label it, and go back to the page it was said on."""
    who = Who(asked.form_value("at"), asked.form_value("person") == "yes")
    _correct(asked, person_id, activity_id, who)
    if asked.form_value("on") == "all":
        where = urlencode({"saved": "labelled", "cursor": asked.form_value("cursor")})
        return see_other(f"/app/people/{person_id}/activities?{where}")
    return see_other(f"/app/people/{person_id}?saved=labelled#activities")


@room.api(
    "POST",
    "/api/app/people/<person_id>/activities/<activity_id>/signal",
    "Say whether a person or a machine did something; no rule changes it again, the score follows",
    Label,
    body=Who,
)
def say(asked: Asked, person_id: str, activity_id: str) -> Label:
    """Label it."""
    one = _correct(asked, person_id, activity_id, asked.json(Who))
    return Label(one.signal, one.why, one.by)


def _correct(asked: Asked, person_id: str, activity_id: str, who: Who) -> Activity:
    return correct_signal(
        asked.app,
        asked.tenant,
        PersonId(person_id),
        activity_id,
        _moment(who.at),
        asked.who.user_name,
        was_person=who.person,
    )


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo:
            return found.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise InputInvalid("A moment such as 2026-03-10T13:40:53Z is expected.", field="at")
