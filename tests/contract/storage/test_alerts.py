"""Alerts of sales reps, and whose are to be looked at."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.errors import Conflict
from funnel.domain.ids import SugarId, TenantId
from funnel.domain.vision.alerts import Alert, Alerts, AlertSettings, NewVisit, Telling, ToldVisit
from tests.contract.storage.builders import NOW
from tests.contract.storage.conftest import Store

LONG_AGO = NOW - timedelta(days=3650)
"""Other tests' rows are all of later: the listing goes through all tenants."""


def test_alerts_come_back_and_are_changed_by_one_at_a_time(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, rep = new_tenant(), SugarId("u 1/ü")
    assert store.alerts(tenant, rep) == Alerts(tenant, rep)
    full = Alerts(
        tenant, rep, AlertSettings((Alert.SCORE, Alert.DIGEST), 70, 7, "Europe/Oslo"), NOW, True,
        ("Leads/l1", "Contacts/c1"), NOW, (ToldVisit("v1", NOW),), "2026-03-02", NOW, 4,
        Telling(4, NOW, ("Leads/l1",), (NewVisit("v1", "Leads/l1"),), True, NOW), "Bounced.",
    )  # fmt: skip
    stored = store.save_alerts(full)
    assert stored == replace(full, version=1)
    assert store.alerts(tenant, rep) == stored
    with pytest.raises(Conflict):
        store.save_alerts(full)
    again = store.save_alerts(replace(stored, telling=None))
    with pytest.raises(Conflict):
        store.save_alerts(stored)
    assert store.alerts(tenant, rep) == again
    assert store.alerts(new_tenant(), rep).version == 0


def due(store: Store, limit: int) -> tuple[list[tuple[TenantId, SugarId]], int]:
    """All that are due, and the longest page."""
    found, cursor, longest = [], "", 0
    while True:
        page, cursor = store.due_alerts(LONG_AGO, limit, cursor)
        found += page
        longest = max(longest, len(page))
        if not cursor:
            return found, longest


@pytest.mark.parametrize("limit", [1, 3, 100])
def test_those_that_are_due_are_listed_once_page_by_page_and_no_others(
    store: Store, new_tenant: Callable[[], TenantId], limit: int
) -> None:
    tenants = new_tenant(), new_tenant()
    wanted = {(tenant, SugarId(f"u{n}")) for tenant in tenants for n in range(9)}
    for tenant, rep in wanted:
        at = LONG_AGO - timedelta(minutes=int(rep[1:]))
        store.save_alerts(Alerts(tenant, rep, next_at=at))
    later = store.save_alerts(
        Alerts(tenants[0], SugarId("later"), next_at=LONG_AGO + timedelta(seconds=1))
    )
    off = store.save_alerts(Alerts(tenants[0], SugarId("off"), next_at=LONG_AGO))
    store.save_alerts(replace(off, next_at=None))
    found, longest = due(store, limit)
    mine = [one for one in found if one[0] in tenants]
    assert sorted(mine) == sorted(wanted)
    assert longest <= limit
    for tenant, rep in [*wanted, (later.tenant, later.user_id)]:
        store.save_alerts(replace(store.alerts(tenant, rep), next_at=None))
    assert due(store, limit)[0] == []
