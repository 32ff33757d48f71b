"""Where visitors of sites are kept. What `ports/store.py` says of all stores holds here too."""

from datetime import datetime
from typing import Protocol

from funnel.domain.ids import TenantId
from funnel.domain.tracking.hits import BrowserId
from funnel.domain.tracking.visitors import Visitor


class VisitorStore(Protocol):
    """Visitors, and apart from them and for a short time, the IP addresses they came from."""

    def visitor(self, tenant: TenantId, browser: BrowserId) -> Visitor | None:
        """The visitor that is this browser."""

    def save_visitor(self, visitor: Visitor) -> Visitor:
        """Write it if its version still stands; the stored one. Raises `Conflict`."""

    def keep_ip(
        self, tenant: TenantId, browser: BrowserId, visit_id: str, ip: str, until: datetime
    ) -> None:
        """Keep from where a visit came, until then; again, in place of what was kept of it."""

    def ips(self, tenant: TenantId, browser: BrowserId) -> dict[str, str]:
        """The IP addresses by visit that have not been forgotten."""

    def forget_ips(self, tenant: TenantId, browser: BrowserId) -> None:
        """Remove the IP addresses it came from; nothing if there are none."""
