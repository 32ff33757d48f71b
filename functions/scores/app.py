"""Woken by the stream of scores: mark whose score changed, so that Sugar is told."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from funnel.bootstrap import app, score_change
from funnel.usecases.pushing.relay_score import relay_score

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """What fails is named, so that the stream tries from there again and then sets it aside."""
    processor = BatchProcessor(
        event_type=EventType.DynamoDBStreams, raise_on_entire_batch_failure=False
    )

    def relay(record: DynamoDBRecord) -> None:
        logger.remove_keys(["tenant"])
        try:
            change = score_change(record.raw_event["dynamodb"])
            logger.append_keys(tenant=change.tenant)
            relay_score(app(), change)
        except Exception:
            # The batch processor keeps it to itself.
            logger.exception("failed")
            raise

    told = process_partial_response(
        event=event, record_handler=relay, processor=processor, context=context
    )
    logger.remove_keys(["tenant"])
    logger.info("done", extra={"changes": len(event["Records"])})
    return told
