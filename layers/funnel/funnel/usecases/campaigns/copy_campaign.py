"""Copy a campaign: a draft that does the same, with nobody in it."""

from funnel.domain.campaigns.campaigns import LONGEST_NAME, Campaign, CampaignId
from funnel.domain.ids import TenantId, derived_id
from funnel.domain.text import copy_name
from funnel.usecases.app import App
from funnel.usecases.campaigns.keep_campaigns import campaign_of, check_room, first_saved


def copy_campaign(
    app: App, tenant: TenantId, campaign_id: CampaignId, key: str, by: str
) -> Campaign:
    """Another one with the same settings and steps; copied already under this key, that one.

    Its steps keep their ids, so that branches ask about the same ones, and send the same emails, which
    are the tenant's. People, numbers and what Sugar has are kept under the campaign's id: it has none.
    Raises `NotFound`, and `InputInvalid` where there can be no more.
    """
    model = campaign_of(app, tenant, campaign_id)
    own_id = CampaignId(derived_id("campaign", tenant, "copy", campaign_id, key))
    stored = app.campaigns.campaign(tenant, own_id)
    if stored is not None:
        return stored
    check_room(app, tenant)
    now = app.clock.now()
    copy = Campaign(
        tenant,
        own_id,
        copy_name(model.name, LONGEST_NAME),
        now,
        now,
        by,
        start=model.start,
        first=model.first,
        steps=model.steps,
        timezone=model.timezone,
        window=model.window,
        sugar=model.sugar,
    )
    return first_saved(app, copy)
