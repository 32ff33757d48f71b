"""Who walks along a campaign: who stands at a step, one person's walk, and the campaigns of a person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from funnel.domain.campaigns.campaigns import Campaign, CampaignId, CampaignState, StepId
from funnel.domain.campaigns.enrolments import Done, Enrolment, EnrolmentId, EnrolmentState, What
from funnel.domain.errors import InputInvalid, NotFound
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.mail.mails import OPEN, MailState
from funnel.usecases.app import App
from funnel.usecases.campaigns.keep_campaigns import campaign_of
from funnel.usecases.campaigns.whose_walks import NOBODY, campaigns_with, standings
from funnel.usecases.living import all_living, standing
from funnel.usecases.view_common import PAGE_SIZE

STANDING = (EnrolmentState.WALKING, EnrolmentState.STUCK, EnrolmentState.STOPPED)
_SHOWN = 20
"""Walks of a person that are shown."""


@dataclass(frozen=True, slots=True)
class WalkRow:
    """Somebody who stands at a step: since when, and when it goes on (None: when something happens).

    `reason` says why a stuck one does not go on, or what one on its way waits for.
    """

    enrolment_id: EnrolmentId
    person_id: PersonId
    name: str
    state: EnrolmentState
    step: StepId
    since: datetime
    due_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class WalksPage:
    """A page of people; `cursor` is where it goes on, "" at the end."""

    items: tuple[WalkRow, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class WalkView:
    """One walk of a person, with what was done, the oldest first. `came_by` says what brought it.

    Of a mail that was asked for and does not go out, or not yet, the note says why.
    """

    enrolment_id: EnrolmentId
    campaign_id: CampaignId
    campaign_name: str
    campaign_state: CampaignState
    person_id: PersonId
    name: str
    state: EnrolmentState
    step: StepId
    entered_at: datetime
    came_by: str
    since: datetime
    due_at: datetime | None
    reason: str
    trail: tuple[Done, ...]


@dataclass(frozen=True, slots=True)
class PersonCampaigns:
    """The walks of a person, the latest first."""

    items: tuple[WalkView, ...]


def people_at(
    app: App,
    tenant: TenantId,
    campaign_id: CampaignId,
    step: StepId,
    state: EnrolmentState = EnrolmentState.WALKING,
    cursor: str = "",
    limit: int = PAGE_SIZE,
) -> WalksPage:
    """Who stands at a step in this state. Raises `NotFound`, and `InputInvalid` for a walk that is over."""
    campaign_of(app, tenant, campaign_id)
    if state not in STANDING:
        known = ", ".join(STANDING)
        raise InputInvalid("Nobody stands there in this state.", mend=known, field="state")
    found = app.campaigns.enrolments_at(tenant, campaign_id, step, state, limit, cursor)
    names = names_of_walks(app, tenant, found.items)
    rows = tuple(
        WalkRow(
            one.enrolment_id,
            one.person_id,
            names.get(one.person_id, ""),
            one.state,
            one.step,
            one.since,
            one.due_at,
            one.reason,
        )
        for one in found.items
    )
    return WalksPage(rows, found.cursor)


def stuck_people(app: App, campaign: Campaign) -> tuple[WalkRow, ...]:
    """Those of all steps who do not go on by themselves, the first of each step."""
    own = (campaign.tenant, campaign.campaign_id)
    numbers = app.campaigns.step_numbers(*own)
    return tuple(
        row
        for step, at in numbers.items()
        for state, some in ((EnrolmentState.STUCK, at.stuck), (EnrolmentState.STOPPED, at.stopped))
        if some
        for row in people_at(app, *own, step, state).items
    )


def one_walk(
    app: App, tenant: TenantId, campaign_id: CampaignId, enrolment_id: EnrolmentId
) -> WalkView:
    """One walk. Raises `NotFound`."""
    campaign = campaign_of(app, tenant, campaign_id)
    found = app.campaigns.enrolments(tenant, campaign_id, [enrolment_id]).get(enrolment_id)
    if found is None or not found.person_id:
        raise NotFound("Nobody walks here under this id.")
    trail = with_mails(app, tenant, found.trail)
    names = names_of_walks(app, tenant, [found])
    return _view(campaign, replace(found, trail=trail), names.get(found.person_id, ""))


def campaigns_of_person(app: App, tenant: TenantId, person_id: PersonId) -> PersonCampaigns:
    """The walk that counts of a person in each campaign, also one of whom it took in. Raises `NotFound`."""
    person = standing(app, tenant, person_id)
    if person is None:
        raise NotFound("There is no such person.")
    found: list[WalkView] = []
    for campaign_id in campaigns_with(app, person):
        campaign = app.campaigns.campaign(tenant, campaign_id)
        here = standings(app, tenant, campaign_id, [person]).get(person.person_id, NOBODY)
        if campaign is not None and here.walk is not None:
            found.append(_view(campaign, here.walk, person.name))
    latest = sorted(found, key=lambda one: one.entered_at, reverse=True)
    return PersonCampaigns(tuple(latest[:_SHOWN]))


def with_mails(app: App, tenant: TenantId, trail: Sequence[Done]) -> tuple[Done, ...]:
    """Each mail that was asked for with why it has not gone out."""
    asked = {one.mail for one in trail if one.mail}
    mails = app.mails.mails(tenant, asked) if asked else {}
    found = []
    for one in trail:
        mail = mails.get(one.mail)
        if mail is not None and mail.state is MailState.REFUSED:
            one = replace(one, what=What.NOT_SENT, note=mail.reason)
        elif mail is not None and mail.state in OPEN:
            one = replace(one, what=What.ASKED, note=mail.reason)
        found.append(one)
    return tuple(found)


def _view(campaign: Campaign, one: Enrolment, name: str) -> WalkView:
    return WalkView(
        one.enrolment_id,
        campaign.campaign_id,
        campaign.name,
        campaign.state,
        one.person_id,
        name,
        one.state,
        one.step,
        one.entered_at,
        one.came_by,
        one.since,
        one.due_at,
        one.reason,
        one.trail,
    )


def names_of_walks(app: App, tenant: TenantId, walks: Iterable[Enrolment]) -> dict[PersonId, str]:
    """What the people of these walks are called."""
    ids = sorted({one.person_id for one in walks if one.person_id})
    people = all_living(app, tenant, ids) if ids else {}
    return {person_id: person.name for person_id, person in people.items()}
