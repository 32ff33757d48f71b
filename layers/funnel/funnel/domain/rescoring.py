"""Everybody's score is worked out anew, after the rules were changed."""

from dataclasses import dataclass
from datetime import datetime

from funnel.domain.ids import TenantId


@dataclass(frozen=True, slots=True)
class Rescoring:
    """How far it is: `people` of about `of` are done, `cursor` is where it goes on.

    `generation` is that of the rules; a later one takes its place.
    """

    tenant: TenantId
    generation: int
    asked_by: str
    started_at: datetime
    of: int = 0
    people: int = 0
    cursor: str = ""
    finished_at: datetime | None = None
    version: int = 0
