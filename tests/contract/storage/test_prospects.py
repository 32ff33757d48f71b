"""What the panels show of prospects: found by owner and score, and by owner and last visit."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, TenantId
from funnel.domain.people.erasure import Traces
from funnel.domain.scoring.trends import TrendDay
from funnel.domain.sync.records import Person, Unit
from funnel.domain.vision.prospect_visits import SeenPage, SeenVisit
from funnel.domain.vision.prospects import Prospect, Reason
from tests.contract.storage.builders import NOW, key
from tests.contract.storage.conftest import Store

ANN, BOB = SugarId("ann"), SugarId("bob")
P1 = PersonId("p1")


@pytest.fixture
def known(store: Store, tenant: TenantId) -> dict[PersonId, int]:
    """One person, of whom everything here is."""
    made = Person(tenant, P1, {}, created_at=NOW, changed_at=NOW)
    assert store.commit(tenant, [Unit(people=[made])]) == [True]
    return {P1: 1}


def lead(
    tenant: TenantId, name: str, score: int = 0, owner: SugarId = ANN, seen: int | None = None
) -> Prospect:
    """A Lead; `seen` is how many minutes after NOW it was last on a site."""
    seen_at = NOW + timedelta(minutes=seen) if seen is not None else None
    return Prospect(
        tenant, key(Module.LEADS, name), P1, name, owner=owner, score=score, seen_at=seen_at
    )


def stored(row: Prospect) -> Prospect:
    return replace(row, version=row.version + 1)


def names(rows: Iterable[Prospect]) -> list[str]:
    return [one.name for one in rows]


def test_a_prospect_comes_back_as_it_was_with_the_next_version(
    store: Store, tenant: TenantId, known: dict[PersonId, int]
) -> None:
    pages = (SeenPage(NOW, "https://x.test/a?b=1", "/a", "Ä <b>"), SeenPage(NOW, "https://x.test/"))
    visit = SeenVisit("v1", NOW, NOW + timedelta(minutes=4), {"source": "direct"}, pages, 3)
    row = Prospect(
        tenant, key(Module.CONTACTS, "c1"), P1, "Ada Brandt", "Acme",
        RecordKey(Module.ACCOUNTS, SugarId("a1")), ANN, 42, NOW,
        (TrendDay(739_000, 12), TrendDay(739_004, 42)), (Reason("Looked at prices", 3, 15),),
        (visit,), visit.until,
    )  # fmt: skip
    assert store.save_prospects(tenant, [row], known) == [True]
    assert store.prospect(tenant, row.key) == stored(row)
    other = key(Module.LEADS, "nobody")
    assert store.prospects_of(tenant, [row.key, other]) == {row.key: stored(row)}
    assert store.prospects_of(tenant, []) == {}
    assert store.prospect(tenant, other) is None


def test_a_prospect_is_written_and_removed_only_over_the_one_it_comes_from(
    store: Store, tenant: TenantId, known: dict[PersonId, int]
) -> None:
    first, other = lead(tenant, "l1", 5), lead(tenant, "l2", 6)
    assert store.save_prospects(tenant, [first], known) == [True]
    assert store.save_prospects(tenant, [replace(first, score=9), other], known) == [False, True]
    changed = replace(stored(first), score=7)
    assert store.save_prospects(tenant, [changed], known) == [True]
    assert store.remove_prospects(tenant, [stored(first), stored(other)]) == [False, True]
    assert store.prospects_of(tenant, [first.key, other.key]) == {first.key: stored(changed)}
    assert store.remove_prospects(tenant, [stored(changed)]) == [True]
    assert store.remove_prospects(tenant, [stored(changed)]) == [False]
    assert store.prospects_hot(tenant, ANN, 9).items == []


def test_nothing_new_is_written_of_a_person_who_was_changed_since(
    store: Store, tenant: TenantId, known: dict[PersonId, int]
) -> None:
    row = lead(tenant, "l1", 5)
    person = store.people(tenant, [P1])[P1]
    assert store.commit(tenant, [Unit(people=[replace(person, name="New")])]) == [True]
    assert store.save_prospects(tenant, [row], known) == [False]
    nobody = replace(row, person_id=PersonId("nobody"))
    assert store.save_prospects(tenant, [nobody], {PersonId("nobody"): 1}) == [False]
    assert store.save_prospects(tenant, [row], {P1: 2}) == [True]


def test_a_row_that_was_removed_with_its_person_is_not_written_again(
    store: Store, tenant: TenantId, known: dict[PersonId, int]
) -> None:
    row = lead(tenant, "l1", 5)
    assert store.save_prospects(tenant, [row], known) == [True]
    late = [replace(stored(row), score=7)]
    # Who is erased is emptied first; then all rows of its records are removed.
    person = store.people(tenant, [P1])[P1]
    assert store.commit(tenant, [Unit(people=[replace(person, erased=True)])]) == [True]
    store.purge(tenant, Traces((P1,), (), (), (row.key,)))
    assert store.save_prospects(tenant, late, known) == [False]
    assert store.save_prospects(tenant, [row], known) == [False]
    assert store.prospect(tenant, row.key) is None


def test_an_owners_prospects_are_listed_by_score_and_by_their_last_visit(
    store: Store, tenant: TenantId, known: dict[PersonId, int]
) -> None:
    rows = [
        lead(tenant, "low", 7, seen=3), lead(tenant, "high", 120), lead(tenant, "mid", 12, seen=9),
        lead(tenant, "none", seen=5), lead(tenant, "below", -4), lead(tenant, "bobs", 99, BOB, 7),
        lead(tenant, "nobodys", 50, SugarId(""), 8),
    ]  # fmt: skip
    assert all(store.save_prospects(tenant, rows, known))
    assert names(store.prospects_hot(tenant, ANN, 9).items) == ["high", "mid", "low"]
    assert names(store.prospects_hot(tenant, BOB, 9).items) == ["bobs"]
    assert names(store.prospects_hot(tenant, ANN, 9, least=12).items) == ["high", "mid"]
    assert store.prospects_hot(tenant, SugarId("eve"), 9).items == []
    assert names(store.prospects_seen(tenant, ANN, 9).items) == ["mid", "none", "low"]
    since, until = NOW + timedelta(minutes=5), NOW + timedelta(minutes=9)
    assert names(store.prospects_seen(tenant, ANN, 9, since=since).items) == ["mid", "none"]
    assert names(store.prospects_seen(tenant, ANN, 9, until=until).items) == ["none", "low"]
    assert names(store.prospects_seen(tenant, ANN, 9, since=since, until=until).items) == ["none"]


@pytest.mark.parametrize("limit", [1, 2, 3, 5])
def test_pages_go_on_from_any_place_and_end(
    store: Store, tenant: TenantId, known: dict[PersonId, int], limit: int
) -> None:
    rows = [lead(tenant, f"l{n}", 10 + n // 2, seen=n // 2) for n in range(5)]
    assert all(store.save_prospects(tenant, rows, known))
    order = ["l4", "l3", "l2", "l1", "l0"]
    for list_some in (store.prospects_hot, store.prospects_seen):
        found, cursor = [], ""
        while True:
            page = list_some(tenant, ANN, limit, cursor)
            assert len(page.items) == len(page.places) <= limit
            found += names(page.items)
            if not page.cursor:
                break
            cursor = page.cursor
        assert found == order
        first = list_some(tenant, ANN, 3)
        assert names(list_some(tenant, ANN, 9, first.places[1]).items) == order[2:]


def test_a_place_is_the_same_in_the_lists_of_all_owners(
    store: Store, tenant: TenantId, known: dict[PersonId, int]
) -> None:
    rows = [lead(tenant, "a", 30), lead(tenant, "b", 20, BOB), lead(tenant, "c", 10)]
    assert all(store.save_prospects(tenant, rows, known))
    place = store.prospects_hot(tenant, BOB, 1).places[0]
    assert names(store.prospects_hot(tenant, ANN, 9, place).items) == ["c"]


def test_a_tenant_sees_and_writes_none_of_anothers(
    store: Store, tenant: TenantId, known: dict[PersonId, int]
) -> None:
    row = lead(tenant, "l1", 5, seen=1)
    assert store.save_prospects(tenant, [row], known) == [True]
    other = TenantId(f"{tenant}-other")
    assert store.prospect(other, row.key) is None
    assert store.prospects_hot(other, ANN, 9).items == []
    assert store.prospects_seen(other, ANN, 9).items == []
    with pytest.raises(ValueError, match="another tenant"):
        store.save_prospects(other, [row], known)
    with pytest.raises(ValueError, match="another tenant"):
        store.remove_prospects(other, [stored(row)])
