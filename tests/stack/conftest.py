"""What the journeys share."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import launch
from tests.stack.desk import PATIENCE
from tests.stack.scene import Scene, new_scene

if TYPE_CHECKING:
    from local.stack.stack import Stack

HERE = Path(__file__).parent

SLOWEST = ("test_campaign_story", "test_demo_marketing", "test_make_run", "test_pushes")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest begin first, so that no worker is left with one at the end."""
    items.sort(key=lambda one: one.path.parent != HERE or one.path.stem not in SLOWEST)


@pytest.fixture
def scene(stack: "Stack", request: pytest.FixtureRequest) -> Iterator[Scene]:
    """A new tenant, not connected, with an empty Sugar of its own."""
    with new_scene(stack, request.node.name[:100]) as made:
        yield made


@pytest.fixture
def chromium() -> Iterator[Browser]:
    """A browser, and patience with what it shows."""
    with sync_playwright() as playwright:
        browser = launch(playwright, PATIENCE)
        yield browser
        browser.close()


@pytest.fixture
def connected(scene: Scene) -> Scene:
    """The same, connected; of the empty Sugar only its users have come in."""
    assert scene.connect()["status"] == "done"
    return scene
