"""Funnel's Sugar module in a simulated Sugar: its own script and its own tokens, in a real browser."""

import re
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, Route, expect

from funnel.usecases.connecting.connection import change_connection
from funnel.usecases.connecting.signing_keys import new_signing_key
from local.sugar import SugarSimulator
from local.sugar.funnel_module import Entered
from tests.browser.site import Site
from tests.browser.world import FULL, NOW, World


@pytest.fixture
def sugar(world: World, site: Site) -> Iterator[SugarSimulator]:
    """A Sugar whose admin has entered address and key; `sarah` sells there."""
    with SugarSimulator(seed=5) as simulator:
        company = simulator.company
        company.create("Users", record="sarah", user_name="sarah", last_name="Okafor",
                       status="Active")  # fmt: skip
        company.set_password("sarah", "sarah")
        made = new_signing_key(world.app, FULL, site.url)
        company.enter_module(Entered(made.address, made.key))
        # The world's clock stands still, Sugar's does not: what it signs is good for two minutes, and
        # so is what it signs in the two minutes from now.
        ahead = time.time() + 100 - NOW.timestamp()
        origins = (simulator.url,)
        change_connection(
            world.app, FULL, lambda c: replace(c, frame_origins=origins, clock_skew=ahead)
        )
        yield simulator


def home(context: BrowserContext, sugar: SugarSimulator) -> Page:
    """Home, as the rep sees it after signing in."""
    page = context.new_page()
    page.goto(sugar.url)
    page.get_by_label("User name").fill("sarah")
    page.get_by_label("Password").fill("sarah")
    page.get_by_role("button", name="Sign in").click()
    return page


def frame_in(page: Page) -> Frame:
    """Funnel's frame on a page of Sugar."""
    handle = page.wait_for_selector("iframe.funnel-frame")
    assert handle is not None
    frame = handle.content_frame()
    assert frame is not None
    return frame


@pytest.mark.feature("A6")
def test_a_rep_sees_the_dashlet_on_home(context: BrowserContext, sugar: SugarSimulator) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = home(context, sugar)
    frame = frame_in(page)
    expect(frame.get_by_text("Sarah Okafor")).to_be_visible()
    page.wait_for_function("document.querySelector('iframe').style.height !== '640px'")
    assert not [url for url in asked if "eyJ" in url]
    assert not [c for c in context.cookies() if "funnel" in str(c.get("name"))]


@pytest.mark.feature("A6")
def test_the_page_around_says_that_the_frame_loads_and_lets_it_be_tried_again(
    context: BrowserContext, sugar: SugarSimulator
) -> None:
    context.clock.install()
    held: list[Route] = []
    context.route("**/vision/**", lambda one: held.append(one))
    page = home(context, sugar)
    said = page.locator("section.dashlet").get_by_role("status")
    expect(said).to_have_text("FunnelVision is loading...")
    page.clock.run_for(16_000)
    expect(said).to_contain_text("FunnelVision did not come.")
    for one in held:  # taking the route away would send what it holds
        one.abort()
    context.unroute_all()
    said.get_by_role("button", name="Try again").click()
    expect(frame_in(page).get_by_text("Sarah Okafor")).to_be_visible()
    expect(said).to_be_hidden()


@pytest.mark.feature("A6")
def test_the_panel_of_a_lead_is_for_who_may_see_it(
    context: BrowserContext, sugar: SugarSimulator
) -> None:
    page = home(context, sugar)
    lead = sugar.company.create("Leads", record="p3", last_name="Panel")
    page.goto(f"{sugar.url}/index.php?module=Leads&action=DetailView&record={lead}")
    expect(frame_in(page).locator("#panel-prospect")).to_contain_text("Will Westin")
    assert page.locator("div.funnel-record + #subpanel_list").count() == 1
    ask = """fetch(document.querySelector('iframe').dataset.token, {method: 'POST'})
        .then(answer => answer.json())"""
    assert page.evaluate(ask)["token"]
    sugar.company.delete("Leads", lead)
    assert page.evaluate(ask) == {"token": None}


@pytest.mark.feature("A6")
def test_the_dashlet_leads_into_funnel(context: BrowserContext, sugar: SugarSimulator) -> None:
    page = home(context, sugar)
    with context.expect_page() as opened:
        page.get_by_role("button", name="Open Funnel").click()
    app = opened.value
    expect(app.get_by_role("heading", level=1)).to_have_text("Overview")
    expect(app).to_have_url(re.compile("/app$"))


@pytest.mark.feature("A6")
def test_a_frame_that_is_not_funnels_gets_no_token(
    context: BrowserContext, sugar: SugarSimulator
) -> None:
    page = home(context, sugar)
    expect(frame_in(page).get_by_text("Sarah Okafor")).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    heard = page.evaluate(
        """new Promise((done) => {
            addEventListener('message', (event) => event.data.funnel === 'ready' && done(event.origin));
            const other = document.createElement('iframe');
            other.srcdoc = "<script>parent.postMessage({funnel: 'ready'}, '*')<" + "/script>";
            document.body.append(other);
        })"""
    )
    page.evaluate("fetch('/index.php?later')")
    assert heard == sugar.url
    assert [url for url in asked if "FunnelToken" in url] == []
    assert [url for url in asked if "later" in url]
