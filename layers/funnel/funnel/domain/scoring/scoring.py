"""The rules of the lead score, and how what happened comes to points.

What happened is kept as counts: by rule, and by the day it happened on as far as the rule asks for
it. The lines of a score follow from the counts and the moment alone, so that neither the order in
which things arrive nor how many at a time makes a difference.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from funnel.domain.ids import ListId, TenantId
from funnel.domain.scoring.given_points import is_given, points_id
from funnel.domain.scoring.scores import ScoreLine
from funnel.domain.tracking.activities import Activity, ActivityKind, Signal

Counts = Mapping[str, Mapping[int, int]]
"""How often it happened: by the rule's id, then by day (its ordinal; 0 where no day matters)."""

_KEPT_DAYS = 1
"""For which what has expired is still kept: clocks differ a little."""


_OF_AN_EMAIL = ("email_name", "title", "email_id", "email")
"""What an email is meant by: its name, its subject, its id, and that of the one mail."""

_OF_A_LINK = ("link", "url")


class Period(StrEnum):
    """What a cap is for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    EVER = "ever"


@dataclass(frozen=True, slots=True)
class Rule:
    """What gives points, how many, how often, and for how long.

    `page`, `form`, `email` and `link` are patterns, "" for any: `*` stands for any letters, and a
    page's pattern is compared with the path, or with host and path where it does not begin with
    "/". It counts `most` times per period of `per` (UTC; weeks begin on Monday), 0 for any number,
    for the day it happened and `days` more, 0 for always.
    """

    rule_id: str
    name: str
    kind: ActivityKind
    points: int
    page: str = ""
    form: str = ""
    email: str = ""
    link: str = ""
    most: int = 0
    per: Period = Period.EVER
    days: int = 0

    def matches(self, activity: Activity) -> bool:
        """Whether this is what the rule is for, whoever did it."""
        about = activity.about
        return (
            activity.kind is self.kind
            and (not self.page or _page_matches(self.page, about))
            and (not self.form or like(self.form, about.get("form", "")))
            and (not self.email or _like_any(self.email, about, _OF_AN_EMAIL))
            and (not self.link or _like_any(self.link, about, _OF_A_LINK))
        )

    @property
    def counted_by(self) -> Period:
        """What is counted together: a day's, a week's or a month's, or everything (EVER)."""
        if self.days or (self.most and self.per is Period.DAY):
            return Period.DAY
        return self.per if self.most else Period.EVER

    def day_of(self, at: datetime) -> int:
        """The day that something at this moment is counted under, the first of what is together."""
        day = at.astimezone(UTC).date().toordinal()
        return _first_day(self.counted_by, day)

    def period_of(self, day: int) -> int:
        """The first day of the period this day is in."""
        return _first_day(self.per, day)

    def ends_at(self, day: int) -> datetime | None:
        """When what happened on this day counts no more; None for never."""
        return _midnight(day + self.days + 1) if self.days else None


@dataclass(frozen=True, slots=True)
class Overlay:
    """Points for the members of a segment: `points` while they are in it, and what its `rules` give them."""

    overlay_id: str
    name: str
    segment: ListId
    points: int = 0
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoringRules:
    """A tenant's rules and overlays, in the order they are shown.

    `behaviours` are counted for the rules of segments and give nothing; `asking` are the segments
    that ask for the score, none of which has an overlay.

    `generation` grows with every change; `tallied` is the generation since which the same is counted
    under the same days, so that counts of that generation still hold.
    """

    tenant: TenantId
    rules: tuple[Rule, ...]
    generation: int = 0
    tallied: int = 0
    changed_by: str = ""
    changed_at: datetime | None = None
    version: int = 0
    overlays: tuple[Overlay, ...] = ()
    behaviours: tuple[Rule, ...] = ()
    asking: tuple[ListId, ...] = ()

    @property
    def counted(self) -> tuple[Rule, ...]:
        """All that is counted."""
        of_overlays = (rule for one in self.overlays for rule in one.rules)
        return (*self.rules, *of_overlays, *self.behaviours)

    @property
    def overlaid(self) -> frozenset[ListId]:
        """The segments whose members are given points."""
        return frozenset(one.segment for one in self.overlays)


def counts_of(rules: Iterable[Rule], activities: Iterable[Activity]) -> Counts:
    """The counts of these activities; only what people did counts."""
    rules = tuple(rules)
    found: dict[str, dict[int, int]] = {}
    for activity in activities:
        if activity.signal is Signal.HUMAN:
            if activity.kind is ActivityKind.POINTS:
                by_day = found.setdefault(points_id(activity.about), {})
                by_day[0] = by_day.get(0, 0) + 1
                continue
            for rule in rules:
                if rule.matches(activity):
                    by_day = found.setdefault(rule.rule_id, {})
                    day = rule.day_of(activity.at)
                    by_day[day] = by_day.get(day, 0) + 1
    return found


