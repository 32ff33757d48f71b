"""Alerts of sales reps in memory."""

import threading
from dataclasses import replace
from datetime import datetime

from funnel.adapters.dynamodb.tables import moment
from funnel.domain.errors import Conflict
from funnel.domain.ids import SugarId, TenantId
from funnel.domain.vision.alerts import Alerts


class MemoryAlerts:
    """`AlertStore` in memory."""

    def __init__(self) -> None:
        super().__init__()
        self._alerts_lock = threading.RLock()
        self._alerts: dict[tuple[TenantId, SugarId], Alerts] = {}

    def alerts(self, tenant: TenantId, user_id: SugarId) -> Alerts:
        """A rep's alerts."""
        return self._alerts.get((tenant, user_id), Alerts(tenant, user_id))

    def save_alerts(self, alerts: Alerts) -> Alerts:
        """Write them if their version still stands."""
        with self._alerts_lock:
            if self.alerts(alerts.tenant, alerts.user_id).version != alerts.version:
                raise Conflict("The alerts were changed meanwhile.")
            after = replace(alerts, version=alerts.version + 1)
            self._alerts[alerts.tenant, alerts.user_id] = after
            return after

    def due_alerts(
        self, now: datetime, limit: int, cursor: str = ""
    ) -> tuple[list[tuple[TenantId, SugarId]], str]:
        """Whose alerts are to be looked at by now."""
        with self._alerts_lock:
            rows = sorted(
                (f"{moment(one.next_at)}#{one.tenant}#{one.user_id}", one)
                for one in self._alerts.values()
                if one.next_at is not None and one.next_at <= now
            )
        rest = [row for row in rows if row[0] > cursor]
        page = rest[:limit]
        more = page[-1][0] if len(rest) > limit else ""
        return [(one.tenant, one.user_id) for _, one in page], more
