"""Visitors in memory."""

import threading
from dataclasses import replace
from datetime import datetime

from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.domain.tracking.hits import BrowserId
from funnel.domain.tracking.visitors import Visitor

_Of = tuple[TenantId, BrowserId]


class MemoryVisitors:
    """`VisitorStore` in memory. Nothing is forgotten by time."""

    def __init__(self) -> None:
        super().__init__()
        self._visitors_lock = threading.RLock()
        self._visitors: dict[_Of, Visitor] = {}
        self._ips: dict[_Of, dict[str, str]] = {}

    def visitor(self, tenant: TenantId, browser: BrowserId) -> Visitor | None:
        """The visitor that is this browser."""
        return self._visitors.get((tenant, browser))

    def save_visitor(self, visitor: Visitor) -> Visitor:
        """Write it if its version still stands."""
        with self._visitors_lock:
            key = (visitor.tenant, visitor.browser)
            stored = self._visitors.get(key)
            if (stored.version if stored else 0) != visitor.version:
                raise Conflict("Another worker changed this visitor meanwhile.")
            after = replace(visitor, version=visitor.version + 1)
            self._visitors[key] = after
            return after

    def keep_ip(
        self, tenant: TenantId, browser: BrowserId, visit_id: str, ip: str, until: datetime
    ) -> None:
        """Keep from where a visit came."""
        self._ips.setdefault((tenant, browser), {})[visit_id] = ip

    def ips(self, tenant: TenantId, browser: BrowserId) -> dict[str, str]:
        """The IP addresses by visit."""
        return dict(self._ips.get((tenant, browser), {}))

    def forget_ips(self, tenant: TenantId, browser: BrowserId) -> None:
        """Remove the IP addresses it came from."""
        self._ips.pop((tenant, browser), None)
