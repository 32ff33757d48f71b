"""Campaigns by JSON: what the pages of campaigns show and do with them as a whole."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from funnel.domain.campaigns.campaign_edits import Effect
from funnel.domain.campaigns.campaign_examples import Example, beginning
from funnel.domain.campaigns.campaigns import (
    Campaign,
    CampaignId,
    Comes,
    SendingWindow,
    Start,
    Step,
    StepId,
)
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import ListId
from funnel.domain.problems import Problems as Wrong
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.campaigns import view_campaigns
from funnel.usecases.campaigns.copy_campaign import copy_campaign
from funnel.usecases.campaigns.edit_campaign import foreseen
from funnel.usecases.campaigns.keep_campaigns import (
    CampaignDraft,
    add_campaign,
    campaign_of,
    change_campaign,
    check_step_count,
    check_step_id,
    delete_campaign,
    drafted,
    end_campaign,
    pause_campaign,
    resume_campaign,
    start_campaign,
)
from funnel.usecases.campaigns.step_settings import StepSettings, made_of
from funnel.usecases.campaigns.view_campaigns import (
    CampaignFigures,
    CampaignsView,
    CampaignView,
    ProblemView,
    campaign_figures,
    campaign_view,
    comes_at_once,
    problems_view,
)
from funnel.web.asked import Asked
from funnel.web.marketing.copying import WantedCopy, key_in_json
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)

ROOT = "/api/app/campaigns/<campaign_id>"


@dataclass(frozen=True, slots=True)
class NewCampaign:
    """A campaign to begin with. The same `key` asks for the same one, however often."""

    key: str
    name: str
    example: Example = Example.BLANK


@dataclass(frozen=True, slots=True)
class StartBody:
    """Who comes in: people of a list or segment, who sends a form, or only whom somebody puts in.

    `again_days` 0 is once for ever. With `present` those who are on the list at the start come too;
    `leaves` takes people out who are on it no more.
    """

    comes: Comes
    list_id: str = ""
    form_id: str = ""
    present: bool = True
    again_days: int = 0
    leaves: bool = False


@dataclass(frozen=True, slots=True)
class StepBody:
    """A step, with an id of the sender's choice; `next` and `otherwise` "" end the campaign."""

    step_id: str
    settings: StepSettings
    next: str = ""
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class ChangedCampaign:
    """A campaign as it is to be; `version` is that of the one which was looked at."""

    version: int
    name: str
    start: StartBody
    first: str
    steps: tuple[StepBody, ...]
    timezone: str = "UTC"
    window: SendingWindow | None = None
    sync: bool = False


@dataclass(frozen=True, slots=True)
class SeenVersion:
    """The version of the campaign that was looked at."""

    version: int


@dataclass(frozen=True, slots=True)
class Problems:
    """What is to be mended before it can be started, and how many people would come in at once."""

    items: tuple[ProblemView, ...]
    at_once: int


@dataclass(frozen=True, slots=True)
class Effects:
    """What a change would do to those who are on their way, by the step they stand at."""

    items: tuple[Effect, ...]


@room.api("GET", "/api/app/campaigns", "All campaigns, with the people in them", CampaignsView)
def campaigns(asked: Asked) -> CampaignsView:
    """All campaigns."""
    return view_campaigns.list_campaigns(asked.app, asked.tenant)


@room.api(
    "POST", "/api/app/campaigns", "Add a campaign", CampaignView, body=NewCampaign, status=201
)
def add(asked: Asked) -> CampaignView:
    """A new draft."""
    new, by = asked.json(NewCampaign), asked.who.user_name
    if not new.key:
        raise InputInvalid("A key is needed, so that it is added once.", field="key")
    begins = beginning(new.example, lambda key: asked.texts(f"example.{key}"))
    draft = CampaignDraft(new.name, begins.start, begins.graph.first, begins.graph.steps)
    return campaign_view(add_campaign(asked.app, asked.tenant, new.key, draft, by))


@room.api("GET", ROOT, "One campaign whole", CampaignView)
def one(asked: Asked, campaign_id: str) -> CampaignView:
    """One campaign."""
    return campaign_view(found(asked, campaign_id))


@room.api(
    "PUT",
    ROOT,
    "Change a campaign, unless it was changed since this version; one that runs has to stay fit to",
    CampaignView,
    body=ChangedCampaign,
)
def change(asked: Asked, campaign_id: str) -> CampaignView:
    """The campaign as it is then."""
    sent, by = asked.json(ChangedCampaign), asked.who.user_name
    draft = _draft(asked, found(asked, campaign_id), sent)
    own = (asked.tenant, CampaignId(campaign_id))
    return campaign_view(change_campaign(asked.app, *own, draft, sent.version, by))


