"""A world that is made once is another for each who asks, as it was when it was made."""

from funnel.domain.ids import Module, SugarId
from tests.fakes.snapshot import made_once
from tests.fakes.world import TENANT, World

made: list[str] = []


@made_once
def world_of(name: str, *, synced: bool = True) -> World:
    made.append(name)
    world = World()
    world.connect()
    world.sugar.put(Module.LEADS, "one", last_name=name, email1="one@x.test")
    if synced:
        world.sync()
    return world


def names(world: World) -> list[str]:
    return [one.name for one in world.store.list_people(TENANT, "", 9).items]


def test_what_happens_in_one_copy_happens_in_no_other() -> None:
    first, second = world_of("Ott"), world_of("Ott")
    first.sugar.put(Module.LEADS, "two", last_name="Rau", email1="two@x.test")
    first.clock.advance(3600)
    first.sync()
    assert names(first) == ["Ott", "Rau"]
    assert names(second) == names(world_of("Ott")) == ["Ott"]
    assert second.clock.now() < first.clock.now()


def test_all_parts_of_a_copy_are_of_one_world() -> None:
    copy = world_of("Ott")
    assert copy.app.records is copy.store
    copy.sugar.tables[Module.LEADS][SugarId("one")].fields["last_name"] = "Lund"
    copy.clock.advance(3600)
    copy.sugar.put(Module.LEADS, "one", last_name="Lund")
    copy.sync()
    assert names(copy) == ["Lund"]


def test_each_is_made_once_for_what_was_asked() -> None:
    made.clear()
    assert [names(world_of("Rau")), names(world_of("Rau", synced=False))] == [["Rau"], []]
    assert [names(world_of("Rau")), names(world_of("Rau", synced=False))] == [["Rau"], []]
    assert made == ["Rau", "Rau"]
