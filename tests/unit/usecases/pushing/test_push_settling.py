"""What goes wrong while a person is added to Sugar is settled by reading back, or is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.crm import Dialect, Value
from funnel.domain.errors import (
    IdNotKept,
    InputInvalid,
    NoRight,
    NotFound,
    ServerCrashed,
    SugarUnavailable,
)
from funnel.domain.ids import (
    Module,
    PersonId,
    SugarId,
    WrittenModule,
)
from funnel.domain.mapping.mapping import STANDARD_MAPPINGS, Rule
from funnel.domain.pushing.pushes import (
    Deed,
    PushState,
    TaskKind,
    TaskWish,
    Wish,
)
from funnel.domain.sync.runs import RunKind
from funnel.ports.sync_messages import PushDue
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.people.edit_person import edit_person
from funnel.usecases.pushing.request_push import PushRequest, request_push
from tests.fakes.world import TENANT, World
from tests.unit.usecases.pushing.push_scene import (
    ADA,
    CALL,
    LEAD,
    errors,
    here,
    live,
    push,
    push_world,
    someone,
)


@pytest.fixture
def world() -> World:
    return push_world()


def test_nothing_is_written_while_the_connection_only_reads_and_all_of_it_once_it_may(
    world: World,
) -> None:
    world.change(read_only=True)
    person_id = here(world)
    intent = push(world, person_id)
    assert (intent.state, world.sugar.created) == (PushState.DUE, [])
    world.change(read_only=False)
    world.handle(PushDue(TENANT))
    assert len(world.sugar.created) == 1


def test_a_key_that_is_used_again_asks_for_nothing_new(world: World) -> None:
    person_id = here(world)
    first, again = push(world, person_id), push(world, person_id)
    assert (first.intent_id, first.version) == (again.intent_id, again.version)
    with pytest.raises(InputInvalid):
        push(world, here(world, "bob@x.test"))


@pytest.mark.parametrize(
    "wish",
    [
        Wish(WrittenModule.ACCOUNTS),
        Wish(WrittenModule.LEADS, SugarId("u2")),
        Wish(WrittenModule.LEADS, SugarId("nobody")),
        Wish(WrittenModule.LEADS, task=TaskWish(TaskKind.CALL, " ")),
    ],
)
def test_what_cannot_be_asked_for_is_refused_at_once(world: World, wish: Wish) -> None:
    with pytest.raises(InputInvalid):
        push(world, here(world), wish)
    assert world.store.pushes == {}


def test_nobody_can_be_pushed_who_is_not_here(world: World) -> None:
    with pytest.raises(NotFound):
        push(world, PersonId("ghost"))


def test_a_reply_that_is_lost_is_settled_by_reading_back(world: World) -> None:
    person_id = here(world)
    create = world.sugar.create

    def lost(module: WrittenModule, sugar_id: SugarId, fields: dict[str, Value]) -> None:
        create(module, sugar_id, fields)
        raise SugarUnavailable("cut off")

    world.sugar.create = lost  # type: ignore[method-assign, assignment]
    intent = push(world, person_id, Wish(WrittenModule.CONTACTS, task=CALL))
    assert intent.state is PushState.DONE
    counts = [len(live(world, m)) for m in (Module.ACCOUNTS, Module.CONTACTS)]
    assert (counts, len(world.sugar.tasks)) == ([1, 1], 1)


def test_what_a_stranger_typed_into_a_form_replaces_nothing_in_sugar(world: World) -> None:
    """Sugar has somebody with the address who is not here yet; the rule is for edits."""
    ours = [replace(one, rule=Rule.HERE) for one in STANDARD_MAPPINGS[Module.CONTACTS]]
    world.change(mappings={Module.CONTACTS: tuple(ours)})
    world.sugar.put(Module.CONTACTS, "c9", first_name="Grace", last_name="Hopper", email1=ADA)
    names = {"first_name": "Evil", "last_name": "Spam"}
    made = create_person(world.app, TENANT, NewPerson(names, ADA, "Ask", edited=False), "form h")
    intent = push(world, made.person_id)
    assert (intent.state, [s.deed for s in intent.steps]) == (PushState.DONE, [Deed.KEEP])
    assert live(world, Module.CONTACTS)["c9"]["first_name"] == "Grace"
    assert someone(world, made.person_id).name == "Grace Hopper"


def test_a_poison_person_is_set_aside_and_the_others_proceed(world: World) -> None:
    def dies(name: str) -> None:
        if name == "create Leads" and not world.sugar.created:
            world.sugar.before_call = lambda _name: None
            raise ServerCrashed("fault -1")

    first, second = here(world), here(world, "bob@x.test")
    for number, person_id in enumerate((first, second)):
        request_push(world.app, TENANT, PushRequest(person_id, LEAD, "Eva", f"k{number}"))
        world.clock.advance(1)
    world.sugar.before_call = dies
    world.drain()
    assert [fields["email1"] for fields in live(world, Module.LEADS).values()] == ["bob@x.test"]
    assert errors(world) == [("PushRefused", "")]
    world.clock.advance(86_400)
    world.sync(RunKind.HOURLY)
    assert len(live(world, Module.LEADS)) == 2
    assert errors(world) == []


def test_a_mistake_of_ours_over_one_person_holds_up_nobody_else(world: World) -> None:
    def breaks(name: str) -> None:
        if name == "create Leads" and not world.sugar.created:
            world.sugar.before_call = lambda _name: None
            raise KeyError("ours")

    for number, email in enumerate((ADA, "bob@x.test")):
        request = PushRequest(here(world, email), LEAD, "Eva", f"k{number}")
        request_push(world.app, TENANT, request)
        world.clock.advance(1)
    world.sugar.before_call = breaks
    world.drain()
    assert len(live(world, Module.LEADS)) == 1
    assert errors(world) == [("PushUnexpected", "")]


def test_what_passes_is_tried_again_later_and_reported_when_it_goes_on(world: World) -> None:
    person_id = here(world)

    def away(name: str) -> None:
        if name == "holders":
            raise SugarUnavailable("no answer")

    world.sugar.before_call = away
    asked = request_push(world.app, TENANT, PushRequest(person_id, LEAD, "Eva", "k1"))
    for _ in range(5):
        world.clock.advance(3_600)
        world.handle(PushDue(TENANT))
    intent = world.store.intents(TENANT, [asked.intent_id])[asked.intent_id]
    assert (intent.state, intent.attempts) == (PushState.DUE, 5)
    assert errors(world) == [("PushWaits", "")]
    world.sugar.before_call = lambda _name: None
    world.clock.advance(3_600)
    world.drain()
    assert len(live(world, Module.LEADS)) == 1
    assert errors(world) == []


def test_what_a_worker_that_died_had_in_hand_is_taken_up_when_its_lease_ends(world: World) -> None:
    """By a message of its own: nobody waits for the next run's end."""
    person_id, now = here(world), world.clock.now()
    lease = timedelta(minutes=10)
    assert world.store.acquire(TENANT, f"push {person_id}", "died", now, now + lease)
    assert push(world, person_id).state is PushState.DONE
    assert lease < world.clock.now() - now < 2 * lease
    assert len(live(world, Module.LEADS)) == 1


