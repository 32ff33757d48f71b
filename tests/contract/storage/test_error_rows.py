"""The error report: rows, what they wait for, and marks of causes."""

from funnel.domain.ids import Module, TenantId
from funnel.domain.sync.records import Unit
from tests.contract.storage.builders import error, key
from tests.contract.storage.conftest import Store
from tests.contract.storage.test_listings import add, pages


def test_an_error_comes_back_as_it_was(store: Store, tenant: TenantId) -> None:
    lead, account = key(Module.LEADS, "l1"), key(Module.ACCOUNTS, "a1")
    plain = error(tenant, lead, "e1")
    waiting = error(
        tenant, lead, "e2", root=account, root_name="Zoë & Co", blocked_by=account, value="x" * 200
    )
    add(store, tenant, Unit(errors=[waiting, plain]))
    assert store.errors_of(tenant, lead) == [plain, waiting]
    assert store.blocked_by(tenant, account, 10).items == [waiting]


def test_errors_of_a_record_are_its_own_only(store: Store, tenant: TenantId) -> None:
    first, second = key(Module.LEADS, "l1"), key(Module.LEADS, "l10")
    add(store, tenant, Unit(errors=[error(tenant, first), error(tenant, second)]))
    store.mark_causes(tenant, [first])
    assert [e.record for e in store.errors_of(tenant, first)] == [first]
    assert store.errors_of(tenant, key(Module.CONTACTS, "l1")) == []


def test_an_error_again_replaces_the_first(store: Store, tenant: TenantId) -> None:
    lead = key(Module.LEADS, "l1")
    a1, a2 = key(Module.ACCOUNTS, "a1"), key(Module.ACCOUNTS, "a2")
    add(store, tenant, Unit(errors=[error(tenant, lead, root=a1, blocked_by=a1)]))
    moved = error(tenant, lead, root=a2, blocked_by=a2)
    add(store, tenant, Unit(errors=[moved]))
    assert store.errors_of(tenant, lead) == [moved]
    assert store.blocked_by(tenant, a1, 10).items == []
    assert store.list_errors(tenant, 10).items == [moved]


def test_a_closed_error_is_in_no_list(store: Store, tenant: TenantId) -> None:
    lead, account = key(Module.LEADS, "l1"), key(Module.ACCOUNTS, "a1")
    add(store, tenant, Unit(errors=[error(tenant, lead, blocked_by=account)]))
    add(store, tenant, Unit(closed=[(lead, "e1"), (lead, "never was")]))
    assert store.errors_of(tenant, lead) == []
    assert store.list_errors(tenant, 10).items == []
    assert store.blocked_by(tenant, account, 10).items == []


def test_errors_of_one_root_come_together_over_all_pages(store: Store, tenant: TenantId) -> None:
    rows = []
    for root in range(5):
        account = key(Module.ACCOUNTS, f"a{root}")
        rows.append(error(tenant, account))
        for child in range(23):
            contact = key(Module.CONTACTS, f"c{child * 5 + root}")
            rows.append(error(tenant, contact, root=account, blocked_by=account))
    add(store, tenant, *(Unit(errors=[row]) for row in rows))
    for limit in (1, 10, 200):
        found = pages(lambda c: store.list_errors(tenant, limit, c))  # noqa: B023
        assert len(found) == len(rows)
        assert {(e.record, e.error_id) for e in found} == {(e.record, e.error_id) for e in rows}  # type: ignore[attr-defined]
        roots = [e.root for e in found]  # type: ignore[attr-defined]
        assert [r for i, r in enumerate(roots) if i == 0 or roots[i - 1] != r] == sorted(set(roots))


def test_all_that_waits_for_a_record_is_found_in_pages(store: Store, tenant: TenantId) -> None:
    account = key(Module.ACCOUNTS, "a1")
    rows = [
        error(tenant, key(Module.CONTACTS, f"c{i:03}"), blocked_by=account, root=account)
        for i in range(45)
    ]
    other = key(Module.ACCOUNTS, "a10")
    rows.append(error(tenant, key(Module.CONTACTS, "x"), blocked_by=other, root=account))
    add(store, tenant, *(Unit(errors=[row]) for row in rows))
    found = pages(lambda c: store.blocked_by(tenant, account, 10, c))
    assert [e.record.sugar_id for e in found] == [f"c{i:03}" for i in range(45)]  # type: ignore[attr-defined]


def test_closing_rows_on_the_way_skips_none_of_the_rest(store: Store, tenant: TenantId) -> None:
    """As healing does: each page it has read leaves the list before the next is read."""
    account = key(Module.ACCOUNTS, "a1")
    rows = [
        error(tenant, key(Module.CONTACTS, f"c{i:03}"), blocked_by=account, root=account)
        for i in range(30)
    ]
    add(store, tenant, *(Unit(errors=[row]) for row in rows))
    seen, cursor = 0, ""
    while True:
        page = store.blocked_by(tenant, account, 7, cursor)
        seen += len(page.items)
        add(store, tenant, *(Unit(closed=[(e.record, e.error_id)]) for e in page.items))
        cursor = page.cursor
        if not cursor:
            break
    assert seen == 30
    assert store.blocked_by(tenant, account, 7).items == []


def test_marked_causes_are_remembered(store: Store, tenant: TenantId) -> None:
    causes = [key(Module.ACCOUNTS, f"a{i}") for i in range(130)]
    store.mark_causes(tenant, iter([*causes, causes[0]]))
    store.mark_causes(tenant, causes[:1])
    store.mark_causes(tenant, [])
    unmarked = key(Module.CONTACTS, "a1")
    assert store.marked_causes(tenant, [*causes, unmarked, causes[3]]) == set(causes)
    assert store.marked_causes(tenant, []) == set()


def test_the_errors_of_one_root_are_listed_alone_and_those_behind_it(
    store: Store, tenant: TenantId
) -> None:
    roots = [key(Module.ACCOUNTS, name) for name in ("a", "a1", "a10", "b")]
    rows = [
        error(tenant, key(Module.CONTACTS, f"{root.sugar_id}-{n:02}"), root=root, blocked_by=root)
        for root in roots
        for n in range(12)
    ]
    add(store, tenant, *(Unit(errors=[row]) for row in rows))
    for at, root in enumerate(roots):
        found = pages(lambda c: store.list_errors(tenant, 5, c, root=root))  # noqa: B023
        assert found == [row for row in rows if row.root == root]
        behind = store.list_errors(tenant, 100, after=root)
        assert {e.root for e in behind.items} == set(roots[at + 1 :])
        assert len(behind.items) == 12 * len(roots[at + 1 :])
    nothing = key(Module.ACCOUNTS, "none")
    assert store.list_errors(tenant, 5, root=nothing).items == []
