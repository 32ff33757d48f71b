"""Companies that visited, what was said of them, and how the databases stand."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from funnel.domain.companies.companies import Correction, Evidence, NetworkOwner, Said, company_key
from funnel.domain.companies.company_databases import (
    CompanyDatabases,
    DatabaseFile,
    DatabaseTrouble,
)
from funnel.domain.companies.company_visits import Company, CompanyVisit, new_company, with_visits
from funnel.domain.companies.network_names import NetworkKind
from funnel.domain.errors import Conflict
from funnel.domain.ids import SugarId, TenantId
from funnel.domain.tracking.activities import SubjectId
from funnel.usecases.companies.count_company import change_company
from tests.contract.storage.builders import NOW
from tests.contract.storage.conftest import Store
from tests.fakes.world import World

DAY = timedelta(days=1)
THEN = NOW.replace(second=0, microsecond=0)


def company(tenant: TenantId, name: str, visits: int = 1, at: int = 0, **more: object) -> Company:
    """One with so many visits, the last one `at` minutes ago."""
    kind = NetworkKind(str(more.pop("kind", "company")))
    owner = NetworkOwner(name, kind, Evidence.NAME, "word", 64500, "a.test", "Oslo", "Norway")
    made = tuple(
        CompanyVisit(
            f"visit-{number}",
            SubjectId(f"v-{number}"),
            THEN - timedelta(minutes=at + number + 9),
            THEN - timedelta(minutes=at + number),
            ("Pricing", f"Page {number}"),
            "search",
            "google",
            known=number == 3,
        )
        for number in range(visits)
    )
    found = replace(new_company(tenant, owner), visits=made)
    return replace(found, **more)  # type: ignore[arg-type]


def test_a_company_comes_back_and_is_changed_by_one_at_a_time(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant = new_tenant()
    key = company_key("Harbour")
    assert store.company(tenant, key) == (None, None)
    full = company(
        tenant, "Harbour", 5, said=Said(NOW, "Ann", NetworkKind.PROVIDER, "Quay"),
        account_id=SugarId("a1"), account_name="Harbour", looked_on="2026-03-02",
    )  # fmt: skip
    stored = store.save_company(full, NOW + DAY)
    assert stored == replace(full, version=1)
    assert store.company(tenant, key) == (stored, None)
    with pytest.raises(Conflict):
        store.save_company(full, NOW + DAY)
    again = store.save_company(replace(stored, visits=stored.visits[:1]), NOW + DAY)
    with pytest.raises(Conflict):
        store.save_company(stored, NOW + DAY)
    assert store.company(tenant, key) == (again, None)
    assert store.company(new_tenant(), key) == (None, None)


def test_companies_are_listed_by_when_they_were_seen_and_by_their_visits(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant = new_tenant()
    for number in range(12):
        store.save_company(company(tenant, f"C{number}", number % 5 + 1, number), NOW + DAY)
    for kind in ("internet provider", "hosting"):
        store.save_company(company(tenant, kind, 2, kind=kind), NOW + DAY)
    store.save_company(company(tenant, "Nobody", 0), NOW + DAY)
    store.save_company(company(new_tenant(), "Another's"), NOW + DAY)
    seen, more = store.companies_seen(tenant, NOW - DAY, 5)
    assert ([one.name for one in seen], more) == ([f"C{number}" for number in range(5)], True)
    lately, more = store.companies_seen(tenant, THEN - timedelta(minutes=2), 5)
    assert ([one.name for one in lately], more) == (["C0", "C1", "C2"], False)
    by_visits, more = store.companies_by_visits(tenant, 50)
    assert [len(one.anonymous) for one in by_visits] == sorted(
        (len(one.anonymous) for one in by_visits), reverse=True
    )
    assert (len(by_visits), more) == (12, False)
    hidden, more = store.networks_by_visits(tenant, 1)
    assert (len(hidden), more) == (1, True)
    hidden, more = store.networks_by_visits(tenant, 9)
    assert {one.name for one in hidden} == {"internet provider", "hosting"}


def test_what_was_said_moves_a_company_out_of_sight_and_back(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant = new_tenant()
    stored = store.save_company(company(tenant, "Harbour"), NOW + DAY)
    hidden = store.save_company(
        replace(stored, said=Said(NOW, "Ann", NetworkKind.PROVIDER)), NOW + DAY
    )
    assert store.companies_seen(tenant, NOW - DAY, 9) == ([], False)
    assert store.companies_by_visits(tenant, 9) == ([], False)
    assert store.networks_by_visits(tenant, 9) == ([hidden], False)
    back = store.save_company(replace(hidden, said=None), NOW + DAY)
    assert store.companies_seen(tenant, NOW - DAY, 9) == ([back], False)
    assert store.networks_by_visits(tenant, 9) == ([], False)


def test_corrections_are_kept_apart_with_who_and_when(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    made = [
        Correction(tenant, company_key(name), name, (Said(NOW, "Ann", NetworkKind.HOSTING, name),))
        for name in ("A", "B", "C")
    ]
    stored = [store.save_correction(one) for one in made]
    assert stored == [replace(one, version=1) for one in made]
    assert store.company(tenant, made[0].key) == (None, stored[0])
    with pytest.raises(Conflict):
        store.save_correction(made[0])
    first = store.corrections(tenant, 2)
    rest = store.corrections(tenant, 2, first.cursor)
    assert [*first.items, *rest.items] == sorted(stored, key=lambda one: one.key)
    assert (bool(first.cursor), rest.cursor) == (True, "")
    assert list(store.corrections(other, 9).items) == []


def test_how_the_databases_stand_is_kept(store: Store) -> None:
    stand = CompanyDatabases(
        NOW,
        (
            DatabaseFile("a.mmdb", "ASN", NOW),
            DatabaseFile("b.mmdb", trouble=DatabaseTrouble.BROKEN),
        ),
    )
    for one in (stand, replace(stand, files=(), trouble=DatabaseTrouble.UNREADABLE)):
        store.save_company_databases(one)
        assert store.company_databases() == one


def test_of_those_who_count_at_once_for_the_same_company_nobody_is_lost(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, app = new_tenant(), replace(World().app, companies=store)
    owner = NetworkOwner("Harbour", NetworkKind.PROVIDER, Evidence.NAME)

    def count(number: int) -> None:
        visit = replace(
            company(tenant, "x").visits[0],
            visit_id=f"visit-{number}",
            subject=SubjectId(f"v-{number}"),
        )
        add = partial(
            with_visits, subject=visit.subject, visits=[visit], since=THEN - timedelta(days=30)
        )
        change_company(app, tenant, owner.key, add, owner)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(count, range(8)))
    found, _ = store.company(tenant, owner.key)
    assert found
    assert sorted(one.visit_id for one in found.visits) == [f"visit-{n}" for n in range(8)]


@pytest.mark.parametrize("many", [10, 120])
def test_a_listing_takes_as_many_requests_whatever_there_is(
    store: Store, new_tenant: Callable[[], TenantId], many: int
) -> None:
    tenant = new_tenant()
    for number in range(many):
        store.save_company(company(tenant, f"C{number}", 1, number), NOW + DAY)
    asked: list[str] = []
    dynamo = getattr(store, "_dynamo", None)
    if dynamo is not None:
        dynamo.client.meta.events.register_first(
            "provide-client-params.dynamodb.*", note := _noting(asked)
        )
    found, more = store.companies_seen(tenant, NOW - DAY, 5)
    store.companies_by_visits(tenant, 5)
    store.networks_by_visits(tenant, 5)
    if dynamo is not None:
        dynamo.client.meta.events.unregister("provide-client-params.dynamodb.*", note)
        assert asked == ["Query"] * 12
    assert (len(found), more) == (5, True)


def _noting(asked: list[str]) -> Callable[..., None]:
    def note(model: object, **_: object) -> None:
        asked.append(model.name)  # type: ignore[attr-defined]

    return note
