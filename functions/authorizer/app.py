"""Asked by the HTTP API before every page and API function, who this is.

Nothing is cached, so that a session that ends has ended everywhere.
"""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from funnel.bootstrap import app
from funnel.web.authorizing import authorize

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    return authorize(app(), event)
