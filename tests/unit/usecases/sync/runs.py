"""A Sugar of sixty Leads, and what is looked at of a run that reads it."""

from funnel.domain.ids import Module, RecordKey, SugarId
from tests.fakes.world import TENANT, World

LEADS = 60


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
