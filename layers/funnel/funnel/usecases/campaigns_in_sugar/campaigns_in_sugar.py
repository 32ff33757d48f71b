"""What a marketer asks for a campaign in Sugar: to make once more what was deleted there."""

from funnel.domain.campaigns.campaigns import CampaignId
from funnel.domain.campaigns.campaigns_in_sugar import CampaignInSugar, made_anew
from funnel.domain.errors import InputInvalid, NotFound
from funnel.domain.ids import TenantId
from funnel.usecases.app import App
from funnel.usecases.bells.ring import ring
from funnel.usecases.campaigns_in_sugar.change_in_sugar import (
    campaign_in_sugar,
    change_in_sugar,
    unhinder,
)


def make_anew(app: App, tenant: TenantId, campaign_id: CampaignId) -> CampaignInSugar:
    """Have the Campaign, or its Target List, that was deleted in Sugar made once more.

    Raises `NotFound`, and `InputInvalid` where nothing was deleted.
    """
    one = campaign_in_sugar(app, tenant, campaign_id)
    if one is None:
        raise NotFound("This campaign is not synced with Sugar.")
    if made_anew(one) == one:
        raise InputInvalid("Nothing of this campaign was deleted in Sugar.")
    ring(app, tenant)
    return unhinder(app, change_in_sugar(app, tenant, campaign_id, made_anew))
