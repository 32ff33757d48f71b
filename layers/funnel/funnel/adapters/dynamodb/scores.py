"""Lead scores."""

from collections.abc import Iterable
from dataclasses import replace

from funnel.adapters.dynamodb.access import Access
from funnel.adapters.dynamodb.codec import from_text
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.scores import Score


class DynamoScores(Access):
    """`ScoreReader` in DynamoDB."""

    def scores(self, tenant: TenantId, ids: Iterable[PersonId]) -> dict[PersonId, Score]:
        """The scores of these people."""
        keys = [(f"{tenant}#{person_id}", "score") for person_id in dict.fromkeys(ids)]
        items = self._dynamo.batch_get(self._tables.scores, keys) if keys else []
        found = [
            replace(from_text(Score, item["body"]["S"]), version=int(item["version"]["N"]))
            for item in items
        ]
        return {score.person_id: score for score in found}
