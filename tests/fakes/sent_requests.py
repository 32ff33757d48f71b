"""What idempotency keys stand for, in memory."""

import threading
from dataclasses import replace

from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.domain.sent_requests import SentRequest


class MemorySentRequests:
    """`SentRequestStore` in memory."""

    def __init__(self) -> None:
        super().__init__()
        self._sent_lock = threading.RLock()
        self._sent_requests: dict[tuple[TenantId, str], SentRequest] = {}

    def sent_request(self, tenant: TenantId, sent_id: str) -> SentRequest | None:
        """What was kept under it."""
        return self._sent_requests.get((tenant, sent_id))

    def keep_sent_request(self, sent: SentRequest) -> SentRequest:
        """Write it if its version still stands."""
        with self._sent_lock:
            place = (sent.tenant, sent.sent_id)
            before = self._sent_requests.get(place)
            if (before.version if before else 0) != sent.version:
                raise Conflict("The same request is being carried out.")
            self._sent_requests[place] = replace(sent, version=sent.version + 1)
            return self._sent_requests[place]
