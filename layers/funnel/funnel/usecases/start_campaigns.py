"""Ring for people in campaigns who are due, have each campaign compared with its list once an hour, and watch."""

import logging
import zlib
from datetime import timedelta

from funnel.domain.campaigns import CampaignHead
from funnel.domain.enrolments import PARTS
from funnel.domain.ids import TenantId
from funnel.ports.system import SweepCampaign, WalkCampaigns
from funnel.usecases.app import App

logger = logging.getLogger(__name__)

LATE = timedelta(hours=1)
MOST_COUNTED = 1_000
"""Of a part of a campaign; that more are late than this changes nothing for who has to look."""


def start_campaigns(app: App) -> dict[str, int]:
    """One bell for each part of a tenant's campaigns in which somebody is due.

    How many were rung, how many campaigns are compared this minute, and how many people are overdue by
    an hour.
    """
    now = app.clock.now()
    due: set[tuple[TenantId, int]] = set()
    swept = late = 0
    for head in app.campaigns.all_running():
        own = (head.tenant, head.campaign_id)
        parts = [part for part in range(PARTS) if app.campaigns.is_due(*own, part, now)]
        due |= {(head.tenant, part) for part in parts}
        if minute_of(head) == now.minute:
            app.queue.send(SweepCampaign(*own))
            swept += 1
        overdue = sum(app.campaigns.is_due(*own, part, now - LATE, MOST_COUNTED) for part in parts)
        if overdue:
            where = {"tenant": head.tenant, "campaign_id": head.campaign_id, "overdue": overdue}
            logger.warning("overdue", extra=where)
        late += overdue
    for tenant, part in sorted(due):
        app.queue.send(WalkCampaigns(tenant, part))
    return {"rung": len(due), "swept": swept, "late": late}


def minute_of(head: CampaignHead) -> int:
    """In which minute of the hour a campaign is compared: spread, so that not all come at once."""
    return zlib.crc32(head.campaign_id.encode()) % 60
