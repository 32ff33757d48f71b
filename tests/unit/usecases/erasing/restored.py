"""A Funnel whose tables were brought back to before an erasure, as `scripts/restore.py` leaves them."""

from collections.abc import Callable, Iterable

from funnel.domain.ids import PersonId
from funnel.domain.people.redos import Redo, RedoKind
from tests.fakes.world import TENANT, World


def restored(then: Callable[[], World], now: World, people: Iterable[PersonId]) -> World:
    """What was there then, with the proofs and marks of now, and these people to be erased again."""
    world = then()
    world.clock.advance((now.clock.now() - world.clock.now()).total_seconds() + 60)
    world.store.proofs = dict(now.store.proofs)
    world.store.marks = {tenant: dict(marks) for tenant, marks in now.store.marks.items()}
    world.store.marked_times = dict(now.store.marked_times)
    world.store.leave(*(Redo(TENANT, RedoKind.ERASE, one) for one in people))
    return world
