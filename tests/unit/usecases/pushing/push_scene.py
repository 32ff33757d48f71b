"""A world with a Sugar, in which people are added to it."""

from funnel.domain.crm import Value
from funnel.domain.ids import (
    Module,
    PersonId,
    SugarId,
    WrittenModule,
)
from funnel.domain.pushing.push_ids import person_record_id
from funnel.domain.pushing.pushes import Priority, PushIntent, TaskKind, TaskWish, Wish
from funnel.domain.sync.records import Person
from funnel.domain.sync.runs import RunKind
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.pushing.request_push import PushRequest, request_push
from tests.fakes.snapshot import made_once
from tests.fakes.world import TENANT, World

ADA = "ada@x.test"
LEAD, CONTACT = Wish(WrittenModule.LEADS), Wish(WrittenModule.CONTACTS)
CALL = TaskWish(TaskKind.CALL, "Say hello", priority=Priority.HIGH)


@made_once
def push_world() -> World:
    made = World()
    made.sugar.put(Module.USERS, "u1", user_name="anna", last_name="Ott", status="Active")
    made.sugar.put(Module.USERS, "u2", user_name="ben", last_name="Rau", status="Inactive")
    made.connect()
    made.change(read_only=False, user_id=SugarId("u1"))
    made.sync(RunKind.INITIAL)
    return made


def here(world: World, email: str = ADA, /, **fields: Value) -> PersonId:
    """A person made here."""
    told = {"first_name": "Ada", "last_name": "Byron", "company": "Acme", **fields}
    given = {name: value for name, value in told.items() if value is not None}
    return create_person(world.app, TENANT, NewPerson(given, email, "Eva"), email).person_id


def push(world: World, person_id: PersonId, wish: Wish = LEAD, key: str = "k1") -> PushIntent:
    """Ask for it and let the worker work; the intent as it is then."""
    asked = request_push(world.app, TENANT, PushRequest(person_id, wish, "Eva", key))
    world.drain()
    return world.store.intents(TENANT, [asked.intent_id])[asked.intent_id]


def live(world: World, module: Module) -> dict[str, dict[str, Value]]:
    """What Sugar has, by id."""
    return {
        i: record.fields for i, record in world.sugar.tables[module].items() if not record.deleted
    }


def errors(world: World) -> list[tuple[str, str]]:
    return [(e.code, e.field) for e in world.store.list_errors(TENANT, 50).items]


def someone(world: World, person_id: PersonId) -> Person:
    return world.store.people(TENANT, [person_id])[person_id]


def connection_id(world: World) -> str:
    found = world.store.connection(TENANT)
    assert found is not None
    return found.connection_id


def own_id(world: World, module: WrittenModule, person_id: PersonId, number: int = 0) -> SugarId:
    found = world.store.connection(TENANT)
    assert found is not None
    return person_record_id(found.connection_id, module, person_id, number)
