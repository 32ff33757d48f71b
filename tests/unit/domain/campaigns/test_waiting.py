"""Waiting by the clock on the wall, over changes of the clocks."""

from datetime import UTC, datetime, time, timedelta

import pytest

from funnel.domain.campaigns.campaigns import SendingWindow, Wait
from funnel.domain.campaigns.waiting import may_send_at, wait_until, zone_of
from funnel.domain.errors import InputInvalid


def moment(text: str) -> datetime:
    """A moment, UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


BERLIN, NEW_YORK, HAVANA, APIA = (
    "Europe/Berlin",
    "America/New_York",
    "America/Havana",
    "Pacific/Apia",
)
DAY = 24 * 60
GOLDEN = [
    # Berlin, 29 March 2026: 02:00 becomes 03:00, and 02:30 is not.
    ("a day is 24 hours", Wait(DAY), BERLIN, "2026-03-28T12:00", "2026-03-29T12:00"),
    ("the hour of the next day, in winter", Wait(at=time(9)), BERLIN, "2026-03-27T12:00", "2026-03-28T08:00"),
    ("the same hour, by then in summer", Wait(at=time(9)), BERLIN, "2026-03-28T12:00", "2026-03-29T07:00"),
    ("a day and then the hour", Wait(DAY, time(9)), BERLIN, "2026-03-28T06:30", "2026-03-29T07:00"),
    ("a day, which is past the hour by then", Wait(DAY, time(9)), BERLIN, "2026-03-28T08:00", "2026-03-30T07:00"),
    ("a time that is left out is later", Wait(at=time(2, 30)), BERLIN, "2026-03-28T12:00", "2026-03-29T01:30"),
    ("the day after it is there again", Wait(at=time(2, 30)), BERLIN, "2026-03-29T01:31", "2026-03-30T00:30"),
    # Berlin, 25 October 2026: 03:00 becomes 02:00, and 02:30 comes twice.
    ("a time that comes twice is the first", Wait(at=time(2, 30)), BERLIN, "2026-10-24T12:00", "2026-10-25T00:30"),
    ("and not the second as well", Wait(at=time(2, 30)), BERLIN, "2026-10-25T00:31", "2026-10-26T01:30"),
    ("just then is now", Wait(at=time(2, 30)), BERLIN, "2026-10-25T00:30", "2026-10-25T00:30"),
    # New York, 8 March and 1 November 2026.
    ("another zone leaves out another night", Wait(at=time(2, 30)), NEW_YORK, "2026-03-08T05:00", "2026-03-08T07:30"),
    ("and has another twice", Wait(at=time(1, 30)), NEW_YORK, "2026-11-01T04:00", "2026-11-01T05:30"),
    # Havana, 8 March 2026: midnight becomes 01:00.
    ("a day whose midnight is left out begins later", Wait(weekdays=(6,)), HAVANA, "2026-03-07T12:00", "2026-03-08T05:00"),
    # Samoa had no 30 December 2011: a Friday.
    ("a day that never was is followed by the next", Wait(at=time(9), weekdays=(5,)), APIA, "2011-12-29T20:00", "2011-12-30T19:00"),
    ("a weekday that is today", Wait(weekdays=(0,)), BERLIN, "2026-03-02T12:00", "2026-03-02T12:00"),
    ("a weekday of next week", Wait(at=time(9), weekdays=(0,)), BERLIN, "2026-03-02T12:00", "2026-03-09T08:00"),
    ("of some weekdays the next", Wait(weekdays=(1, 3)), BERLIN, "2026-03-04T12:00", "2026-03-04T23:00"),
    ("no time at all", Wait(), BERLIN, "2026-03-02T12:00", "2026-03-02T12:00"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("wait", "zone", "since", "until"), [g[1:] for g in GOLDEN], ids=[g[0] for g in GOLDEN]
)
def test_a_wait_ends_when_the_wall_says_so(wait: Wait, zone: str, since: str, until: str) -> None:
    assert wait_until(wait, moment(since), zone_of(zone)) == moment(until)


WINDOW = SendingWindow(time(9), time(17), (0, 1, 2, 3, 4))
OPEN = [
    ("it is open", WINDOW, BERLIN, "2026-03-02T12:00", "2026-03-02T12:00"),
    ("it opens this morning", WINDOW, BERLIN, "2026-03-02T07:59", "2026-03-02T08:00"),
    ("the end is closed", WINDOW, BERLIN, "2026-03-02T16:00", "2026-03-03T08:00"),
    ("over the weekend, and into summer", WINDOW, BERLIN, "2026-03-27T17:00", "2026-03-30T07:00"),
    ("over the weekend, and into winter", WINDOW, BERLIN, "2026-10-23T17:00", "2026-10-26T08:00"),
    (
        "of an hour that comes twice both are open",
        SendingWindow(time(2), time(3), (6,)),
        BERLIN,
        "2026-10-25T01:15",
        "2026-10-25T01:15",
    ),
    ("none is always", None, BERLIN, "2026-03-01T03:00", "2026-03-01T03:00"),
]


@pytest.mark.parametrize(
    ("window", "zone", "now", "then"), [g[1:] for g in OPEN], ids=[g[0] for g in OPEN]
)
def test_mail_goes_when_the_window_is_open(
    window: SendingWindow | None, zone: str, now: str, then: str
) -> None:
    assert may_send_at(window, moment(now), zone_of(zone)) == moment(then)


def test_whatever_is_waited_for_comes_within_eight_days_and_never_before() -> None:
    zone = zone_of(BERLIN)
    start = moment("2026-03-20T00:00")
    for hours in range(0, 24 * 230, 7):
        since = start + timedelta(hours=hours)
        for wait in (Wait(30, time(2, 30)), Wait(at=time(0), weekdays=(6,)), Wait(weekdays=(2,))):
            until = wait_until(wait, since, zone)
            assert since + timedelta(minutes=wait.minutes) <= until <= since + timedelta(days=8)
            assert not wait.weekdays or until.astimezone(zone).weekday() in wait.weekdays


def test_a_zone_that_is_none_is_refused() -> None:
    for name in ("", "Mars/Olympus", "../etc/passwd", "\0"):
        with pytest.raises(InputInvalid):
            zone_of(name)
