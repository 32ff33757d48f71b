"""Alerts of a sales rep: what is to be told by mail, at most once each, and when (E9).

A row remembers what was seen at the last look and what was told. What is to be told is written into
it before a mail is asked for, so that whatever dies in between tells the same again under one key.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import SugarId, TenantId
from funnel.domain.time_zones import time_zone
from funnel.domain.vision.prospects import Prospect

MOST_LOOKED_AT = 500
"""Prospects above the score, and of those seen, that one look compares."""

MOST_ABOVE = 2 * MOST_LOOKED_AT
MOST_VISITS_TOLD = 1000
MOST_IN_A_MAIL = 25
"""Of each kind; the rest comes with the next mail."""

MOST_THRESHOLD = 9999
LOOK_EVERY = timedelta(minutes=4)
"""Less than the schedule's five, so that each of its rounds finds who was looked at in the last."""

AFTER_A_MAIL = timedelta(minutes=15)
IF_UNABLE = timedelta(hours=1)
VISITS_COUNT_FOR = timedelta(days=1)
"""So old a visit may be that is told: what is written down late is no news."""

VISITS_REMEMBERED_FOR = timedelta(days=2)


class Alert(StrEnum):
    """What a rep may be told of; each is switched on by itself."""

    SCORE = "score"
    VISIT = "visit"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """What a rep wants: `threshold` is the score to cross, `hour` and `zone` are the digest's."""

    on: tuple[Alert, ...] = ()
    threshold: int = 60
    hour: int = 8
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class ToldVisit:
    """A visit that was told, and when."""

    visit_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NewVisit:
    """A visit that is to be told, of the prospect with this key."""

    visit_id: str
    key: str


@dataclass(frozen=True, slots=True)
class Telling:
    """What one mail is to say: of these prospects and visits, or with a digest since `since`.

    `number` is the row's own, never used twice: the mail's key comes from it.
    """

    number: int
    at: datetime
    crossed: tuple[str, ...] = ()
    visits: tuple[NewVisit, ...] = ()
    is_digest: bool = False
    since: datetime | None = None

    @property
    def kinds(self) -> tuple[Alert, ...]:
        """What it is about."""
        if self.is_digest:
            return (Alert.DIGEST,)
        each = {Alert.SCORE: self.crossed, Alert.VISIT: self.visits}
        return tuple(kind for kind, told in each.items() if told)


@dataclass(frozen=True, slots=True)
class Alerts:
    """A rep's alerts. `next_at` is when to look next; None while nothing is on.

    `above` are the prospects that were above the score at the last look; not `above_known` before
    the first one, which only remembers. `visits_from` is since when visits are told. `digested_on`
    is the local day of the last digest, `digested_at` up to when it told. `stopped` says why all was
    switched off by us, in plain words. `changed_at` is when the settings last changed, and `left_by`
    the mail whose page did that, "" where it was another way. `language` is what the rep read when
    they were chosen, "" for not known.
    """

    tenant: TenantId
    user_id: SugarId
    settings: AlertSettings = AlertSettings()
    next_at: datetime | None = None
    above_known: bool = False
    above: tuple[str, ...] = ()
    visits_from: datetime | None = None
    visits_told: tuple[ToldVisit, ...] = ()
    digested_on: str = ""
    digested_at: datetime | None = None
    numbers: int = 0
    telling: Telling | None = None
    stopped: str = ""
    changed_at: datetime | None = None
    left_by: str = ""
    language: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look found: own prospects at or above the score, the highest first, and those seen lately.

    `above_is_all` is unset where there are more than these.
    """

    above: Sequence[Prospect] = ()
    above_is_all: bool = True
    seen: Sequence[Prospect] = ()


def checked_alerts(on: Iterable[str], threshold: int, hour: int, zone: str) -> AlertSettings:
    """The settings with these values. Raises `InputInvalid` naming the field."""
    wanted = set(on)
    if wanted - set(Alert):
        raise InputInvalid("There is no such alert.", field="on")
    if not 1 <= threshold <= MOST_THRESHOLD:
        raise InputInvalid(f"Enter a score from 1 to {MOST_THRESHOLD}.", field="threshold")
    if not 0 <= hour <= 23:
        raise InputInvalid("Choose an hour of the day.", field="hour")
    if time_zone(zone) is None:
        raise InputInvalid("There is no such time zone.", field="zone")
    return AlertSettings(tuple(one for one in Alert if one in wanted), threshold, hour, zone)


def set_to(alerts: Alerts, settings: AlertSettings, now: datetime) -> Alerts:
    """The row with other settings. What is switched on, or another score, begins with this moment."""
    before, on = alerts.settings, settings.on
    after = replace(alerts, settings=settings, stopped="", changed_at=now, left_by="")
    if settings.threshold != before.threshold or Alert.SCORE not in before.on:
        after = replace(after, above_known=False, above=())
    if Alert.VISIT not in before.on:
        after = replace(after, visits_from=now)
    if Alert.DIGEST in on and Alert.DIGEST not in before.on:
        # Whose hour has gone by today begins tomorrow.
        there = local(now, settings.zone)
        begun = there.date().isoformat() if there.hour >= settings.hour else ""
        after = replace(after, digested_on=begun, digested_at=now)
    return replace(after, next_at=now if on else None)


def without(alerts: Alerts, kinds: Iterable[Alert], now: datetime, why: str = "") -> Alerts:
    """The row with these switched off; `why` if that was not the rep's own wish."""
    gone = set(kinds)
    kept = tuple(one for one in alerts.settings.on if one not in gone)
    if kept == alerts.settings.on:
        return alerts
    return replace(set_to(alerts, replace(alerts.settings, on=kept), now), stopped=why)


