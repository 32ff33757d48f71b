"""Who walks along campaigns, by JSON."""

from dataclasses import dataclass

from funnel.domain.campaigns.campaigns import CampaignId, StepId
from funnel.domain.campaigns.enrolments import EnrolmentId, EnrolmentState
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import PersonId
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.campaigns.steer_walk import put_in, take_out, try_walk_again
from funnel.usecases.campaigns.view_unsent import UnsentPage, unsent_at
from funnel.usecases.campaigns.view_walks import (
    PersonCampaigns,
    WalkRow,
    WalksPage,
    WalkView,
    campaigns_of_person,
    one_walk,
    people_at,
    stuck_people,
)
from funnel.web.asked import Asked
from funnel.web.marketing.campaigns_api import ROOT, found
from funnel.web.room import PAGING, Room

room = Room(needs=Role.MARKETER)


@dataclass(frozen=True, slots=True)
class PersonNamed:
    """A person by its id. The same `key` sent again puts it in once."""

    person_id: str
    key: str


@dataclass(frozen=True, slots=True)
class StuckPeople:
    """Those who do not go on by themselves."""

    items: tuple[WalkRow, ...]


@room.api(
    "GET",
    f"{ROOT}/steps/<step_id>/people",
    "Who stands at a step: walking, stuck, or stopped because it was removed",
    WalksPage,
    queries=("state", *PAGING),
)
def people(asked: Asked, campaign_id: str, step_id: str) -> WalksPage:
    """A page of people."""
    text = asked.query("state")
    try:
        state = EnrolmentState(text or EnrolmentState.WALKING)
    except ValueError:
        raise InputInvalid("There is no such state.", field="state") from None
    own = (asked.tenant, CampaignId(campaign_id))
    return people_at(asked.app, *own, StepId(step_id), state, **asked.paging())


@room.api(
    "GET",
    f"{ROOT}/steps/<step_id>/unsent",
    "Who came by a step that sends a mail and got none, and why",
    UnsentPage,
    queries=PAGING,
)
def unsent(asked: Asked, campaign_id: str, step_id: str) -> UnsentPage:
    """A page of people."""
    own = (asked.tenant, CampaignId(campaign_id))
    return unsent_at(asked.app, *own, StepId(step_id), **asked.paging())


@room.api("GET", f"{ROOT}/stuck", "Who does not go on by itself, and why", StuckPeople)
def stuck(asked: Asked, campaign_id: str) -> StuckPeople:
    """The first of each step."""
    return StuckPeople(stuck_people(asked.app, found(asked, campaign_id)))


@room.api(
    "POST", f"{ROOT}/people", "Put a person in by hand", WalkView, body=PersonNamed, status=201
)
def add(asked: Asked, campaign_id: str) -> WalkView:
    """The walk it is on then."""
    own, by = (asked.tenant, CampaignId(campaign_id)), asked.who.user_name
    sent = asked.json(PersonNamed)
    if not sent.key:
        raise InputInvalid("A key is needed, so that the person comes in once.", field="key")
    walk = put_in(asked.app, *own, PersonId(sent.person_id), by, sent.key)
    return one_walk(asked.app, *own, walk.enrolment_id)


@room.api("GET", f"{ROOT}/walks/<enrolment_id>", "One person's walk, with what was done", WalkView)
def walk(asked: Asked, campaign_id: str, enrolment_id: str) -> WalkView:
    """One walk."""
    return one_walk(asked.app, asked.tenant, CampaignId(campaign_id), EnrolmentId(enrolment_id))


@room.api("POST", f"{ROOT}/walks/<enrolment_id>/retry", "Have a stuck person tried again", WalkView)
def retry(asked: Asked, campaign_id: str, enrolment_id: str) -> WalkView:
    """The walk as it is then."""
    own = (asked.tenant, CampaignId(campaign_id), EnrolmentId(enrolment_id))
    try_walk_again(asked.app, *own, asked.who.user_name)
    return one_walk(asked.app, *own)


@room.api("DELETE", f"{ROOT}/walks/<enrolment_id>", "Take a person out by hand", WalkView)
def out(asked: Asked, campaign_id: str, enrolment_id: str) -> WalkView:
    """The walk as it is then."""
    own = (asked.tenant, CampaignId(campaign_id), EnrolmentId(enrolment_id))
    take_out(asked.app, *own, asked.who.user_name)
    return one_walk(asked.app, *own)


@room.api(
    "GET",
    "/api/app/people/<person_id>/campaigns",
    "The campaigns a person is or was in, the latest first",
    PersonCampaigns,
)
def of_person(asked: Asked, person_id: str) -> PersonCampaigns:
    """The person's walks."""
    return campaigns_of_person(asked.app, asked.tenant, PersonId(person_id))
