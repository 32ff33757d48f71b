"""The pages of a campaign in Sugar: how it stands there, and a look at what its steps would do."""

from funnel.domain.campaigns.campaign_drawing import draw
from funnel.domain.campaigns.campaign_graph import graph_of
from funnel.domain.campaigns.campaign_looks import WouldBe
from funnel.domain.campaigns.campaigns import Campaign, CampaignId, StepId
from funnel.domain.errors import ConnectionPaused, FunnelError, InputInvalid
from funnel.domain.ids import JobId
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.runs import JobStatus
from funnel.usecases.campaigns.campaign_names import names_of
from funnel.usecases.campaigns.keep_campaigns import campaign_of
from funnel.usecases.campaigns_in_sugar.campaigns_in_sugar import make_anew
from funnel.usecases.campaigns_in_sugar.look_at_campaign import request_campaign_look
from funnel.usecases.campaigns_in_sugar.view_campaign_in_sugar import (
    campaign_in_sugar_view,
    campaign_look_view,
)
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.marketing.campaign_page import home_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room
from funnel.web.step_words import StepWords
from funnel.web.words import Words

room = Room(needs=Role.MARKETER)

HERE = "/app/campaigns/<campaign_id>/sugar"


@room.page("GET", HERE)
def show(asked: Asked, campaign_id: str) -> Reply:
    """How it stands, and what can be looked at."""
    return _show(asked, "campaigns/sugar.html", CampaignId(campaign_id))


@room.page("GET", f"{HERE}/live")
def live(asked: Asked, campaign_id: str) -> Reply:
    """The part of it that changes."""
    return _show(asked, "campaigns/sugar_state.html", CampaignId(campaign_id))


@room.page("POST", f"{HERE}/anew")
def anew(asked: Asked, campaign_id: str) -> Reply:
    """Make once more what was deleted in Sugar."""
    own = CampaignId(campaign_id)
    campaign_of(asked.app, asked.tenant, own)
    try:
        make_anew(asked.app, asked.tenant, own)
    except InputInvalid as error:
        return _show(asked, "campaigns/sugar.html", own, error)
    return see_other(HERE.replace("<campaign_id>", campaign_id))


@room.page("POST", f"{HERE}/look")
def start_look(asked: Asked, campaign_id: str) -> Reply:
    """Have it worked out what a step would do."""
    own = CampaignId(campaign_id)
    step, at = StepId(asked.form_value("step")), StepId(asked.form_value("at"))
    try:
        job = request_campaign_look(asked.app, asked.tenant, own, step, at, asked.who.user_name)
    except (InputInvalid, ConnectionPaused) as error:
        return _show(asked, "campaigns/sugar.html", own, error)
    return see_other(f"{HERE.replace('<campaign_id>', campaign_id)}/look/{job.job_id}")


@room.page("GET", f"{HERE}/look/<job_id>")
def look(asked: Asked, campaign_id: str, job_id: str) -> Reply:
    """What it would do, person by person."""
    return _look(asked, "campaigns/sugar_look.html", CampaignId(campaign_id), JobId(job_id))


@room.page("GET", f"{HERE}/look/<job_id>/live")
def live_look(asked: Asked, campaign_id: str, job_id: str) -> Reply:
    """The part of that page that changes."""
    return _look(asked, "campaigns/sugar_look_live.html", CampaignId(campaign_id), JobId(job_id))


def _show(
    asked: Asked, template: str, campaign_id: CampaignId, error: FunnelError | None = None
) -> Reply:
    campaign = campaign_of(asked.app, asked.tenant, campaign_id)
    said = _words(asked, campaign)
    view = campaign_in_sugar_view(asked.app, campaign)
    return page(
        asked,
        template,
        title=asked.texts("in_sugar.title", name=campaign.name),
        status=status_of(error) if error else 200,
        campaign=campaign,
        home=home_of(campaign),
        view=view,
        going=view.state.value == "waits" or view.waiting > 0,
        steps=[(one, said.name(campaign.steps[one])) for one in view.steps],
        places=[(one, said.name(step)) for one, step in campaign.steps.items()],
        error=error_body(error) if error else None,
    )


def _look(asked: Asked, template: str, campaign_id: CampaignId, job_id: JobId) -> Reply:
    campaign = campaign_of(asked.app, asked.tenant, campaign_id)
    number = asked.query("page")
    view = campaign_look_view(
        asked.app,
        asked.tenant,
        campaign_id,
        job_id,
        int(number) - 1 if number.isdecimal() else 0,
    )
    said = _words(asked, campaign)
    step = campaign.steps.get(view.step)
    return page(
        asked,
        template,
        title=asked.texts("in_sugar.look.title"),
        campaign=campaign,
        home=home_of(campaign),
        view=view,
        step=said.name(step) if step else "",
        going=view.status in {JobStatus.QUEUED, JobStatus.RUNNING},
        kinds=tuple(WouldBe),
    )


def _words(asked: Asked, campaign: Campaign) -> StepWords:
    words = Words(asked.texts, asked.app.clock.now())
    names = names_of(asked.app, asked.tenant, campaign, asked.texts.rules)
    return StepWords(asked.texts, words, names, campaign, draw(graph_of(campaign)).numbers)
