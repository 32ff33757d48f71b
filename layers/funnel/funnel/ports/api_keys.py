"""Where keys of machines are kept."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from funnel.domain.ids import TenantId
from funnel.domain.signing_in.api_keys import ApiKey


class ApiKeyStore(Protocol):
    """Keys by their tenant, and how often each asks."""

    def api_keys(self, tenant: TenantId) -> list[ApiKey]:
        """All keys of a tenant, also those that are good no more; the newest first."""

    def api_key(self, tenant: TenantId, key_id: str) -> ApiKey | None:
        """One key."""

    def save_api_key(self, key: ApiKey) -> ApiKey:
        """Write it if its version still stands; the stored one. Raises `Conflict`."""

    def keys_used_at(self, tenant: TenantId, key_ids: Iterable[str]) -> dict[str, datetime]:
        """When these were last used, right to the hour; those that never were are absent."""

    def note_key_use(self, tenant: TenantId, key_id: str, now: datetime) -> None:
        """Write down that it was used; nothing where that is known of the hour before `now`."""

    def count_key_call(self, tenant: TenantId, key_id: str, minute: int) -> int:
        """Count one more request in this minute since 1970; how many there are by now."""
