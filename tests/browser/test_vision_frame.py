"""The frame with its panels: links for each Sugar, tabs where it is narrow, and the drawer."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Locator, expect

from funnel.domain.crm import Dialect, Endpoint
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.usecases.connecting.connection import change_connection
from tests.browser.axe import problems
from tests.browser.frames import SugarPage, frame_of, heard, open_home, sugar_page
from tests.browser.prospects import fill_prospects
from tests.browser.site import Site
from tests.browser.world import FULL, NOW, SUGAR_5, SUITE, World
from tests.fakes.dashlets import dashlet_token

SUGAR_7 = replace(
    SUGAR_5, site_url="https://seven.example", version="7.9.4.0", dialect=Dialect.V4_1
)
OLD = "index.php?module=Leads&action=DetailView&record=p0"


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser as wide as a dashlet, whose clock is the world's."""
    found = chromium.new_context(viewport={"width": 400, "height": 700})
    found.clock.install(time=NOW)
    yield found
    found.close()


@pytest.fixture
def home(world: World, site: Site) -> Iterator[SugarPage]:
    fill_prospects(world, FULL)
    found = sugar_page(world, site, FULL, "sarah")
    yield found
    found.stop()


def sugar_link(frame: Frame) -> Locator:
    """The way from a row to the record."""
    return frame.locator("#hot").get_by_role("link", name="Open in Sugar: Amélie Müller")


@pytest.mark.feature("E6")
@pytest.mark.parametrize(
    ("sugar", "address"),
    [
        (SUGAR_5, f"{SUGAR_5.site_url}/{OLD}"),
        (replace(SUGAR_5, version="6.5.23"), f"{SUGAR_5.site_url}/{OLD}"),
        (SUGAR_7, "https://seven.example/#Leads/p0"),
        (SUITE, f"{SUITE.site_url}/{OLD}"),
    ],
    ids=["5", "6", "7", "SuiteCRM"],
)
def test_a_small_link_opens_the_record_in_sugars_own_window(
    context: BrowserContext, world: World, home: SugarPage, sugar: Endpoint, address: str
) -> None:
    change_connection(world.app, FULL, lambda c: replace(c, endpoint=sugar))
    page = open_home(context, home)
    page.route(f"{sugar.site_url}/**", lambda route: route.fulfill(body="the record"))
    link = sugar_link(frame_of(page))
    expect(link).to_have_attribute("rel", "noopener")
    with page.expect_request(lambda request: request.url.startswith(sugar.site_url)) as asked:
        link.click()
    page.wait_for_url(address)
    assert "referer" not in asked.value.headers


@pytest.mark.feature("E6")
def test_a_page_of_sugar_may_want_records_in_new_tabs(
    context: BrowserContext, home: SugarPage
) -> None:
    home.links = "tab"
    context.route(f"{SUITE.site_url}/**", lambda route: route.fulfill(body="the record"))
    page = open_home(context, home)
    with context.expect_page() as opened:
        sugar_link(frame_of(page)).click()
    opened.value.wait_for_url(f"{SUITE.site_url}/{OLD}")
    assert opened.value.evaluate("window.opener") is None
    assert page.url.startswith(home.origin)


@pytest.mark.feature("E8")
def test_one_panel_at_a_time_where_it_is_narrow_and_all_where_it_is_wide(
    context: BrowserContext, home: SugarPage
) -> None:
    page = open_home(context, home)
    frame = frame_of(page)
    tabs, panels = frame.get_by_role("tab"), frame.locator("section.panel")
    expect(tabs.first).to_have_attribute("aria-selected", "true")
    expect(panels.first).to_be_visible()
    expect(panels.nth(1)).to_be_hidden()
    assert problems(frame) == []
    tabs.first.focus()
    page.keyboard.press("ArrowRight")
    expect(tabs.nth(1)).to_be_focused()
    expect(tabs.nth(1)).to_have_attribute("aria-selected", "true")
    expect(panels.first).to_be_hidden()
    expect(panels.nth(1)).to_be_visible()
    page.keyboard.press("Home")
    expect(panels.first).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(tabs.last).to_be_focused()
    home_width = frame.evaluate("document.documentElement.scrollWidth")
    assert home_width == 400
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(panels.first).to_be_visible()
    expect(panels.nth(1)).to_be_visible()
    expect(frame.get_by_role("tab")).to_have_count(0)
    assert problems(frame) == []


@pytest.mark.feature("E8")
def test_the_drawer_takes_the_focus_gives_it_back_and_has_room(
    context: BrowserContext, home: SugarPage
) -> None:
    page = open_home(context, home)
    frame = frame_of(page)
    opener = frame.locator(".hot-row [data-open]").nth(1)
    opener.click()
    drawer = frame.get_by_role("dialog")
    expect(drawer.locator(".prospect")).to_be_visible()
    assert frame.evaluate("document.getElementById('drawer').contains(document.activeElement)")
    high = frame.evaluate("drawer.offsetTop + drawer.offsetHeight")
    page.wait_for_function(f"window.heard.some(one => one.px >= {high})")
    assert problems(frame) == []
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(opener).to_be_focused()
    assert heard(page, "height")


@pytest.mark.feature("E8")
def test_the_drawer_scrolls_where_the_page_around_does_not_follow_its_height(
    context: BrowserContext, home: SugarPage
) -> None:
    home.follow, home.height = False, "360px"
    frame = frame_of(open_home(context, home))
    frame.locator(".hot-row [data-open]").first.click()
    drawer = frame.get_by_role("dialog")
    expect(drawer.locator(".prospect")).to_be_visible()
    assert frame.evaluate("drawer.offsetTop + drawer.offsetHeight <= innerHeight")
    last = drawer.locator("li").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()


@pytest.mark.feature("E7")
def test_a_rep_sees_no_prospect_of_another_by_panel_or_by_address(
    context: BrowserContext, world: World, home: SugarPage
) -> None:
    home.token = lambda: dashlet_token(world.app, FULL, "jonas")
    frame = frame_of(open_home(context, home))
    expect(frame.locator("#hot").get_by_text("Björn O'Brien")).to_be_visible()
    assert frame.get_by_text("Amélie Müller").count() == 0
    key = RecordKey(Module.LEADS, SugarId("p0"))
    assert world.store.records(FULL, [key])[key].owner_id == "sarah"
    frame.evaluate(
        """path => {
            const button = document.createElement("button");
            button.dataset.open = path;
            document.body.append(button);
            button.click();
        }""",
        f"prospect/{key.module}/{key.sugar_id}",
    )
    drawer = frame.get_by_role("dialog")
    expect(drawer.get_by_role("alert")).to_be_visible()
    assert drawer.get_by_text("Amélie").count() == 0
