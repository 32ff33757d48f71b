"""Visitors of sites, and the addresses they came from."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.errors import Conflict
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.tracking.activities import SubjectId
from funnel.domain.tracking.hits import BrowserId
from funnel.domain.tracking.visitors import Holder, KnownBy, Telling, Visit, Visitor
from tests.contract.storage.builders import NOW
from tests.contract.storage.conftest import Store

BROWSER, OTHER = BrowserId("b1"), BrowserId("b2")
HOUR = timedelta(hours=1)


def visitor(tenant: TenantId) -> Visitor:
    """One with something everywhere."""
    first, second = SubjectId("v-b1"), SubjectId("v-b1-x")
    return Visitor(
        tenant,
        BROWSER,
        NOW,
        (
            Holder(NOW - HOUR, first, PersonId("p1"), NOW, KnownBy.LINK),
            Holder(NOW, second),
        ),
        (Visit("visit-1", first, NOW - HOUR, NOW), Visit("visit-2", second, NOW, NOW)),
        (Telling(NOW, PersonId("p1")),),
    )


def test_a_visitor_comes_back_and_is_changed_by_one_at_a_time(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant = new_tenant()
    assert store.visitor(tenant, BROWSER) is None
    stored = store.save_visitor(visitor(tenant))
    assert stored == replace(visitor(tenant), version=1)
    assert store.visitor(tenant, BROWSER) == stored
    with pytest.raises(Conflict):
        store.save_visitor(visitor(tenant))
    again = store.save_visitor(replace(stored, visits=()))
    with pytest.raises(Conflict):
        store.save_visitor(stored)
    assert store.visitor(tenant, BROWSER) == again
    assert store.visitor(tenant, OTHER) is None
    assert store.visitor(new_tenant(), BROWSER) is None


def test_addresses_are_kept_by_visit_apart_from_the_visitor(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant = new_tenant()
    store.keep_ip(tenant, BROWSER, "visit-1", "192.0.2.7", NOW + HOUR)
    store.keep_ip(tenant, BROWSER, "visit-2", "2001:db8::7", NOW + HOUR)
    store.keep_ip(tenant, BROWSER, "visit-2", "2001:db8::7", NOW + HOUR)
    assert store.ips(tenant, BROWSER) == {"visit-1": "192.0.2.7", "visit-2": "2001:db8::7"}
    assert store.visitor(tenant, BROWSER) is None
    assert store.ips(tenant, OTHER) == {} == store.ips(new_tenant(), BROWSER)


def test_the_addresses_of_a_visitor_are_forgotten_and_it_stays(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant = new_tenant()
    stored = store.save_visitor(visitor(tenant))
    store.keep_ip(tenant, BROWSER, "visit-1", "192.0.2.7", NOW + HOUR)
    for _ in range(2):
        store.forget_ips(tenant, BROWSER)
        assert store.ips(tenant, BROWSER) == {}
    assert store.visitor(tenant, BROWSER) == stored
