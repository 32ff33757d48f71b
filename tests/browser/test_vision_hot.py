"""Who's Hot in a frame of a Sugar: the list, a prospect whole, by mouse and by keyboard."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect

from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.sync.records import Unit
from tests.browser.axe import problems
from tests.browser.frames import SugarPage, frame_of, open_home, sugar_page
from tests.browser.prospects import EVIL, fill_prospects
from tests.browser.site import Site
from tests.browser.world import FULL, NOW, World


@pytest.fixture
def context(context: BrowserContext) -> BrowserContext:
    """A browser whose clock is the world's."""
    context.clock.install(time=NOW)
    return context


@pytest.fixture
def home(world: World, site: Site) -> Iterator[SugarPage]:
    fill_prospects(world, FULL)
    found = sugar_page(world, site, FULL, "sarah")
    yield found
    found.stop()


def opened(context: BrowserContext, home: SugarPage) -> tuple[Page, Frame]:
    page = open_home(context, home)
    frame = frame_of(page)
    frame.wait_for_selector(".hot-row")
    return page, frame


@pytest.mark.feature("E1")
def test_a_rep_sees_who_is_hot_and_why_and_opens_one(
    context: BrowserContext, home: SugarPage
) -> None:
    page, frame = opened(context, home)
    first = frame.locator(".hot-row").first
    expect(first).to_contain_text("Amélie Müller")
    expect(first).to_contain_text("Sent a form 3×")  # noqa: RUF001
    link = frame.get_by_role("link", name="Great Lakes Shipping Co.")
    expect(link.first).to_have_attribute(
        "href", "https://crm.nordwind.example/index.php?module=Accounts&action=DetailView&record=a6"
    )
    assert problems(frame) == []
    button = frame.get_by_role("button", name="Why 45? Amélie de la Cruz")
    button.focus()
    page.keyboard.press("Enter")
    drawer = frame.get_by_role("dialog")
    expect(drawer.get_by_role("heading", name="Amélie de la Cruz")).to_be_visible()
    expect(drawer.get_by_role("heading", name="Why 45?")).to_be_visible()
    points = drawer.locator(".sum tbody .number").all_inner_texts()
    assert sum(int(one.replace("−", "-")) for one in points) == 45  # noqa: RUF001
    expect(drawer).to_contain_text("May be mailed")
    assert problems(frame) == []
    for _ in range(12):
        page.keyboard.press("Tab")
    assert frame.evaluate(
        "[document.body, null].includes(document.activeElement)"
        " || document.querySelector('#drawer').contains(document.activeElement)"
    )
    # Behind the last control come those of the browser itself, which not every one has.
    drawer.get_by_role("button", name="Close").focus()
    page.keyboard.press("Escape")
    expect(drawer).not_to_be_visible()
    expect(button).to_be_focused()


@pytest.mark.feature("E1")
@pytest.mark.parametrize("width", [400, 1280])
def test_a_click_on_a_row_opens_the_prospect_and_writing_to_it_is_one_press_away(
    context: BrowserContext, home: SugarPage, width: int
) -> None:
    page, frame = opened(context, home)
    page.set_viewport_size({"width": width, "height": 700})
    drawer = frame.get_by_role("dialog")
    row = frame.locator(".hot-row", has_text="Amélie Müller")
    name = row.get_by_role("button", name="Amélie Müller", exact=True)
    presses: tuple[Callable[[], None], ...] = (
        name.click,
        lambda: row.click(position={"x": 60, "y": 2}),
        lambda: name.press("Enter"),
    )
    for press in presses:
        press()
        expect(drawer.get_by_role("heading", name="Amélie Müller")).to_be_visible()
        page.keyboard.press("Escape")
        expect(drawer).not_to_be_visible()
    write = row.get_by_role("button", name="Write an email: Amélie Müller")
    write.press("Enter")
    expect(drawer.get_by_role("heading", name="Write to Amélie Müller")).to_be_visible()
    page.keyboard.press("Escape")
    expect(write).to_be_focused()
    if width == 400:
        frame.get_by_role("tab", name="Prospect Activity").click()
    seen = frame.locator(".seen-row", has_text="Amélie Müller")
    seen.get_by_text("Lead").first.click()
    expect(drawer.get_by_role("heading", name="Amélie Müller")).to_be_visible()
    page.keyboard.press("Escape")
    seen.get_by_role("button", name="Write an email: Amélie Müller").click()
    expect(drawer.get_by_role("heading", name="Write to Amélie Müller")).to_be_visible()


@pytest.mark.feature("E1")
def test_a_manager_looks_at_the_team_and_at_everybody_page_by_page(
    context: BrowserContext, home: SugarPage
) -> None:
    _, frame = opened(context, home)
    frame.get_by_label("Whose prospects").select_option(label="All my team")
    expect(frame.locator(".hot-row", has_text="Jonas Weiß").first).to_be_visible()
    frame.get_by_role("button", name="Show also who was not on the site").click()
    expect(frame.locator(".hot-row")).to_have_count(25)
    frame.locator("#panel-hot").get_by_role("button", name="Show more").click()
    expect(frame.locator("#panel-hot").get_by_role("button", name="Show more")).to_have_count(0)
    assert frame.locator(".hot-row").count() > 30
    assert problems(frame) == []


@pytest.mark.feature("E1")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_dashlet_of_four_hundred_pixels(
    context: BrowserContext, home: SugarPage, scheme: str
) -> None:
    page = context.new_page()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 400, "height": 700})
    page.goto(f"{home.origin}/")
    frame = frame_of(page)
    frame.get_by_role("button", name="Why 124?").click()
    expect(frame.get_by_role("heading", name="Why 124?")).to_be_visible()
    assert problems(frame) == []
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert frame.evaluate(wide) is False


@pytest.mark.feature("E1")
def test_names_that_are_code_are_shown_and_do_nothing(
    context: BrowserContext, world: World, home: SugarPage
) -> None:
    key = RecordKey(Module.LEADS, SugarId("p0"))
    lead = world.store.records(FULL, [key])[key]
    evil = replace(lead, name=f"Eve {EVIL}", fields={**lead.fields, "account_name": EVIL})
    assert world.store.commit(FULL, [Unit(records=[evil])]) == [True]
    page = context.new_page()
    said: list[str] = []
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(f"{home.origin}/")
    frame = frame_of(page)
    frame.locator(".hot-row .heat").first.click()
    expect(frame.get_by_role("heading", name="Why 124?")).to_be_visible()
    expect(frame.get_by_role("dialog")).to_contain_text(EVIL)
    assert said == []
    assert frame.locator("img").count() == 0
