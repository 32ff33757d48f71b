"""What Sugar is to be told of lead scores."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from funnel.adapters.dynamodb.access import Access, put_once_if_version
from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.marketing_models import PushRow
from funnel.adapters.dynamodb.models import bound
from funnel.adapters.dynamodb.requests import Dynamo, Item
from funnel.adapters.dynamodb.tables import SHARDS, Tables, moment, shard
from funnel.domain.ids import ConnectionId, PersonId, TenantId
from funnel.domain.pushing.score_marks import ScoreMark
from funnel.ports.listing import Listing

MARK = "mark"


class DynamoScoreMarks(Access):
    """`ScoreMarkStore` in DynamoDB. What is due is in the index, in shards, and nothing else."""

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        super().__init__(dynamo, tables)
        self._pushes: type[PushRow] = bound(PushRow, tables.pushes, dynamo.client)

    def score_marks(self, tenant: TenantId, ids: Iterable[PersonId]) -> dict[PersonId, ScoreMark]:
        """The marks of these people that are there."""
        keys = [(_pk(tenant, person_id), MARK) for person_id in dict.fromkeys(ids)]
        items = self._dynamo.batch_get(self._tables.pushes, keys) if keys else []
        return {mark.person_id: mark for mark in map(_mark_of, items)}

    def save_score_marks(self, tenant: TenantId, marks: Sequence[ScoreMark]) -> list[bool]:
        """Write each if its version still stands."""
        if any(mark.tenant != tenant for mark in marks):
            raise ValueError("a mark is of another tenant")
        return self._dynamo.each(self._save_mark, marks)

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
        return self._listings.merged(
            self._tables.pushes,
            "due",
            [_due_pk(tenant, connection_id, parked, part) for part in range(SHARDS)],
            _mark_of,
            limit,
            cursor=cursor,
        )

    def count_scores_to_tell(
        self, tenant: TenantId, connection_id: ConnectionId, limit: int
    ) -> int:
        """How many are due and not parked; their rows are not sent."""
        found = 0
        for part in range(SHARDS):
            found += self._dynamo.count(
                self._tables.pushes,
                limit - found,
                IndexName="due",
                ConsistentRead=False,
                KeyConditionExpression="due_pk = :p",
                ExpressionAttributeValues={":p": {"S": _due_pk(tenant, connection_id, "", part)}},
            )
            if found >= limit:
                break
        return found

    def _save_mark(self, mark: ScoreMark) -> bool:
        row = self._pushes(
            _pk(mark.tenant, mark.person_id), MARK, version=mark.version + 1, body=to_text(mark)
        )
        if mark.due_at is not None:
            part = shard(mark.person_id)
            row.due_pk = _due_pk(mark.tenant, mark.connection_id, mark.parked, part)
            row.due_sk = f"{mark.rank:04}#{moment(mark.due_at)}#{mark.person_id}"
        table = self._tables.pushes
        return put_once_if_version(self._dynamo, table, row.serialize(), mark.version)


def _mark_of(item: Item) -> ScoreMark:
    mark = from_text(ScoreMark, item["body"]["S"])
    return replace(mark, version=int(item["version"]["N"]))


def _pk(tenant: TenantId, person_id: PersonId) -> str:
    return f"{tenant}#score#{person_id}"


def _due_pk(tenant: TenantId, connection_id: ConnectionId, parked: str, part: int) -> str:
    """One shard of what a Sugar is to be told, or of what waits for one of its modules."""
    return f"{tenant}#score#{connection_id}#{parked}#{part}"
