"""What these tests share."""

import pytest

from tests.browser.prospects import make_world_with_prospects
from tests.browser.world import EMPTY, FULL, World, make_world
from tests.unit.web.asking import Client, signed_in


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def full() -> World:
    return make_world_with_prospects()


@pytest.fixture
def admin(world: World) -> Client:
    return signed_in(world, FULL)


@pytest.fixture
def newcomer(world: World) -> Client:
    return signed_in(world, EMPTY)