def added(*some: Counts) -> Counts:
    """All of these together."""
    total: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for counts in some:
        for rule_id, by_day in counts.items():
            for day, count in by_day.items():
                total[rule_id][day] += count
    return {rule_id: dict(by_day) for rule_id, by_day in total.items()}


def without(counts: Counts, gone: Counts) -> Counts:
    """Without these; what is not there any more, because it has expired, is not taken off."""
    return {
        rule_id: left
        for rule_id, by_day in counts.items()
        if (left := _left(by_day, gone.get(rule_id, {})))
    }


def still_kept(rules: Iterable[Rule], counts: Counts, now: datetime) -> Counts:
    """Without what has expired for good, and without rules that are no more."""
    before = now - timedelta(days=_KEPT_DAYS)
    kept: dict[str, Mapping[int, int]] = {i: days for i, days in counts.items() if is_given(i)}
    for rule in rules:
        by_day = counts.get(rule.rule_id, {})
        if left := {
            d: n for d, n in by_day.items() if (end := rule.ends_at(d)) is None or end > before
        }:
            kept[rule.rule_id] = left
    return kept


def score_lines(rules: Iterable[Rule], counts: Counts, now: datetime) -> tuple[ScoreLine, ...]:
    """What these counts give at this moment, in the order of the rules."""
    lines = (_line(rule, counts.get(rule.rule_id, {}), now) for rule in rules)
    return tuple(line for line in lines if line.counted)


def next_change(lines: Iterable[ScoreLine]) -> datetime | None:
    """The earliest moment at which time alone changes one of these; None for never."""
    return min((line.until for line in lines if line.until is not None), default=None)


def like(pattern: str, text: str) -> bool:
    """Whether the text is as the pattern says; `*` stands for any letters, capitals do not matter."""
    first, *others = pattern.casefold().split("*")
    text = text.casefold()
    if not others:
        return text == first
    *middle, last = others
    if not text.startswith(first) or len(text) < len(first) + len(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in middle:
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return text.endswith(last)


def _line(rule: Rule, by_day: Mapping[int, int], now: datetime) -> ScoreLine:
    live = {d: n for d, n in by_day.items() if (end := rule.ends_at(d)) is None or end > now}
    in_period: dict[int, int] = defaultdict(int)
    for day, count in live.items():
        in_period[_capped_with(rule, day)] += count
    counted = sum(_counted(rule, count) for count in in_period.values())
    return ScoreLine(
        rule=rule.rule_id,
        name=rule.name,
        counted=counted,
        points=counted * rule.points,
        happened=sum(live.values()),
        until=_falls_at(rule, live, in_period),
    )


def _falls_at(rule: Rule, live: Mapping[int, int], in_period: dict[int, int]) -> datetime | None:
    """When the first of what counts expires: not while more happened than the cap lets count."""
    if rule.days:
        for day in sorted(live):
            period = _capped_with(rule, day)
            before = in_period[period]
            in_period[period] -= live[day]
            if _counted(rule, in_period[period]) < _counted(rule, before):
                return rule.ends_at(day)
    return None


def _capped_with(rule: Rule, day: int) -> int:
    return rule.period_of(day) if rule.most else 0


def _counted(rule: Rule, happened: int) -> int:
    return min(happened, rule.most) if rule.most else happened


def _left(by_day: Mapping[int, int], gone: Mapping[int, int]) -> dict[int, int]:
    return {d: left for d, n in by_day.items() if (left := n - gone.get(d, 0)) > 0}


def _like_any(pattern: str, about: Mapping[str, str], names: Iterable[str]) -> bool:
    return any(like(pattern, about[name]) for name in names if about.get(name))


def _page_matches(pattern: str, about: Mapping[str, str]) -> bool:
    if pattern.startswith("/"):
        return like(pattern, about.get("path", ""))
    _, _, rest = about.get("url", "").partition("://")
    return like(pattern, rest.partition("?")[0].partition("#")[0])


def _first_day(per: Period, day: int) -> int:
    match per:
        case Period.DAY:
            return day
        case Period.WEEK:
            return day - (day - 1) % 7
        case Period.MONTH:
            return date.fromordinal(day).replace(day=1).toordinal()
        case Period.EVER:
            return 0


def _midnight(day: int) -> datetime:
    return datetime.combine(date.fromordinal(day), time(), UTC)
