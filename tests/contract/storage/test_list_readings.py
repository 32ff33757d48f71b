"""How far Target Lists have been compared, and when they were last asked for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.crm import IdRange
from funnel.domain.errors import Conflict
from funnel.domain.ids import ConnectionId, ListId, Module, SugarId, TenantId
from funnel.domain.lists.target_lists import ListReading, ListsRound, Part
from funnel.domain.sync.runs import Note
from tests.contract.storage.builders import NOW, UNICODE
from tests.contract.storage.conftest import Store

LIST = ListId("list-1")


def reading(tenant: TenantId) -> ListReading:
    """One with every field filled."""
    return ListReading(
        tenant=tenant,
        list_id=LIST,
        parts=(
            Part(Module.LEADS, IdRange(None, "7f"), 3, "0a"),
            Part(Module.LEADS, IdRange("7f", None), 2, "0b"),
            Part(Module.PROSPECTS),
        ),
        odd={Module.LEADS: (SugarId("seed_sally"),)},
        skipped={Module.USERS: 2, Module.ACCOUNTS: 0},
        waiting=("Leads/1", "Contacts/2"),
        waiting_more=7,
        changed_at=NOW,
        compared_at=NOW - timedelta(hours=1),
        seconds=1.5,
        due_at=NOW + timedelta(hours=1),
        lease_owner="worker",
        lease_until=NOW + timedelta(seconds=240),
        note=Note("NoRight", UNICODE, "Ask."),
    )


def test_a_reading_comes_back_as_it_was_and_late_writes_are_refused(
    store: Store, tenant: TenantId
) -> None:
    assert store.list_reading(tenant, LIST) is None
    first = store.save_list_reading(reading(tenant))
    assert first == replace(reading(tenant), version=1)
    assert store.list_reading(tenant, LIST) == first
    assert store.list_reading(tenant, ListId("list-2")) is None
    assert store.list_readings(tenant, [LIST, ListId("list-2"), LIST]) == {LIST: first}
    assert store.list_readings(tenant, []) == {}
    assert store.list_readings(TenantId(f"{tenant}-b"), [LIST]) == {}
    bare = store.save_list_reading(ListReading(tenant, LIST, version=1))
    for late in (reading(tenant), first):
        with pytest.raises(Conflict):
            store.save_list_reading(late)
    assert store.list_reading(tenant, LIST) == bare


def test_a_round_comes_back_as_it_was_and_late_writes_are_refused(
    store: Store, tenant: TenantId
) -> None:
    assert store.lists_round(tenant) is None
    made = ListsRound(tenant, NOW, "Ada", 15, NOW, Note("NoRight", "No."), ConnectionId("c"))
    first = store.save_lists_round(made)
    assert store.lists_round(tenant) == first == replace(made, version=1)
    with pytest.raises(Conflict):
        store.save_lists_round(made)
