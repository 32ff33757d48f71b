"""Where it is kept what Sugar is to be told of lead scores.

What `ports/store.py` says of all stores holds here too.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from funnel.domain.ids import ConnectionId, PersonId, TenantId
from funnel.domain.pushing.score_marks import ScoreMark
from funnel.ports.listing import Listing


class ScoreMarkStore(Protocol):
    """A mark for each person whose score Sugar was told, or is to be told."""

    def score_marks(self, tenant: TenantId, ids: Iterable[PersonId]) -> dict[PersonId, ScoreMark]:
        """The marks of these people that are there."""

    def save_score_marks(self, tenant: TenantId, marks: Sequence[ScoreMark]) -> list[bool]:
        """Write each if its version still stands (0: if there is none); which were written.

        They are independent of each other, no two of one person. A mark written before and
        repeated is told False. Raises `ValueError` for one of another tenant.
        """

    def scores_to_tell(
        self,
        tenant: TenantId,
        connection_id: ConnectionId,
        limit: int,
        cursor: str = "",
        *,
        parked: str = "",
    ) -> Listing[ScoreMark]:
        """Listing: the marks with a `due_at`, by rank and then by it, also of times to come.

        Those that are not parked, or those that are for this module.
        """

    def count_scores_to_tell(
        self, tenant: TenantId, connection_id: ConnectionId, limit: int
    ) -> int:
        """Listing: how many are due and not parked; `limit` where there are more."""
