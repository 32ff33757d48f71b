"""Keys of machines: kept, listed, noted, counted; and that tenants are apart."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.domain.signing_in.api_keys import ApiKey, hash_of
from tests.contract.storage.builders import NOW as MOMENT
from tests.contract.storage.builders import UNICODE
from tests.contract.storage.conftest import Store

NOW = MOMENT.replace(microsecond=0)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def key(tenant: TenantId, key_id: str = "k1", **changes: object) -> ApiKey:
    made = ApiKey(tenant, key_id, hash_of("s"), UNICODE, ("people:read",), NOW, "Ann")
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_key_comes_back_as_it_was_and_its_id_is_taken(store: Store, tenant: TenantId) -> None:
    assert store.api_key(tenant, "k1") is None
    assert store.api_keys(tenant) == []
    whole = key(tenant, scopes=("people:read", "lists:write"), expires_at=NOW + HOUR)
    kept = store.save_api_key(whole)
    assert kept == replace(whole, version=1)
    assert store.api_key(tenant, "k1") == kept
    with pytest.raises(Conflict):
        store.save_api_key(whole)


def test_only_who_has_the_version_that_stands_changes_a_key(store: Store, tenant: TenantId) -> None:
    first = store.save_api_key(key(tenant))
    revoked = store.save_api_key(replace(first, revoked_at=NOW, revoked_by="Bob"))
    assert store.api_key(tenant, "k1") == revoked
    with pytest.raises(Conflict):
        store.save_api_key(replace(first, name="other"))
    assert store.api_key(tenant, "k1") == revoked


def test_keys_are_listed_the_newest_first(store: Store, new_tenant: Callable[[], TenantId]) -> None:
    tenant, other = new_tenant(), new_tenant()
    kept = [store.save_api_key(key(tenant, f"k{i}", created_at=NOW + i * HOUR)) for i in range(3)]
    store.save_api_key(key(other, "k9"))
    assert store.api_keys(tenant) == kept[::-1]
    assert store.api_key(other, "k1") is None


def test_use_is_noted_once_an_hour(store: Store, new_tenant: Callable[[], TenantId]) -> None:
    tenant, other = new_tenant(), new_tenant()
    for one in (tenant, other):
        store.note_key_use(one, "k1", NOW)
    assert store.keys_used_at(tenant, ["k1", "k2"]) == {"k1": NOW}
    store.note_key_use(tenant, "k1", NOW + HOUR - SECOND)
    assert store.keys_used_at(tenant, ["k1"]) == {"k1": NOW}
    store.note_key_use(tenant, "k1", NOW + HOUR)
    assert store.keys_used_at(tenant, ["k1"]) == {"k1": NOW + HOUR}
    assert store.keys_used_at(other, ["k1"]) == {"k1": NOW}
    assert store.keys_used_at(tenant, []) == {}


def test_requests_are_counted_by_key_and_minute(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    assert [store.count_key_call(tenant, "k1", 29_000_000) for _ in range(3)] == [1, 2, 3]
    assert store.count_key_call(tenant, "k1", 29_000_001) == 1
    assert store.count_key_call(tenant, "k2", 29_000_000) == 1
    assert store.count_key_call(other, "k1", 29_000_000) == 1
