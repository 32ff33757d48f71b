"""What the doors of all queues do with a batch of messages."""

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from funnel.bootstrap import app_with_sugar, message_from_json
from funnel.ports.messages import Message
from funnel.usecases.app import App
from funnel.usecases.work.handle_message import handle_message

LONGEST_STEP = 170
"""Seconds kept back for the step begun last: one call to Sugar takes 150 at the most."""


def carry_out(
    event: dict[str, Any],
    context: LambdaContext,
    logger: Logger,
    seconds_left: Callable[[], float] | None = None,
    made: Callable[[], App] = app_with_sugar,
    read: Callable[[str], Message] = message_from_json,
) -> PartialItemFailureResponse:
    """Carry out each message; what fails is named, so that the queue sends that one again.

    `seconds_left` is told to the use case; None is the function's own time, less the longest step.
    `made` gives the product; that of a door which does not meet Sugar is another. `read` makes the
    message of a body.
    """
    processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)

    def own_time() -> float:
        return context.get_remaining_time_in_millis() / 1000 - LONGEST_STEP

    def work(record: SQSRecord) -> None:
        # What another message was about must not stand beside one that cannot even be read.
        logger.remove_keys(["tenant", "work"])
        # By it a message among the dead letters is found in the log.
        logger.append_keys(message_id=record.message_id)
        try:
            message = read(record.body)
            logger.append_keys(tenant=message.tenant, work=type(message).__name__)
            handle_message(made(), message, context.aws_request_id, seconds_left or own_time)
        except Exception:
            # The batch processor keeps it to itself.
            logger.exception("failed")
            raise
        logger.info("done")

    return process_partial_response(
        event=event, record_handler=work, processor=processor, context=context
    )
