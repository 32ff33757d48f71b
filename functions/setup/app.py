"""The admin's door: signing in, the connection, sync and the error report, as pages and JSON."""

from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Tracer
from aws_lambda_powertools.utilities.typing import LambdaContext

from funnel.bootstrap import app, config
from funnel.web.door import Door
from funnel.web.setup.door import setup_door

logger = Logger()
tracer = Tracer()


@cache
def door() -> Door:
    return setup_door(app(), config().public_url)


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    return door().answer(event, context)
