"""Where it is kept what idempotency keys stand for."""

from typing import Protocol

from funnel.domain.ids import TenantId
from funnel.domain.sent_requests import SentRequest


class SentRequestStore(Protocol):
    """Requests by their tenant and key."""

    def sent_request(self, tenant: TenantId, sent_id: str) -> SentRequest | None:
        """What was kept under it, also when it has expired."""

    def keep_sent_request(self, sent: SentRequest) -> SentRequest:
        """Write it if its version still stands; the stored one. Raises `Conflict`."""
