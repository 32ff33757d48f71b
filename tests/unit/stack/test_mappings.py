"""Queue messages reach functions as Lambda would bring them."""

from typing import Any

from local.stack.mappings import as_record, as_wanted, failed_ids, make_anew

ARN = "arn:aws:sqs:us-east-1:000000000000:PullQueue"


def test_a_message_becomes_a_record_of_lambdas_shape() -> None:
    message = {
        "MessageId": "m1",
        "ReceiptHandle": "r1",
        "Body": "{}",
        "MD5OfBody": "99914b932bd37a50b983c5e7c90ae93b",
        "Attributes": {"ApproximateReceiveCount": "2"},
    }
    assert as_record(message, ARN) == {
        "messageId": "m1",
        "receiptHandle": "r1",
        "body": "{}",
        "attributes": {"ApproximateReceiveCount": "2"},
        "messageAttributes": {},
        "md5OfBody": "99914b932bd37a50b983c5e7c90ae93b",
        "eventSource": "aws:sqs",
        "eventSourceARN": ARN,
        "awsRegion": "us-east-1",
    }


def test_only_the_messages_a_function_names_have_failed() -> None:
    assert failed_ids(b'{"batchItemFailures": [{"itemIdentifier": "m2"}]}') == {"m2"}
    assert failed_ids(b'{"batchItemFailures": []}') == set()
    assert failed_ids(b"null") == set()
    assert failed_ids(b"") == set()


def test_a_mapping_of_a_stream_is_made_once_more_from_what_it_tells() -> None:
    stream = "arn:aws:dynamodb:us-east-1:000000000000:table/Scores/stream/1"
    told = {
        "UUID": "u1", "EventSourceArn": stream, "FunctionArn": "arn:f", "BatchSize": 100,
        "MaximumBatchingWindowInSeconds": 1, "State": "Enabled", "FilterCriteria": {},
        "StartingPosition": "TRIM_HORIZON",
    }  # fmt: skip
    assert as_wanted(told) == {
        "EventSourceArn": stream,
        "StartingPosition": "TRIM_HORIZON",
        "BatchSize": 100,
        "MaximumBatchingWindowInSeconds": 1,
        "FunctionName": "arn:f",
    }


class Control:
    """Lambda, of which only mappings are asked."""

    def __init__(self) -> None:
        self.dropped: list[str] = []
        self.made: list[tuple[str, str]] = []

    def delete_event_source_mapping(self, **asked: str) -> None:
        self.dropped.append(asked["UUID"])

    def create_event_source_mapping(self, **wanted: Any) -> None:
        self.made.append((wanted["EventSourceArn"], wanted["FunctionName"]))


def test_of_a_stream_that_a_deployment_mapped_twice_one_mapping_is_left() -> None:
    control = Control()
    twice = [{"UUID": one, "EventSourceArn": "s", "FunctionArn": "f"} for one in ("u1", "u2")]
    make_anew(control, [*twice, {"UUID": "u3", "EventSourceArn": "s", "FunctionArn": "g"}])
    assert control.dropped == ["u1", "u2", "u3"]
    assert control.made == [("s", "f"), ("s", "g")]
