"""What idempotency keys stand for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.domain.sent_requests import SentRequest
from tests.contract.storage.builders import NOW
from tests.contract.storage.conftest import Store


def test_a_request_comes_back_and_only_who_has_its_version_changes_it(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    sent = SentRequest(tenant, "s1", "f", NOW + timedelta(days=7))
    assert store.sent_request(tenant, "s1") is None
    kept = store.keep_sent_request(sent)
    assert store.sent_request(tenant, "s1") == kept == replace(sent, version=1)
    assert store.sent_request(other, "s1") is None
    with pytest.raises(Conflict):
        store.keep_sent_request(sent)
    done = store.keep_sent_request(replace(kept, status=201))
    assert store.sent_request(tenant, "s1") == done
    with pytest.raises(Conflict):
        store.keep_sent_request(replace(kept, status=202))
