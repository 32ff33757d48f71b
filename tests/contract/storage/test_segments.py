"""Segments, lists made by hand and what time changes, in every store."""

from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.errors import Conflict
from funnel.domain.ids import ListId, MemberKey, PersonId, TenantId
from funnel.domain.lists.lists import (
    ListKind,
    ListStatus,
    Member,
    Move,
    PeopleList,
    SegmentRules,
    Standing,
    person_member,
)
from funnel.domain.segments.segments import (
    BehaviourTest,
    FieldTest,
    Group,
    ListTest,
    Match,
    Operator,
)
from funnel.domain.tracking.activities import ActivityKind
from funnel.ports.lists import DueStanding
from tests.contract.storage.builders import NOW
from tests.contract.storage.conftest import Store

RULE = Group(
    Match.ALL,
    (
        FieldTest("city", Operator.IS, ("Bonn", "Köln")),
        Group(
            Match.NONE,
            (
                ListTest(ListId("l9")),
                BehaviourTest(ActivityKind.PAGE_VIEW, page="/pricing*", least=2, days=30),
            ),
        ),
    ),
)


def segment(tenant: TenantId, list_id: str, rule: Group = RULE) -> PeopleList:
    """A segment with all it can have."""
    return PeopleList(
        tenant=tenant,
        list_id=ListId(list_id),
        kind=ListKind.SEGMENT,
        name=f"Segment {list_id}",
        created_at=NOW,
        changed_at=NOW,
        rule=rule,
        description="Who may buy",
        by="Maria",
    )


def test_a_segment_comes_back_with_its_rule_and_each_change_makes_another_generation(
    store: Store, tenant: TenantId
) -> None:
    assert store.segment_rules(tenant) == SegmentRules(tenant)
    first = store.save_list(segment(tenant, "s1"))
    assert first == replace(segment(tenant, "s1"), version=1)
    assert store.lists(tenant, [ListId("s1")]) == {ListId("s1"): first}
    assert store.segment_rules(tenant) == SegmentRules(tenant, 1, {ListId("s1"): RULE})
    other = Group(Match.ANY)
    second = store.save_list(replace(first, rule=other))
    assert store.segment_rules(tenant) == SegmentRules(tenant, 2, {ListId("s1"): other})
    for late in (segment(tenant, "s1"), first):
        with pytest.raises(Conflict):
            store.save_list(late)
    assert store.segment_rules(tenant).generation == store.list_settings(tenant).segments == 2
    store.save_list(replace(second, status=ListStatus.RETIRED, retired_at=NOW))
    assert store.segment_rules(tenant) == SegmentRules(tenant, 3, {})
    assert store.segment_rules(TenantId(f"{tenant}-b")).generation == 0


def test_the_generation_is_told_with_the_settings_and_not_kept_in_them(
    store: Store, tenant: TenantId
) -> None:
    store.save_list(segment(tenant, "s1"))
    saved = store.save_list_settings(replace(store.list_settings(tenant), segments=99))
    found = store.list_settings(tenant)
    assert (found.segments, found.version) == (1, saved.version)


def test_a_deleted_segment_is_here_no_more_and_can_be_made_again(
    store: Store, tenant: TenantId
) -> None:
    first = store.save_list(segment(tenant, "s1"))
    with pytest.raises(Conflict):
        store.delete_list(replace(first, version=7))
    store.delete_list(first)
    assert store.lists(tenant, [ListId("s1")]) == {}
    assert store.list_lists(tenant, "", 9).items == []
    assert store.segment_rules(tenant) == SegmentRules(tenant, 2, {})
    with pytest.raises(Conflict):
        store.delete_list(first)
    assert store.save_list(segment(tenant, "s1")).version == 1


def test_rules_of_many_segments_are_read_whole(store: Store, tenant: TenantId) -> None:
    for n in range(120):
        store.save_list(segment(tenant, f"s{n}"))
    found = store.segment_rules(tenant)
    assert (found.generation, len(found.rules)) == (120, 120)
    assert set(found.rules.values()) == {RULE}


