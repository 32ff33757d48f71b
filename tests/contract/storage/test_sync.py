"""Connections, jobs, leases and the budget."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.connecting.connections import Connection
from funnel.domain.connecting.currencies import BASE, Currencies, Currency
from funnel.domain.crm import FieldDef
from funnel.domain.errors import Conflict
from funnel.domain.ids import ConnectionId, JobId, Module, SugarId, TenantId
from funnel.domain.mapping.fields import FieldList
from funnel.domain.signing_in.tries import Tries
from funnel.domain.sync.runs import Job, JobStatus, Note
from tests.contract.storage.builders import NOW, UNICODE, connection, stored
from tests.contract.storage.conftest import Store
from tests.contract.storage.test_listings import pages


def test_a_connection_comes_back_as_it_was(store: Store, tenant: TenantId) -> None:
    assert store.connection(tenant) is None
    first = connection(tenant)
    assert store.save_connection(first) == stored(first)
    assert store.connection(tenant) == stored(first)
    bare = replace(stored(first), pause=None, quiet_hours=None, conditions={}, open_until=None)
    assert store.save_connection(bare) == stored(bare)
    assert store.connection(tenant) == stored(bare)


def test_a_connection_that_changed_meanwhile_is_not_overwritten(
    store: Store, tenant: TenantId
) -> None:
    first = store.save_connection(connection(tenant))
    second = store.save_connection(replace(first, user_name="second"))
    for late in (connection(tenant), first, replace(first, version=9)):
        with pytest.raises(Conflict):
            store.save_connection(late)
    assert store.connection(tenant) == second


def test_connections_are_found_by_the_quarter_of_their_hour(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenants = [new_tenant() for _ in range(120)]
    for number, tenant in enumerate(tenants):
        quarter_id = ConnectionId(f"{number % 2:08x}-0000-4000-8000-000000000001")
        store.save_connection(connection(tenant, connection_id=quarter_id))
    for quarter in range(4):
        found = pages(lambda cursor: store.connections_of_quarter(quarter, cursor))  # noqa: B023
        expected = [t for i, t in enumerate(tenants) if i % 2 == quarter]
        assert len(found) == len(set(found))
        assert [t for t in tenants if t in found] == expected
    moved = replace(store_connection(store, tenants[0]), connection_id=ConnectionId("00000003"))
    store.save_connection(moved)
    assert tenants[0] not in pages(lambda cursor: store.connections_of_quarter(0, cursor))
    assert tenants[0] in pages(lambda cursor: store.connections_of_quarter(3, cursor))


def store_connection(store: Store, tenant: TenantId) -> Connection:
    """The tenant's connection, which is there."""
    found = store.connection(tenant)
    assert found is not None
    return found


def test_a_job_comes_back_as_it_was(store: Store, tenant: TenantId) -> None:
    arguments = {"url": UNICODE, "deep": {"list": [1, 2.5, None, True, ""]}, "none": {}}
    first = Job(tenant, "j1", "test-connection", "Zoë", NOW, arguments)
    assert store.job(tenant, JobId("j1")) is None
    assert store.save_job(first) == stored(first)
    done = replace(
        stored(first),
        status=JobStatus.DONE,
        result={"rights": [{"module": "Leads", "read": "yes"}]},
        note=Note("X", "text", "mend"),
        finished_at=NOW,
    )
    assert store.save_job(done) == stored(done)
    assert store.job(tenant, JobId("j1")) == stored(done)
    with pytest.raises(Conflict):
        store.save_job(done)
    with pytest.raises(Conflict):
        store.save_job(first)


def test_a_lease_has_one_owner_at_a_time(store: Store, tenant: TenantId) -> None:
    minute = timedelta(minutes=1)

    def take(owner: str, at: float, name: str = "sign-in") -> bool:
        return store.acquire(tenant, name, owner, NOW + at * minute, NOW + (at + 1) * minute)

    assert not store.is_held(tenant, "sign-in", NOW)
    assert take("a", 0)
    assert store.is_held(tenant, "sign-in", NOW + 0.5 * minute)
    assert not store.is_held(tenant, "sign-in", NOW + minute)
    assert not take("b", 0.5)
    assert take("b", 0.5, "another")
    assert take("a", 0.9), "the owner may prolong it"
    assert not take("b", 1.5)
    assert take("b", 1.9), "it has expired"
    assert not take("a", 2)
    store.release(tenant, "sign-in", "a")
    assert not take("a", 2), "it was not a's to give back"
    store.release(tenant, "sign-in", "b")
    assert take("a", 2)
    store.release(tenant, "never taken", "a")


