"""What a score is made of: the rules, what overlays give the members of segments, and points given."""

from collections.abc import Iterable, Set
from dataclasses import replace
from datetime import datetime

from funnel.domain.ids import ListId
from funnel.domain.scoring.given_points import given_lines
from funnel.domain.scoring.scores import ScoreLine
from funnel.domain.scoring.scoring import Counts, Overlay, ScoringRules, score_lines

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
