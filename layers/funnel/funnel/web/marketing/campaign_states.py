"""Starting a campaign, pausing it, letting it go on, ending and deleting it; each says first what it does."""

from collections.abc import Callable
from dataclasses import dataclass

from funnel.domain.campaigns.campaigns import Campaign, CampaignId
from funnel.domain.errors import Conflict, FunnelError, InputInvalid
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.app import App
from funnel.usecases.campaigns.campaign_names import names_of
from funnel.usecases.campaigns.keep_campaigns import (
    campaign_of,
    delete_campaign,
    end_campaign,
    pause_campaign,
    resume_campaign,
    start_campaign,
)
from funnel.usecases.campaigns.view_campaigns import campaign_figures, comes_at_once, problems_view
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.marketing.campaign_page import home_of, show
from funnel.web.marketing.step_form import version_in
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)


@dataclass(frozen=True, slots=True)
class Doing:
    """What can be done with a campaign as a whole, and where it leads."""

    do: Callable[[App, Campaign, int, str], object]
    done: str


DOINGS = {
    "start": Doing(
        lambda app, one, version, by: start_campaign(app, one.tenant, one.campaign_id, version, by),
        "started",
    ),
    "pause": Doing(
        lambda app, one, version, by: pause_campaign(app, one.tenant, one.campaign_id, version, by),
        "paused",
    ),
    "resume": Doing(
        lambda app, one, version, by: resume_campaign(
            app, one.tenant, one.campaign_id, version, by
        ),
        "resumed",
    ),
    "end": Doing(
        lambda app, one, version, by: end_campaign(app, one.tenant, one.campaign_id, version, by),
        "ended",
    ),
    "delete": Doing(
        lambda app, one, version, _: delete_campaign(app, one.tenant, one.campaign_id, version),
        "deleted",
    ),
}


def _both(name: str) -> None:
    """The page that asks, and what its button does."""

    @room.page("GET", f"/app/campaigns/<campaign_id>/{name}")
    def ask(asked: Asked, campaign_id: str) -> Reply:
        return _ask(asked, _campaign(asked, campaign_id), name)

    @room.page("POST", f"/app/campaigns/<campaign_id>/{name}")
    def do(asked: Asked, campaign_id: str) -> Reply:
        campaign = _campaign(asked, campaign_id)
        try:
            version = version_in(asked.form_value("version"))
            DOINGS[name].do(asked.app, campaign, version, asked.who.user_name)
        except (InputInvalid, Conflict) as error:
            return _ask(asked, campaign, name, error)
        if name == "delete":
            return see_other("/app/campaigns?saved=deleted")
        return see_other(f"{home_of(campaign)}?saved={DOINGS[name].done}")


for _name in DOINGS:
    _both(_name)


def _ask(asked: Asked, campaign: Campaign, name: str, error: FunnelError | None = None) -> Reply:
    if name == "start" and problems_view(asked.app, campaign):
        refused = InputInvalid(
            asked.texts("campaign.start.problems"), mend=asked.texts("campaign.start.problems.mend")
        )
        return show(asked, campaign, error=error or refused)
    return page(
        asked,
        "campaigns/ask.html",
        title=asked.texts(f"campaign.{name}.title", name=campaign.name),
        status=status_of(error) if error else 200,
        campaign=campaign,
        doing=name,
        names=names_of(asked.app, asked.tenant, campaign, asked.texts.rules),
        at_once=comes_at_once(asked.app, campaign) if name == "start" else 0,
        figures=campaign_figures(asked.app, campaign),
        error=error_body(error) if error else None,
    )


def _campaign(asked: Asked, campaign_id: str) -> Campaign:
    return campaign_of(asked.app, asked.tenant, CampaignId(campaign_id))
