"""What each method of the adapters beside the store asks of AWS, found by calling it.

The clients are botocore's own and reach no network. Each method is called where everything is there
already, where nothing is, and where all goes well, so that every request it can come to is seen.
"""

import inspect
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

from botocore.session import get_session

from funnel.adapters.companies import BucketFiles
from funnel.adapters.s3 import S3Files
from funnel.adapters.secrets import SecretsManager
from funnel.adapters.ses import SesMailer
from funnel.adapters.sqs import SqsDeadLetters, SqsQueue, message_from_json
from funnel.domain.crm import Credentials, Token
from funnel.domain.errors import FunnelError
from funnel.domain.ids import TenantId
from funnel.domain.mail.mails import MailId
from funnel.ports.mailer import Outgoing
from local.stack.inside.sitecustomize import asked

TENANT, NAME = TenantId("acme"), "NAME"
PREFIX, FILES, DATABASES = "funnel/${Stage}", "FilesBucket", "CompaniesBucket"
"""As template.yaml names them, so that what is asked can be held against what is allowed."""
SECRET = f"{PREFIX}/{TENANT}/{NAME}"
QUEUES = {
    name: name.removesuffix("_url").title().replace("_", "")
    for name in inspect.signature(SqsQueue.__init__).parameters
    if name.endswith("_queue_url")
}
"""The URLs that the adapter of queues is given, to the logical ids of the queues."""

_MESSAGE = json.dumps({"type": "push_due", "tenant": TENANT})
_TAKEN = {
    "Body": _MESSAGE, "MessageId": "1", "ReceiptHandle": "r",
    "Attributes": {"SentTimestamp": "1", "ApproximateReceiveCount": "1"},
}  # fmt: skip
_IDENTITY = {"Tags": [{"Key": "funnel-tenant", "Value": TENANT}]}
_KEPT = json.dumps(
    dict.fromkeys(("key", "user_name", "password", "origin", "access", "refresh"), "x")
)
_ATTRIBUTES = {
    "ApproximateNumberOfMessages": "1", "ApproximateNumberOfMessagesNotVisible": "0"
}  # fmt: skip
_REPLIES: dict[str, Callable[[], dict[str, Any]]] = {
    "GetObject": lambda: {"Body": _Body(b"bytes")},
    "ListObjectsV2": lambda: {"Contents": [{"Key": "as.mmdb", "ETag": '"1"', "Size": 5}]},
    "GetSecretValue": lambda: {"SecretString": _KEPT},
    "GetEmailIdentity": lambda: _IDENTITY,
    "SendEmail": lambda: {"MessageId": "1"},
    "GetQueueUrl": lambda: {"QueueUrl": "https://sqs/PushDeadLetters"},
    "GetQueueAttributes": lambda: {"Attributes": _ATTRIBUTES},
    "ReceiveMessage": lambda: {"Messages": [_TAKEN]},
}
WORLDS: dict[str, dict[str, str]] = {
    "all goes well": {},
    "everything is there already": {
        "CreateSecret": "ResourceExistsException",
        "CreateEmailIdentity": "AlreadyExistsException",
    },
    "nothing is there": {
        "GetObject": "NoSuchKey",
        "GetSecretValue": "ResourceNotFoundException",
        "DeleteSecret": "ResourceNotFoundException",
        "GetEmailIdentity": "NotFoundException",
    },
}
"""How AWS stands, to the operations it refuses with which code."""


@dataclass(frozen=True)
class Asked:
    """One request: what was asked of which service, with which parameters."""

    service: str
    operation: str
    parameters: dict[str, Any]

    @property
    def actions(self) -> list[tuple[str, str]]:
        """Each action it needs leave for, and what on, as `allowed` of a function names it."""
        found = asked(self.service, self.operation, self.parameters)
        return [(action, what.removeprefix("secret:")) for action, what in found]


class _Body(io.BytesIO):
    def iter_chunks(self, _size: int) -> Iterator[bytes]:
        yield self.read()


class _Aws:
    """A client of botocore's for one service, that notes what it is asked and is answered at once."""

    def __init__(self, service: str) -> None:
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
        self.client = _SESSION.create_client(service, region_name="eu-central-1", **keys)
        self.refuses: dict[str, str] = {}
        self.seen: list[Asked] = []
        self._service = service
        # A presigned address is signed for one request, and makes none: it is seen here too.
        self.client.meta.events.register(f"provide-client-params.{service}", self._note)
        self.client.meta.events.register(f"before-call.{service}", self._answer)

    def _note(self, params: dict[str, Any], model: Any, **_: object) -> None:
        self.seen.append(Asked(self._service, model.name, dict(params)))

    def _answer(self, model: Any, **_: object) -> tuple[Any, dict[str, Any]]:
        if code := self.refuses.get(model.name):
            return SimpleNamespace(status_code=400), {"Error": {"Code": code, "Message": ""}}
        return SimpleNamespace(status_code=200), _REPLIES.get(model.name, dict)()


