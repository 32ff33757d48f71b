"""Lead scores in memory, with the stream of their changes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from funnel.domain.ids import PersonId, TenantId
from funnel.domain.score_marks import ScoreChange
from funnel.domain.scores import Score, ScoreLine


class MemoryScores:
    """`ScoreReader` in memory. `score_stream` has every change, as the table's stream does."""

    def __init__(self) -> None:
        super().__init__()
        self._scores: dict[tuple[TenantId, PersonId], Score] = {}
        self.score_stream: list[ScoreChange] = []

    def scores(self, tenant: TenantId, ids: Iterable[PersonId]) -> dict[PersonId, Score]:
        """The scores of these people."""
        return {i: score for i in ids if (score := self._scores.get((tenant, i))) is not None}

    def put_score(self, tenant: TenantId, person_id: PersonId, value: int, at: datetime) -> None:
        """Write a person's score, as an activity does."""
        before = self._scores.get((tenant, person_id))
        lines = (ScoreLine("visit", "Visit", 1, value),) if value else ()
        score = Score(tenant, person_id, lines, at)
        version = before.version if before else 0
        self._scores[tenant, person_id] = replace(score, version=version + 1)
        change = ScoreChange(tenant, person_id, before.value if before else 0, score.value)
        self.score_stream.append(change)
