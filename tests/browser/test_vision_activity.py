"""Prospect Activity in a frame of a Sugar: live, by keyboard, in any width, and titles that are code."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, expect

from funnel.domain.tracking.activities import Activity, ActivityKind
from funnel.usecases.tracking.record_activities import record_activities
from tests.browser.axe import problems
from tests.browser.frames import SugarPage, frame_of, open_home, sugar_page
from tests.browser.prospects import EVIL, browser_of, fill_prospects, visit
from tests.browser.site import Site
from tests.browser.world import FULL, NOW, World
from tests.fakes.dashlets import dashlet_token


@pytest.fixture
def context(context: BrowserContext) -> BrowserContext:
    """A browser whose clock is the world's, and moves when told to."""
    context.clock.install(time=NOW)
    return context


@pytest.fixture
def home(world: World, site: Site) -> Iterator[SugarPage]:
    fill_prospects(world, FULL)
    found = sugar_page(world, site, FULL, "sarah")
    yield found
    found.stop()


@pytest.mark.feature("E2")
def test_a_new_visit_appears_by_itself_and_takes_neither_focus_nor_place(
    context: BrowserContext, world: World, home: SugarPage
) -> None:
    home.follow, home.height = False, "420px"
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{home.origin}/")
    frame = frame_of(page)
    rows = frame.locator("#activity .seen-row")
    expect(rows.first).to_contain_text("Amélie Müller")
    button = frame.get_by_role("button", name="Details of Amélie de la Cruz")
    button.focus()
    frame.evaluate("window.stays = true; scrollTo(0, 200)")
    world.clock.advance(70)
    at = world.clock.now() - timedelta(seconds=5)
    visit(world.app, FULL, "person-4", "just-now", at, ("/careers",))
    page.clock.fast_forward(70_000)
    expect(rows.first).to_contain_text("On the site now")
    expect(rows.first).to_contain_text("Jobs")
    assert frame.evaluate("window.stays") is True
    assert frame.evaluate("scrollY") == 200
    expect(button).to_be_focused()
    assert problems(frame) == []


@pytest.mark.feature("E2")
def test_a_rep_reads_visits_and_opens_one_who_did_them_by_keyboard(
    context: BrowserContext, home: SugarPage
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 400, "height": 700})
    page.goto(f"{home.origin}/")
    frame = frame_of(page)
    frame.get_by_role("tab", name="Prospect Activity").click()
    first = frame.locator("#activity .seen-row").first
    expect(first).to_contain_text("searched with Google")
    expect(first).to_contain_text("Your offer")
    expect(frame.get_by_role("img", name="Visits a day since")).to_be_visible()
    assert problems(frame) == []
    button = frame.get_by_role("button", name="Details of Amélie de la Cruz, score 45")
    button.focus()
    page.keyboard.press("Enter")
    drawer = frame.get_by_role("dialog")
    expect(drawer.get_by_role("heading", name="Latest activities")).to_be_visible()
    expect(drawer.locator(".stream > li").first).to_contain_text("Your offer")
    assert problems(frame) == []
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    frame.get_by_label("Whose prospects").select_option(label="All my team")
    frame.locator("label", has_text="30 days").click()
    expect(frame.locator("#activity .seen-row")).to_have_count(25)
    frame.locator("#activity").get_by_role("button", name="Show earlier visits").click()
    expect(frame.locator("#activity .seen-row").nth(25)).to_be_visible()
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert frame.evaluate(wide) is False
    assert problems(frame) == []


@pytest.mark.feature("E2")
def test_a_rep_sees_no_visit_of_anothers_prospect(
    context: BrowserContext, world: World, home: SugarPage
) -> None:
    home.token = lambda: dashlet_token(world.app, FULL, "jonas")
    frame = frame_of(open_home(context, home))
    expect(frame.locator("#activity").get_by_text("Björn O'Brien")).to_be_visible()
    assert frame.locator("#activity").get_by_text("Amélie Müller").count() == 0


@pytest.mark.feature("E2")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_titles_and_search_terms_that_are_code_are_shown_and_do_nothing(
    context: BrowserContext, world: World, home: SugarPage, scheme: str
) -> None:
    about = {
        "visit": "evil", "title": EVIL, "path": f'/"{EVIL}', "url": "javascript:alert(2)",
        "source": "search", "engine": "google", "term": f'"{EVIL}', "referrer": EVIL,
    }  # fmt: skip
    subject = browser_of("person-0")
    done = Activity(FULL, subject, "evil", ActivityKind.PAGE_VIEW, world.clock.now(), about)
    record_activities(world.app, FULL, subject, [done])
    page = context.new_page()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 400, "height": 700})
    said: list[str] = []
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(f"{home.origin}/")
    frame = frame_of(page)
    frame.get_by_role("tab", name="Prospect Activity").click()
    row = frame.locator("#activity .seen-row").first
    expect(row.locator(".visit-when").first).to_contain_text(f'searched “"{EVIL}”')
    row.get_by_role("button").first.click()
    expect(frame.get_by_role("dialog").locator(".stream")).to_contain_text(EVIL)
    assert said == []
    assert frame.locator("img").count() == 0
    assert problems(frame) == []
