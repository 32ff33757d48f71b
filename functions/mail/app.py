"""Woken by the queues of mail: send what is due, and take in what SES and readers say."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

import funnel.usecases.work.mail  # noqa: F401 - for the first message, while the door starts
from funnel.bootstrap import app_with_threads, mail_message
from funnel.worker import carry_out

logger = Logger()

LONGEST_STEP = 60
"""Seconds kept back for the mail begun last: SES has 23, and the store some."""


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    def seconds_left() -> float:
        return context.get_remaining_time_in_millis() / 1000 - LONGEST_STEP

    return carry_out(event, context, logger, seconds_left, app_with_threads, mail_message)
