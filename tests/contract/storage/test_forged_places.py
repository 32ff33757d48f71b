"""Whatever is given for a place in a list, the list stays the tenant's, and nothing breaks.

Places are no secrets, and are not signed: this is why they need not be. Every method that takes one is
called with places of other lists, other tenants and no list; that what it asks for is the tenant's
own is held for every request (tests/rights/keys.py).
"""

import base64
import inspect
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from funnel.adapters.dynamodb.tables import END, to_cursor
from funnel.domain.broadcasts.broadcasts import LeftOut
from funnel.domain.campaigns.enrolments import EnrolmentState
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import Module, RecordKey, SugarId, TenantId
from funnel.domain.mail.mail_totals import About, AboutKind, Outcome
from funnel.domain.people.searching import Wanted
from funnel.domain.scoring.tallies import ScoreChange, Tally
from funnel.ports.listing import Found, Listing
from funnel.usecases.app import Stores
from tests.contract.storage.conftest import Store
from tests.contract.storage.test_activities import ADA, WRITTEN, view
from tests.contract.storage.test_sites import site
from tests.rights.keys import FOR_ALL

METHODS = sorted(
    name
    for name in dir(Stores)
    if not name.startswith("_")
    and name not in FOR_ALL
    and "cursor" in inspect.signature(getattr(Stores, name)).parameters
)
POSITIONS = [
    *("a", "0", "~", END, "\0", " ", "#", "9#x", "-1#x", "0#\0", "x#y", "activity#", "mail#"),
    *("other", "other#person#p1", "other#Leads/l1", "2026-11-29T12:00:00.000000+00:00#x"),
    *("ü" * 500, "x" * 1024, "x" * 1025, "'); DROP TABLE x; --", '{"pk": {"S": "other"}}'),
]
RAW = ["%%%", "=", "====", "A", "\0", "é", base64.urlsafe_b64encode(b"\xff\xfe").decode()]
FORGED = [*map(to_cursor, POSITIONS), *RAW]
GIVEN: dict[str, Any] = {
    "limit": 3,
    "part": 0,
    "prefix": "a",
    "module": Module.LEADS,
    "wanted": Wanted(words=("ann",)),
    "about": About(next(iter(AboutKind)), "x"),
    "outcome": Outcome.WAITING,
    "state": next(iter(EnrolmentState)),
    "why": next(iter(LeftOut)),
}
"""What is given where any text would not do."""


def asked(store: Store, tenant: TenantId, method: str, cursor: str) -> object:
    call = getattr(store, method)
    given: dict[str, Any] = {}
    for name, one in inspect.signature(call).parameters.items():
        if name == "tenant":
            given[name] = tenant
        elif name == "site":
            given[name] = site(tenant)
        elif name in ("root", "cause"):
            given[name] = RecordKey(Module.LEADS, SugarId("l1"))
        elif name == "cursor":
            given[name] = cursor
        elif one.default is one.empty:
            given[name] = GIVEN.get(name, "x")
    return call(**given)


@pytest.mark.parametrize("method", METHODS)
def test_a_forged_place_is_refused_or_is_a_place_in_the_tenants_own_list(
    backend: str, store: Store, tenant: TenantId, new_tenant: Callable[[], TenantId], method: str
) -> None:
    if backend != "dynamodb-local":
        pytest.skip("The fake takes any text for a place, and the emulator more than DynamoDB.")
    another = new_tenant()
    for cursor in [*FORGED, to_cursor(another), to_cursor(f"{another}#person#p1")]:
        with suppress(InputInvalid):
            found = asked(store, tenant, method, cursor)
            assert isinstance(found, Listing | Found)
            assert not found.items
    for cursor in RAW:
        with pytest.raises(InputInvalid):
            asked(store, tenant, method, cursor)


def test_a_forged_place_shows_nothing_but_activities_of_all_that_is_kept_of_somebody(
    store: Store, tenant: TenantId
) -> None:
    tally = Tally(tenant, ADA, {"r1": {739_000: 2}}, 3)
    assert store.write(tenant, [ScoreChange((tally,), (view(tenant, "a1"),))]) == [WRITTEN]
    for cursor in map(to_cursor, ("~", END, "tally", "activity#~~", f"activity#{END}")):
        found = store.list_activities(tenant, ADA, 9, cursor).items
        assert [one.activity_id for one in found] in ([], ["a1"])
