"""Runs, their windows, and what is asked of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.crm import Window
from funnel.domain.errors import Conflict
from funnel.domain.ids import Module, RunId, TenantId
from funnel.domain.sync.runs import Asks, RunKind, RunStatus, RunWindow, WindowKind
from tests.contract.storage.builders import NOW, UNICODE, run, stored, window
from tests.contract.storage.conftest import Store
from tests.contract.storage.test_listings import pages


def test_a_run_and_its_windows_come_back_as_they_were(store: Store, tenant: TenantId) -> None:
    first = run(tenant)
    odd = RunWindow(
        Module.LEADS,
        "0.2",
        Window(None, NOW, dated=False, undated=True, id_from="", id_until=UNICODE),
        WindowKind.OURS,
        expected=0,
        cursor="place",
    )
    windows = [window("0.1", expected=12), odd, window("1", Module.USERS)]
    store.create_run(first, windows)
    assert store.run(tenant, first.run_id) == stored(first)
    assert store.open_run(tenant) == stored(first)
    assert store.windows(tenant, first.run_id, Module.LEADS, 10) == windows[:2]
    assert store.windows(tenant, first.run_id, Module.USERS, 10) == windows[2:]
    assert store.windows(tenant, first.run_id, Module.CONTACTS, 10) == []


def test_there_are_no_runs_at_first(store: Store, tenant: TenantId) -> None:
    assert store.open_run(tenant) is None
    assert store.run(tenant, RunId("r1")) is None
    assert store.runs(tenant, 10).items == []
    assert store.windows(tenant, RunId("r1"), Module.LEADS, 10) == []


def test_while_one_run_is_open_no_other_starts(store: Store, tenant: TenantId) -> None:
    store.create_run(run(tenant), [window("0")])
    with pytest.raises(Conflict):
        store.create_run(run(tenant, "r2"), [window("9")])
    with pytest.raises(Conflict):
        store.create_run(run(tenant), [])
    assert store.run(tenant, RunId("r2")) is None
    assert store.windows(tenant, RunId("r2"), Module.LEADS, 5) == []
    assert store.windows(tenant, RunId("r1"), Module.LEADS, 5) == [window("0")]
    assert [r.run_id for r in store.runs(tenant, 5).items] == ["r1"]


@pytest.mark.parametrize("status", [RunStatus.STALLED, RunStatus.PAUSED])
def test_a_run_that_stopped_is_still_the_open_one(
    store: Store, tenant: TenantId, status: RunStatus
) -> None:
    store.create_run(run(tenant), [window("0")])
    stopped = store.save_run(replace(run(tenant), version=1, status=status))
    assert store.open_run(tenant) == stopped
    assert store.windows(tenant, RunId("r1"), Module.LEADS, 5) == [window("0")]
    with pytest.raises(Conflict):
        store.create_run(run(tenant, "r2"), [])
    going = store.save_run(replace(stopped, status=RunStatus.RUNNING))
    assert store.open_run(tenant) == going


@pytest.mark.parametrize("status", [RunStatus.DONE, RunStatus.CANCELLED, RunStatus.FAILED])
def test_a_closed_run_lets_the_next_one_start(
    store: Store, tenant: TenantId, status: RunStatus
) -> None:
    store.create_run(run(tenant), [window("0")])
    closed = store.save_run(replace(run(tenant), version=1, status=status, finished_at=NOW))
    assert store.open_run(tenant) is None
    assert store.run(tenant, RunId("r1")) == closed
    store.create_run(run(tenant, "r2"), [window("1")])
    now_open = store.open_run(tenant)
    assert now_open is not None
    assert now_open.run_id == "r2"


def test_a_closed_run_stays_closed(store: Store, tenant: TenantId) -> None:
    store.create_run(run(tenant), [])
    closed = store.save_run(replace(run(tenant), version=1, status=RunStatus.DONE))
    for status in (RunStatus.RUNNING, RunStatus.DONE):
        with pytest.raises(Conflict):
            store.save_run(replace(closed, status=status))
    store.create_run(run(tenant, "r2"), [])
    with pytest.raises(Conflict):
        store.save_run(replace(closed, status=RunStatus.RUNNING))
    now_open = store.open_run(tenant)
    assert now_open is not None
    assert now_open.run_id == "r2"
    assert store.run(tenant, RunId("r1")) == closed


def test_windows_are_struck_off_and_added_with_the_run(store: Store, tenant: TenantId) -> None:
    store.create_run(run(tenant), [window("0"), window("1"), window("0", Module.USERS)])
    after = replace(run(tenant), version=1, worked_seconds=9.5)
    saved = store.save_run(after, done=[window("0")], new=[window("0.0"), window("0.1")])
    assert saved == stored(after)
    assert store.run(tenant, RunId("r1")) == saved
    left = store.windows(tenant, RunId("r1"), Module.LEADS, 9)
    assert [w.window_id for w in left] == ["0.0", "0.1", "1"]
    assert len(store.windows(tenant, RunId("r1"), Module.USERS, 9)) == 1


def test_a_window_that_is_replaced_under_its_own_id_stays(store: Store, tenant: TenantId) -> None:
    """As a window of our own listing does, whose place moves on."""
    store.create_run(run(tenant), [window("0")])
    moved = replace(window("0"), cursor="further")
    store.save_run(replace(run(tenant), version=1), done=[window("0")], new=[moved])
    assert store.windows(tenant, RunId("r1"), Module.LEADS, 9) == [moved]


def test_a_worker_that_lost_its_run_changes_nothing(store: Store, tenant: TenantId) -> None:
    store.create_run(run(tenant), [window("0")])
    first = store.save_run(replace(run(tenant), version=1, lease_owner="other"))
    with pytest.raises(Conflict):
        store.save_run(replace(run(tenant), version=1), done=[window("0")], new=[window("1")])
    with pytest.raises(Conflict):
        store.save_run(replace(run(tenant), version=1, status=RunStatus.DONE))
    assert store.run(tenant, RunId("r1")) == first
    assert store.open_run(tenant) == first
    assert store.windows(tenant, RunId("r1"), Module.LEADS, 9) == [window("0")]


def test_a_run_that_is_not_there_cannot_be_saved(store: Store, tenant: TenantId) -> None:
    for version in (0, 1):
        with pytest.raises(Conflict):
            store.save_run(run(tenant, version=version))
    assert store.run(tenant, RunId("r1")) is None


def test_windows_come_in_the_order_of_their_ids(store: Store, tenant: TenantId) -> None:
    ids = ["a", "0", "0.1", "0.0", "00", "1", "0.0.1"]
    store.create_run(run(tenant), [window(i) for i in ids])
    found = store.windows(tenant, RunId("r1"), Module.LEADS, 5)
    assert [w.window_id for w in found] == sorted(ids)[:5]


def test_as_many_windows_as_allowed_and_no_more(
    store: Store, tenant: TenantId, most_rows: int
) -> None:
    most = min(90, most_rows - 3)
    store.create_run(run(tenant), [window(f"{i:02}") for i in range(most)])
    with pytest.raises(ValueError, match="at most 90"):
        store.save_run(replace(run(tenant), version=1), new=[window(f"n{i:02}") for i in range(91)])
    store.save_run(
        replace(run(tenant), version=1),
        done=[window(f"{i:02}") for i in range(most // 2)],
        new=[window(f"n{i:02}") for i in range(most // 2)],
    )
    assert len(store.windows(tenant, RunId("r1"), Module.LEADS, 200)) == most
    saved = store.run(tenant, RunId("r1"))
    assert saved is not None
    store.save_run(replace(saved, status=RunStatus.CANCELLED))
    assert store.windows(tenant, RunId("r1"), Module.LEADS, 200) == []


def test_runs_are_listed_newest_first_as_they_are_now(store: Store, tenant: TenantId) -> None:
    for number in range(12):
        one = run(tenant, f"r{number:02}", minutes=number)
        store.create_run(one, [])
        store.save_run(replace(one, version=1, status=RunStatus.DONE))
    for limit in (1, 5, 12, 20):
        found = pages(lambda cursor: store.runs(tenant, limit, cursor))  # noqa: B023
        assert [r.run_id for r in found] == [f"r{n:02}" for n in range(11, -1, -1)]  # type: ignore[attr-defined]
        assert {r.status for r in found} == {RunStatus.DONE}  # type: ignore[attr-defined]


def expired(store: Store, tenant: TenantId, minutes: float) -> list[str]:
    """The tenant's runs that the watch finds so long after NOW."""
    found = store.expired_runs(NOW + timedelta(minutes=minutes), 1000)
    return [run_id for of, run_id in found if of == tenant]


