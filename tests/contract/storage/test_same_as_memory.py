"""Whatever is done to both, DynamoDB's engine and the fake say the same.

Tests of the pull stand on the fake; this is why they may.
"""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funnel.domain.ids import Module, PersonId, SugarId, TenantId
from funnel.domain.sync.records import Claim, Followers, Person, State, SugarRecord, Unit
from tests.contract.storage.builders import entry, error, key, person, record
from tests.contract.storage.conftest import Store
from tests.contract.storage.test_listings import pages
from tests.fakes.store import MemoryStore

pytestmark = pytest.mark.parametrize("backend", ["dynamodb-local"], indirect=True)

MODULES = (Module.LEADS, Module.CONTACTS)
IDS = st.sampled_from(["1", "2", "3"])
NAMES = st.sampled_from(["", "Ann", "änn", "Bo B", "株", "Z" * 300])
EMAILS = ("a@x.test", "b@x.test")
KEYS = st.builds(key, st.sampled_from(MODULES), IDS)
# Mostly what is stored now, sometimes what somebody read before.
STALE = st.sampled_from([0, 0, 0, 0, -1, 1])


class Both:
    """The same acts on the store under test and on the fake."""

    def __init__(self, store: Store, tenant: TenantId) -> None:
        self.stores: tuple[Store, Store] = (store, MemoryStore())
        self.tenant = tenant

    def commit(self, drafts: list[tuple[Unit, int]]) -> None:
        """Units with the versions that each store has now, some of them stale."""
        results = []
        for store in self.stores:
            units = [self._with_versions(store, unit, stale) for unit, stale in drafts]
            results.append(store.commit(self.tenant, units))
        assert results[0] == results[1]

    def _with_versions(self, store: Store, unit: Unit, stale: int) -> Unit:
        records = store.records(self.tenant, [r.key for r in unit.records])
        people = store.people(self.tenant, [p.person_id for p in unit.people])
        claims = store.claims(self.tenant, [c.email for c in unit.claims])
        followers = store.followers(self.tenant, [f.contact_id for f in unit.followers])

        def version(row: Any) -> int:
            return max(0, (row.version if row else 0) + stale)

        return replace(
            unit,
            records=[replace(r, version=version(records.get(r.key))) for r in unit.records],
            people=[replace(p, version=version(people.get(p.person_id))) for p in unit.people],
            claims=[replace(c, version=version(claims.get(c.email))) for c in unit.claims],
            followers=[
                replace(f, version=version(followers.get(f.contact_id))) for f in unit.followers
            ],
        )

    def compare(self) -> None:
        """Everything that can be asked has one answer."""
        ours, fake = (self._all(store) for store in self.stores)
        assert ours == fake

    def _all(self, store: Store) -> list[object]:
        tenant = self.tenant
        keys = [key(module, i) for module in MODULES for i in "123"]
        claims = store.claims(tenant, EMAILS).values()
        return [
            store.records(tenant, keys),
            store.people(tenant, [PersonId(i) for i in "123"]),
            {(c.email, c.person_id) for c in claims},
            store.followers(tenant, [SugarId(i) for i in "123"]),
            [store.errors_of(tenant, k) for k in keys],
            [pages(lambda c: store.blocked_by(tenant, k, 2, c)) for k in keys],  # noqa: B023
            pages(lambda c: store.list_errors(tenant, 3, c)),
            pages(lambda c: store.list_people(tenant, "", 2, c)),
            pages(lambda c: store.list_people(tenant, "an", 1, c)),
            [pages(lambda c: store.list_records(tenant, m, "", 2, c)) for m in MODULES],  # noqa: B023
            [pages(lambda c: store.children(tenant, SugarId("1"), m, 2, c)) for m in MODULES],  # noqa: B023
            pages(lambda c: store.history(tenant, "1", 2, c)),
        ]


@st.composite
def unit_drafts(draw: st.DrawFn, tenant: TenantId) -> Unit:
    """A unit about a few of the few rows there are, of nine rows at most."""
    records: list[SugarRecord] = [
        record(
            tenant,
            k.sugar_id,
            draw(NAMES),
            k.module,
            state=draw(st.sampled_from(State)),
            parent_id=SugarId(draw(st.sampled_from(["", "1", "2"]))),
        )
        for k in draw(st.lists(KEYS, max_size=2, unique=True))
    ]
    people: list[Person] = []
    for person_id in draw(st.lists(IDS, max_size=2, unique=True)):
        row = person(tenant, person_id, draw(NAMES))
        people.append(row if draw(st.booleans()) else replace(row, links=()))
    claims = [
        Claim(tenant, email, PersonId(draw(st.sampled_from(["", "1", "2"]))))
        for email in draw(st.lists(st.sampled_from(EMAILS), max_size=1))
    ]
    followers = [
        Followers(tenant, SugarId(i), (SugarId("9"),)) for i in draw(st.lists(IDS, max_size=1))
    ]
    cause, of, error_id = draw(st.none() | KEYS), draw(KEYS), draw(st.sampled_from("ab"))
    opened = error(tenant, of, error_id, root=cause or of, blocked_by=cause)
    return Unit(
        records=records,
        people=people,
        claims=claims,
        followers=followers,
        errors=[opened] if draw(st.booleans()) else [],
        closed=[(draw(KEYS), draw(st.sampled_from("ab")))] if draw(st.booleans()) else [],
        history=[entry(tenant, "1", draw(st.integers(0, 3)))] if draw(st.booleans()) else [],
    )


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_after_any_units_the_fake_and_the_engine_agree(
    store: Store, new_tenant: Any, data: st.DataObject
) -> None:
    tenant = new_tenant()
    both = Both(store, tenant)
    for _ in range(data.draw(st.integers(1, 6))):
        draft = st.tuples(unit_drafts(tenant), STALE)
        # One at a time: which of two units about one row wins is left open.
        both.commit([data.draw(draft)])
    both.compare()
