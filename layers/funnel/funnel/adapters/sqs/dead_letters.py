"""The queues of dead letters, over SQS."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from funnel.adapters.clients import patient_client
from funnel.domain.errors import StoreBusy
from funnel.ports.dead_letters import UNREADABLE, DeadLetter, DeadQueue
from funnel.ports.messages import Message

_HIDDEN = 30
_COUNTS = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")


class SqsDeadLetters:
    """`DeadLetters` in SQS.

    Parameters
    ----------
    names
        A queue as operators call it, to its name in SQS.
    sources
        The same, to the URLs of the queues whose messages it holds, by their name; none where its
        messages are from no queue.
    url_of
        The URL of the queue that takes a message.
    read
        Makes the message of a body. Raises `ValueError` and the like for what is none.
    client
        For SQS; without one it is made from the environment.
    """

    def __init__(
        self,
        names: Mapping[str, str],
        sources: Mapping[str, Mapping[str, str]],
        url_of: Callable[[Message], str],
        read: Callable[[str], Message],
        client: Any = None,
    ) -> None:
        self._names, self._sources = names, sources
        self._url_of, self._read = url_of, read
        self._made = client
        self._urls: dict[str, str] = {}

    def queues(self) -> list[DeadQueue]:
        """What there is, in the order given."""
        found = []
        for name in self._names:
            told = self._call(
                "get_queue_attributes", QueueUrl=self._url(name), AttributeNames=list(_COUNTS)
            )["Attributes"]
            count, in_hand = (int(told[one]) for one in _COUNTS)
            found.append(DeadQueue(name, count, in_hand, tuple(self._sources[name])))
        return found

    def take(self, queue: str) -> list[DeadLetter]:
        """At most ten, kept from others for 30 seconds."""
        found = self._call(
            "receive_message",
            QueueUrl=self._url(queue),
            MaxNumberOfMessages=10,
            VisibilityTimeout=_HIDDEN,
            # A short look asks some of SQS's servers only, and may find nothing where there is something.
            WaitTimeSeconds=1,
            AttributeNames=["All"],
        ).get("Messages", [])
        return [self._letter(queue, one) for one in found]

    def put_back(self, letters: Iterable[DeadLetter]) -> None:
        """Let go of these; one that was let go of already comes back by itself."""
        for letter in letters:
            try:
                self._client.change_message_visibility(
                    QueueUrl=self._url(letter.queue),
                    ReceiptHandle=letter.receipt,
                    VisibilityTimeout=0,
                )
            except (ClientError, BotoCoreError):
                continue

    def send_again(self, letter: DeadLetter) -> None:
        """Send it to where it came from."""
        url = self._sources[letter.queue][letter.goes_back_to]
        self._call("send_message", QueueUrl=url, MessageBody=letter.body)

    def delete(self, letter: DeadLetter) -> None:
        """Delete it."""
        url = self._url(letter.queue)
        self._call("delete_message", QueueUrl=url, ReceiptHandle=letter.receipt)

    def _letter(self, queue: str, told: dict[str, Any]) -> DeadLetter:
        body, attributes = told["Body"], told.get("Attributes", {})
        kind, tenant, url = UNREADABLE, "", ""
        if self._sources[queue]:
            try:
                message = self._read(body)
            except (ValueError, KeyError, TypeError, AttributeError):
                url = ""
            else:
                kind, tenant, url = type(message).__name__, message.tenant, self._url_of(message)
        return DeadLetter(
            queue=queue,
            message_id=told["MessageId"],
            kind=kind,
            tenant=tenant,
            sent_at=datetime.fromtimestamp(int(attributes["SentTimestamp"]) / 1000, UTC),
            received=int(attributes["ApproximateReceiveCount"]),
            goes_back_to=self._source(queue, url, attributes.get("DeadLetterQueueSourceArn", "")),
            body=body,
            receipt=told["ReceiptHandle"],
        )

    def _source(self, queue: str, url: str, arn: str) -> str:
        """The queue it came from: as SQS says, else the one that takes such messages, else the first."""
        sources = self._sources[queue]
        said = arn.rpartition(":")[2]
        for name, one in sources.items():
            if said and one.endswith(f"/{said}"):
                return name
        return next((name for name, one in sources.items() if one == url), next(iter(sources), ""))

    def _url(self, queue: str) -> str:
        if queue not in self._urls:
            told = self._call("get_queue_url", QueueName=self._names[queue])
            self._urls[queue] = told["QueueUrl"]
        return self._urls[queue]

    def _call(self, method: str, **wish: Any) -> dict[str, Any]:
        try:
            told: dict[str, Any] = getattr(self._client, method)(**wish)
        except (ClientError, BotoCoreError) as error:
            raise StoreBusy(f"SQS does not answer: {error}", mend="Try again.") from error
        return told

    @property
    def _client(self) -> Any:
        if self._made is None:
            self._made = patient_client("sqs")
        return self._made