def test_a_right_that_is_missing_is_in_the_error_report(world: World) -> None:
    def refuses(name: str) -> None:
        if name == "create Leads":
            raise NoRight("You may not.", mend="Ask an admin.")

    world.sugar.before_call = refuses
    intent = push(world, here(world))
    assert intent.note is not None
    assert (intent.state, intent.note.code) == (PushState.FAILED, "NoRight")
    assert errors(world) == [("PushRefused", "")]


def test_a_task_that_sugar_made_under_an_id_of_its_own_is_not_made_again(world: World) -> None:
    """As REST may do; whatever else fails in between, the id is known."""
    made: list[SugarId] = []
    create = world.sugar.create

    def renames(module: WrittenModule, sugar_id: SugarId, fields: dict[str, Value]) -> None:
        if module is not WrittenModule.TASKS:
            create(module, sugar_id, fields)
            return
        made.append(SugarId(f"t{len(made)}"))
        create(module, made[-1], fields)
        raise IdNotKept("It keeps no ids.", sugar_id=made[-1])

    def night() -> None:
        world.clock.advance(86_400)
        world.sync(RunKind.HOURLY)

    world.sugar.create = renames  # type: ignore[method-assign, assignment]
    intent = push(world, here(world), Wish(WrittenModule.LEADS, SugarId("u1"), task=CALL))
    assert (intent.state, errors(world)) == (PushState.FAILED, [("PushRefused", "")])
    world.sugar.put(Module.USERS, "u1", status="Inactive")
    night()
    assert errors(world) == [("PushOwnerInactive", "assigned_user_id")]
    world.sugar.put(Module.USERS, "u1", status="Active")
    night()
    assert (made, errors(world)) == (["t0"], [])


