"""Write down what was seen on a site."""

from funnel.domain.hits import HitBatch
from funnel.domain.ids import TenantId
from funnel.usecases.app import App


def record_hits(app: App, tenant: TenantId, batch: HitBatch) -> None:
    """Write down each hit once, under whoever it is of."""