def test_the_budget_spreads_requests_of_all_workers(store: Store, tenant: TenantId) -> None:
    assert store.reserve(tenant, 5, 10, NOW) == 0
    assert store.reserve(tenant, 5, 10, NOW) == pytest.approx(0.5)
    assert store.reserve(tenant, 1, 10, NOW + timedelta(seconds=0.25)) == pytest.approx(0.75)
    assert store.reserve(tenant, 1, 10, NOW + timedelta(seconds=1)) == pytest.approx(0.1)


def test_until_when_the_budget_is_spent_can_be_asked(store: Store, tenant: TenantId) -> None:
    assert store.reserved_until(tenant) is None
    store.reserve(tenant, 5, 10, NOW)
    store.reserve(tenant, 5, 10, NOW)
    found = store.reserved_until(tenant)
    assert found is not None
    assert (found - NOW).total_seconds() == pytest.approx(1)


def test_a_budget_that_was_not_used_is_not_saved_up(store: Store, tenant: TenantId) -> None:
    store.reserve(tenant, 5, 10, NOW)
    later = NOW + timedelta(hours=1)
    assert store.reserve(tenant, 5, 10, later) == 0
    assert store.reserve(tenant, 5, 10, later) == pytest.approx(0.5)


def test_a_budget_that_changes_its_rate_keeps_what_was_reserved(
    store: Store, tenant: TenantId
) -> None:
    store.reserve(tenant, 2, 1, NOW)
    assert store.reserve(tenant, 10, 1000, NOW) == pytest.approx(2)
    assert store.reserve(tenant, 1, 1, NOW) == pytest.approx(2.01)


def test_jobs_are_found_by_their_ids_in_any_number(store: Store, tenant: TenantId) -> None:
    ids = [JobId(f"j{number:03}") for number in range(120)]
    saved = {
        job_id: store.save_job(Job(tenant, job_id, "try again", "Ada", NOW, {})) for job_id in ids
    }
    assert store.jobs(tenant, [*ids, ids[0], JobId("none")]) == saved
    assert store.jobs(tenant, []) == {}
    assert store.jobs(TenantId("other"), ids) == {}


def test_tries_come_back_as_they_were_and_are_changed_by_one_at_a_time(
    store: Store, tenant: TenantId
) -> None:
    none = store.tries(tenant, "who")
    assert none == Tries(tenant, "who")
    first = store.save_tries(replace(none, at={"t1": NOW, "t2": NOW + timedelta(microseconds=7)}))
    assert first == Tries(tenant, "who", {"t1": NOW, "t2": NOW + timedelta(microseconds=7)}, 1)
    assert store.tries(tenant, "who") == first
    assert store.tries(tenant, "another") == Tries(tenant, "another")
    with pytest.raises(Conflict):
        store.save_tries(replace(none, at={"t3": NOW}))
    assert store.save_tries(replace(first, at={"t4": NOW})).version == 2
    assert set(store.tries(tenant, "who").at) == {"t4"}


def test_a_field_list_is_kept_by_module_and_replaced_by_the_next(
    store: Store, tenant: TenantId, new_tenant: Callable[[], TenantId]
) -> None:
    assert store.field_list(tenant, Module.LEADS) is None
    region = FieldDef("region_c", "enum", UNICODE, True, {"n": "North", "": ""})
    first = FieldList(Module.LEADS, (region, FieldDef("id", "id", "Id")), NOW)
    store.save_field_list(tenant, first)
    assert store.field_list(tenant, Module.LEADS) == first
    assert store.field_list(tenant, Module.CONTACTS) is None
    assert store.field_list(new_tenant(), Module.LEADS) is None
    second = FieldList(Module.LEADS, (), NOW + timedelta(hours=1))
    store.save_field_list(tenant, second)
    store.save_field_list(tenant, second)
    assert store.field_list(tenant, Module.LEADS) == second


def test_currencies_are_kept_and_replaced_by_the_next(
    store: Store, tenant: TenantId, new_tenant: Callable[[], TenantId]
) -> None:
    assert store.currencies(tenant) is None
    euro = Currency(SugarId("e1"), UNICODE, "€", "EUR", "0.92")
    first = Currencies(ConnectionId("c"), NOW, (Currency(BASE), euro))
    store.save_currencies(tenant, first)
    assert store.currencies(tenant) == first
    assert store.currencies(new_tenant()) is None
    second = replace(first, known=(), problem="No right.")
    store.save_currencies(tenant, second)
    store.save_currencies(tenant, second)
    assert store.currencies(tenant) == second
