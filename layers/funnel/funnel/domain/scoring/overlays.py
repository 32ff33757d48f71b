"""What a score is made of: the rules, what overlays give the members of segments, and points given."""

from collections.abc import Iterable, Set
from dataclasses import replace
from datetime import UTC, date, datetime, time

from funnel.domain.ids import ListId
from funnel.domain.scoring.given_points import given_lines
from funnel.domain.scoring.scores import ScoreLine
from funnel.domain.scoring.scoring import (
    Counts,
    Overlay,
    Period,
    Rule,
    ScoringRules,
    score_lines,
)
from funnel.domain.scoring.trends import DAYS, TrendDay, day_of

_OVERLAY = "overlay/"


def all_lines(
    rules: ScoringRules, counts: Counts, now: datetime, segments: Set[ListId] = frozenset()
) -> tuple[ScoreLine, ...]:
    """All lines of a score at this moment, of somebody who is in these segments."""
    lines = list(score_lines(rules.rules, counts, now))
    for overlay in rules.overlays:
        if overlay.segment in segments:
            lines += _of_overlay(overlay, counts, now)
    return (*lines, *given_lines(counts))


def known_by_day(
    rules: ScoringRules, counts: Counts, now: datetime, segments: Set[ListId] = frozenset()
) -> tuple[TrendDay, ...]:
    """What was done until the end of each of the last days gave then; today is not among them.

    Only what is counted by day: when other things happened is not known.
    """
    dated = [
        rule
        for some in (rules.rules, *(o.rules for o in rules.overlays if o.segment in segments))
        for rule in some
        if rule.counted_by is Period.DAY
    ]
    today = day_of(now)
    moved = {day for rule in dated for day in counts.get(rule.rule_id, {})}
    moved |= {
        day + rule.days + 1 for rule in dated if rule.days for day in counts.get(rule.rule_id, {})
    }
    days = sorted({max(day, today - DAYS) for day in moved if day < today})
    return tuple(TrendDay(day, _given_by(dated, counts, day)) for day in days)


def _given_by(rules: Iterable[Rule], counts: Counts, day: int) -> int:
    done = {
        rule.rule_id: {d: n for d, n in counts.get(rule.rule_id, {}).items() if d <= day}
        for rule in rules
    }
    evening = datetime.combine(date.fromordinal(day), time.max, UTC)
    return sum(line.points for line in score_lines(rules, done, evening))


def overlay_line_id(overlay_id: str) -> str:
    """The id of the line of what an overlay gives for being in its segment."""
    return f"{_OVERLAY}{overlay_id}"


def is_membership(line_id: str) -> bool:
    """Whether that is the line of being in a segment, and not of something that was done."""
    return line_id.startswith(_OVERLAY)


def _of_overlay(overlay: Overlay, counts: Counts, now: datetime) -> Iterable[ScoreLine]:
    if overlay.points:
        yield ScoreLine(overlay_line_id(overlay.overlay_id), overlay.name, 1, overlay.points, 1)
    for line in score_lines(overlay.rules, counts, now):
        yield replace(line, name=f"{overlay.name}: {line.name}")
