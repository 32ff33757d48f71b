"""Keys of machines, as the pages show them."""

from datetime import datetime, timedelta

from funnel.domain.ids import TenantId
from funnel.domain.signing_in.api_keys import SCOPES, ApiKey, hash_of
from tests.fakes.store import MemoryStore

SHOP_KEY = "6d0e5d0c-shop"


def fill_api_keys(store: MemoryStore, tenant: TenantId, now: datetime) -> None:
    """One that is used, one that is never used and ends, one revoked, one over, one of every scope."""
    day = timedelta(days=1)
    reads = tuple(one for one in SCOPES if one.endswith(":read"))
    for key in (
        ApiKey(
            tenant, SHOP_KEY, hash_of("shop"), "Shop", ("people:read", "people:write"),
            now - 20 * day, "Ada Brandt",
        ),
        ApiKey(
            tenant, "warehouse", hash_of("warehouse"), "Data warehouse <nightly>", reads,
            now - 8 * day, "Ada Brandt", expires_at=now + 120 * day,
        ),
        ApiKey(
            tenant, "old", hash_of("old"), "Import of the fair", ("people:write",),
            now - 31 * day, "Ada Brandt", revoked_at=now - 30 * day, revoked_by="Ada Brandt",
        ),
        ApiKey(
            tenant, "agency", hash_of("agency"), "Agency", ("forms:read",), now - 60 * day,
            "Ada Brandt", expires_at=now - day,
        ),
    ):  # fmt: skip
        store.save_api_key(key)
    store.note_key_use(tenant, SHOP_KEY, now - timedelta(minutes=50))
    store.note_key_use(tenant, "old", now - 30 * day)
