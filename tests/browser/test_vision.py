"""FunnelVision in a frame of a Sugar: tokens, the live page, who sees what, and what goes wrong."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.axe import problems
from tests.browser.frames import SugarPage, frame_of, heard, open_home, sugar_page
from tests.browser.site import Site
from tests.browser.world import FULL, NOW, World

pytestmark = pytest.mark.feature("E7")


@pytest.fixture
def context(context: BrowserContext) -> BrowserContext:
    """A browser whose clock is the world's, and moves when told to."""
    context.clock.install(time=NOW)
    return context


@pytest.fixture
def home(world: World, site: Site) -> Iterator[SugarPage]:
    found = sugar_page(world, site, FULL, "sarah")
    yield found
    found.stop()


def test_a_rep_opens_home_and_is_known_without_signing_in(
    context: BrowserContext, home: SugarPage
) -> None:
    page = open_home(context, home)
    frame = frame_of(page)
    expect(frame.get_by_text("Sarah Okafor")).to_be_visible()
    assert heard(page, "ready") == [{"funnel": "ready"}]
    assert heard(page, "height")
    assert context.cookies() == []
    assert "eyJ" not in frame.url
    assert problems(frame) == []
