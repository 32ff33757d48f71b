"""Rows of several tables in one request."""

from funnel.adapters.dynamodb import activity_rows, rows
from funnel.adapters.dynamodb.access import Access
from funnel.adapters.dynamodb.prospects import prospect_of, prospect_place
from funnel.adapters.dynamodb.scoring import RULES, rules_of
from funnel.adapters.dynamodb.tables import person_pk, record_pk
from funnel.domain.ids import TenantId
from funnel.ports.batches import Batch, BatchRead


class DynamoBatches(Access):
    """`BatchStore` in DynamoDB: each table gives rows of one kind."""

    def read_batch(self, tenant: TenantId, batch: Batch) -> BatchRead:
        """All that lies by a key."""
        tables = self._tables
        subjects = list(dict.fromkeys(batch.tallies))
        places: dict[str, list[tuple[str, str]]] = {
            tables.people: [(person_pk(tenant, one), rows.PERSON) for one in set(batch.people)],
            tables.records: [(record_pk(tenant, key), rows.RECORD) for key in set(batch.records)],
            tables.activities: [activity_rows.tally_place(tenant, one) for one in subjects],
            tables.scores: [activity_rows.score_place(tenant, one) for one in set(batch.scores)],
            tables.vision: [prospect_place(tenant, key) for key in set(batch.prospects)],
            tables.marketing: [(tenant, RULES)] if batch.rules else [],
        }
        found = self._dynamo.batch_get_of(places)
        people = [rows.person_of(tenant, item) for item in found[tables.people]]
        records = [rows.record_of(tenant, item) for item in found[tables.records]]
        prospects = map(prospect_of, found[tables.vision])
        rules = next(iter(found[tables.marketing]), None)
        return BatchRead(
            people={one.person_id: one for one in people},
            records={one.key: one for one in records},
            tallies=activity_rows.tallies_in(tenant, found[tables.activities], subjects),
            scores=activity_rows.scores_in(tenant, found[tables.scores]),
            prospects={one.key: one for one in prospects},
            rules=rules_of(tenant, rules) if batch.rules else None,
        )
