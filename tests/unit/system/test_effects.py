"""Whether anything may have been changed at AWS is told by how each try was answered."""

import contextlib
from collections.abc import Callable
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)

from funnel.adapters.clients import patient_client
from funnel.adapters.dynamodb import dynamodb_client
from funnel.adapters.effects import EFFECTS
from funnel.adapters.s3 import S3Files
from funnel.adapters.secrets import SecretsManager
from funnel.adapters.ses import SesMailer
from funnel.adapters.sqs import SqsQueue
from tests.unit.sqs.test_sqs import NAMES

URL = "https://aws.example"
DONE, FAILED = (200, "{}"), (500, "{}")
THROTTLED = (400, '{"__type": "ThrottlingException"}')
Answer = tuple[int, str] | Exception
"""What a try is answered, or how it fails."""


class Body:
    """What botocore reads an answer from."""

    def __init__(self, text: str) -> None:
        self._text = text.encode()

    def stream(self, **_: Any) -> list[bytes]:
        return [self._text]


@pytest.fixture(autouse=True)
def _somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)
    for name, value in (
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_DEFAULT_REGION", "eu-central-1"),
    ):
        monkeypatch.setenv(name, value)


def counted(client: Any, call: Callable[[Any], object], *answers: Answer) -> int:
    """What a call adds to the count where its tries are answered so, the last for ever."""
    left = list(answers)

    def answer(**_: Any) -> AWSResponse:
        one = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(one, Exception):
            raise one
        return AWSResponse(URL, one[0], {}, Body(one[1]))

    client.meta.events.register("before-send", answer)
    before = EFFECTS.count()
    # botocore meets an answer that it cannot read with whatever Python raises then.
    with contextlib.suppress(BotoCoreError, ClientError, AttributeError):
        call(client)
    return EFFECTS.count() - before


@pytest.mark.parametrize(
    ("answers", "may_be_done"),
    [
        ([DONE], True),
        ([THROTTLED], False),
        ([EndpointConnectionError(endpoint_url=URL)], False),
        ([ConnectTimeoutError(endpoint_url=URL)], False),
        ([ReadTimeoutError(endpoint_url=URL)], True),
        ([FAILED], True),
        # What the second try is told says nothing of the first.
        ([ReadTimeoutError(endpoint_url=URL), THROTTLED], True),
        ([EndpointConnectionError(endpoint_url=URL), DONE], True),
        ([(200, "[]")], True),
    ],
)
def test_what_was_refused_or_never_left_is_not_done(
    answers: list[Answer], may_be_done: bool
) -> None:
    def send(client: Any) -> None:
        client.send_message(QueueUrl=f"{URL}/q", MessageBody="m")

    assert bool(counted(patient_client("sqs"), send, *answers)) is may_be_done


@pytest.mark.parametrize(
    ("make", "read", "write"),
    [
        (
            lambda: SqsQueue(*NAMES)._client,
            lambda c: c.get_queue_attributes(QueueUrl=f"{URL}/q"),
            lambda c: c.send_message(QueueUrl=f"{URL}/q", MessageBody="m"),
        ),
        (
            lambda: SecretsManager("p")._client,
            lambda c: c.get_secret_value(SecretId="s"),
            lambda c: c.delete_secret(SecretId="s"),
        ),
        (
            lambda: S3Files("b")._client,
            lambda c: c.get_object(Bucket="b", Key="k"),
            lambda c: c.put_object(Bucket="b", Key="k", Body=b"x"),
        ),
        (
            lambda: SesMailer("c")._client,
            lambda c: c.get_email_identity(EmailIdentity="d"),
            lambda c: c.create_email_identity(EmailIdentity="d"),
        ),
        (
            dynamodb_client,
            lambda c: c.batch_get_item(RequestItems={}),
            lambda c: c.transact_write_items(TransactItems=[]),
        ),
    ],
)
def test_every_client_of_the_product_is_watched(
    make: Callable[[], Any], read: Callable[[Any], object], write: Callable[[Any], object]
) -> None:
    assert counted(make(), read, DONE) == 0
    assert counted(make(), write, DONE) > 0