def test_a_server_that_keeps_no_ids_and_loses_its_answers_gets_one_task(world: World) -> None:
    """Over REST: what was made is found by what stands in it."""
    made: list[SugarId] = []
    create = world.sugar.create

    def loses(module: WrittenModule, sugar_id: SugarId, fields: dict[str, Value]) -> None:
        if module is not WrittenModule.TASKS:
            create(module, sugar_id, fields)
            return
        made.append(SugarId(f"t{len(made)}"))
        create(module, made[-1], fields)
        raise SugarUnavailable("cut off")

    found = world.store.connection(TENANT)
    assert found is not None
    world.change(endpoint=replace(found.endpoint, dialect=Dialect.REST_11))
    world.sugar.create = loses  # type: ignore[method-assign, assignment]
    person_id = here(world)
    wish = Wish(WrittenModule.LEADS, SugarId("u1"), task=CALL)
    for _ in range(4):
        intent = push(world, person_id, wish)
        world.clock.advance(4_000)
    assert (made, intent.state, errors(world)) == (["t0"], PushState.DONE, [])
    assert f"Funnel {intent.intent_id}" in str(world.sugar.tasks[made[0]].fields["description"])
    other = push(world, person_id, wish, "k2")
    world.clock.advance(4_000)
    assert push(world, person_id, wish, "k2").state is PushState.DONE
    assert (made, other.intent_id != intent.intent_id) == (["t0", "t1"], True)


def test_an_update_that_sugar_passes_over_is_reported_until_it_is_taken(world: World) -> None:
    world.sugar.put(Module.LEADS, "l1", last_name="Byron", email1=ADA, title="Dr")
    world.sync(RunKind.HOURLY)
    person_id = world.store.claims(TENANT, [ADA])[ADA].person_id
    world.sugar.refuses.add(SugarId("l1"))
    edit_person(world.app, TENANT, person_id, {"title": "Countess"}, "Eva")
    world.drain()
    assert errors(world) == [("PushNotTaken", "title")]
    assert someone(world, person_id).fields["title"] == "Countess"
    world.sugar.refuses.clear()
    world.clock.advance(86_400)
    world.sync(RunKind.HOURLY)
    assert live(world, Module.LEADS)["l1"]["title"] == "Countess"
    assert errors(world) == []


def test_what_was_asked_for_another_sugar_is_dropped(world: World) -> None:
    world.change(read_only=True)
    intent = push(world, here(world))
    world.change(read_only=False, connection_id="0badcafe-0000-4000-8000-000000000002")
    world.handle(PushDue(TENANT))
    after = world.store.intents(TENANT, [intent.intent_id])[intent.intent_id]
    assert (after.state, world.sugar.created) == (PushState.DONE, [])
    assert after.note is not None


def test_whoever_is_waited_for_goes_before_edits_and_a_heap_of_edits_takes_turns(
    world: World,
) -> None:
    for number in range(101):
        world.sugar.put(Module.LEADS, f"l{number}", last_name="L", email1=f"l{number}@x.test")
    world.sync(RunKind.HOURLY)
    for number in range(101):
        claim = world.store.claims(TENANT, [f"l{number}@x.test"])[f"l{number}@x.test"]
        edit_person(world.app, TENANT, claim.person_id, {"title": "Dr"}, "Eva")
    request_push(world.app, TENANT, PushRequest(here(world), LEAD, "Eva", "k1"))
    calls = len(world.sugar.calls)
    world.handle(PushDue(TENANT))
    writes = [c for c in world.sugar.calls[calls:] if c.startswith(("create", "update"))]
    assert writes == ["create Leads"] + ["update Leads"] * 100
    world.drain()
    assert len(world.sugar.updates) == 101
