"""What a campaign or form plans for Sugar, and what is asked for one person by it."""

from collections import Counter
from datetime import UTC, datetime, time

import pytest

from funnel.domain.campaigns.campaigns import OwnerChoice, OwnerRule, SyncPlan, TaskPlan
from funnel.domain.crm import Value
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, WrittenModule
from funnel.domain.pushing.pushes import Deed, PushIntent, PushState, TaskKind, Wish
from funnel.usecases.pushing.request_push import PushRequest, request_push
from funnel.usecases.pushing.sync_plan import (
    checked_owner_change,
    checked_plan,
    checked_task,
    due_at,
    owner_of,
    owner_wish_of,
    task_wish_of,
    wish_of,
)
from tests.fakes.world import TENANT, World
from tests.unit.usecases.pushing.push_scene import ADA, errors, here, live, push_world, someone

ANNA, BEN, CARL = SugarId("u1"), SugarId("u2"), SugarId("u3")
TURNS = OwnerChoice(OwnerRule.ROUND_ROBIN, (ANNA, CARL))
CALL = TaskPlan(TaskKind.CALL, "Say hello", days=1, at=time(9, 0))


@pytest.fixture
def world() -> World:
    made = push_world()
    made.sugar.put(Module.USERS, "u3", user_name="carl", last_name="Ude", status="Active")
    made.sync()
    return made


def chosen(user: SugarId) -> OwnerChoice:
    return OwnerChoice(OwnerRule.CHOSEN, (user,))


def asked(world: World, person_id: PersonId, plan: SyncPlan, key: str = "c1") -> Wish:
    person = someone(world, person_id)
    now = world.clock.now()
    return wish_of(world.app, TENANT, plan, person, now, "Europe/Berlin", key)


def done(world: World, person_id: PersonId, wish: Wish, key: str = "c1") -> PushIntent:
    request = PushRequest(person_id, wish, "Welcome", key, unattended=True, in_bulk=True)
    intent = request_push(world.app, TENANT, request)
    world.drain()
    return world.store.intents(TENANT, [intent.intent_id])[intent.intent_id]


def lead(world: World, sugar_id: str = "x1", **fields: Value) -> None:
    told = {"last_name": "Byron", "email1": ADA, "assigned_user_id": CARL} | fields
    world.sugar.put(Module.LEADS, sugar_id).fields.update(told)


def tasks(world: World) -> list[dict[str, Value]]:
    return [dict(one.fields) for one in world.sugar.related[WrittenModule.TASKS].values()]


def test_the_chosen_user_owns_who_is_new_and_nobody_who_is_there(world: World) -> None:
    lead(world)
    plan = SyncPlan(WrittenModule.LEADS, chosen(ANNA), "Web Site")
    new = here(world, "new@x.test")
    there = here(world)
    for person_id in (there, new):
        done(world, person_id, asked(world, person_id, plan, person_id), person_id)
    owners = {r["email1"]: r["assigned_user_id"] for r in live(world, Module.LEADS).values()}
    assert owners == {ADA: CARL, "new@x.test": ANNA}


def test_owner_and_lead_source_of_who_is_there_change_only_if_asked(world: World) -> None:
    lead(world)
    plan = SyncPlan(WrittenModule.LEADS, chosen(ANNA), "Web Site", update_existing=True)
    person_id = here(world)
    done(world, person_id, asked(world, person_id, plan))
    (row,) = live(world, Module.LEADS).values()
    assert (row["assigned_user_id"], row["lead_source"]) == (ANNA, "Web Site")


def test_people_come_in_turn_to_users_who_are_active_each_always_to_the_same(world: World) -> None:
    people = [PersonId(f"p{number}") for number in range(200)]
    first = {one: owner_of(world.app, TENANT, TURNS, one) for one in people}
    assert min(Counter(first.values())[user] for user in (ANNA, CARL)) > 70
    wider = OwnerChoice(OwnerRule.ROUND_ROBIN, (BEN, CARL, ANNA))
    assert {one: owner_of(world.app, TENANT, wider, one) for one in people} == first
    world.sugar.put(Module.USERS, "u3", user_name="carl", last_name="Ude", status="Inactive")
    world.sync()
    assert {owner_of(world.app, TENANT, TURNS, one) for one in people} == {ANNA}


def test_what_was_asked_for_under_a_key_is_the_same_when_users_and_time_have_changed(
    world: World,
) -> None:
    person_id = here(world)
    plan = SyncPlan(WrittenModule.LEADS, TURNS, task=CALL)
    wish = asked(world, person_id, plan)
    request = PushRequest(person_id, wish, "Welcome", "c1", unattended=True)
    request_push(world.app, TENANT, request)
    world.clock.advance(100_000)
    changed = SyncPlan(WrittenModule.CONTACTS, chosen(BEN))
    assert asked(world, person_id, changed) == wish
    assert asked(world, person_id, changed, "c2") != wish


def test_an_owner_who_is_inactive_by_then_is_in_the_error_report_by_name_and_it_heals(
    world: World,
) -> None:
    person_id = here(world)
    plan = SyncPlan(WrittenModule.LEADS, chosen(BEN))
    intent = done(world, person_id, asked(world, person_id, plan))
    assert intent.state is PushState.FAILED
    assert intent.obstacle is not None
    assert (intent.obstacle.code, intent.obstacle.value) == ("PushOwnerInactive", "Rau")
    assert errors(world) == [("PushOwnerInactive", "assigned_user_id")]
    assert live(world, Module.LEADS) == {}


