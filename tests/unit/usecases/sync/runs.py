"""Sugars to read, and what is looked at of a run that reads them."""

from datetime import timedelta

from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.sync.runs import RunKind
from tests.fakes.snapshot import made_once
from tests.fakes.world import TENANT, World
from tests.faults.scene import fill

LEADS = 60


@made_once
def sixty_leads() -> World:
    """A connected company with 60 leads a minute apart, read 10 at a time."""
    world = World(page_size=10)
    world.sugar.seconds_a_call = 6
    for i in range(LEADS):
        moment = world.sugar.now() - timedelta(minutes=i + 10)
        world.sugar.put(Module.LEADS, f"l{i:02}", at=moment, last_name=f"Lead {i}")
    world.connect()
    return world


@made_once
def all_kinds_synced() -> World:
    """A connected company with records of every module, read once."""
    world = World()
    fill(world.sugar)
    world.connect()
    world.sync(RunKind.INITIAL)
    return world


def lead(world: World, name: str):  # type: ignore[no-untyped-def]
    key = RecordKey(Module.LEADS, SugarId(name))
    return world.store.records(TENANT, [key]).get(key)


def last_run(world: World):  # type: ignore[no-untyped-def]
    return world.store.runs(TENANT, 1).items[0]


def on_call(world: World, name: str, number: int, act) -> None:  # type: ignore[no-untyped-def]
    """Do something just before the n-th call of this name."""
    seen = []

    def before(called: str) -> None:
        if called == name:
            seen.append(called)
            if len(seen) == number:
                act()

    world.sugar.before_call = before
