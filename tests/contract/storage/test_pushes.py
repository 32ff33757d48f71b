"""Intents to push a person: versions, what is due, and the log of each person."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.crm import Value
from funnel.domain.errors import Conflict
from funnel.domain.ids import (
    ConnectionId,
    Module,
    PersonId,
    RecordKey,
    SugarId,
    TenantId,
    WrittenModule,
)
from funnel.domain.pushing.pushes import (
    Deed,
    Priority,
    PushIntent,
    PushState,
    Step,
    TaskKind,
    TaskWish,
    Why,
    Wish,
    done,
)
from funnel.domain.pushing.related import NoteWish
from funnel.domain.sync.runs import Note
from tests.contract.storage.builders import NOW
from tests.contract.storage.conftest import Store

SECOND = timedelta(seconds=1)


def intent(tenant: TenantId, name: str, person: str = "p1", seconds: int = 0) -> PushIntent:
    """One with something everywhere."""
    task = TaskWish(TaskKind.CALL, "Ask", NOW + SECOND, Priority.HIGH)
    note = NoteWish("Hello", "Words", RecordKey(Module.LEADS, SugarId("l1")), SugarId("u1"))
    wish = Wish(WrittenModule.CONTACTS, SugarId("u1"), "Web Site", True, True, task, note)
    fields: dict[str, Value] = {"last_name": "X", "do_not_call": False, "account_id": None}
    step = Step(
        Deed.CREATE, WrittenModule.CONTACTS, SugarId("c1"), Why.ASKED, "X", fields, {"a": 1}
    )
    at = NOW + seconds * SECOND
    return PushIntent(
        tenant=tenant,
        intent_id=name,
        connection_id=ConnectionId("c1"),
        person_id=PersonId(person),
        key=f"key {name}",
        wish=wish,
        asked_by="Ann",
        asked_at=at,
        changed_at=at,
        due_at=at,
        attempts=2,
        steps=(step,),
        note=Note("a", "b", "c"),
        failed=RecordKey(Module.LEADS, SugarId("l1")),
    )


def due(store: Store, tenant: TenantId, limit: int = 50) -> list[str]:
    """Ids of what is due, read page by page."""
    found: list[str] = []
    cursor = ""
    while True:
        page = store.due_intents(tenant, limit, cursor)
        assert len(page.items) <= limit
        found += [one.intent_id for one in page.items]
        cursor = page.cursor
        if not cursor:
            return found


def test_an_intent_comes_back_and_is_changed_by_one_at_a_time(
    store: Store, tenant: TenantId
) -> None:
    assert store.intents(tenant, ["i1"]) == {}
    stored = store.save_intent(intent(tenant, "i1"))
    assert stored == replace(intent(tenant, "i1"), version=1)
    assert store.intents(tenant, ["i1", "i2", "i1"]) == {"i1": stored}
    with pytest.raises(Conflict):
        store.save_intent(intent(tenant, "i1"))
    again = store.save_intent(replace(stored, attempts=3))
    with pytest.raises(Conflict):
        store.save_intent(stored)
    assert store.intents(tenant, ["i1"]) == {"i1": again}


@pytest.mark.parametrize("limit", [1, 3, 50])
def test_what_is_due_comes_in_order_and_leaves_the_listing_when_it_is_done(
    store: Store, tenant: TenantId, limit: int
) -> None:
    names = [f"i{number}" for number in range(9)]
    stored = [store.save_intent(intent(tenant, n, seconds=at)) for at, n in enumerate(names)]
    assert due(store, tenant, limit) == names
    store.save_intent(replace(stored[0], due_at=NOW + 60 * SECOND))
    store.save_intent(done(stored[1], (), NOW))
    store.save_intent(replace(stored[2], state=PushState.FAILED, due_at=None))
    assert due(store, tenant, limit) == [*names[3:], "i0"]


def test_edits_are_due_behind_what_somebody_asked_for(store: Store, tenant: TenantId) -> None:
    for seconds, name in enumerate(("i1", "i2", "i3")):
        one = intent(tenant, name, seconds=seconds)
        store.save_intent(replace(one, wish=Wish(None)) if name == "i1" else one)
    assert due(store, tenant, 2) == ["i2", "i3", "i1"]


def test_a_person_has_a_log_of_its_own_the_newest_first(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    for seconds, name in enumerate(("i1", "i2", "i3")):
        store.save_intent(intent(tenant, name, seconds=seconds))
    store.save_intent(intent(tenant, "i4", person="p2"))
    store.save_intent(intent(other, "i1"))
    first = store.pushes_of(tenant, PersonId("p1"), 2)
    assert [one.intent_id for one in first.items] == ["i3", "i2"]
    rest = store.pushes_of(tenant, PersonId("p1"), 2, first.cursor)
    assert ([one.intent_id for one in rest.items], rest.cursor) == (["i1"], "")
    assert due(store, other) == ["i1"]


def test_an_intent_is_forgotten_with_its_place_in_the_log_by_its_version(
    store: Store, tenant: TenantId
) -> None:
    first, other = (store.save_intent(intent(tenant, name)) for name in ("i1", "i2"))
    again = store.save_intent(replace(first, attempts=3))
    with pytest.raises(Conflict):
        store.forget_intent(first)
    assert store.intents(tenant, ["i1"]) == {"i1": again}
    store.forget_intent(again)
    assert store.intents(tenant, ["i1", "i2"]) == {"i2": other}
    assert store.pushes_of(tenant, PersonId("p1"), 9).items == [other]
    assert due(store, tenant) == ["i2"]
