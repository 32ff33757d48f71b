"""A rep's alerts in a frame of Sugar: chosen by keyboard, kept, and legible everywhere."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect

from funnel.domain.ids import SugarId
from funnel.domain.vision.alerts import Alert
from tests.browser.axe import problems
from tests.browser.frames import SugarPage, frame_of, open_home, sugar_page
from tests.browser.site import Site
from tests.browser.world import FULL, NOW, World

SARAH = SugarId("sarah")


@pytest.fixture
def context(context: BrowserContext) -> BrowserContext:
    """A browser whose clock is the world's."""
    context.clock.install(time=NOW)
    return context


@pytest.fixture
def home(world: World, site: Site) -> Iterator[SugarPage]:
    found = sugar_page(world, site, FULL, SARAH)
    yield found
    found.stop()


def opened(page: Page) -> Frame:
    frame = frame_of(page)
    button = frame.get_by_role("button", name="Alerts")
    button.focus()
    page.keyboard.press("Enter")
    expect(frame.get_by_role("heading", name="Alerts")).to_be_visible()
    expect(frame.get_by_role("button", name="Save")).to_be_visible()
    return frame


@pytest.mark.feature("E9")
def test_a_rep_switches_alerts_on_by_keyboard_and_finds_them_so(
    context: BrowserContext, world: World, home: SugarPage
) -> None:
    page = open_home(context, home)
    frame = opened(page)
    expect(frame.get_by_role("dialog")).to_contain_text("sarah@nordwind.example")
    for box in frame.get_by_role("checkbox").all():
        expect(box).not_to_be_checked()
    frame.get_by_label("When a prospect of mine reaches a lead score").press("Space")
    frame.get_by_label("Lead score", exact=True).fill("45")
    frame.get_by_label("A digest each day").press("Space")
    frame.get_by_label("At", exact=True).select_option("7")
    frame.get_by_role("button", name="Save").press("Enter")
    expect(frame.get_by_role("status").get_by_text("Saved.")).to_be_visible()
    expect(frame.get_by_role("button", name="Save")).to_be_focused()
    assert problems(frame) == []
    kept = world.store.alerts(FULL, SARAH).settings
    assert (kept.on, kept.threshold, kept.hour) == ((Alert.SCORE, Alert.DIGEST), 45, 7)
    assert kept.zone == page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone")
    page.keyboard.press("Escape")
    frame = opened(page)
    expect(frame.get_by_label("A digest each day")).to_be_checked()
    expect(frame.get_by_label("When a prospect of mine is on our site")).not_to_be_checked()
    expect(frame.get_by_label("Lead score", exact=True)).to_have_value("45")


@pytest.mark.feature("E9")
def test_it_says_why_none_can_be_sent_and_who_can_mend_it(
    context: BrowserContext, world: World, home: SugarPage
) -> None:
    settings = world.store.mail_settings(FULL)
    world.store.save_mail_settings(replace(settings, postal_address=""))
    frame = opened(open_home(context, home))
    expect(frame.get_by_role("dialog")).to_contain_text("The postal address is missing")
    expect(frame.get_by_role("dialog")).to_contain_text("An admin of Funnel can mend that")
    assert problems(frame) == []


@pytest.mark.feature("E9")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_four_hundred_pixels(context: BrowserContext, home: SugarPage, scheme: str) -> None:
    page = context.new_page()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 400, "height": 700})
    page.goto(f"{home.origin}/")
    frame = opened(page)
    assert problems(frame) == []
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert frame.evaluate(wide) is False
