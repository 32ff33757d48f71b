"""What the journeys share."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.stack.scene import Scene, new_scene

if TYPE_CHECKING:
    from local.stack.stack import Stack


@pytest.fixture
def scene(stack: "Stack", request: pytest.FixtureRequest) -> Iterator[Scene]:
    """A new tenant, not connected, with an empty Sugar of its own."""
    with new_scene(stack, request.node.name[:100]) as made:
        yield made


@pytest.fixture
def connected(scene: Scene) -> Scene:
    """The same, connected; of the empty Sugar only its users have come in."""
    assert scene.connect()["status"] == "done"
    return scene