_SESSION = get_session()
_aws = cache(_Aws)


def _outgoing() -> Outgoing:
    return Outgoing(
        tenant=TENANT,
        mail_id=MailId("m"),
        attempt=1,
        from_name="Ada",
        from_address="ada@example.com",
        to_address="ben@example.com",
        reply_to="",
        subject="Hello",
        html="<p>Hello</p>",
        text="Hello",
        unsubscribe_url="https://example.com/u",
    )


def _letter(letters: SqsDeadLetters) -> Any:
    return letters.take("Push")[0]


def _databases(made: Any) -> BucketFiles:
    with TemporaryDirectory() as folder:
        files = BucketFiles(DATABASES, Path(folder), 1000, made)
        files.supplied()
    return files


_PASSWORD = Credentials("user", "password", "https://crm.example.com")
ADAPTERS: dict[type, tuple[str, Callable[[Any], Any], dict[str, Callable[[Any], object]]]] = {
    S3Files: (
        "s3",
        lambda made: S3Files(FILES, made),
        {
            "put": lambda a: a.put(TENANT, NAME, b"", "text/csv"),
            "get": lambda a: a.get(TENANT, NAME),
            "link": lambda a: a.link(TENANT, NAME, "people.csv", 600),
        },
    ),
    SecretsManager: (
        "secretsmanager",
        lambda made: SecretsManager(PREFIX, made),
        {
            "ref": lambda a: a.ref(TENANT, NAME),
            "put": lambda a: a.put(TENANT, NAME, _PASSWORD),
            "get": lambda a: a.get(TENANT, SECRET),
            "put_key": lambda a: a.put_key(TENANT, NAME, "key"),
            "get_key": lambda a: a.get_key(TENANT, SECRET),
            "put_token": lambda a: a.put_token(TENANT, SECRET, Token("access", "refresh")),
            "token": lambda a: a.token(TENANT, SECRET),
            "delete": lambda a: a.delete(TENANT, SECRET),
        },
    ),
    SesMailer: (
        "sesv2",
        lambda made: SesMailer("${MailConfiguration}", made),
        {
            "send": lambda a: a.send(_outgoing()),
            "domain": lambda a: a.domain("example.com"),
            "add_domain": lambda a: a.add_domain(TENANT, "example.com"),
        },
    ),
    SqsQueue: (
        "sqs",
        lambda made: SqsQueue(
            **{name: f"https://sqs/{queue}" for name, queue in QUEUES.items()}, client=made
        ),
        {
            "send": lambda a: a.send(message_from_json(_MESSAGE)),
            "url_of": lambda a: a.url_of(message_from_json(_MESSAGE)),
        },
    ),
    SqsDeadLetters: (
        "sqs",
        lambda made: SqsDeadLetters(
            {"Push": "PushDeadLetters"}, {"Push": {"PushQueue": "https://sqs/PushQueue"}},
            lambda _: "https://sqs/PushQueue", message_from_json, made,
        ),
        {
            "queues": lambda a: a.queues(),
            "take": lambda a: a.take("Push"),
            "put_back": lambda a: a.put_back([_letter(a)]),
            "send_again": lambda a: a.send_again(_letter(a)),
            "delete": lambda a: a.delete(_letter(a)),
        },
    ),
    BucketFiles: ("s3", _databases, {"supplied": lambda a: None}),
}  # fmt: skip
"""Each adapter that asks AWS for something, its service, how it is made, and a call of each method."""


@cache
def actions_of(kind: type, method: str) -> frozenset[tuple[str, str]]:
    """Each action that a method can come to ask, and what on; of a file or secret called `NAME`."""
    return frozenset(one for asked in requests_of(kind, method) for one in asked.actions)


@cache
def requests_of(kind: type, method: str) -> tuple[Asked, ...]:
    """Every request that a method can come to make."""
    service, make, calls = ADAPTERS[kind]
    aws, found = _aws(service), []
    for refuses in WORLDS.values():
        aws.refuses, aws.seen = refuses, []
        try:
            calls[method](make(aws.client))
        except FunnelError:
            continue
        finally:
            found += aws.seen
    return tuple(found)
