"""Every part of FunnelVision that opens in its drawer: usable by everybody, light and dark, in each language."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Frame, expect

from funnel.web.texts import LANGUAGES
from funnel.web.vision.door import ROOMS
from tests.browser.axe import problems
from tests.browser.companies import key_of
from tests.browser.emails import NEWS as WINTER
from tests.browser.frames import SugarPage, frame_of, open_home, sugar_page
from tests.browser.prospects import make_world_with_prospects
from tests.browser.site import Site
from tests.browser.world import FULL, NOW, World

HERE = "/vision/<tenant>/<connection>"
DRAWN = {
    "", "/record", "/about", "/panels", "/record/panels", "/panels/hot", "/panels/activity",
    "/panels/companies", "/panels/emails", "/record/panels/prospect", "/hot", "/activity", "/emails",
}  # fmt: skip
"""Pages, and what is drawn with the panels: the frame itself shows them."""
ELSEWHERE = {
    "/letter": "an email within the editor: test_conversations.py",
    "/emails/<mail_id>": "needs a mail that was sent: test_conversations.py",
    "/prospect/<module>/<sugar_id>/activities": "more of what the prospect shows already",
}
OPENED = {
    "/networks": "networks",
    "/companies/<key>": f"companies/{key_of('Harbour Cranes AS')}",
    "/alerts": "alerts",
    "/prospect/<module>/<sugar_id>": "prospect/Leads/p0",
    "/write/<module>/<sugar_id>": "write/Leads/p0",
    "/write/<module>/<sugar_id>/<email_id>": f"write/Leads/p0/{WINTER}",
}


@pytest.fixture(scope="module")
def filled() -> World:
    return make_world_with_prospects()


@pytest.fixture(scope="module")
def served(filled: World) -> Iterator[Site]:
    found = Site(filled.app)
    found.start()
    yield found
    found.stop()


@pytest.fixture(scope="module")
def home(filled: World, served: Site) -> Iterator[SugarPage]:
    found = sugar_page(filled, served, FULL, "sarah")
    yield found
    found.stop()


def test_every_part_is_looked_at_or_it_is_said_why_not() -> None:
    rules = {
        route.rule.removeprefix(HERE)
        for room in ROOMS
        for route in room.routes
        if route.method == "GET" and not route.is_api
    }
    assert rules == DRAWN | ELSEWHERE.keys() | OPENED.keys()


def open_part(frame: Frame, path: str) -> None:
    """As a button of ours does."""
    frame.evaluate(
        """path => {
            const one = Object.assign(document.createElement("button"), {id: "opener"});
            one.dataset.open = path;
            document.getElementById("vision").append(one);
            one.click();
            one.remove();
        }""",
        path,
    )
    expect(frame.locator("#drawer-body .skeleton")).to_have_count(0)
    expect(frame.locator("#drawer-body > *").first).to_be_visible()


@pytest.mark.feature("E6")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["", *OPENED.values()])
def test_a_part_is_accessible_in_light_and_dark_and_fits(
    chromium: Browser, home: SugarPage, path: str, language: str
) -> None:
    context = chromium.new_context(
        viewport={"width": 400, "height": 800}, locale=language, reduced_motion="reduce"
    )
    context.clock.install(time=NOW)
    page = open_home(context, home)
    said: list[str] = []
    # What stands in the way is told by its status, too.
    page.on(
        "console",
        lambda one: (
            said.append(one.text) if one.type == "error" and "status of 4" not in one.text else None
        ),
    )
    frame = frame_of(page)
    expect(frame.locator("section.panel").first).to_be_attached()
    assert frame.locator("html").get_attribute("lang") == language
    if path:
        open_part(frame, path)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert problems(frame) == []
    wide = frame.evaluate("document.documentElement.scrollWidth")
    assert wide <= frame.evaluate("innerWidth")
    assert said == []
    context.close()
