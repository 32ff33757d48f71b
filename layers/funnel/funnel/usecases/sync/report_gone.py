"""Report what Sugar no longer shows, not even by its id."""

from collections.abc import Sequence
from datetime import datetime

from funnel.domain.ids import RecordKey, TenantId
from funnel.domain.sync.vanished import vanished_unit
from funnel.usecases.app import App


def report_gone(app: App, tenant: TenantId, missing: Sequence[RecordKey], asked: datetime) -> None:
    """Report those of ours that were missing, unless somebody has read them since we asked."""
    if not missing:
        return
    stored = app.records.records(tenant, missing).values()
    now = app.clock.now()
    older = [r for r in stored if r.stamp.ended <= asked]
    units = [unit for r in older if (unit := vanished_unit(r, now))]
    if units:
        app.records.commit(tenant, units)
