"""Ring for people in campaigns who are due, have each campaign compared with its list once an hour, and watch."""

import logging
import math
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta

from funnel.domain.campaigns.campaigns import CampaignHead, CampaignId
from funnel.domain.ids import TenantId
from funnel.ports.marketing_messages import SweepCampaign, WalkCampaigns
from funnel.usecases.app import App

logger = logging.getLogger(__name__)

LATE = timedelta(hours=1)
MOST_COUNTED = 1_000
"""Of a part of a campaign; that more are late than this changes nothing for who has to look."""

AT_ONCE = 50
"""Campaigns that are asked for who is due before those found are rung for."""

COUNTED_EVERY = 5
"""Minutes between counts of who is overdue; the alarm looks no more often."""

_GOLDEN = 0.618033988749895


def start_campaigns(
    app: App, seconds_left: Callable[[], float] = lambda: math.inf
) -> dict[str, int]:
    """One bell for each part of a tenant's campaigns in which somebody is due, as it is found.

    How many were rung, how many campaigns are compared this minute, how many people are overdue by an hour
    (asked every five minutes, else 0), and how many campaigns were not looked at for want of time: the
    next minutes begin elsewhere, so that everybody has a turn.
    """
    now = app.clock.now()
    heads = app.campaigns.all_running()
    compared = [one for one in heads if minute_of(one) == now.minute]
    for head in compared:
        app.queue.send(SweepCampaign(head.tenant, head.campaign_id))
    ahead = turned(heads, int(now.timestamp()) // 60)
    rung: set[tuple[TenantId, int]] = set()
    parts: list[tuple[CampaignHead, int]] = []
    while ahead and seconds_left() > 0:
        some, ahead = ahead[:AT_ONCE], ahead[AT_ONCE:]
        found = app.campaigns.due_parts(some, now)
        for tenant, part in sorted({(head.tenant, part) for head, part in found} - rung):
            app.queue.send(WalkCampaigns(tenant, part))
            rung.add((tenant, part))
        parts += found
    if ahead:
        logger.warning("campaigns not looked at", extra={"left": len(ahead)})
    late = _late(app, parts, seconds_left) if now.minute % COUNTED_EVERY == 0 else 0
    return {"rung": len(rung), "swept": len(compared), "late": late, "left": len(ahead)}


def turned(heads: Sequence[CampaignHead], minute: int) -> list[CampaignHead]:
    """In which order they are looked at in this minute.

    The place to begin moves on by the golden section, so that a few minutes in a row lie far apart.
    """
    at = int(len(heads) * (minute * _GOLDEN % 1))
    return [*heads[at:], *heads[:at]]


def _late(
    app: App, parts: Sequence[tuple[CampaignHead, int]], seconds_left: Callable[[], float]
) -> int:
    """How many are overdue, as far as there is time to count; the log says where."""
    counts: Counter[tuple[TenantId, CampaignId]] = Counter()
    until = app.clock.now() - LATE
    for head, part in parts:
        if seconds_left() <= 0:
            break
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