@room.api(
    "POST",
    f"{ROOT}/effects",
    "What a change would do to those who are on their way",
    Effects,
    body=ChangedCampaign,
)
def effects(asked: Asked, campaign_id: str) -> Effects:
    """Nothing is written."""
    sent, campaign = asked.json(ChangedCampaign), found(asked, campaign_id)
    return Effects(foreseen(asked.app, campaign, _draft(asked, campaign, sent)))


@room.api("DELETE", ROOT, "Remove a campaign that does not run; the rest", CampaignsView)
def delete(asked: Asked, campaign_id: str) -> CampaignsView:
    """Remove it as it stands."""
    campaign = found(asked, campaign_id)
    delete_campaign(asked.app, asked.tenant, campaign.campaign_id, campaign.version)
    return view_campaigns.list_campaigns(asked.app, asked.tenant)


@room.api(
    "POST",
    f"{ROOT}/copy",
    "Copy a campaign: a draft with the same settings and steps, and nobody in it",
    CampaignView,
    body=WantedCopy,
    status=201,
)
def copy(asked: Asked, campaign_id: str) -> CampaignView:
    """The copy."""
    key, by = key_in_json(asked), asked.who.user_name
    return campaign_view(copy_campaign(asked.app, asked.tenant, CampaignId(campaign_id), key, by))


@room.api("GET", f"{ROOT}/problems", "What is to be mended before it can be started", Problems)
def problems(asked: Asked, campaign_id: str) -> Problems:
    """All of it."""
    campaign = found(asked, campaign_id)
    return Problems(problems_view(asked.app, campaign), comes_at_once(asked.app, campaign))


@room.api(
    "GET", f"{ROOT}/numbers", "The people in a campaign, and at each of its steps", CampaignFigures
)
def numbers(asked: Asked, campaign_id: str) -> CampaignFigures:
    """The numbers as they are now."""
    return campaign_figures(asked.app, found(asked, campaign_id))


def _state(name: str, summary: str, do: Callable[..., Campaign]) -> None:
    @room.api("POST", f"{ROOT}/{name}", summary, CampaignView, body=SeenVersion)
    def set_state(asked: Asked, campaign_id: str) -> CampaignView:
        version, by = asked.json(SeenVersion).version, asked.who.user_name
        return campaign_view(do(asked.app, asked.tenant, CampaignId(campaign_id), version, by))


_state("start", "Let people in", start_campaign)
_state("pause", "Let nobody in or on", pause_campaign)
_state("resume", "Go on where it was paused", resume_campaign)
_state("end", "Take nobody further, for good", end_campaign)


def found(asked: Asked, campaign_id: str) -> Campaign:
    """The campaign that is asked for. Raises `NotFound`."""
    return campaign_of(asked.app, asked.tenant, CampaignId(campaign_id))


def _draft(asked: Asked, campaign: Campaign, sent: ChangedCampaign) -> CampaignDraft:
    """What was sent. Raises `InputInvalid` with all that is wrong with it by itself.

    Too many steps are refused before each is looked at: that reads what it names.
    """
    check_step_count(len(sent.steps))
    start, wrong = sent.start, Wrong()
    steps: dict[StepId, Step] = {}
    ids = [one.step_id for one in sent.steps]
    for number, each in enumerate(sent.steps):
        with wrong.found(f"steps.{number}"):
            steps[StepId(each.step_id)] = _step(asked, each, ids[:number])
    draft = CampaignDraft(
        sent.name,
        Start(
            start.comes,
            ListId(start.list_id),
            start.form_id,
            start.present,
            start.again_days,
            start.leaves,
        ),
        StepId(sent.first),
        steps,
        sent.timezone,
        sent.window,
        sent.sync,
    )
    with wrong.found():
        drafted(campaign, draft)
    wrong.raise_all()
    return draft


def _step(asked: Asked, sent: StepBody, taken: Collection[str]) -> Step:
    wrong = Wrong()
    with wrong.found():
        check_step_id(sent.step_id, "step_id")
        if sent.step_id in taken:
            text = f"There is a step with the id “{sent.step_id}” already."
            raise InputInvalid(text, mend="Give each an id of its own.", field="step_id")
    with wrong.found("settings"):
        action, name = made_of(asked.app, asked.tenant, sent.settings)
    wrong.raise_all()
    return Step(StepId(sent.step_id), action, StepId(sent.next), StepId(sent.otherwise), name)
