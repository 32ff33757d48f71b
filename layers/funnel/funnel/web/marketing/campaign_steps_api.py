"""Steps of campaigns by JSON: what the editor does with each of them."""

from dataclasses import dataclass

from funnel.domain.campaigns.campaign_graph import Place, Port
from funnel.domain.campaigns.campaigns import StepId
from funnel.domain.errors import Conflict, InputInvalid
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.campaigns.edit_campaign import (
    Edit,
    adding,
    changing,
    connecting,
    moving,
    removing,
    with_edit,
)
from funnel.usecases.campaigns.keep_campaigns import change_campaign
from funnel.usecases.campaigns.step_settings import StepSettings, made_of
from funnel.usecases.campaigns.view_campaigns import CampaignView, campaign_view
from funnel.web.asked import Asked
from funnel.web.marketing.campaigns_api import found
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)

ROOT = "/api/app/campaigns/<campaign_id>/steps"


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step to put in behind a way of `after`, "" for the start; the same `key` adds the same one."""

    version: int
    key: str
    settings: StepSettings
    after: str = ""
    port: Port = Port.NEXT


@dataclass(frozen=True, slots=True)
class ChangedStep:
    """The settings a step is to have."""

    version: int
    settings: StepSettings


@dataclass(frozen=True, slots=True)
class MovedStep:
    """Where a step is to stand: behind a way of `after`, "" for the start."""

    version: int
    after: str = ""
    port: Port = Port.NEXT


@dataclass(frozen=True, slots=True)
class ConnectedStep:
    """Where one way of a step is to lead; "" is the end."""

    version: int
    target: str
    port: Port = Port.NEXT


@dataclass(frozen=True, slots=True)
class RemovedStep:
    """A step to take out; of a branch what comes after `keep` stays, and the rest goes with it."""

    version: int
    keep: Port = Port.YES


@room.api("POST", ROOT, "Add a step", CampaignView, body=NewStep, status=201)
def add(asked: Asked, campaign_id: str) -> CampaignView:
    """The campaign with it."""
    sent = asked.json(NewStep)
    if not sent.key:
        raise InputInvalid("A key is needed, so that it is added once.", field="key")
    campaign = found(asked, campaign_id)
    place = Place(StepId(sent.after), sent.port)
    made = made_of(asked.app, asked.tenant, sent.settings)
    edit = adding(campaign.campaign_id, sent.key, made, place)
    return _edited(asked, campaign_id, sent.version, edit)


@room.api("PUT", f"{ROOT}/<step_id>", "Change what a step does", CampaignView, body=ChangedStep)
def change(asked: Asked, campaign_id: str, step_id: str) -> CampaignView:
    """The campaign with it."""
    sent = asked.json(ChangedStep)
    made = made_of(asked.app, asked.tenant, sent.settings)
    return _edited(asked, campaign_id, sent.version, changing(StepId(step_id), made))


@room.api("POST", f"{ROOT}/<step_id>/move", "Put a step elsewhere", CampaignView, body=MovedStep)
def move(asked: Asked, campaign_id: str, step_id: str) -> CampaignView:
    """The campaign with it there."""
    sent = asked.json(MovedStep)
    place = Place(StepId(sent.after), sent.port)
    return _edited(asked, campaign_id, sent.version, moving(StepId(step_id), place))


@room.api(
    "POST",
    f"{ROOT}/<step_id>/connect",
    "Have a way of a step lead to another step, or to the end",
    CampaignView,
    body=ConnectedStep,
)
def connect(asked: Asked, campaign_id: str, step_id: str) -> CampaignView:
    """The campaign with that."""
    sent = asked.json(ConnectedStep)
    edit = connecting(Place(StepId(step_id), sent.port), StepId(sent.target))
    return _edited(asked, campaign_id, sent.version, edit)


@room.api("POST", f"{ROOT}/<step_id>/remove", "Take a step out", CampaignView, body=RemovedStep)
def remove(asked: Asked, campaign_id: str, step_id: str) -> CampaignView:
    """The campaign without it."""
    sent = asked.json(RemovedStep)
    return _edited(asked, campaign_id, sent.version, removing(StepId(step_id), sent.keep))


def _edited(asked: Asked, campaign_id: str, version: int, edit: Edit) -> CampaignView:
    campaign = found(asked, campaign_id)
    if campaign.version != version:
        raise Conflict("This campaign was changed meanwhile.", mend="Look at it again.")
    draft, by = with_edit(campaign, edit), asked.who.user_name
    own = (asked.tenant, campaign.campaign_id)
    return campaign_view(change_campaign(asked.app, *own, draft, version, by))