def test_the_watch_finds_running_runs_whose_lease_has_expired(
    store: Store, tenant: TenantId
) -> None:
    store.create_run(run(tenant), [])
    assert expired(store, tenant, 4.99) == []
    assert expired(store, tenant, 5) == ["r1"]
    later = replace(run(tenant), version=1, lease_until=NOW + timedelta(minutes=9))
    saved = store.save_run(later)
    assert expired(store, tenant, 5) == []
    assert expired(store, tenant, 9) == ["r1"]
    stalled = store.save_run(replace(saved, status=RunStatus.STALLED))
    assert expired(store, tenant, 99) == []
    store.save_run(replace(stalled, status=RunStatus.RUNNING, lease_until=None))
    assert expired(store, tenant, 99) == []


def test_the_watch_finds_those_of_many_tenants_and_no_more_than_it_wants(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    long_ago = NOW - timedelta(days=300)
    tenants = [new_tenant() for _ in range(20)]
    for number, tenant in enumerate(tenants):
        moment = long_ago + timedelta(minutes=number)
        store.create_run(run(tenant, lease_until=moment), [])
    found = store.expired_runs(long_ago + timedelta(minutes=9), 100)
    assert found == [(tenant, "r1") for tenant in tenants[:10]]
    assert store.expired_runs(long_ago + timedelta(minutes=30), 7) == found[:7]
    for tenant in tenants:
        store.save_run(replace(run(tenant), version=1, status=RunStatus.DONE))


def test_nothing_is_asked_at_first(store: Store, tenant: TenantId) -> None:
    assert store.asks(tenant, RunId("r1")) == Asks()


def test_wishes_add_up(store: Store, tenant: TenantId) -> None:
    at = (tenant, RunId("r1"))
    leads, users, all_leads = Module.LEADS, Module.USERS, RunKind.FULL
    store.ask(*at, Asks(again=True, again_modules=(leads,), again_kind=RunKind.HOURLY))
    assert store.asks(*at) == Asks(again=True, again_modules=(leads,), again_kind=RunKind.HOURLY)
    store.ask(*at, Asks(again=True, again_modules=(users, leads), again_kind=all_leads))
    both = Asks(again=True, again_modules=(users, leads), again_kind=all_leads)
    assert store.asks(*at) == both
    store.ask(*at, Asks(cancel=True))
    assert store.asks(*at) == replace(both, cancel=True)
    store.ask(*at, Asks(again=True, again_kind=RunKind.MANUAL))
    assert store.asks(*at) == replace(both, cancel=True, again_modules=())
    store.ask(*at, Asks(again=True, again_modules=(leads,)))
    assert store.asks(*at) == replace(both, cancel=True, again_modules=())


def test_a_wish_for_everything_stays_one_when_a_module_is_wished_for(
    store: Store, tenant: TenantId
) -> None:
    at = (tenant, RunId("r1"))
    store.ask(*at, Asks(again=True))
    store.ask(*at, Asks(again=True, again_modules=(Module.LEADS,)))
    assert store.asks(*at) == Asks(again=True)


def test_asking_does_not_take_the_run_from_its_worker(store: Store, tenant: TenantId) -> None:
    store.create_run(run(tenant), [])
    store.ask(tenant, RunId("r1"), Asks(cancel=True))
    store.save_run(replace(run(tenant), version=1))
    assert store.asks(tenant, RunId("r1")) == Asks(cancel=True)
    assert store.asks(tenant, RunId("r2")) == Asks()
