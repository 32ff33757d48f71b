"""Rows of several kinds read together, in memory."""

from funnel.domain.ids import TenantId
from funnel.ports.batches import Batch, BatchRead
from tests.fakes.activities import MemoryActivities
from tests.fakes.prospects import MemoryProspects


class MemoryBatches(MemoryProspects, MemoryActivities):
    """`BatchStore` in memory: each kind by itself, as DynamoDB has no order either."""

    def read_batch(self, tenant: TenantId, batch: Batch) -> BatchRead:
        """All that lies by a key."""
        return BatchRead(
            people=self.people(tenant, batch.people),
            records=self.records(tenant, batch.records),
            tallies=self.tallies(tenant, batch.tallies),
            scores=self.scores(tenant, batch.scores),
            prospects=self.prospects_of(tenant, batch.prospects),
            rules=self.scoring_rules(tenant) if batch.rules else None,
        )
