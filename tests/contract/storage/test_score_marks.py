"""What Sugar is to be told of lead scores: found by who goes first, and when it is due."""

from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.ids import ConnectionId, Module, PersonId, TenantId
from funnel.domain.pushing.score_marks import ScoreMark
from tests.contract.storage.builders import NOW, key
from tests.contract.storage.conftest import Store

SUGAR, OTHER = ConnectionId("0badcafe"), ConnectionId("0badf00d")


def due(tenant: TenantId, person: str, hint: int = 0, minutes: int = 0) -> ScoreMark:
    """A mark that is due so many minutes after NOW."""
    at = NOW + timedelta(minutes=minutes)
    return ScoreMark(tenant, PersonId(person), SUGAR, at, hint)


def stored(mark: ScoreMark) -> ScoreMark:
    return replace(mark, version=mark.version + 1)


def people(store: Store, tenant: TenantId, **more: str) -> list[str]:
    return [one.person_id for one in store.scores_to_tell(tenant, SUGAR, 100, **more).items]


def test_a_mark_comes_back_as_it_was_with_the_next_version(store: Store, tenant: TenantId) -> None:
    mark = ScoreMark(
        tenant, PersonId("p1"), SUGAR, NOW, 42, True, 40, NOW, "Leads",
        (key(Module.LEADS, "l1"), key(Module.CONTACTS, "c1")), (NOW, NOW + timedelta(hours=1)),
    )  # fmt: skip
    assert store.save_score_marks(tenant, [mark]) == [True]
    found = store.score_marks(tenant, [PersonId("p1"), PersonId("nobody")])
    assert found == {PersonId("p1"): stored(mark)}
    assert store.score_marks(tenant, []) == {}


def test_a_mark_is_written_only_over_the_one_it_comes_from(store: Store, tenant: TenantId) -> None:
    first, other = due(tenant, "p1"), due(tenant, "p2")
    assert store.save_score_marks(tenant, [first]) == [True]
    assert store.save_score_marks(tenant, [replace(first, hint=9), other]) == [False, True]
    changed = replace(stored(first), hint=5)
    assert store.save_score_marks(tenant, [changed]) == [True]
    assert store.save_score_marks(tenant, [changed]) == [False]
    assert store.score_marks(tenant, [first.person_id]) == {first.person_id: stored(changed)}


def test_who_is_waited_for_goes_first_then_the_highest_score_then_the_longest_due(
    store: Store, tenant: TenantId
) -> None:
    urgent = replace(due(tenant, "urgent", -5, 9), urgent=True)
    marks = [
        due(tenant, "low"), due(tenant, "late", 50, 3), due(tenant, "soon", 50, 1), urgent,
        due(tenant, "high", 400, 5), due(tenant, "below", -20), due(tenant, "above", 5000, 9),
    ]  # fmt: skip
    store.save_score_marks(tenant, marks)
    order = ["urgent", "above", "high", "soon", "late", "below", "low"]
    assert people(store, tenant) == order
    first = store.scores_to_tell(tenant, SUGAR, 3)
    rest = store.scores_to_tell(tenant, SUGAR, 10, first.cursor)
    assert [one.person_id for one in (*first.items, *rest.items)] == order
    assert rest.cursor == ""


def test_only_what_is_to_be_told_to_this_sugar_is_listed_and_counted(
    store: Store, tenant: TenantId
) -> None:
    rest = ScoreMark(tenant, PersonId("rest"), SUGAR, told=3)
    elsewhere = replace(due(tenant, "elsewhere"), connection_id=OTHER)
    parked = replace(due(tenant, "parked"), parked="Leads")
    store.save_score_marks(tenant, [rest, elsewhere, parked, due(tenant, "p1"), due(tenant, "p2")])
    assert sorted(people(store, tenant)) == ["p1", "p2"]
    assert people(store, tenant, parked="Leads") == ["parked"]
    assert people(store, tenant, parked="Contacts") == []
    assert store.count_scores_to_tell(tenant, SUGAR, 100) == 2
    assert store.count_scores_to_tell(tenant, SUGAR, 1) == 1
    assert store.count_scores_to_tell(tenant, OTHER, 100) == 1


def test_a_mark_leaves_the_list_when_it_is_told_or_parked_and_comes_back(
    store: Store, tenant: TenantId
) -> None:
    mark = due(tenant, "p1")
    store.save_score_marks(tenant, [mark])
    parked = replace(stored(mark), parked="Leads")
    assert store.save_score_marks(tenant, [parked]) == [True]
    assert people(store, tenant) == []
    free = replace(stored(parked), parked="")
    assert store.save_score_marks(tenant, [free]) == [True]
    assert people(store, tenant) == ["p1"]
    assert people(store, tenant, parked="Leads") == []
    told = replace(stored(free), due_at=None, told=4)
    assert store.save_score_marks(tenant, [told]) == [True]
    assert people(store, tenant) == []
    assert store.count_scores_to_tell(tenant, SUGAR, 100) == 0


def test_a_tenant_sees_and_writes_none_of_anothers(store: Store, tenant: TenantId) -> None:
    store.save_score_marks(tenant, [due(tenant, "p1")])
    other = TenantId(f"{tenant}-other")
    assert store.score_marks(other, [PersonId("p1")]) == {}
    assert store.scores_to_tell(other, SUGAR, 10).items == []
    assert store.count_scores_to_tell(other, SUGAR, 10) == 0
    with pytest.raises(ValueError, match="another tenant"):
        store.save_score_marks(other, [due(tenant, "p2")])
