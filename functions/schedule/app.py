"""Woken by EventBridge: start the hourly runs of a quarter, and watch over the open ones."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from funnel.bootstrap import app
from funnel.usecases.start_hourly_runs import start_hourly_runs
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
    raise ValueError(f"The schedule sent {kind!r}; it sends 'hourly' or 'watch'.")
