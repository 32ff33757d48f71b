"""Asked by frames inside Sugar, over the HTTP API, with a token that the Sugar server made."""

from functools import cache
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from funnel.bootstrap import app, config
from funnel.web.door import Door
from funnel.web.vision.door import vision_door

logger = Logger()


@cache
def door() -> Door:
    return vision_door(app(), config().public_url)


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    return door().answer(event, context)
