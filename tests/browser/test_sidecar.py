"""The Sidecar dashlets of Sugar 7 and later, drawn by a stand-in for Sidecar, in a real browser."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect

from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.vision.dashlet_tokens import Audience
from funnel.usecases.connecting.connection import change_connection
from tests.browser.sidecar import Answer, SidecarPage
from tests.browser.site import Site
from tests.browser.world import FULL, World
from tests.fakes.dashlets import dashlet_token, vision_address

HOME, RECORD = "funnelvision", "funnelvision-record"
PAGES: list[SidecarPage] = []


@pytest.fixture(autouse=True)
def ended() -> Iterator[None]:
    yield
    while PAGES:
        PAGES.pop().stop()


def sidecar(
    world: World, site: Site, name: str = HOME, model: dict[str, str] | None = None
) -> SidecarPage:
    """A page with a dashlet, of a Sugar that answers as the module's own REST calls do."""
    address = site.url + vision_address(world.app, FULL)

    def rest(path: str) -> Answer | None:
        if path == "funnel/sign-in":
            token = dashlet_token(world.app, FULL, "sarah", Audience.SIGN_IN)
            return {"token": token, "address": f"{address}/open", "origin": site.url}
        if path == "funnel/token/Leads/p3":
            lead = RecordKey(Module.LEADS, SugarId("p3"))
            token = dashlet_token(world.app, FULL, "sarah", record=lead)
            return {"token": token, "address": f"{address}/record", "origin": site.url}
        if path == "funnel/token":
            token = dashlet_token(world.app, FULL, "sarah")
            return {"token": token, "address": address, "origin": site.url}
        return None

    found = SidecarPage(name, rest, model)
    PAGES.append(found)
    change_connection(world.app, FULL, lambda c: replace(c, frame_origins=(found.origin,)))
    return found


def drawn(context: BrowserContext, sugar: SidecarPage) -> Page:
    """The page, in a browser."""
    page = context.new_page()
    page.goto(sugar.origin)
    return page


def frame_in(page: Page) -> Frame:
    """Funnel's frame."""
    handle = page.wait_for_selector("iframe")
    assert handle is not None
    frame = handle.content_frame()
    assert frame is not None
    return frame


@pytest.mark.feature("A6")
def test_the_dashlet_of_home_shows_the_panels(
    context: BrowserContext, world: World, site: Site
) -> None:
    sugar = sidecar(world, site)
    page = drawn(context, sugar)
    expect(frame_in(page).get_by_text("Sarah Okafor")).to_be_visible()
    assert sugar.asked == ["funnel/token"]
    assert "eyJ" not in page.content()


@pytest.mark.feature("A6")
def test_a_second_token_is_asked_of_sugar(
    context: BrowserContext, world: World, site: Site
) -> None:
    sugar = sidecar(world, site)
    page = drawn(context, sugar)
    frame = frame_in(page)
    expect(frame.get_by_text("Sarah Okafor")).to_be_visible()
    given = frame.evaluate(
        """new Promise((done) => {
            addEventListener('message', (event) => done(event.data.token));
            parent.postMessage({funnel: 'token please'}, '*');
        })"""
    )
    assert given.count(".") == 2
    assert sugar.asked == ["funnel/token", "funnel/token"]


@pytest.mark.feature("A6")
def test_the_dashlet_of_a_record_asks_for_that_record(
    context: BrowserContext, world: World, site: Site
) -> None:
    sugar = sidecar(world, site, RECORD, {"module": "Leads", "id": "p3"})
    page = drawn(context, sugar)
    expect(frame_in(page).locator("#panel-prospect")).to_contain_text("Will Westin")
    assert sugar.asked == ["funnel/token/Leads/p3"]


@pytest.mark.feature("A6")
def test_a_record_that_sugar_does_not_let_the_user_see_is_no_frame(
    context: BrowserContext, world: World, site: Site
) -> None:
    page = drawn(context, sidecar(world, site, RECORD, {"module": "Contacts", "id": "hidden"}))
    expect(page.get_by_text("LBL_FUNNEL_AWAY")).to_be_visible()
    assert page.locator("iframe").count() == 0
    other = drawn(context, sidecar(world, site, RECORD, {"module": "Accounts", "id": "a"}))
    assert other.locator("iframe").count() == 0
    assert PAGES[-1].asked == []


@pytest.mark.feature("A6")
def test_the_dashlet_leads_into_funnel_in_a_tab_of_its_own(
    context: BrowserContext, world: World, site: Site
) -> None:
    page = drawn(context, sidecar(world, site))
    with context.expect_page() as opened:
        page.get_by_role("button", name="LBL_FUNNEL_OPEN").click()
    app = opened.value
    expect(app.get_by_role("heading", level=1)).to_have_text("Overview")
    expect(app).to_have_url(re.compile("/app$"))


@pytest.mark.feature("A6")
def test_a_way_that_sugar_does_not_open_says_so_in_the_tab(
    context: BrowserContext, world: World, site: Site
) -> None:
    sugar = sidecar(world, site)
    page = drawn(context, sugar)
    expect(page.get_by_role("button", name="LBL_FUNNEL_OPEN")).to_be_visible()
    sugar.rest = lambda _: None
    with context.expect_page() as opened:
        page.get_by_role("button", name="LBL_FUNNEL_OPEN").click()
    expect(opened.value.get_by_text("LBL_FUNNEL_AWAY")).to_be_visible()


@pytest.mark.feature("A6")
def test_a_dashlet_that_is_taken_away_listens_no_more(
    context: BrowserContext, world: World, site: Site
) -> None:
    sugar = sidecar(world, site)
    page = drawn(context, sugar)
    frame = frame_in(page)
    expect(frame.get_by_text("Sarah Okafor")).to_be_visible()
    page.evaluate("view._dispose()")
    frame.evaluate("parent.postMessage({funnel: 'token please'}, '*')")
    page.wait_for_function("window.messages > 1")
    page.evaluate("fetch('/rest/later', {method: 'POST'})")
    assert sugar.asked == ["funnel/token", "later"]
