"""Forget those who walked along a campaign that is no more, also whom of them Sugar has."""

from collections.abc import Callable

from funnel.domain.campaigns.campaigns import CampaignId
from funnel.domain.campaigns.enrolments import PARTS
from funnel.domain.ids import TenantId
from funnel.ports.marketing_messages import ForgetCampaign
from funnel.usecases.app import App

_PAGE = 100
_FORGOTTEN_AT_ONCE = 200


def forget_campaign(app: App, message: ForgetCampaign, seconds_left: Callable[[], float]) -> None:
    """Remove all who walked along a campaign that is there no more; nobody's of one that is."""
    own = (message.tenant, message.campaign_id)
    if app.campaigns.campaign(*own) is not None:
        return
    if not _forget_members(app, *own, seconds_left):
        app.queue.send(message)
        return
    while app.campaigns.forget_enrolments(*own, _FORGOTTEN_AT_ONCE):
        if seconds_left() <= 0:
            app.queue.send(message)
            return


def _forget_members(
    app: App, tenant: TenantId, campaign_id: CampaignId, seconds_left: Callable[[], float]
) -> bool:
    """Forget whom Sugar has on its Target List, which stays as it is; whether all are forgotten.

    To be called before who walked along it is. May be repeated.
    """
    synced = app.campaigns_in_sugar.campaigns_in_sugar(tenant)
    if all(one.campaign_id != campaign_id for one in synced):
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
