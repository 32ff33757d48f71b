"""Have all go on who are stuck in a campaign or were stopped, at one step or at any."""

from funnel.domain.campaigns.campaigns import CampaignId, StepId
from funnel.domain.ids import TenantId
from funnel.ports.marketing_messages import MendCampaign
from funnel.usecases.app import App
from funnel.usecases.campaigns.keep_campaigns import campaign_of


def try_all_again(
    app: App, tenant: TenantId, campaign_id: CampaignId, by: str, step: StepId | None = None
) -> None:
    """Ask for it; they go on within a minute. May be asked for again. Raises `NotFound`."""
    campaign_of(app, tenant, campaign_id)
    steps = (step,) if step else ()
    app.queue.send(MendCampaign(tenant, campaign_id, steps, stuck=True, by=by))
