"""The demo's weeks of visits are messages we understand, and the same each time."""

import json
from datetime import UTC, datetime, timedelta

from funnel.adapters.sqs import message_from_json
from funnel.domain.tracking.activities import ActivityKind
from funnel.domain.tracking.hit_reading import browser_of
from funnel.ports.marketing_messages import RecordHits
from local.stack.visits import DAYS, visits

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
EMAILS = [f"p{n}@x.example" for n in range(9)]


def sent() -> list[RecordHits]:
    found = []
    for batch in visits("5e1f" * 8, "http://127.0.0.1:8482", EMAILS, NOW):
        body = json.dumps({"type": "record_hits", "tenant": "acme", **batch})
        message = message_from_json(body)
        assert isinstance(message, RecordHits)
        found.append(message)
    return found


def test_each_person_tells_who_it_is_once_within_three_weeks_of_visits() -> None:
    messages = sent()
    hits = [hit for message in messages for hit in message.batch.hits]
    forms = [hit for hit in hits if hit.kind is ActivityKind.FORM]
    assert sorted(hit.fields["email"] for hit in forms) == EMAILS
    assert all(NOW - timedelta(days=DAYS) <= hit.at <= NOW for hit in hits)
    assert len({hit.hit_id for hit in hits}) == len(hits)
    assert all(browser_of(message.batch.browser) for message in messages)
    assert messages == sent()


def test_every_other_person_was_there_in_the_last_hours() -> None:
    begun = {
        message.batch.browser
        for message in sent()
        if NOW - message.batch.hits[0].at < timedelta(hours=8)
    }
    assert {f"{number:032x}" for number in range(0, len(EMAILS), 2)} <= begun