def put_off(alerts: Alerts, now: datetime) -> Alerts:
    """The row while nothing can be sent: what happens meanwhile is not told later."""
    return replace(
        alerts,
        next_at=now + IF_UNABLE,
        above_known=False,
        above=(),
        visits_from=now + IF_UNABLE,
        telling=None,
    )


def is_digest_due(alerts: Alerts, now: datetime) -> bool:
    """Whether the rep's hour has come on a day that had no digest yet."""
    if Alert.DIGEST not in alerts.settings.on:
        return False
    there = local(now, alerts.settings.zone)
    # A clock that is put back, or a rep who travels west, sees the same day again.
    return there.hour >= alerts.settings.hour and there.date().isoformat() > alerts.digested_on


def looked(alerts: Alerts, found: Looked, now: datetime) -> Alerts:
    """The row after a look, with what is to be told in `telling` if there is anything.

    Who was not above at the last look has crossed. Who fell below is forgotten, and may cross
    again; not while there are more than can be looked at, for then nobody can tell.
    """
    crossed, above = _crossed(alerts, found)
    visits = _new_visits(alerts, found.seen, now)
    remembered = _remembered(alerts, now)
    after = replace(
        alerts,
        above_known=Alert.SCORE in alerts.settings.on,
        above=above,
        visits_told=(*remembered, *(ToldVisit(one.visit_id, now) for one in visits)),
        next_at=now + LOOK_EVERY,
    )
    if not crossed and not visits:
        return after
    return _telling(after, Telling(alerts.numbers + 1, now, crossed, visits))


def begun_digest(alerts: Alerts, now: datetime) -> Alerts:
    """The row with the day's digest to be told."""
    since = alerts.digested_at or now - timedelta(days=1)
    day = local(now, alerts.settings.zone).date().isoformat()
    telling = Telling(alerts.numbers + 1, now, is_digest=True, since=since)
    return _telling(replace(alerts, digested_on=day, digested_at=now), telling)


def told(alerts: Alerts, now: datetime, *, mailed: bool) -> Alerts:
    """The row after its mail was asked for, or turned out to have nothing to say."""
    wait = AFTER_A_MAIL if mailed else LOOK_EVERY
    on = alerts.settings.on
    return replace(alerts, telling=None, next_at=now + wait if on else None)


def local(now: datetime, zone: str) -> datetime:
    """The moment by the clocks of a zone; by UTC where it is not known here."""
    return now.astimezone(time_zone(zone) or UTC)


def _telling(alerts: Alerts, telling: Telling) -> Alerts:
    return replace(alerts, numbers=telling.number, telling=telling, next_at=telling.at)


def _crossed(alerts: Alerts, found: Looked) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who has crossed, as many as go into one mail, and who is above by now."""
    if Alert.SCORE not in alerts.settings.on:
        return (), ()
    now_above = [str(one.key) for one in found.above]
    if not alerts.above_known:
        return (), tuple(now_above)
    known = set(alerts.above)
    crossed = [key for key in now_above if key not in known][:MOST_IN_A_MAIL]
    told_now = known | set(crossed)
    above = [key for key in now_above if key in told_now]
    if not found.above_is_all:
        seen = set(above)
        above += [key for key in alerts.above if key not in seen]
    return tuple(crossed), tuple(above[:MOST_ABOVE])


def _new_visits(alerts: Alerts, seen: Iterable[Prospect], now: datetime) -> tuple[NewVisit, ...]:
    if Alert.VISIT not in alerts.settings.on or alerts.visits_from is None:
        return ()
    oldest = max(alerts.visits_from, now - VISITS_COUNT_FOR)
    known = {one.visit_id for one in alerts.visits_told}
    room = min(MOST_IN_A_MAIL, MOST_VISITS_TOLD - len(_remembered(alerts, now)))
    found: dict[str, NewVisit] = {}
    for prospect in seen:
        for visit in prospect.visits:
            # A person may be a Lead and a Contact: its visit is one.
            if visit.since >= oldest and visit.visit_id not in known:
                found.setdefault(visit.visit_id, NewVisit(visit.visit_id, str(prospect.key)))
    return tuple(found.values())[: max(0, room)]


def _remembered(alerts: Alerts, now: datetime) -> tuple[ToldVisit, ...]:
    oldest = now - VISITS_REMEMBERED_FOR
    return tuple(one for one in alerts.visits_told if one.at > oldest)
