"""Messages to the workers, over SQS."""

from funnel.adapters.sqs.dead_letters import SqsDeadLetters
from funnel.adapters.sqs.messages import message_from_json, message_to_json
from funnel.adapters.sqs.queue import SqsQueue

__all__ = ["SqsDeadLetters", "SqsQueue", "message_from_json", "message_to_json"]
