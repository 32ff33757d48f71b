"""A company with a Target List, and what its tests look at."""

from uuid import UUID

from funnel.domain.ids import Module, SugarId
from funnel.domain.lists.lists import PeopleList
from funnel.domain.lists.target_lists import ListReading
from funnel.ports.sync_messages import ReadTargetLists
from funnel.usecases.target_lists.read_target_lists import target_lists_here
from tests.fakes.world import TENANT, World


def usual(number: int) -> str:
    """An id of Sugar's usual form; they are spread evenly."""
    return str(UUID(int=(number * 0x9E3779B97F4A7C15F39CC0605CEDC835) % 2**128))


LEADS = [usual(i) for i in range(40)]


def fair() -> World:
    """A connected company with 40 leads and a Target List of ten."""
    world = World()
    for i, sugar_id in enumerate(LEADS):
        world.sugar.put(Module.LEADS, sugar_id, last_name=f"Lead {i}", email1=f"l{i}@x.test")
    world.sugar.put_list("fair", "Fair").add(Module.LEADS, *LEADS[:10])
    world.connect()
    return world


def read(world: World, asked_by: str = "") -> None:
    """A whole round."""
    world.queue.send(ReadTargetLists(TENANT, asked_by))
    world.drain()


def row(world: World, sugar_id: str = "fair") -> PeopleList:
    return target_lists_here(world.app, TENANT)[SugarId(sugar_id)]


def members(world: World, sugar_id: str = "fair") -> set[str]:
    return {m.key for m in world.store.members(TENANT, row(world, sugar_id).list_id, 10_000).items}


def reading(world: World, sugar_id: str = "fair") -> ListReading:
    found = world.store.list_reading(TENANT, row(world, sugar_id).list_id)
    assert found is not None
    return found


def keys(ids: list[str], module: Module = Module.LEADS) -> set[str]:
    return {f"{module}/{i}" for i in ids}


def failing(world: World, name: str, error: Exception, *, once: bool = False) -> None:
    """Each call of this name fails from now on, or the next one."""
    left = [1] if once else [10_000]

    def before(called: str) -> None:
        if called.startswith(name) and left[0]:
            left[0] -= 1
            raise error

    world.sugar.before_call = before


def asked_for(world: World, module: Module = Module.LEADS) -> int:
    return world.sugar.calls.count(f"members {module}")
