"""Forget whom of a campaign that is no more Sugar has on its Target List, which stays as it is."""

from collections.abc import Callable

from funnel.domain.campaigns.campaigns import CampaignId
from funnel.domain.campaigns.enrolments import PARTS
from funnel.domain.ids import TenantId
from funnel.usecases.app import App
from funnel.usecases.campaigns_in_sugar.change_in_sugar import campaign_in_sugar

_PAGE = 100


def forget_members(
    app: App, tenant: TenantId, campaign_id: CampaignId, seconds_left: Callable[[], float]
) -> bool:
    """Whether all are forgotten; to be called before who walked along it is. May be repeated."""
    if campaign_in_sugar(app, tenant, campaign_id) is None:
        return True
    for part in range(PARTS):
        cursor = ""
        while True:
            if seconds_left() <= 0:
                return False
            page = app.campaigns.list_enrolments(tenant, campaign_id, part, _PAGE, cursor)
            keys = [(campaign_id, one.person_id) for one in page.items if one.person_id]
            for row in app.campaigns_in_sugar.sugar_members(tenant, keys).values():
                app.campaigns_in_sugar.forget_sugar_member(row)
            cursor = page.cursor
            if not cursor:
                break
    return True
