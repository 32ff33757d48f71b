"""Marks on what Sugar has named, bells, signatures, counts; comparisons and what they found."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.crm import Window
from funnel.domain.errors import Conflict, InputInvalid
from funnel.domain.ids import ConnectionId, Module, RecordKey, SugarId, TenantId
from funnel.domain.sync.comparison import (
    Comparison,
    Difference,
    Kind,
    ModuleComparison,
    Phase,
    Reason,
    Stage,
)
from funnel.domain.sync.hooks import HookCounts, Mark, MarkKind
from funnel.domain.sync.records import FieldChange
from funnel.domain.sync.runs import JobStatus, Note
from funnel.domain.sync.sync_previews import (
    Foreseen,
    ModuleForecast,
    PreviewFile,
    SyncPreview,
    Would,
)
from funnel.domain.sync.windows import Planned
from tests.contract.storage.builders import NOW, run, window
from tests.contract.storage.conftest import Server, Store

HERE, THERE = ConnectionId("c1"), ConnectionId("c2")
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def keys(*names: str) -> list[RecordKey]:
    """Leads."""
    return [RecordKey(Module.LEADS, SugarId(name)) for name in names]


def all_marks(store: Store, tenant: TenantId, limit: int = 100) -> dict[str, str]:
    """Id to stamp of all marks, read page by page."""
    found: dict[str, str] = {}
    cursor = ""
    while True:
        page = store.marked(tenant, HERE, limit, cursor)
        assert len(page.items) <= limit
        assert not found.keys() & {m.key.sugar_id for m in page.items}
        found.update({m.key.sugar_id: m.stamp for m in page.items})
        cursor = page.cursor
        if not cursor:
            return found


def test_marks_are_of_one_connection_and_take_the_last_stamp(
    store: Store, tenant: TenantId
) -> None:
    assert store.marked(tenant, HERE, 9).items == []
    store.mark(tenant, HERE, keys("a", "b", "a"), "s1")
    store.mark(tenant, HERE, keys("b"), "s2")
    store.mark(tenant, THERE, keys("c"), "s3")
    assert all_marks(store, tenant) == {"a": "s1", "b": "s2"}
    assert store.marked(TenantId(tenant + "#"), HERE, 9).items == []


def test_marks_of_another_kind_are_kept_apart(store: Store, tenant: TenantId) -> None:
    store.mark(tenant, HERE, keys("a"), "s1")
    store.mark(tenant, HERE, keys("a", "b"), "s2", MarkKind.LEFT)
    left = store.marked(tenant, HERE, 9, kind=MarkKind.LEFT).items
    assert {m.key.sugar_id: m.stamp for m in left} == {"a": "s2", "b": "s2"}
    store.clear(tenant, HERE, left[:1], kind=MarkKind.LEFT)
    assert len(store.marked(tenant, HERE, 9, kind=MarkKind.LEFT).items) == 1
    assert all_marks(store, tenant) == {"a": "s1"}


def test_which_of_some_records_are_marked_is_told_by_kind_and_connection(
    store: Store, tenant: TenantId
) -> None:
    store.mark(tenant, HERE, keys("a", "b"), "s", MarkKind.LEFT)
    store.mark(tenant, HERE, keys("c"), "s")
    store.mark(tenant, THERE, keys("d"), "s", MarkKind.LEFT)
    asked = keys("a", "c", "d", "e", "a")
    assert store.are_marked(tenant, HERE, asked, MarkKind.LEFT) == set(keys("a"))
    assert store.are_marked(tenant, HERE, asked) == set(keys("c"))
    assert store.are_marked(tenant, HERE, []) == set()


@pytest.mark.parametrize("limit", [1, 3, 100])
def test_marks_come_in_pages_each_once(store: Store, tenant: TenantId, limit: int) -> None:
    names = [f"{i:02}" for i in range(40)]
    store.mark(tenant, HERE, keys(*names), "s")
    assert sorted(all_marks(store, tenant, limit)) == names


def test_a_page_of_marks_goes_on_where_cleared_ones_were(store: Store, tenant: TenantId) -> None:
    names = [f"{i:02}" for i in range(40)]
    store.mark(tenant, HERE, keys(*names), "s")
    seen, cursor = [], ""
    while True:
        page = store.marked(tenant, HERE, 7, cursor)
        seen += [m.key.sugar_id for m in page.items]
        store.clear(tenant, HERE, list(page.items))
        cursor = page.cursor
        if not cursor:
            break
    assert sorted(seen) == names
    assert all_marks(store, tenant) == {}


def test_a_mark_that_was_renewed_is_not_cleared(store: Store, tenant: TenantId) -> None:
    store.mark(tenant, HERE, keys("a", "b"), "s1")
    old = list(store.marked(tenant, HERE, 9).items)
    store.mark(tenant, HERE, keys("a"), "s2")
    store.clear(tenant, HERE, [*old, Mark(keys("gone")[0], "s1")])
    assert all_marks(store, tenant) == {"a": "s2"}
    store.clear(tenant, HERE, [])
    store.clear(tenant, HERE, old)
    assert all_marks(store, tenant) == {"a": "s2"}


def test_one_bell_rings_at_a_time(store: Store, tenant: TenantId) -> None:
    assert store.ring(tenant, HERE, NOW, NOW + SECOND)
    assert not store.ring(tenant, HERE, NOW, NOW + SECOND)
    assert store.ring(tenant, THERE, NOW, NOW + SECOND)
    assert store.ring(tenant, HERE, NOW + SECOND, NOW + 9 * SECOND)
    store.hush(tenant, HERE)
    store.hush(tenant, HERE)
    assert store.ring(tenant, HERE, NOW, NOW + SECOND)


def test_a_signature_is_remembered_once_for_each_tenant(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    assert not store.is_used(tenant, "ab")
    assert store.remember(tenant, "ab", NOW)
    assert store.is_used(tenant, "AB")
    assert not store.remember(tenant, "AB", NOW)
    assert not store.is_used(other, "ab")


def test_of_a_signature_its_hash_is_kept(
    server: Server | None, store: Store, tenant: TenantId
) -> None:
    assert store.remember(tenant, "canary-signature", NOW)
    if server is not None:
        rows = [
            r
            for r in server.client.scan(TableName=server.tables.changes)["Items"]
            if tenant in repr(r)
        ]
        assert rows
        assert "canary-signature" not in repr(rows)


def test_webhooks_are_counted_for_seven_days(store: Store, tenant: TenantId) -> None:
    assert store.hook_counts(tenant, HERE, NOW) == HookCounts()
    for days, records in ((0, 5), (0, None), (6, 7), (7, 100)):
        store.count_hook(tenant, HERE, NOW - days * DAY, records)
    store.count_hook(tenant, THERE, NOW, 1)
    assert store.hook_counts(tenant, HERE, NOW) == HookCounts(2, 1, 12, NOW)


def comparison(tenant: TenantId) -> Comparison:
    """One with something everywhere."""
    part = ModuleComparison(
        Module.LEADS, Stage.READING, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1, 1, Note("NoRight", "no", "ask")
    )
    window = Planned(Window(since=NOW, id_from="a", undated=True), 5, poor=1, lean=-1)
    return Comparison(
        tenant=tenant,
        comparison_id="k1",
        connection_id=HERE,
        requested_by="Ann",
        created_at=NOW,
        changed_at=NOW + SECOND,
        modules=(part, ModuleComparison(Module.ACCOUNTS)),
        status=JobStatus.RUNNING,
        phase=Phase.REPAIR,
        server_time=NOW,
        windows=(window,),
        cursor="x",
        step=3,
        next_try=NOW,
        note=Note("a", "b"),
    )


def test_a_comparison_comes_back_and_is_changed_by_one_at_a_time(
    store: Store, tenant: TenantId
) -> None:
    assert store.comparison(tenant) is None
    stored = store.save_comparison(comparison(tenant))
    assert stored == replace(comparison(tenant), version=1)
    assert store.comparison(tenant) == stored
    with pytest.raises(Conflict):
        store.save_comparison(comparison(tenant))
    again = store.save_comparison(replace(stored, comparison_id="k2"))
    assert again.version == 2
    with pytest.raises(Conflict):
        store.save_comparison(stored)
    assert store.comparison(tenant) == again


def preview(tenant: TenantId) -> SyncPreview:
    """One with something everywhere."""
    change = FieldChange("title", None, "Zoë", "read from Sugar")
    found = Foreseen(Module.LEADS, "l1", "Ann", Would.CHANGE, (change,), ("ValueTooLong",))
    forecast = ModuleForecast(
        Module.LEADS, {Would.CHANGE: 2}, {"title": 1}, {"ValueTooLong": 1}, (found,)
    )
    return SyncPreview(
        tenant=tenant,
        preview_id="p1",
        connection_id=HERE,
        requested_by="Ann",
        created_at=NOW,
        changed_at=NOW + SECOND,
        run=run(tenant),
        windows=tuple(window(f"r.{number:03}") for number in range(1_500)),
        modules=(forecast,),
        files=(PreviewFile("previews/p1-1.csv", 9),),
        words={"change": "ändert"},
        status=JobStatus.RUNNING,
        attempt=1,
        next_try=NOW,
        note=Note("a", "b"),
        finished_at=NOW,
    )


def test_a_preview_comes_back_whole_and_is_changed_by_one_at_a_time(
    store: Store, tenant: TenantId
) -> None:
    assert store.sync_preview(tenant) is None
    stored = store.save_sync_preview(preview(tenant))
    assert stored == replace(preview(tenant), version=1)
    assert store.sync_preview(tenant) == stored
    assert store.comparison(tenant) is None
    with pytest.raises(Conflict):
        store.save_sync_preview(preview(tenant))
    again = store.save_sync_preview(replace(stored, preview_id="p2", windows=()))
    with pytest.raises(Conflict):
        store.save_sync_preview(stored)
    assert store.sync_preview(tenant) == again


def difference(name: str, *, bare: bool = False) -> Difference:
    """A record that differs."""
    moment = None if bare else NOW
    return Difference(Module.LEADS, SugarId(name), Kind.TIME, Reason.JUST_NOW, moment, moment)


def test_what_a_step_found_is_kept_by_its_name_and_written_anew(
    store: Store, tenant: TenantId
) -> None:
    assert store.differences(tenant, "k1", 9).items == []
    store.put_differences(tenant, "k1", "1-b", [difference("1"), difference("2", bare=True)])
    store.put_differences(tenant, "k1", "1-a", [difference("3")])
    store.put_differences(tenant, "k1", "1-c", [difference("5")])
    store.put_differences(tenant, "k2", "1-a", [difference("4")])
    first = store.differences(tenant, "k1", 2)
    assert [p.part for p in first.items] == ["1-a", "1-b"]
    assert first.items[1].items == (difference("1"), difference("2", bare=True))
    rest = store.differences(tenant, "k1", 2, first.cursor)
    assert ([(p.part, p.items) for p in rest.items], rest.cursor) == (
        [("1-c", (difference("5"),))],
        "",
    )
    store.put_differences(tenant, "k1", "1-b", [])
    assert [len(p.items) for p in store.differences(tenant, "k1", 9).items] == [1, 1]
    assert store.differences(TenantId(tenant + "#"), "k1", 9).items == []


def test_a_part_in_which_nothing_is_found_any_more_is_gone(store: Store, tenant: TenantId) -> None:
    store.put_differences(tenant, "k1", "p1", [difference("a")])
    store.put_differences(tenant, "k1", "p2", [])
    store.put_differences(tenant, "k1", "p3", [difference("b")])
    store.put_differences(tenant, "k1", "p1", [])
    store.put_differences(tenant, "k1", "p1", [])
    assert [one.part for one in store.differences(tenant, "k1", 9).items] == ["p3"]


def test_a_part_holds_five_hundred(store: Store, tenant: TenantId) -> None:
    full = [difference(f"{i:036}") for i in range(500)]
    store.put_differences(tenant, "k1", "p", full)
    assert store.differences(tenant, "k1", 1).items[0].items == tuple(full)
    with pytest.raises(ValueError, match="500"):
        store.put_differences(tenant, "k1", "p", [*full, difference("x")])


def test_a_place_that_is_none_is_refused(server: object, store: Store, tenant: TenantId) -> None:
    if server is None:
        pytest.skip("The fake takes any text for a place.")
    for ask in (store.marked, store.differences):
        with pytest.raises(InputInvalid):
            ask(tenant, HERE, 9, "&")
