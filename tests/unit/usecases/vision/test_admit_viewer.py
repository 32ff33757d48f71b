"""Who reports to whom comes with the sync."""

from collections.abc import Sequence

from funnel.domain.ids import Module
from funnel.domain.vision.viewers import Viewer
from funnel.usecases.connecting.connection import connection_of
from funnel.usecases.vision.admit_viewer import admit_viewer
from tests.fakes.dashlets import dashlet_token
from tests.fakes.world import TENANT, World


def world_of(users: Sequence[tuple[str, str]]) -> World:
    """A synced company of these users, each with whom it reports to."""
    world = World()
    world.connect()
    for user, boss in users:
        world.sugar.put(Module.USERS, user, user_name=user, status="Active", reports_to_id=boss)
    world.sync()
    return world


def viewer(world: World, user: str) -> Viewer:
    """Who looks, by a token of this user."""
    connection_id = connection_of(world.app, TENANT).connection_id
    return admit_viewer(world.app, TENANT, connection_id, dashlet_token(world.app, TENANT, user))


def test_who_reports_to_a_user_in_sugar_is_seen_by_that_user_after_the_sync() -> None:
    world = world_of([("boss", ""), ("ann", "boss"), ("bob", "boss"), ("cy", "ann")])
    assert viewer(world, "boss").owners == ("boss", "ann", "bob")
    assert viewer(world, "ann").owners == ("ann", "cy")
    assert viewer(world, "cy").owners == ("cy",)
    world.sugar.put(Module.USERS, "bob", user_name="bob", status="Active", reports_to_id="ann")
    world.sugar.delete(Module.USERS, "cy")
    world.sync()
    assert viewer(world, "boss").owners == ("boss", "ann")
    assert viewer(world, "ann").owners == ("ann", "bob")
