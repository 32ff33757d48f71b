"""Ring for people in campaigns who are due, have each campaign compared with its list once an hour, and watch."""

import logging
import zlib
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from funnel.domain.campaigns import CampaignHead, CampaignId
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
    heads = app.campaigns.all_running()
    parts = app.campaigns.due_parts(heads, now)
    swept = 0
    for head in heads:
        if minute_of(head) == now.minute:
            app.queue.send(SweepCampaign(head.tenant, head.campaign_id))
            swept += 1
    due = {(head.tenant, part) for head, part in parts}
    for tenant, part in sorted(due):
        app.queue.send(WalkCampaigns(tenant, part))
    return {"rung": len(due), "swept": swept, "late": _late(app, parts)}


def _late(app: App, parts: Sequence[tuple[CampaignHead, int]]) -> int:
    """How many are overdue; the log says where."""
    counts: Counter[tuple[TenantId, CampaignId]] = Counter()
    until = app.clock.now() - LATE
    for head, part in parts:
        own = (head.tenant, head.campaign_id)
        counts[own] += app.campaigns.is_due(*own, part, until, MOST_COUNTED)
    for (tenant, campaign_id), overdue in counts.items():
        if overdue:
            where = {"tenant": tenant, "campaign_id": campaign_id, "overdue": overdue}
            logger.warning("overdue", extra=where)
    return counts.total()


def minute_of(head: CampaignHead) -> int:
    """In which minute of the hour a campaign is compared: spread, so that not all come at once."""
    return zlib.crc32(head.campaign_id.encode()) % 60
