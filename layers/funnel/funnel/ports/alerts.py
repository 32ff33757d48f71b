"""Where the alerts of sales reps are kept. What `ports/store.py` says of stores holds."""

from datetime import datetime
from typing import Protocol

from funnel.domain.ids import SugarId, TenantId
from funnel.domain.vision.alerts import Alerts


class AlertStore(Protocol):
    """Alerts, by tenant and Sugar user."""

    def alerts(self, tenant: TenantId, user_id: SugarId) -> Alerts:
        """A rep's alerts; all off, of version 0, where there are none. Consistent."""

    def save_alerts(self, alerts: Alerts) -> Alerts:
        """Write them if their version still stands; the stored ones. Raises `Conflict`."""

    def due_alerts(
        self, now: datetime, limit: int, cursor: str = ""
    ) -> tuple[list[tuple[TenantId, SugarId]], str]:
        """Listing across tenants, for the schedule: whose alerts are to be looked at by now.

        Those that wait longest first, of one shard after the other; and where to go on, "" at the
        end. A page may be empty and yet not the last.
        """
