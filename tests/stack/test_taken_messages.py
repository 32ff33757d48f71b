"""What a function had in its hands when the stack stopped is taken up at the next start."""

from pathlib import Path
from typing import Any

from local.stack.aws import LocalAws
from local.stack.ports import free


def started(folder: Path) -> LocalAws:
    aws = LocalAws(free(0, "the local AWS", print), folder / "aws", folder / "logs")
    aws.wait()
    return aws


def received(sqs: Any, url: str) -> list[str]:
    reply = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=1)
    return sorted(message["Body"] for message in reply.get("Messages", []))


def test_a_message_in_hand_comes_again_at_once_and_one_that_waits_goes_on_waiting(
    tmp_path: Path,
) -> None:
    (tmp_path / "aws").mkdir()
    aws = started(tmp_path)
    try:
        sqs = aws.client("sqs")
        url = sqs.create_queue(QueueName="q", Attributes={"VisibilityTimeout": "3600"})["QueueUrl"]
        sqs.send_message(QueueUrl=url, MessageBody="in hand")
        assert received(sqs, url) == ["in hand"]
        sqs.send_message(QueueUrl=url, MessageBody="not taken yet")
        sqs.send_message(QueueUrl=url, MessageBody="for later", DelaySeconds=900)
    finally:
        assert aws.stop()
    aws = started(tmp_path)
    try:
        assert received(aws.client("sqs"), url) == ["in hand", "not taken yet"]
    finally:
        aws.stop()
