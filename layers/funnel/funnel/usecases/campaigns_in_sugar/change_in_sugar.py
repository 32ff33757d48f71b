"""Change what is kept of a campaign in Sugar, and the rows about it in the error report."""

from collections.abc import Callable
from dataclasses import replace

from funnel.domain.campaigns.campaigns import CampaignId
from funnel.domain.campaigns.campaigns_in_sugar import CampaignInSugar, head_error
from funnel.domain.errors import Conflict, NotFound, StoreBusy
from funnel.domain.ids import TenantId
from funnel.domain.pushing.pushes import Obstacle
from funnel.domain.sync.records import Unit
from funnel.domain.sync.runs import Note
from funnel.usecases.app import App

_TRIES = 8


def campaign_in_sugar(
    app: App, tenant: TenantId, campaign_id: CampaignId
) -> CampaignInSugar | None:
    """What is kept of it; None for one that was never to be synced."""
    found = app.campaigns_in_sugar.campaigns_in_sugar(tenant)
    return next((one for one in found if one.campaign_id == campaign_id), None)


def change_in_sugar(
    app: App,
    tenant: TenantId,
    campaign_id: CampaignId,
    change: Callable[[CampaignInSugar], CampaignInSugar],
) -> CampaignInSugar:
    """Apply a change to it as it stands; nothing is written where that leaves it as it is.

    Raises `NotFound` where nothing is kept of it.
    """
    for _ in range(_TRIES):
        before = campaign_in_sugar(app, tenant, campaign_id)
        if before is None:
            raise NotFound("This campaign is not synced with Sugar.")
        after = change(before)
        if after == before:
            return before
        try:
            return app.campaigns_in_sugar.save_campaign_in_sugar(after)
        except Conflict:
            continue
    raise StoreBusy("Others keep changing one campaign.")


def hinder(
    app: App, one: CampaignInSugar, name: str, obstacle: Obstacle, note: Note | None = None
) -> CampaignInSugar:
    """It cannot be done as it is: in the error report until it is tried again."""
    record = one.record
    before = app.records.errors_of(one.tenant, record)
    row = head_error(one, name, obstacle, before, app.clock.now())
    # The row first: one that nothing stands behind is closed when it is tried again.
    app.records.commit(one.tenant, [Unit(errors=[row])])
    return change_in_sugar(
        app,
        one.tenant,
        one.campaign_id,
        lambda it: replace(it, obstacle=obstacle, note=note, failed=record),
    )


def unhinder(app: App, one: CampaignInSugar) -> CampaignInSugar:
    """What was in its way is tried again, or gone; its row leaves the report."""
    if one.failed is not None:
        closed = [(one.failed, one.error_id)]
        app.records.commit(one.tenant, [Unit(closed=closed)])
    return change_in_sugar(
        app,
        one.tenant,
        one.campaign_id,
        lambda it: replace(it, obstacle=None, note=None, failed=None),
    )