@pytest.mark.parametrize(
    ("now", "zone", "days", "due"),
    [
        ("2026-11-29T22:30", "Europe/Berlin", 1, "2026-11-30T08:00"),
        ("2026-11-29T23:30", "Europe/Berlin", 1, "2026-12-01T08:00"),
        ("2026-11-29T23:30", "America/New_York", 0, "2026-11-29T14:00"),
        ("2026-03-28T12:00", "Europe/Berlin", 1, "2026-03-29T07:00"),
        ("2026-03-27T12:00", "Europe/Berlin", 1, "2026-03-28T08:00"),
        ("2026-03-27T12:00", "No/Where", 1, "2026-03-28T09:00"),
    ],
)
def test_a_task_is_due_by_the_days_and_clocks_of_the_time_zone(
    now: str, zone: str, days: int, due: str
) -> None:
    plan = TaskPlan(TaskKind.CALL, "Say hello", days=days, at=time(9, 0))
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert due_at(plan, moment, zone) == datetime.fromisoformat(due).replace(tzinfo=UTC)


def test_another_owner_is_given_to_who_is_in_sugar_and_nobody_is_made(world: World) -> None:
    lead(world)
    there, away = here(world), here(world, "away@x.test")
    for key, person_id in (("k1", there), ("k2", away)):
        wish = owner_wish_of(world.app, TENANT, chosen(ANNA), someone(world, person_id), key)
        intent = done(world, person_id, wish, key)
        assert intent.state is PushState.DONE
    assert intent.steps == ()
    assert intent.note is not None
    assert intent.note.code == "NotInSugar"
    (row,) = live(world, Module.LEADS).values()
    assert row["assigned_user_id"] == ANNA
    assert errors(world) == []


def test_a_task_alone_is_the_owners_of_who_is_in_sugar_and_made_once(world: World) -> None:
    lead(world)
    person_id = here(world)
    for _ in range(2):
        wish = task_wish_of(world.app, TENANT, CALL, world.clock.now(), "UTC", "k1")
        intent = done(world, person_id, wish, "k1")
        world.clock.advance(3_600)
    assert [step.deed for step in intent.steps][-1] is Deed.CREATE
    (task,) = tasks(world)
    assert (task["assigned_user_id"], task["parent_id"]) == (CARL, "x1")


def test_somebody_in_sugar_without_an_address_gets_a_task_all_the_same(world: World) -> None:
    lead(world, email1=None)
    world.sync()
    key = RecordKey(Module.LEADS, SugarId("x1"))
    person_id = world.store.records(TENANT, [key])[key].person_id
    wish = task_wish_of(world.app, TENANT, CALL, world.clock.now(), "UTC", "k1")
    assert done(world, person_id, wish, "k1").state is PushState.DONE
    (task,) = tasks(world)
    assert task["parent_id"] == "x1"


@pytest.mark.parametrize(
    ("plan", "field", "text"),
    [
        (SyncPlan(WrittenModule.TASKS), "module", "Lead or Contact"),
        (SyncPlan(WrittenModule.LEADS, OwnerChoice(OwnerRule.CHOSEN)), "owner", "one user"),
        (SyncPlan(WrittenModule.LEADS, chosen(BEN)), "owner", "Rau is not active"),
        (SyncPlan(WrittenModule.LEADS, chosen(SugarId("u9"))), "owner", "an active user"),
        (
            SyncPlan(WrittenModule.LEADS, OwnerChoice(OwnerRule.ROUND_ROBIN, (ANNA,))),
            "owner",
            "two users",
        ),
        (SyncPlan(WrittenModule.LEADS, OwnerChoice(users=(ANNA,))), "owner", "keeps its own"),
        (SyncPlan(WrittenModule.LEADS, update_existing=True), "update_existing", "to get"),
        (
            SyncPlan(WrittenModule.LEADS, task=TaskPlan(TaskKind.CALL, " ")),
            "task.subject",
            "what the task",
        ),
        (
            SyncPlan(WrittenModule.LEADS, task=TaskPlan(TaskKind.CALL, "x", days=-1)),
            "task.days",
            "within",
        ),
    ],
)
def test_a_plan_is_looked_at_when_it_is_saved(
    world: World, plan: SyncPlan, field: str, text: str
) -> None:
    with pytest.raises(InputInvalid, match=text) as raised:
        checked_plan(world.app, TENANT, plan)
    assert raised.value.field == field


def test_a_plan_that_is_fit_comes_back_tidied(world: World) -> None:
    plan = SyncPlan(
        WrittenModule.LEADS, TURNS, " Web Site ", True, TaskPlan(TaskKind.CALL, " Say   hello ")
    )
    told = checked_plan(world.app, TENANT, plan)
    assert told.lead_source == "Web Site"
    assert told.task is not None
    assert told.task.subject == "Say hello"
    assert checked_task(told.task) == told.task


def test_the_subject_of_a_task_has_no_merge_fields() -> None:
    with pytest.raises(InputInvalid, match="no merge fields") as raised:
        checked_task(TaskPlan(TaskKind.CALL, "Call {{first_name}}"))
    assert raised.value.field == "subject"


def test_a_change_of_owner_needs_an_owner(world: World) -> None:
    with pytest.raises(InputInvalid, match="whose people"):
        checked_owner_change(world.app, TENANT, OwnerChoice())
    assert checked_owner_change(world.app, TENANT, TURNS) == TURNS


def test_what_campaigns_ask_for_goes_behind_what_somebody_asked_for(world: World) -> None:
    bulk, alone = here(world, "bulk@x.test"), here(world)
    wish = Wish(WrittenModule.LEADS)
    request_push(world.app, TENANT, PushRequest(bulk, wish, "Welcome", "k1", in_bulk=True))
    world.clock.advance(1)
    request_push(world.app, TENANT, PushRequest(alone, wish, "Eva", "k2"))
    due = world.store.due_intents(TENANT, 10).items
    assert [intent.person_id for intent in due] == [alone, bulk]
