"""The queues of all the workers: the pull, jobs, Target Lists, pushes, activities, people, mail and campaigns."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from funnel.adapters.clients import patient_client
from funnel.adapters.sqs.messages import message_to_json
from funnel.domain.errors import StoreBusy
from funnel.domain.ids import RecordKey
from funnel.ports.marketing_messages import (
    ActOnForm,
    DoPeopleJob,
    ForgetCampaign,
    HearOfMail,
    MendCampaign,
    RecordHits,
    RecordSight,
    Rescore,
    SendBroadcast,
    SendMails,
    SweepCampaign,
    TakeWord,
    TellAlerts,
    TellCampaigns,
    TellOfForm,
    WakeWalkers,
    WalkCampaigns,
)
from funnel.ports.messages import Message
from funnel.ports.sync_messages import DoJob, Heal, PushDue, ReadTargetList, ReadTargetLists, SignIn

_MOST_BYTES = 200_000
"""Of one message; SQS takes 256 KB."""
_LONGEST_DELAY = 900


class SqsQueue:
    """Sends messages: each kind of work to a queue of its own, what no other takes to the pull's.

    `client` is for SQS.
    """

    def __init__(
        self,
        pull_queue_url: str,
        jobs_queue_url: str,
        target_lists_queue_url: str,
        push_queue_url: str,
        activities_queue_url: str,
        people_queue_url: str,
        sign_in_queue_url: str,
        mail_queue_url: str,
        mail_events_queue_url: str,
        mail_words_queue_url: str,
        campaigns_queue_url: str,
        client: Any = None,
    ) -> None:
        self._pull = pull_queue_url
        self._of = {
            DoJob: jobs_queue_url,
            SignIn: sign_in_queue_url,
            ReadTargetLists: target_lists_queue_url,
            ReadTargetList: target_lists_queue_url,
            PushDue: push_queue_url,
            RecordHits: activities_queue_url,
            DoPeopleJob: people_queue_url,
            Rescore: activities_queue_url,
            RecordSight: activities_queue_url,
            SendMails: mail_queue_url,
            SendBroadcast: mail_queue_url,
            TellAlerts: mail_queue_url,
            HearOfMail: mail_events_queue_url,
            TakeWord: mail_words_queue_url,
            ActOnForm: campaigns_queue_url,
            ForgetCampaign: campaigns_queue_url,
            MendCampaign: campaigns_queue_url,
            SweepCampaign: campaigns_queue_url,
            TellCampaigns: campaigns_queue_url,
            TellOfForm: campaigns_queue_url,
            WakeWalkers: campaigns_queue_url,
            WalkCampaigns: campaigns_queue_url,
        }
        self._made = client

    def send(self, message: Message, delay: int = 0) -> None:
        """Send it, to arrive no sooner than `delay` seconds from now (900 at most).

        A Heal that is too long for one message goes as several. Raises `ValueError` for another
        delay, `StoreBusy` if SQS does not take it.
        """
        if not 0 <= delay <= _LONGEST_DELAY:
            raise ValueError(f"a message can wait 0 to {_LONGEST_DELAY} seconds, not {delay}")
        url = self.url_of(message)
        for part in _parts(message):
            try:
                self._client.send_message(
                    QueueUrl=url, MessageBody=message_to_json(part), DelaySeconds=delay
                )
            except (ClientError, BotoCoreError) as error:
                raise StoreBusy(f"The queue did not take a message: {error}") from error

    def url_of(self, message: Message) -> str:
        """The URL of the queue that takes such a message."""
        return self._of.get(type(message), self._pull)

    @property
    def _client(self) -> Any:
        if self._made is None:
            self._made = patient_client("sqs")
        return self._made


def _parts(message: Message) -> Iterator[Message]:
    if not isinstance(message, Heal) or not message.causes:
        yield message
        return
    for causes in _split(message.causes):
        yield replace(message, causes=tuple(causes))
        # The cursor is a place in the listing of the first cause of all.
        message = replace(message, cursor="")


def _split(causes: Sequence[RecordKey]) -> Iterator[list[RecordKey]]:
    some: list[RecordKey] = []
    size = 0
    for cause in causes:
        one = len(cause.sugar_id.encode()) + 50
        if some and size + one > _MOST_BYTES:
            yield some
            some, size = [], 0
        some.append(cause)
        size += one
    yield some
