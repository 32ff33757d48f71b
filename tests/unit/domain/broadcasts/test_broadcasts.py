"""How a broadcast stands still and goes on, and which times there are."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from funnel.domain.broadcasts.broadcasts import (
    Broadcast,
    BroadcastId,
    BroadcastState,
    Plan,
    cancelled,
    moment_of,
    paused,
    resumed,
)
from funnel.domain.emails.emails import EmailId
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import TenantId

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DRAFT = Broadcast(
    TenantId("t"), BroadcastId("b"), Plan("News", EmailId("e")), NOW, "Ann", NOW, "Ann"
)
HELD = replace(DRAFT, state=BroadcastState.PAUSED, note="No address.", mend="Enter one.")


def test_what_stands_still_is_not_due_and_says_why_where_it_was_not_wanted() -> None:
    by_hand = paused(replace(DRAFT, due_at=NOW))
    assert by_hand == replace(DRAFT, state=BroadcastState.PAUSED)
    assert paused(DRAFT, "No address.", "Enter one.") == HELD


def test_it_goes_on_where_it_was() -> None:
    waits = replace(DRAFT, state=BroadcastState.SCHEDULED, due_at=NOW)
    assert resumed(HELD, NOW) == waits
    begun = replace(HELD, started_at=NOW)
    assert resumed(begun, NOW).state is BroadcastState.GATHERING
    gathered = replace(begun, gathered_at=NOW)
    assert resumed(gathered, NOW).state is BroadcastState.SENDING
    done = resumed(replace(gathered, finished_at=NOW), NOW)
    assert (done.state, done.due_at, done.note, done.mend) == (BroadcastState.SENT, None, "", "")


def test_what_is_cancelled_is_over_and_needs_nothing_mended() -> None:
    over = replace(DRAFT, state=BroadcastState.CANCELLED, finished_at=NOW)
    assert cancelled(replace(HELD, due_at=NOW), NOW) == over


def test_a_time_is_by_the_clocks_of_its_zone_and_the_first_of_two() -> None:
    assert moment_of("2026-07-01T09:00", "Europe/Berlin").hour == 7
    assert moment_of("2026-10-25T02:30", "Europe/Berlin").hour == 0


@pytest.mark.parametrize(
    ("text", "zone", "says", "field"),
    [
        ("2026-03-29T02:30", "Europe/Berlin", "The clocks skip this time", "send_at"),
        ("2026-03-03T09:00", "Moon/Sea", "There is no such time zone.", "timezone"),
        ("tomorrow", "UTC", "Enter a day and a time.", "send_at"),
        ("2026-03-03T09:00Z", "UTC", "Enter a time without a zone", "send_at"),
    ],
)
def test_a_time_that_there_is_not_is_refused(text: str, zone: str, says: str, field: str) -> None:
    with pytest.raises(InputInvalid) as told:
        moment_of(text, zone)
    assert told.value.text.startswith(says)
    assert told.value.field == field
