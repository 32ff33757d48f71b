"""Queues to functions, several at a time; and streams to functions after a restart.

The local AWS works off all event source mappings in one thread, so that a pull of minutes would
hold up the pre-flight a person waits for; and after a restart it forgets them. So its own of queues
are switched off, and these threads do what Lambda's pollers do on AWS: receive, invoke, delete what
succeeded, and leave what failed to the queue's visibility time-out and dead-letter queue. Those of
streams stay its own, and are made anew when it starts with data of an earlier run.
"""

import json
import threading
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from local.stack.aws import LocalAws

MOST_WORKERS = 4


class Mappings:
    """The pollers of every SQS event source mapping of the stack."""

    def __init__(self, aws: LocalAws) -> None:
        self._aws = aws
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self, *, again: bool = False) -> None:
        """Take over the mappings that are there; `again` where the data is of an earlier run."""
        control = self._aws.client("lambda")
        found = control.list_event_source_mappings()["EventSourceMappings"]
        if again:
            make_anew(control, [one for one in found if ":sqs:" not in one["EventSourceArn"]])
        for mapping in found:
            if ":sqs:" not in mapping["EventSourceArn"]:
                continue
            control.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
            workers = mapping.get("ScalingConfig", {}).get("MaximumConcurrency", MOST_WORKERS)
            for _ in range(min(int(workers), MOST_WORKERS)):
                thread = threading.Thread(target=self._work, args=(mapping,), daemon=True)
                thread.start()
                self._threads.append(thread)

    def stop(self) -> None:
        """Receive nothing more. What is being worked on ends with the local AWS."""
        self._stopping.set()

    def _work(self, mapping: dict[str, Any]) -> None:
        sqs = self._aws.client("sqs")
        queue = sqs.get_queue_url(QueueName=mapping["EventSourceArn"].rsplit(":", 1)[1])["QueueUrl"]
        functions = self._aws.client("lambda", read_timeout=960)
        while not self._stopping.is_set():
            try:
                self._take(mapping, sqs, functions, queue)
            except (BotoCoreError, ClientError, OSError):
                # The local AWS is stopping, or busy: the message comes back by itself.
                self._stopping.wait(1)

    def _take(self, mapping: dict[str, Any], sqs: Any, functions: Any, queue: str) -> None:
        messages = sqs.receive_message(
            QueueUrl=queue,
            MaxNumberOfMessages=min(mapping.get("BatchSize", 10), 10),
            WaitTimeSeconds=2,
            AttributeNames=["All"],
            MessageAttributeNames=["All"],
        ).get("Messages", [])
        if not messages:
            return
        records = [as_record(message, mapping["EventSourceArn"]) for message in messages]
        reply = functions.invoke(
            FunctionName=mapping["FunctionArn"], Payload=json.dumps({"Records": records}).encode()
        )
        if reply.get("FunctionError"):
            return
        failed = failed_ids(reply["Payload"].read())
        for message in messages:
            if message["MessageId"] not in failed:
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])


def make_anew(control: Any, mappings: list[dict[str, Any]]) -> None:
    """Drop these, and make one for each function and stream.

    There are two of one where a deployment has changed it: the one it knows was dropped here at the
    start before, so that it made another.
    """
    for mapping in mappings:
        control.delete_event_source_mapping(UUID=mapping["UUID"])
    for mapping in {(one["EventSourceArn"], one["FunctionArn"]): one for one in mappings}.values():
        control.create_event_source_mapping(**as_wanted(mapping))


def as_wanted(mapping: dict[str, Any]) -> dict[str, Any]:
    """What a mapping of a stream is made from, to make it once more."""
    kept = (
        "EventSourceArn", "StartingPosition", "BatchSize", "MaximumBatchingWindowInSeconds",
        "BisectBatchOnFunctionError", "MaximumRetryAttempts", "FunctionResponseTypes",
        "FilterCriteria", "DestinationConfig",
    )  # fmt: skip
    wanted = {name: mapping[name] for name in kept if mapping.get(name) not in (None, [], {})}
    return {"StartingPosition": "LATEST", **wanted, "FunctionName": mapping["FunctionArn"]}


def as_record(message: dict[str, Any], queue_arn: str) -> dict[str, Any]:
    """A received message in the shape Lambda gives it to a function."""
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message.get("Attributes", {}),
        "messageAttributes": message.get("MessageAttributes", {}),
        "md5OfBody": message["MD5OfBody"],
        "eventSource": "aws:sqs",
        "eventSourceARN": queue_arn,
        "awsRegion": queue_arn.split(":")[3],
    }


def failed_ids(payload: bytes) -> set[str]:
    """The message ids a function reports as failed (`ReportBatchItemFailures`)."""
    answer = json.loads(payload or b"null") or {}
    return {failure["itemIdentifier"] for failure in answer.get("batchItemFailures", [])}
