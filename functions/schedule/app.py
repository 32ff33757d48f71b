"""Woken by EventBridge: start a quarter's hourly runs and rounds of lists, watch over open runs."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from funnel.bootstrap import app
from funnel.usecases.start_hourly_runs import start_hourly_runs
from funnel.usecases.start_list_rounds import start_list_rounds
from funnel.usecases.watch_runs import watch_runs

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    kind = event.get("kind")
    if kind == "watch":
        return {"rung": watch_runs(app())}
    if kind == "hourly":
        quarter = app().clock.now().minute // 15
        return {"started": start_hourly_runs(app(), quarter)}
    if kind == "target_lists":
        quarter = app().clock.now().minute // 15
        return {"started": start_list_rounds(app(), quarter)}
    raise ValueError(f"The schedule sent {kind!r}; it sends 'hourly', 'target_lists' or 'watch'.")
