"""What a restore has left to be done again: read in pages, and forgotten one by one."""

from collections.abc import Callable

from funnel.adapters.dynamodb.redos import redo_item
from funnel.domain.ids import TenantId
from funnel.domain.people.redos import Redo, RedoKind
from tests.contract.storage.conftest import Server, Store
from tests.contract.storage.test_listings import pages
from tests.fakes.store import MemoryStore

LONG = "\u00fc" * 300 + "@example.test"


def test_what_is_left_comes_in_pages_and_goes_one_by_one(
    store: Store, server: Server | None, tenant: TenantId, new_tenant: Callable[[], TenantId]
) -> None:
    other = new_tenant()
    for whose in (tenant, other):
        redos = [Redo(whose, RedoKind.ERASE, f"p{number}", "Ann") for number in range(4)]
        redos += [Redo(whose, RedoKind.CONSENT, LONG)]
        # Once more is the same row.
        for one in (*redos, redos[0]):
            if isinstance(store, MemoryStore):
                store.leave(one)
            else:
                assert server is not None
                server.client.put_item(TableName=server.tables.people, Item=redo_item(one))
    listed = pages(lambda cursor: store.redos(tenant, 2, cursor))
    found = [one for one in listed if isinstance(one, Redo)]
    assert {one.of for one in found} == {"p0", "p1", "p2", "p3", LONG}
    assert {one.tenant for one in found} == {tenant}
    assert {one.by for one in found if one.of != LONG} == {"Ann"}
    assert LONG not in repr(found)
    for one in (*found[1:], found[1]):
        store.redone(one)
    assert store.redos(tenant, 9).items == found[:1]
    assert len(store.redos(other, 9).items) == 5