def test_segments_and_lists_by_hand_are_counted_and_found_by_kind(
    store: Store, tenant: TenantId
) -> None:
    store.save_list(segment(tenant, "s1"))
    by_hand = replace(segment(tenant, "m1"), kind=ListKind.MANUAL, rule=None, name="By hand")
    store.save_list(by_hand)
    lists = frozenset({ListId("s1"), ListId("m1")})
    later = NOW + timedelta(hours=1)
    move = Move(Standing(tenant, PersonId("p1")), lists, by_hand=frozenset({ListId("m1")}))
    assert store.move(tenant, [move], later) == [True]
    for kind, list_id in ((ListKind.SEGMENT, "s1"), (ListKind.MANUAL, "m1")):
        (found,) = store.list_lists(tenant, "", 9, kind=kind).items
        assert (found.list_id, found.members) == (list_id, 1)
        assert (found.status, found.changed_at) == (ListStatus.ACTIVE, later)
    assert len(store.list_lists(tenant, "", 9).items) == 2
    assert store.list_lists(tenant, "", 9, kind=ListKind.AUTO).items == []
    standing = store.standings(tenant, [PersonId("p1")])[PersonId("p1")]
    assert store.move(tenant, [Move(standing, frozenset())], later) == [True]
    assert store.lists(tenant, [ListId("m1")])[ListId("m1")].status is ListStatus.ACTIVE


def test_a_standing_keeps_what_was_done_by_hand_whom_it_absorbed_and_when_to_look(
    store: Store, tenant: TenantId
) -> None:
    at = NOW + timedelta(days=3, microseconds=5)
    by_hand, absorbed = frozenset({ListId("m1")}), frozenset({PersonId("p2")})
    first = Move(Standing(tenant, PersonId("p1")), by_hand, by_hand, absorbed, at)
    assert store.move(tenant, [first], NOW) == [True]
    found = store.standings(tenant, [PersonId("p1")])[PersonId("p1")]
    assert found == first.after
    assert found == Standing(tenant, PersonId("p1"), by_hand, 1, by_hand, absorbed, at)
    second = Move(found, by_hand)
    assert store.move(
        tenant,
        [
            first,
        ],
        NOW,
    ) == [False]
    assert store.move(tenant, [second], NOW) == [True]
    found = store.standings(tenant, [PersonId("p1")])[PersonId("p1")]
    assert (found.by_hand, found.absorbed, found.recheck_at) == (by_hand, absorbed, None)


def test_who_is_due_is_found_in_the_order_of_time(store: Store, tenant: TenantId) -> None:
    for n in range(12):
        standing = Standing(tenant, PersonId(f"p{n}"))
        move = Move(standing, frozenset(), recheck_at=NOW + timedelta(minutes=n))
        assert store.move(tenant, [move], NOW) == [True]

    def due(minutes: int) -> list[PersonId]:
        found: list[DueStanding] = []
        cursor = ""
        while True:
            page = store.due_standings(NOW + timedelta(minutes=minutes), 5, cursor)
            found += page.items
            cursor = page.cursor
            if not cursor:
                return [one.person_id for one in found if one.tenant == tenant]

    assert due(-1) == []
    assert due(0) == ["p0"]
    assert due(6) == [f"p{n}" for n in range(7)]
    standing = store.standings(tenant, [PersonId("p0")])[PersonId("p0")]
    store.move(tenant, [Move(standing, frozenset())], NOW)
    assert due(2) == ["p1", "p2"]


def test_who_is_on_which_of_some_lists_is_told_at_once(store: Store, tenant: TenantId) -> None:
    keys = [MemberKey(f"Leads/{n}") for n in range(60)]
    store.put_members(tenant, ListId("t1"), [Member(key, NOW) for key in keys[:40]])
    store.put_members(tenant, ListId("t2"), [Member(key, NOW) for key in keys[30:50]])
    lists = [ListId("t1"), ListId("t2"), ListId("t3")]
    found = store.on_lists(tenant, lists, [*keys, person_member(PersonId("p"))])
    assert found[keys[0]] == {"t1"}
    assert found[keys[35]] == {"t1", "t2"}
    assert found[keys[45]] == {"t2"}
    assert len(found) == 50
    assert store.on_lists(tenant, [], keys) == {}
    assert store.on_lists(TenantId(f"{tenant}-b"), lists, keys) == {}
