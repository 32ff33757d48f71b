"""Woken by EventBridge: set going what is due, and tell CloudWatch how the deployment stands."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from funnel.bootstrap import app
from funnel.usecases.operating.tick import tick

logger = Logger()
metrics = Metrics()

KEPT_BACK = 8
"""Seconds for the page begun last."""


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    def seconds_left() -> float:
        return context.get_remaining_time_in_millis() / 1000 - KEPT_BACK

    ticked = tick(app(), str(event.get("kind")), seconds_left)
    for name, value in ticked.figures.items():
        is_time = name.startswith("PullAge") or name.endswith("Ahead")
        metrics.add_metric(name, MetricUnit.Seconds if is_time else MetricUnit.Count, value)
    if ticked.figures:
        metrics.flush_metrics()
    return dict(ticked.done)
