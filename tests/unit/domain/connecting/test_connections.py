"""What a connection is told to leave alone, and when."""

from datetime import UTC, datetime, time

import pytest

from funnel.domain.connecting.connections import QuietHours


@pytest.mark.parametrize(
    ("start", "end", "covered"),
    [
        (time(8), time(10), [8, 9]),
        (time(22), time(2), [0, 1, 22, 23]),
        (time(5), time(5), []),
    ],
)
def test_quiet_hours_begin_with_their_start_and_end_before_their_end(
    start: time, end: time, covered: list[int]
) -> None:
    quiet = QuietHours(start, end)
    hours = [datetime(2026, 3, 2, hour, tzinfo=UTC) for hour in range(24)]
    assert [at.hour for at in hours if quiet.cover(at)] == covered
