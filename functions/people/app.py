"""Woken by the people queue: import people, export or erase them."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

import funnel.usecases.work.do_people_job  # noqa: F401 - for the first message, while the door starts
from funnel.bootstrap import app
from funnel.worker import carry_out

logger = Logger()

LONGEST_STEP = 60
"""Seconds kept back for the step begun last: a hundred rows, or a file that is written."""


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    def seconds_left() -> float:
        return context.get_remaining_time_in_millis() / 1000 - LONGEST_STEP

    return carry_out(event, context, logger, seconds_left, app)
