"""Many people in one campaign."""

from funnel.domain.ids import Module, PersonId, RecordKey, SugarId
from funnel.domain.sync.runs import RunKind
from tests.fakes.world import TENANT, World
from tests.unit.usecases.campaigns_in_sugar.in_sugar_scene import (
    come_in,
)


def crowd(world: World, number: int, *, tell: bool = True) -> list[PersonId]:
    """Participants who are Leads in Sugar, as a pull brings them."""
    for n in range(number):
        world.sugar.put(
            Module.LEADS,
            f"00000000-0000-4000-8000-{n:012}",
            last_name=f"P{n}",
            email1=f"p{n}@x.test",
            assigned_user_id="u1",
        )
    world.sync(RunKind.FULL)
    keys = [
        RecordKey(Module.LEADS, SugarId(f"00000000-0000-4000-8000-{n:012}")) for n in range(number)
    ]
    people = [world.store.records(TENANT, [key])[key].person_id for key in keys]
    for person_id in people:
        come_in(world, person_id, tell=tell)
    return people
