"""Keys of machines in memory."""

import threading
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.domain.signing_in.api_keys import NOTED_EVERY, ApiKey


class MemoryApiKeys:
    """`ApiKeyStore` in memory."""

    def __init__(self) -> None:
        super().__init__()
        self._key_lock = threading.RLock()
        self._keys: dict[tuple[TenantId, str], ApiKey] = {}
        self._used: dict[tuple[TenantId, str], datetime] = {}
        self._key_calls: dict[tuple[TenantId, str, int], int] = {}

    def api_keys(self, tenant: TenantId) -> list[ApiKey]:
        """All keys of a tenant, the newest first."""
        found = [one for (owner, _), one in self._keys.items() if owner == tenant]
        return sorted(found, key=lambda one: (one.created_at, one.key_id), reverse=True)

    def api_key(self, tenant: TenantId, key_id: str) -> ApiKey | None:
        """One key."""
        return self._keys.get((tenant, key_id))

    def save_api_key(self, key: ApiKey) -> ApiKey:
        """Write it if its version still stands."""
        with self._key_lock:
            before = self._keys.get((key.tenant, key.key_id))
            if (before.version if before else 0) != key.version:
                raise Conflict("Somebody else changed this key meanwhile.")
            after = replace(key, version=key.version + 1)
            self._keys[key.tenant, key.key_id] = after
            return after

    def keys_used_at(self, tenant: TenantId, key_ids: Iterable[str]) -> dict[str, datetime]:
        """When these were last used."""
        return {one: self._used[tenant, one] for one in key_ids if (tenant, one) in self._used}

    def note_key_use(self, tenant: TenantId, key_id: str, now: datetime) -> None:
        """Write down that it was used, at most hourly."""
        with self._key_lock:
            before, at = self._used.get((tenant, key_id)), now.replace(microsecond=0)
            if before is None or at - before >= NOTED_EVERY:
                self._used[tenant, key_id] = at

    def count_key_call(self, tenant: TenantId, key_id: str, minute: int) -> int:
        """Count one more request in this minute."""
        with self._key_lock:
            place = (tenant, key_id, minute)
            self._key_calls[place] = self._key_calls.get(place, 0) + 1
            return self._key_calls[place]
