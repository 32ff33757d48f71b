"""Until when a step waits, and when mail may go out, by the clock on the wall of a time zone.

A time of day that a change of the clocks leaves out is taken as far after midnight as it would have
been without the change (02:30 becomes 03:30), and of one that comes twice the first counts, as
calendars do (RFC 5545).
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from funnel.domain.campaigns.campaigns import SendingWindow, Wait
from funnel.domain.errors import InputInvalid
from funnel.domain.time_zones import time_zone

_WEEK = 7
_MIDNIGHT = time(0)


def zone_of(name: str) -> tzinfo:
    """The time zone of this name. Raises `InputInvalid` for none."""
    zone = time_zone(name)
    if zone is None:
        raise InputInvalid("Choose a time zone, such as Europe/Berlin.", field="timezone")
    return zone


def wait_until(wait: Wait, since: datetime, zone: tzinfo) -> datetime:
    """When a wait that began at `since` is over, UTC."""
    earliest = since + timedelta(minutes=wait.minutes)
    if wait.at is None and not wait.weekdays:
        return earliest
    today = earliest.astimezone(zone).date()
    if wait.at is None and today.weekday() in wait.weekdays:
        return earliest
    at = wait.at or _MIDNIGHT
    # One day more than a week: the time of today may be over.
    for day in (today + timedelta(days=n) for n in range(_WEEK + 1)):
        moment = on_the_wall(day, at, zone)
        if moment >= earliest and (not wait.weekdays or day.weekday() in wait.weekdays):
            return moment
    raise AssertionError("a week has all weekdays")


def may_send_at(window: SendingWindow | None, now: datetime, zone: tzinfo) -> datetime:
    """The first moment from `now` on at which the window is open; `now` itself if it is."""
    if window is None:
        return now
    local = now.astimezone(zone)
    if local.weekday() in window.weekdays and window.since <= local.time() < window.until:
        return now
    for day in (local.date() + timedelta(days=n) for n in range(_WEEK + 1)):
        moment = on_the_wall(day, window.since, zone)
        if moment > now and day.weekday() in window.weekdays:
            return moment
    raise AssertionError("a window has a weekday")


def on_the_wall(day: date, at: time, zone: tzinfo) -> datetime:
    """A time of a day in a zone as a moment, UTC."""
    return datetime.combine(day, at, zone).astimezone(UTC)
