"""Woken by the push queue: write to Sugar what is due."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

import funnel.usecases.work.push_due  # noqa: F401 - for the first message, while the door starts
from funnel.worker import carry_out

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    return carry_out(event, context, logger)
