"""Woken by the queue of campaigns: take people on, and let in, take out and wake whom it says."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

import funnel.usecases.work.campaigns  # noqa: F401 - for the first message, while the door starts
from funnel.bootstrap import app
from funnel.worker import carry_out

logger = Logger()

LONGEST_STEP = 60
"""Seconds kept back for the people begun last: none of their steps waits for Sugar."""


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    def seconds_left() -> float:
        return context.get_remaining_time_in_millis() / 1000 - LONGEST_STEP

    return carry_out(event, context, logger, seconds_left, app)
