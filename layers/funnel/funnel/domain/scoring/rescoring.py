"""Everybody's score is worked out anew, after the rules were changed."""

from dataclasses import dataclass
from datetime import datetime

from funnel.domain.ids import TenantId


@dataclass(frozen=True, slots=True)
class Rescoring:
    """How far it is: `people` of about `of` are done, `cursor` is where it goes on.

    `generation` is that of the rules; a later one takes its place. `whole` is the last generation by
    which everybody's was worked out before this one began. `moved_at` is when it came further.
    """

    tenant: TenantId
    generation: int
    asked_by: str
    started_at: datetime
    of: int = 0
    people: int = 0
    cursor: str = ""
    finished_at: datetime | None = None
    whole: int = 0
    version: int = 0
    moved_at: datetime | None = None

    @property
    def last_moved(self) -> datetime:
        """When it came further, or began."""
        return self.moved_at or self.started_at

    @property
    def through(self) -> int:
        """The last generation by which everybody's score is worked out."""
        return self.generation if self.finished_at is not None else self.whole
