"""A deployment of an earlier release, as the code of now goes on with it."""

from funnel.adapters.dynamodb import DynamoStore
from tests.fakes.system import FakeClock, FakeIds
from tests.fakes.world import World
from tests.upgrade import kept as keeping
from tests.upgrade.kept import Kept


def woken(kept: Kept, store: DynamoStore) -> World:
    """The world it was in, over the store its rows are in. New ids are others than all before."""
    world = World(
        clock=FakeClock(kept.now),
        store=store,  # type: ignore[arg-type]
        ids=FakeIds(7),
        secrets=keeping.to_secrets(kept.secrets),
        files=keeping.to_files(kept.files),
        mailer=keeping.to_mailer(kept.mailer),
        page_size=4,
    )
    if kept.sugar:
        keeping.to_sugar(kept.sugar, world.sugar)
    keeping.to_queue(kept.messages, world.queue, kept.now)
    return world
