"""The examples of docs/identity.md that need a word of their own, and that all of them are tests."""

import re

from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.people.identity import MOST_LINKS
from funnel.domain.sync.records import Person
from funnel.domain.sync.runs import RunKind
from tests.fakes.world import TENANT, World
from tests.unit.docs.source import names_of_tests, page

INFO = "info@x.test"


def person_of(world: World, module: Module, name: str) -> Person:
    """The person behind a record."""
    key = RecordKey(module, SugarId(name))
    record = world.store.records(TENANT, [key])[key]
    return world.store.people(TENANT, [record.person_id])[record.person_id]


def test_every_example_is_a_test() -> None:
    examples = page("identity.md").split("\n### ")[1:]
    assert len(examples) >= 12
    known = names_of_tests("unit", "property")
    for example in examples:
        named = re.findall(r"^`(test_\w+)`$", example, re.MULTILINE)
        assert named, example
        assert set(named) <= known, example


def test_of_a_crowd_fifty_stay_together_and_the_others_stand_apart() -> None:
    assert MOST_LINKS == 50
    world = World()
    world.connect()
    for number in range(52):
        world.sugar.put(Module.LEADS, f"l{number:02}", last_name="Ott", email1=INFO)
    world.sync(RunKind.INITIAL)
    people = world.store.list_people(TENANT, "", 100).items
    assert sorted(len(person.links) for person in people) == [1, 1, 50]
    crowd = next(person for person in people if len(person.links) == MOST_LINKS)
    assert world.store.claims(TENANT, [INFO])[INFO].person_id == crowd.person_id
    assert person_of(world, Module.LEADS, "l51").links[0].apart

    world.clock.advance(60)
    world.sugar.put(Module.LEADS, "l51", email1="own@x.test")
    world.sync()
    own = person_of(world, Module.LEADS, "l51")
    assert world.store.claims(TENANT, ["own@x.test"])["own@x.test"].person_id == own.person_id
    assert not own.links[0].apart


def test_what_belongs_together_is_taken_from_one_record() -> None:
    world = World()
    world.connect()
    world.sugar.put(
        Module.CONTACTS, "c", last_name="Ott", primary_address_city="Ulm", email1="ann@x.test"
    )
    world.sugar.put(
        Module.LEADS,
        "l",
        first_name="Ann",
        primary_address_street="Ring 1",
        phone_mobile="0170",
        email1="ann@x.test",
    )
    world.sync(RunKind.INITIAL)
    fields = person_of(world, Module.CONTACTS, "c").fields
    assert fields == {"last_name": "Ott", "city": "Ulm", "phone_mobile": "0170"}


def test_among_leads_the_open_one_wins_and_then_the_one_changed_last() -> None:
    world = World()
    world.connect()
    put = world.sugar.put
    put(Module.LEADS, "a", last_name="Ott", email1="ann@x.test", title="last week's")
    world.clock.advance(6 * 86_400)
    put(Module.LEADS, "b", last_name="Ott", email1="ann@x.test", title="yesterday's")
    world.clock.advance(86_400)
    put(Module.LEADS, "c", last_name="Ott", email1="ann@x.test", title="today's", converted=True)
    world.sync(RunKind.INITIAL)
    person = person_of(world, Module.LEADS, "a")
    assert [str(link.key.sugar_id) for link in person.links] == ["b", "a", "c"]
    assert person.fields["title"] == "yesterday's"
