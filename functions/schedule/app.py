"""Woken by EventBridge: start runs and rounds of lists, watch over runs, scores mail and campaigns."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from funnel.bootstrap import app
from funnel.usecases.broadcasts.start_broadcasts import start_broadcasts
from funnel.usecases.campaigns.start_campaigns import start_campaigns
from funnel.usecases.lists.standing_still import ring_for_everybody
from funnel.usecases.mail.start_mails import start_mails
from funnel.usecases.scoring.start_expiry import start_expiry
from funnel.usecases.segments.start_segments import start_segments
from funnel.usecases.sync.start_hourly_runs import start_hourly_runs
from funnel.usecases.sync.watch_runs import watch_runs
from funnel.usecases.target_lists.start_list_rounds import start_list_rounds
from funnel.usecases.vision.start_alerts import start_alerts

logger = Logger()
metrics = Metrics()

KEPT_BACK = 8
"""Seconds for the page begun last."""

KEPT_FOR_SEGMENTS = 25
"""Seconds for those whose segments time changes, however many tenants there are to look at."""


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    kind = event.get("kind")
    if kind == "watch":
        return {"rung": watch_runs(app()) + start_broadcasts(app())}
    if kind == "hourly":
        quarter = app().clock.now().minute // 15
        return {"started": start_hourly_runs(app(), quarter)}
    if kind == "target_lists":
        quarter = app().clock.now().minute // 15
        return {"started": start_list_rounds(app(), quarter)}
    if kind == "mail":
        return {"rung": start_mails(app()) + start_alerts(app())}
    if kind == "campaigns":
        found = start_campaigns(app(), lambda: _seconds_left(context))
        metrics.add_metric("CampaignsLate", MetricUnit.Count, found["late"])
        metrics.flush_metrics()
        return found
    if kind == "scores":
        return {"asked": start_expiry(app(), lambda: _seconds_left(context))}
    if kind == "segments":
        return {
            "rung": ring_for_everybody(app(), lambda: _seconds_left(context) - KEPT_FOR_SEGMENTS),
            "asked": start_segments(app(), lambda: _seconds_left(context)),
        }
    raise ValueError(f"The schedule sent {kind!r}; no such thing is done.")


def _seconds_left(context: LambdaContext) -> float:
    return context.get_remaining_time_in_millis() / 1000 - KEPT_BACK
