"""Invoked by whoever runs the deployment (IAM only): create a tenant, make a one-use link."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from funnel.bootstrap import app, config
from funnel.domain.errors import FunnelError
from funnel.usecases.signing_in.operate import operate

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    try:
        return operate(app(), config().public_url, event)
    except FunnelError as error:
        logger.info("refused", extra={"code": error.code})
        return {"error": {"code": error.code, "text": error.text, "mend": error.mend}}
