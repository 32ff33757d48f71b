"""Queues of dead letters over SQS, as moto plays it."""

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from funnel.adapters.ses import heard_from_event
from funnel.adapters.sqs import SqsDeadLetters, SqsQueue, message_from_json, message_to_json
from funnel.domain.errors import StoreBusy
from funnel.domain.ids import TenantId
from funnel.ports.dead_letters import UNREADABLE
from funnel.ports.marketing_messages import SendMails
from funnel.ports.messages import Message

EVENT = {
    "source": "aws.ses",
    "detail-type": "Email Delivered",
    "detail": {
        "eventType": "Delivery",
        "mail": {"messageId": "1", "tags": {"tenant": ["acme"], "mail": ["m"]}},
        "delivery": {"timestamp": "2026-03-02T09:00:00.000Z"},
    },
}
MAIL = "MailDeadLetters"


def read(text: str) -> Message:
    return heard_from_event(text) or message_from_json(text)


@pytest.fixture
def sqs() -> Iterator[Any]:
    with mock_aws():
        client = boto3.client("sqs", region_name="us-east-1")
        for name in ("dead", "stream", "mail", "events", "words"):
            client.create_queue(QueueName=name)
        yield client


def url(sqs: Any, name: str) -> str:
    found: str = sqs.get_queue_url(QueueName=name)["QueueUrl"]
    return found


@pytest.fixture
def dead(sqs: Any) -> SqsDeadLetters:
    mail, events, words = (url(sqs, name) for name in ("mail", "events", "words"))
    queue = SqsQueue("p", "j", "t", "u", "a", "e", "s", mail, events, words, "c", client=sqs)
    sources = {
        MAIL: {"MailQueue": mail, "MailEventsQueue": events, "MailWordsQueue": words},
        "ScoresDeadLetters": {},
    }
    names = {MAIL: "dead", "ScoresDeadLetters": "stream"}
    return SqsDeadLetters(names, sources, queue.url_of, read, client=sqs)


def bodies(sqs: Any, name: str) -> list[str]:
    found = sqs.receive_message(QueueUrl=url(sqs, name), MaxNumberOfMessages=10)
    return [one["Body"] for one in found.get("Messages", [])]


def test_each_goes_to_the_queue_that_takes_its_kind(sqs: Any, dead: SqsDeadLetters) -> None:
    event, ours, poison = json.dumps(EVENT), message_to_json(SendMails(TenantId("acme"))), "{"
    for body in (event, ours, poison):
        sqs.send_message(QueueUrl=url(sqs, "dead"), MessageBody=body)
    assert [(one.name, one.count, one.in_hand) for one in dead.queues()] == [
        (MAIL, 3, 0),
        ("ScoresDeadLetters", 0, 0),
    ]
    letters = {one.body: one for one in dead.take(MAIL)}
    assert [(letters[b].kind, letters[b].tenant) for b in (event, ours, poison)] == [
        ("HearOfMail", "acme"),
        ("SendMails", "acme"),
        (UNREADABLE, ""),
    ]
    assert dead.queues()[0].in_hand == 3
    assert dead.take(MAIL) == []
    for letter in letters.values():
        dead.send_again(letter)
        dead.delete(letter)
    assert bodies(sqs, "events") == [event]
    assert sorted(bodies(sqs, "mail")) == sorted([ours, poison])
    assert dead.queues()[0].count + dead.queues()[0].in_hand == 0


def test_what_is_put_back_can_be_taken_at_once(sqs: Any, dead: SqsDeadLetters) -> None:
    sqs.send_message(QueueUrl=url(sqs, "stream"), MessageBody="a place in the stream")
    (letter,) = dead.take("ScoresDeadLetters")
    assert (letter.kind, letter.goes_back_to, letter.received) == (UNREADABLE, "", 1)
    dead.put_back([letter])
    (again,) = dead.take("ScoresDeadLetters")
    assert (again.message_id, again.received) == (letter.message_id, 2)


def test_nothing_of_what_a_message_holds_is_in_its_description(
    sqs: Any, dead: SqsDeadLetters
) -> None:
    sqs.send_message(QueueUrl=url(sqs, "dead"), MessageBody="lovelace@x.example")
    (letter,) = dead.take(MAIL)
    assert "lovelace" not in repr(letter)


def test_a_queue_that_does_not_answer_is_something_that_passes(
    sqs: Any, dead: SqsDeadLetters
) -> None:
    sqs.delete_queue(QueueUrl=url(sqs, "dead"))
    with pytest.raises(StoreBusy):
        dead.queues()
