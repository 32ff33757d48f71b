"""Invoked by whoever runs the deployment (IAM only): tenants, one-use links, dead letters."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from funnel.bootstrap import app, config, dead_letters
from funnel.domain.errors import FunnelError
from funnel.usecases.operating.dead_letters import ACTIONS, do_with_dead_letters
from funnel.usecases.signing_in.operate import operate

logger = Logger()

KEPT_BACK = 9
"""Seconds for the message moved last."""


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    def seconds_left() -> float:
        return context.get_remaining_time_in_millis() / 1000 - KEPT_BACK

    try:
        if event.get("action") in ACTIONS:
            now = app().clock.now()
            return do_with_dead_letters(dead_letters(), event, now, seconds_left)
        return operate(app(), config().public_url, event)
    except FunnelError as error:
        logger.info("refused", extra={"code": error.code})
        return {"error": {"code": error.code, "text": error.text, "mend": error.mend}}
