"""Asked by pages of customers' sites, over the HTTP API: the script, hits, and forms."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from funnel.bootstrap import app, config
from funnel.web.collecting import answer_collect

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    return answer_collect(app(), event, config().public_url)
