"""What Sugar is to be told of lead scores, in memory."""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace

from funnel.domain.ids import ConnectionId, PersonId, TenantId
from funnel.domain.pushing.score_marks import ScoreMark
from funnel.ports.store import Listing
from tests.fakes.listing import Index

_At = tuple[TenantId, PersonId]


class MemoryScoreMarks:
    """`ScoreMarkStore` in memory. `mark_writes` counts the marks that were written."""

    def __init__(self) -> None:
        super().__init__()
        self._score_lock = threading.RLock()
        self._score_marks: dict[_At, ScoreMark] = {}
        self._scores_due: Index[_At] = Index()
        self.mark_writes = 0

    def score_marks(self, tenant: TenantId, ids: Iterable[PersonId]) -> dict[PersonId, ScoreMark]:
        """The marks of these people."""
        with self._score_lock:
            found = {i: self._score_marks.get((tenant, i)) for i in ids}
            return {i: mark for i, mark in found.items() if mark is not None}

    def save_score_marks(self, tenant: TenantId, marks: Sequence[ScoreMark]) -> list[bool]:
        """Write each if its version still stands."""
        if any(mark.tenant != tenant for mark in marks):
            raise ValueError("a mark is of another tenant")
        with self._score_lock:
            return [self._save_score_mark(mark) for mark in marks]

    def scores_to_tell(
        self,
        tenant: TenantId,
        connection_id: ConnectionId,
        limit: int,
        cursor: str = "",
        *,
        parked: str = "",
    ) -> Listing[ScoreMark]:
        """The marks with a `due_at`, by rank and then by it."""
        with self._score_lock:
            group, load = (tenant, connection_id, parked), self._score_marks.__getitem__
            return self._scores_due.page(group, "", limit, cursor, load)

    def count_scores_to_tell(
        self, tenant: TenantId, connection_id: ConnectionId, limit: int
    ) -> int:
        """How many are due and not parked."""
        return len(self.scores_to_tell(tenant, connection_id, limit).items)

    def _save_score_mark(self, mark: ScoreMark) -> bool:
        at = (mark.tenant, mark.person_id)
        stored = self._score_marks.get(at)
        if (stored.version if stored else 0) != mark.version:
            return False
        self.mark_writes += 1
        self._score_marks[at] = replace(mark, version=mark.version + 1)
        due = mark.due_at
        place = f"{mark.rank:04}#{due.isoformat(timespec='microseconds')}#" if due else ""
        text = f"{place}{mark.person_id}" if due else None
        self._scores_due.put(at, (mark.tenant, mark.connection_id, mark.parked), text)
        return True
