"""Campaigns and who walks along them: found while they run, claimed by one, and counted exactly."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta

import pytest

from funnel.domain.campaigns.campaigns import (
    Action,
    Asks,
    Branch,
    Campaign,
    CampaignId,
    CampaignState,
    ChangeList,
    ChangeOwner,
    ChangeScore,
    Comes,
    End,
    OwnerChoice,
    OwnerRule,
    ScheduleTask,
    SendEmail,
    SendingWindow,
    Start,
    Step,
    StepId,
    SugarCampaign,
    SyncPlan,
    SyncWithSugar,
    TaskPlan,
    Wait,
)
from funnel.domain.campaigns.enrolments import (
    PARTS,
    Change,
    Enrolment,
    EnrolmentId,
    EnrolmentState,
    Turn,
    begun,
    come_to,
    counted,
    numbers_of,
    over,
    part_of,
    step_numbers,
)
from funnel.domain.emails.emails import EmailId
from funnel.domain.errors import Conflict
from funnel.domain.ids import ListId, PersonId, SugarId, TenantId, WrittenModule
from funnel.domain.pushing.pushes import TaskKind
from funnel.domain.segments.segments import FieldTest, Group, Match, Operator
from tests.contract.storage.builders import NOW
from tests.contract.storage.conftest import Store

SEND, WAIT, ASK = StepId("s1"), StepId("s2"), StepId("s3")
HOUR = timedelta(hours=1)


def campaign(tenant: TenantId, name: str = "Trial") -> Campaign:
    """A campaign with every kind of step in it."""
    rule = Group(Match.ANY, (FieldTest("city", Operator.IS, ("Ulm",)), Group(Match.NONE)))
    owner = OwnerChoice(OwnerRule.ROUND_ROBIN, (SugarId("u1"), SugarId("u2")))
    task = TaskPlan(TaskKind.CALL, "Call Ö", 2, time(10, 30))
    actions: list[Action] = [
        SendEmail(EmailId("e1")),
        Wait(60, time(9), (0, 4)),
        Branch(Asks.CLICKED, SEND, link="/price*", within_minutes=120),
        Branch(Asks.RULE, rule=rule),
        ChangeList(ListId("l1"), False),
        ChangeScore(-5),
        ChangeOwner(owner),
        SyncWithSugar(SyncPlan(WrittenModule.LEADS, owner, "Web", True, task)),
        ScheduleTask(task),
        End(),
    ]
    steps = {
        (own := StepId(f"s{n}")): Step(own, action, StepId(f"s{n + 1}"), StepId("s10"), f"Step {n}")
        for n, action in enumerate(actions, 1)
    }
    return Campaign(
        tenant, CampaignId(f"id-{name}"), name, NOW, NOW, "Ann",
        start=Start(Comes.LIST, ListId("l2"), "", False, 30, True), first=SEND, steps=steps,
        timezone="Europe/Berlin", window=SendingWindow(weekdays=(1, 2)),
        sugar=SugarCampaign(True), revision=3,
        detours={StepId("s0"): SEND},
    )  # fmt: skip


def come_in(store: Store, tenant: TenantId, person: str = "p1") -> Enrolment:
    """A person at the first step of the campaign."""
    change = begun(campaign(tenant), None, PersonId(person), NOW, "a list")
    assert store.write_enrolments(tenant, [change]) == [True]
    return replace(change.after, version=1)


def test_a_campaign_comes_back_whole_and_in_the_list_of_its_tenant(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    own = CampaignId("id-Trial")
    assert (store.campaigns(tenant), store.campaign(tenant, own)) == ([], None)
    trial = store.save_campaign(campaign(tenant))
    assert trial == replace(campaign(tenant), version=1)
    second = store.save_campaign(campaign(tenant, "a second"))
    assert store.campaigns(tenant) == [second.head, trial.head]
    assert store.campaign(tenant, own) == trial
    assert (store.campaigns(other), store.campaign(other, own)) == ([], None)
    asked = [own, second.campaign_id, CampaignId("nowhere"), own]
    assert store.heads(tenant, asked) == {own: trial.head, second.campaign_id: second.head}
    assert (store.heads(tenant, []), store.heads(other, asked)) == ({}, {})
    assert store.whole(tenant, asked) == {own: trial, second.campaign_id: second}
    assert (store.whole(tenant, []), store.whole(other, asked)) == ({}, {})


def test_a_campaign_is_changed_and_removed_by_one_at_a_time(store: Store, tenant: TenantId) -> None:
    first = store.save_campaign(campaign(tenant))
    with pytest.raises(Conflict):
        store.save_campaign(campaign(tenant))
    second = store.save_campaign(replace(first, name="Zoo"))
    for late in (store.save_campaign, store.delete_campaign):
        with pytest.raises(Conflict):
            late(first)
    assert store.campaign(tenant, first.campaign_id) == second
    store.delete_campaign(second)
    assert (store.campaign(tenant, first.campaign_id), store.campaigns(tenant)) == (None, [])
    with pytest.raises(Conflict):
        store.save_campaign(second)


def test_a_campaign_is_found_while_it_runs(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    one = store.save_campaign(campaign(tenant))
    assert store.running(tenant) == []
    one = store.save_campaign(replace(one, state=CampaignState.RUNNING))
    theirs = store.save_campaign(replace(campaign(other), state=CampaignState.RUNNING))
    assert store.running(tenant) == [one.head]
    assert one.head.wakes
    found = store.all_running()
    assert one.head in found
    assert theirs.head in found
    one = store.save_campaign(replace(one, state=CampaignState.PAUSED))
    assert store.running(tenant) == []
    store.delete_campaign(store.save_campaign(replace(one, state=CampaignState.RUNNING)))
    assert store.running(tenant) == []
    assert store.running(other) == [theirs.head]


def test_a_person_comes_in_once_for_each_turn(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    one = come_in(store, tenant)
    own, person = one.campaign_id, one.person_id
    again = begun(campaign(tenant), None, person, NOW + HOUR, "by hand")
    assert store.write_enrolments(tenant, [again]) == [False]
    assert store.enrolments(tenant, own, [one.enrolment_id, EnrolmentId("none")]) == {
        one.enrolment_id: one
    }
    turn = store.turns(tenant, own, [person, PersonId("p9")])[person]
    assert (turn.latest, turn.entered_at, turn.version) == (one.enrolment_id, NOW, 1)
    second = begun(campaign(tenant), turn, person, NOW + HOUR, "a list")
    assert store.write_enrolments(tenant, [second]) == [True]
    (turn,) = store.turns_of(tenant, person)
    assert turn.enrolments == (one.enrolment_id, second.after.enrolment_id)
    assert store.turns_of(other, person) == []
    assert store.enrolments(other, own, [one.enrolment_id]) == {}
    store.forget_turn(turn)
    assert store.turns_of(tenant, person) == []


def test_who_is_due_is_claimed_by_one_and_due_again_should_that_one_die(
    store: Store, tenant: TenantId
) -> None:
    own = campaign(tenant).campaign_id
    some = [come_in(store, tenant, f"p{n}") for n in range(6)]
    part = part_of(some[0].enrolment_id)
    mine = {o.enrolment_id for o in some if part_of(o.enrolment_id) == part}
    assert store.is_due(tenant, own, part, NOW - HOUR) == 0
    assert store.is_due(tenant, own, part, NOW) == 1
    assert store.is_due(tenant, own, part, NOW, 100) == len(mine)
    heads = [campaign(tenant, "Empty").head, campaign(tenant).head]
    parts = sorted({part_of(one.enrolment_id) for one in some})
    assert store.due_parts(heads, NOW) == [(heads[1], one) for one in parts]
    assert store.due_parts(heads, NOW - HOUR) == store.due_parts([], NOW) == []
    claimed = store.claim(tenant, own, part, NOW, NOW + HOUR, 100)
    assert {one.enrolment_id for one in claimed} == mine
    assert {(one.due_at, one.version) for one in claimed} == {(NOW + HOUR, 2)}
    assert store.claim(tenant, own, part, NOW, NOW + HOUR, 100) == []
    again = store.claim(tenant, own, part, NOW + HOUR, NOW + 2 * HOUR, 1)
    assert [one.version for one in again] == [3]
    elsewhere = [store.is_due(tenant, own, other, NOW, 100) for other in range(PARTS)]
    assert sum(elsewhere) == 6 - len(mine)


def test_a_walk_moves_on_once_and_the_numbers_of_both_steps_with_it(
    store: Store, tenant: TenantId
) -> None:
    some = [come_in(store, tenant, f"p{n}") for n in range(15)]
    own = some[0].campaign_id
    moves = [
        Change(one, come_to(counted(one, skipped=True), WAIT, NOW, NOW + HOUR)) for one in some
    ]
    assert all(store.write_enrolments(tenant, moves))
    assert not any(store.write_enrolments(tenant, moves))
    first, *rest = (replace(move.after, version=2) for move in moves)
    late = Change(some[1], over(some[1], EnrolmentState.LEFT, NOW))
    done = Change(first, over(counted(first, yes=True), EnrolmentState.THROUGH, NOW))
    assert store.write_enrolments(tenant, [late, done]) == [False, True]
    numbers = store.step_numbers(tenant, own)
    assert numbers[SEND] == replace(numbers[SEND], walking=0, came=15, skipped=15, left=0)
    assert (numbers[WAIT].walking, numbers[WAIT].through, numbers[WAIT].yes) == (14, 1, 1)
    stored = [
        one for part in range(PARTS) for one in store.list_enrolments(tenant, own, part, 100).items
    ]
    expected = step_numbers(sum(map(numbers_of, stored), Counter()))
    assert numbers == expected
    assert sorted(o.enrolment_id for o in stored) == sorted(o.enrolment_id for o in some)
    there = store.enrolments_at(tenant, own, WAIT, EnrolmentState.WALKING, 10)
    more = store.enrolments_at(tenant, own, WAIT, EnrolmentState.WALKING, 10, there.cursor)
    assert len(there.items) == 10
    assert {o.enrolment_id for o in (*there.items, *more.items)} == {o.enrolment_id for o in rest}
    assert more.cursor == ""


def test_two_changes_of_one_walk_or_another_tenants_are_refused(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    one = come_in(store, tenant)
    move = Change(one, come_to(one, WAIT, NOW, NOW))
    for whose, changes in ((tenant, [move, move]), (other, [move])):
        with pytest.raises(ValueError):
            store.write_enrolments(whose, changes)


def test_of_two_walks_that_become_one_persons_the_first_is_and_nobody_else_is_held_up(
    store: Store, tenant: TenantId
) -> None:
    some = [come_in(store, tenant, f"p{n}") for n in range(16)]
    part, size = Counter(part_of(one.enrolment_id) for one in some).most_common(1)[0]
    assert size > 3
    mine = [one for one in some if part_of(one.enrolment_id) == part]
    own, third = some[0].campaign_id, PersonId("third")
    first, second, *rest = (
        Change(one, one.of(third), Turn(tenant, own, third, NOW, (one.enrolment_id,)))
        for one in mine
    )
    moves = [first, second, *(replace(c, turn=None) for c in rest)]
    assert store.write_enrolments(tenant, moves) == [True, False, *(True for _ in rest)]
    assert store.turns(tenant, own, [third])[third].latest == first.after.enrolment_id
    stored = store.enrolments(tenant, own, [one.enrolment_id for one in mine])
    assert [stored[one.enrolment_id].version for one in mine] == [2, 1, *(2 for _ in rest)]


def test_who_waits_is_looked_at_sooner_and_never_later(store: Store, tenant: TenantId) -> None:
    one = come_in(store, tenant)
    own, at = one.campaign_id, NOW + HOUR
    wait = come_to(one, ASK, NOW, NOW + 2 * HOUR)
    assert store.write_enrolments(tenant, [Change(one, wait)]) == [True]
    assert store.hasten(tenant, own, one.enrolment_id, at)
    assert not store.hasten(tenant, own, one.enrolment_id, at + HOUR)
    assert not store.hasten(tenant, own, EnrolmentId("none"), at)
    stored = store.enrolments(tenant, own, [one.enrolment_id])[one.enrolment_id]
    assert (stored.due_at, stored.version) == (at, 3)
    ended = Change(stored, over(stored, EnrolmentState.THROUGH, NOW))
    assert store.write_enrolments(tenant, [ended]) == [True]
    assert not store.hasten(tenant, own, one.enrolment_id, NOW)
    assert store.is_due(tenant, own, part_of(one.enrolment_id), NOW + 9 * HOUR) == 0


def test_a_campaign_that_is_forgotten_leaves_nothing_of_its_people(
    store: Store, new_tenant: Callable[[], TenantId]
) -> None:
    tenant, other = new_tenant(), new_tenant()
    own = [come_in(store, tenant, f"p{n}").campaign_id for n in range(7)].pop()
    theirs = come_in(store, other, "p1")
    moved = come_in(store, tenant, "merged")
    heir = Turn(tenant, own, PersonId("heir"), NOW, (moved.enrolment_id,))
    change = Change(moved, moved.of(heir.person_id), heir)
    assert store.write_enrolments(tenant, [change]) == [True]
    turns = 0
    while store.forget_enrolments(tenant, own, 2):
        turns += 1
        assert turns < 20
    assert store.step_numbers(tenant, own) == {}
    for person in ("p1", "merged", "heir"):
        assert store.turns_of(tenant, PersonId(person)) == []
    assert not any(store.list_enrolments(tenant, own, p, 9).items for p in range(PARTS))
    assert store.step_numbers(other, own)[SEND].walking == 1
    assert store.enrolments(other, own, [theirs.enrolment_id]) == {theirs.enrolment_id: theirs}
