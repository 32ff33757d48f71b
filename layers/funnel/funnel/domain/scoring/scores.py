"""The lead score of a person, and what it is made of."""

from dataclasses import dataclass, replace
from datetime import datetime

from funnel.domain.ids import PersonId, TenantId
from funnel.domain.scoring.trends import Trend, TrendDay, day_of, moved_to


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One reason of a score: what a rule gives for what was done.

    `counted` is how often it happened and counted, `points` what all of that gives, caps and expiry
    included. `rule` is the rule's id, `name` its name at that time. `happened` is how often it
    happened and had not expired then: more than `counted` where the cap was reached. `until` is when
    time alone changes the points, None for never.
    """

    rule: str
    name: str
    counted: int
    points: int
    happened: int = 0
    until: datetime | None = None

    @property
    def capped(self) -> bool:
        """Whether some of what happened does not count, because the rule counts no more of it."""
        return self.counted < self.happened


@dataclass(frozen=True, slots=True)
class Score:
    """A person's lead score: always the sum of its lines.

    `changed_at` is when its value last changed; `recheck_at` is the earliest moment at which time
    alone changes the points of a line, None for never. `generation` is that of the rules it was
    worked out by.
    """

    tenant: TenantId
    person_id: PersonId
    lines: tuple[ScoreLine, ...]
    changed_at: datetime
    generation: int = 0
    recheck_at: datetime | None = None
    trend: Trend = ()
    version: int = 0

    @property
    def value(self) -> int:
        """The score."""
        return sum(line.points for line in self.lines)

    def with_lines(
        self, lines: tuple[ScoreLine, ...], now: datetime, recheck_at: datetime | None = None
    ) -> "Score":
        """The score as it is from now on."""
        after = replace(self, lines=lines, recheck_at=recheck_at)
        if after.value == self.value:
            return after
        # Of one from before trends were kept it is known when it last changed.
        known = self.trend or (TrendDay(day_of(self.changed_at), self.value),)
        return replace(after, changed_at=now, trend=moved_to(known, after.value, now))
