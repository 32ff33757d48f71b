"""Campaigns in Sugar: what their pages do, as JSON."""

from dataclasses import dataclass

from funnel.domain.campaigns.campaigns import CampaignId, StepId
from funnel.domain.ids import JobId
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.campaigns.keep_campaigns import campaign_of
from funnel.usecases.campaigns_in_sugar.campaigns_in_sugar import make_anew
from funnel.usecases.campaigns_in_sugar.look_at_campaign import request_campaign_look
from funnel.usecases.campaigns_in_sugar.view_campaign_in_sugar import (
    CampaignInSugarView,
    CampaignLookView,
    campaign_in_sugar_view,
    campaign_look_view,
)
from funnel.web.asked import Asked
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)

HERE = "/api/app/campaigns/<campaign_id>/sugar"


@dataclass(frozen=True, slots=True)
class LookAsked:
    """Which step is looked at, and for whom: all who are in the campaign, or who stand `at` a step."""

    step: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class CampaignLookStarted:
    """The look to ask after."""

    job_id: str


@room.api("GET", HERE, "How a campaign stands in Sugar", CampaignInSugarView)
def show(asked: Asked, campaign_id: str) -> CampaignInSugarView:
    """With links to its Campaign and Target List there."""
    campaign = campaign_of(asked.app, asked.tenant, CampaignId(campaign_id))
    return campaign_in_sugar_view(asked.app, campaign)


@room.api(
    "POST",
    f"{HERE}/anew",
    "Make once more what was deleted in Sugar: the Campaign, or its Target List",
    CampaignInSugarView,
    status=202,
)
def anew(asked: Asked, campaign_id: str) -> CampaignInSugarView:
    """As soon as Sugar may be written to."""
    own = CampaignId(campaign_id)
    campaign = campaign_of(asked.app, asked.tenant, own)
    make_anew(asked.app, asked.tenant, own)
    return campaign_in_sugar_view(asked.app, campaign)


@room.api(
    "POST",
    f"{HERE}/looks",
    "Work out what a step would do in Sugar for the people in a campaign; nothing is written",
    CampaignLookStarted,
    body=LookAsked,
    status=202,
)
def start_look(asked: Asked, campaign_id: str) -> CampaignLookStarted:
    """By a job."""
    told = asked.json(LookAsked)
    job = request_campaign_look(
        asked.app,
        asked.tenant,
        CampaignId(campaign_id),
        StepId(told.step),
        StepId(told.at),
        asked.who.user_name,
    )
    return CampaignLookStarted(job.job_id)


@room.api(
    "GET",
    f"{HERE}/looks/<job_id>",
    "What a step would create, change and leave, and why; a page of people",
    CampaignLookView,
    queries=("page",),
)
def look(asked: Asked, campaign_id: str, job_id: str) -> CampaignLookView:
    """A look as it stands; `page` counts from 0."""
    number = asked.query("page")
    return campaign_look_view(
        asked.app,
        asked.tenant,
        CampaignId(campaign_id),
        JobId(job_id),
        int(number) if number.isdecimal() else 0,
    )
