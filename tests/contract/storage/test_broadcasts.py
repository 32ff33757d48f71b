"""Broadcasts, the email of each, and whom they are for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.broadcasts.broadcasts import (
    AudienceRow,
    Broadcast,
    BroadcastId,
    BroadcastState,
    LeftOut,
    Plan,
    Progress,
)
from funnel.domain.emails.emails import Email, EmailId
from funnel.domain.errors import Conflict
from funnel.domain.ids import ListId, MemberKey, PersonId, TenantId
from funnel.domain.lists.lists import Member
from funnel.domain.people.erasure import Traces
from tests.contract.storage.builders import NOW, UNICODE
from tests.contract.storage.conftest import Store
from tests.contract.storage.test_listings import pages

HOUR = timedelta(hours=1)
B1 = BroadcastId("b1")
UNTIL = NOW + timedelta(days=4000)
PEOPLE = [PersonId(f"p{n:02}") for n in range(25)]


def broadcast(tenant: TenantId, name: str = "b1", hours: int = 0) -> Broadcast:
    """One that was made so many hours after the beginning."""
    at = NOW + hours * HOUR
    plan = Plan(
        UNICODE, EmailId("e1"), (ListId("l1"),), (ListId("l2"),), send_at="2026-03-09T09:00"
    )
    return Broadcast(tenant, BroadcastId(name), plan, at, "Ann", at, "Ann")


def test_a_broadcast_comes_back_and_is_changed_by_one_at_a_time(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    assert (store.broadcasts(tenant, [B1]), store.broadcasts(tenant, [])) == ({}, {})
    kept = store.save_broadcast(broadcast(tenant))
    assert kept == replace(broadcast(tenant), version=1)
    assert store.broadcasts(tenant, [B1, B1]) == {B1: kept}
    assert store.broadcasts(other, [B1]) == {}
    with pytest.raises(Conflict):
        store.save_broadcast(broadcast(tenant))
    changed = replace(kept, progress=Progress(people=3, left={"gone": 1}), note="why")
    after = store.save_broadcast(changed)
    assert store.broadcasts(tenant, [B1]) == {B1: replace(changed, version=2)}
    for stale in (kept, replace(after, version=9)):
        with pytest.raises(Conflict):
            store.save_broadcast(stale)
        with pytest.raises(Conflict):
            store.delete_broadcast(stale)
    store.delete_broadcast(after)
    assert store.broadcasts(tenant, [B1]) == {}
    with pytest.raises(Conflict):
        store.save_broadcast(after)


def test_the_email_is_kept_as_it_was(store: Store, new_tenant: Callable[[], TenantId]) -> None:
    tenant, other = new_tenant(), new_tenant()
    email = Email(
        tenant, EmailId("e1"), "N", UNICODE, "", "<p>a</p>", "", False, NOW, NOW, "Ann", 4
    )
    kept = store.save_broadcast(broadcast(tenant))
    assert store.broadcast_email(tenant, B1) is None
    with pytest.raises(Conflict):
        store.save_broadcast(replace(kept, version=7), email)
    assert store.broadcast_email(tenant, B1) is None
    kept = store.save_broadcast(kept, email)
    store.save_broadcast(kept)
    assert store.broadcast_email(tenant, B1) == email
    assert store.broadcast_email(other, B1) is None


def test_broadcasts_are_listed_the_latest_first(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    kept = [store.save_broadcast(broadcast(tenant, f"b{n}", n)) for n in range(5)]
    store.save_broadcast(broadcast(other))
    assert pages(lambda cursor: store.list_broadcasts(tenant, 2, cursor)) == kept[::-1]
    store.delete_broadcast(kept[2])
    assert len(pages(lambda cursor: store.list_broadcasts(tenant, 9, cursor))) == 4


def test_what_is_due_is_found_over_all_tenants_the_oldest_first(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()

    def due(of: TenantId, name: str, hours: int) -> Broadcast:
        at = NOW + hours * HOUR
        one = broadcast(of, name)
        return store.save_broadcast(replace(one, state=BroadcastState.SCHEDULED, due_at=at))

    late, first, theirs = due(tenant, "b1", 3), due(tenant, "b2", 1), due(other, "b3", 2)
    store.save_broadcast(broadcast(tenant, "b4"))
    mine = {tenant, other}

    def found(hours: int) -> list[str]:
        rows = store.due_broadcasts(NOW + hours * HOUR, 1000)
        return [broadcast_id for of, broadcast_id in rows if of in mine]

    assert found(0) == []
    assert found(2) == ["b2", "b3"]
    assert found(9) == ["b2", "b3", "b1"]
    for one in (late, first, theirs):
        store.save_broadcast(replace(one, due_at=None))
    assert found(9) == []


def test_an_audience_is_read_in_pages_with_who_was_left_out(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    rows = [AudienceRow(one) for one in PEOPLE]
    assert store.audience_size(tenant, B1) == 0
    store.put_audience(tenant, B1, rows, UNTIL)
    store.put_audience(tenant, B1, [*rows[:9], *rows[:9]], UNTIL)
    store.put_audience(tenant, BroadcastId("b2"), rows[:1], UNTIL)
    assert store.audience_size(tenant, B1) == len(PEOPLE)
    assert pages(lambda cursor: store.audience(tenant, B1, 4, cursor)) == rows
    gone = [AudienceRow(one, LeftOut.OPTED_OUT) for one in PEOPLE[3:8]]
    store.put_audience(tenant, B1, [*gone, AudienceRow(PEOPLE[0], LeftOut.BOUNCED)], UNTIL)
    found = store.audience(tenant, B1, 99).items
    assert {row.person_id: row.left for row in found if row.left} == {
        PEOPLE[0]: LeftOut.BOUNCED,
        **dict.fromkeys(PEOPLE[3:8], LeftOut.OPTED_OUT),
    }
    why = LeftOut.OPTED_OUT
    assert pages(lambda cursor: store.left_out(tenant, B1, why, 2, cursor)) == PEOPLE[3:8]
    assert store.left_out(tenant, B1, LeftOut.GONE, 9).items == []
    assert store.audience(other, B1, 9).items == []


def test_who_is_erased_is_in_no_audience_any_more(store: Store, tenant: TenantId) -> None:
    for name in ("b1", "b2"):
        store.save_broadcast(broadcast(tenant, name))
        rows = [AudienceRow(PEOPLE[0], LeftOut.BOUNCED), AudienceRow(PEOPLE[1])]
        store.put_audience(tenant, BroadcastId(name), rows, UNTIL)
    store.purge(tenant, Traces((PEOPLE[0],), (PEOPLE[0],), (), ()))
    for name in ("b1", "b2"):
        found = store.audience(tenant, BroadcastId(name), 9).items
        assert found == [AudienceRow(PEOPLE[1])]
        assert store.left_out(tenant, BroadcastId(name), LeftOut.BOUNCED, 9).items == []


def test_which_of_many_are_on_a_list_is_asked_at_once(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    keys = [MemberKey(f"person#{one}") for one in PEOPLE]
    store.put_members(tenant, ListId("l1"), [Member(key, NOW) for key in keys[:5]])
    store.put_members(other, ListId("l1"), [Member(keys[9], NOW)])
    later = NOW + timedelta(days=1)
    store.put_members(tenant, ListId("l1"), [Member(keys[0], later)])
    since = {keys[0]: later} | dict.fromkeys(keys[1:5], NOW)
    assert store.are_on(tenant, ListId("l1"), keys) == since
    assert store.are_on(tenant, ListId("l2"), keys) == {}
    assert store.are_on(tenant, ListId("l1"), []) == {}
