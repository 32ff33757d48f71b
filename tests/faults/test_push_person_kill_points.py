"""Pushing a person dies at every call of every port, before it and with the reply lost: one of each."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from funnel.domain.errors import SugarUnavailable
from funnel.domain.ids import Module, PersonId, SugarId, WrittenModule
from funnel.domain.pushing.pushes import PushState, TaskKind, TaskWish, Wish
from funnel.domain.sync.runs import RunKind
from funnel.ports.sync_messages import PushDue
from funnel.usecases.app import App
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.people.edit_person import edit_person
from funnel.usecases.pushing.request_push import PushRequest, request_push
from tests.fakes.faulty import Crash, Moment, Plan
from tests.fakes.snapshot import made_once
from tests.fakes.world import TENANT, World
from tests.faults.dying import kill_points
from tests.faults.scene import Scene, dying

NEW, KNOWN = "new@push.test", "p1@x.test"
CALL = TaskWish(TaskKind.CALL, "Say hello")
Ask = Callable[[App, PersonId], object]


def asks(wish: Wish) -> Ask:
    """Somebody asks for a push, under the same key each time."""

    def ask(app: App, person_id: PersonId) -> object:
        return request_push(app, TENANT, PushRequest(person_id, wish, "Eva", "k1"))

    return ask


def edits(app: App, person_id: PersonId) -> object:
    """Somebody edits a field that goes both ways."""
    return edit_person(app, TENANT, person_id, {"title": "Countess"}, "Eva")


@dataclass(frozen=True, eq=False)
class Case:
    """Who is pushed, how, and how many records that makes in Sugar by module."""

    email: str
    ask: Ask
    made: dict[str, int]


CASES = {
    "a new Lead": Case(NEW, asks(Wish(WrittenModule.LEADS)), {"Leads": 1}),
    "a new Contact with Account and Task": Case(
        NEW,
        asks(Wish(WrittenModule.CONTACTS, task=CALL)),
        {"Accounts": 1, "Contacts": 1, "Tasks": 1},
    ),
    "one that is there, with a Task": Case(
        KNOWN,
        asks(Wish(WrittenModule.LEADS, SugarId("u0"), "Web Site", update_existing=True, task=CALL)),
        {"Tasks": 1},
    ),
    "an edit": Case(KNOWN, edits, {}),
}


@made_once
def before(case: Case) -> World:
    """The company, synced."""
    scene = Scene(Plan())
    world = scene.world
    world.change(read_only=False, user_id=SugarId("u0"))
    fields = {"first_name": "Ada", "last_name": "Byron", "company": "Byron & Co"}
    if case.email == NEW:
        create_person(world.app, TENANT, NewPerson(fields, NEW, "Eva"), "k")
    scene.sync(RunKind.INITIAL)
    world.clock.advance(3_600)
    world.sugar.created.clear()
    return world


def push(case: Case, plan: Plan, at: int = 0, *, once: bool = False) -> Scene:
    """A push asked for, but for `once` again by whoever got no answer, and what is delivered then."""
    scene = Scene(plan, before(case))
    world = scene.world
    person_id = world.store.claims(TENANT, [case.email])[case.email].person_id
    dying(plan, at)
    try:
        case.ask(scene.mortal, person_id)
    except (Crash, SugarUnavailable):
        plan.revived = True
        if not once:
            case.ask(scene.mortal, person_id)
    scene.drain()
    return scene


CALLS = {name: push(case, Plan()).plan.calls for name, case in CASES.items()}


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("name", CASES)
def test_a_push_that_dies_anywhere_makes_one_of_each_and_settles(name: str, moment: Moment) -> None:
    case = CASES[name]
    for at in kill_points(CALLS[name]):
        scene = push(case, Plan(moment=moment), at)
        where = f"call {at}, {scene.plan.calls[at - 1]}, {moment}"
        assert scene.plan.happened, where
        _check(case, scene, where)
        assert scene.redelivered <= 2, where


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("name", CASES)
def test_a_sugar_that_fails_at_any_call_gets_one_of_each_in_the_end(
    name: str, moment: Moment
) -> None:
    case = CASES[name]
    calls = push(case, Plan()).plan.calls
    for at in (number for number, call in enumerate(calls, 1) if call.startswith("crm.")):
        plan = Plan(moment=moment, failure=lambda: SugarUnavailable("cut off"))
        scene = push(case, plan, at)
        for _ in range(3):
            scene.world.clock.advance(3_600)
            scene.deliver(PushDue(TENANT))
            scene.drain()
        _check(case, scene, f"call {at}, {calls[at - 1]}, {moment}")


@pytest.mark.parametrize("moment", Moment)
def test_what_was_kept_is_written_though_whoever_asked_died_and_does_not_ask_again(
    moment: Moment,
) -> None:
    """The hourly run would find it: somebody waits for it."""
    case = CASES["a new Lead"]
    asked = CALLS["a new Lead"].index("pushes.save_intent") + 2
    for at in range(1, asked + 1):
        plan = Plan(moment=moment)
        scene = push(case, plan, at, once=True)
        states = [one.state for one in scene.world.store.pushes.values()]
        assert states in ([], [PushState.DONE]), f"call {at}, {plan.calls[at - 1]}, {moment}"


def test_the_kill_points_cover_every_port_of_a_push() -> None:
    calls = {call for case in CASES.values() for call in push(case, Plan()).plan.calls}
    assert {
        "crm.holders",
        "crm.existing",
        "crm.accounts_named",
        "crm.create",
        "crm.update",
        "crm.by_ids",
        "pushes.save_intent",
        "pushes.due_intents",
        "pushes.intents",
        "records.commit",
        "sync.acquire",
        "sync.release",
        "queue.send",
    } <= calls


def _check(case: Case, scene: Scene, where: str) -> None:
    world = scene.world
    made = dict.fromkeys(case.made, 0)
    for module, _ in world.sugar.created:
        made[module] = made.get(module, 0) + 1
    assert made == case.made, f"{where}: not one of each"
    intents = list(world.store.pushes.values())
    assert [one.state for one in intents] == [PushState.DONE], where
    assert [e for e in world.store.list_errors(TENANT, 50).items if e.direction == "push"] == []
    person_id = world.store.claims(TENANT, [case.email])[case.email].person_id
    person = world.store.people(TENANT, [person_id])[person_id]
    if case.email == NEW:
        assert len(person.links) == 1, f"{where}: it is not linked"
    elif case.ask is edits:
        key = person.links[0].key
        assert world.sugar.tables[key.module][key.sugar_id].fields["title"] == "Countess", where
    else:
        contact = world.sugar.tables[Module.CONTACTS][SugarId("c1")]
        assert contact.fields["assigned_user_id"] == "u0", where
    told = [e for e in world.store.history(TENANT, person_id, 50).items if e.kind in TOLD]
    assert len(told) <= 1, f"{where}: history says it twice"
    writes = len(world.sugar.updates), len(world.sugar.created)
    records = world.store.writes
    world.clock.advance(3_600)
    world.sync(RunKind.FULL)
    assert (len(world.sugar.updates), len(world.sugar.created)) == writes, f"{where}: an echo"
    assert world.store.writes == records, f"{where}: the pull finds a change"


TOLD = ("added", "told")
