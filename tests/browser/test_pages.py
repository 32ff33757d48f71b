"""Every page: fits every width, is legible in light and dark, and is usable by everybody."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import problems
from tests.browser.campaigns import WEBINAR
from tests.browser.conftest import Watched, sign_in
from tests.browser.pages import PAGES, PageToSee
from tests.browser.site import Site
from tests.browser.world import FULL, World, make_world

WIDTHS = (400, 800, 1600)

OUT_OF_CARDS = """() => [...document.querySelectorAll(".card :is(input, select, textarea, .button)")]
    .filter((one) => one.checkVisibility() && !one.closest(".visually-hidden")
        && one.getBoundingClientRect().right > one.closest(".card").getBoundingClientRect().right + 1)
    .map((one) => one.outerHTML.slice(0, 120))"""
"""What is typed or pressed in a card and ends beyond it."""


@pytest.fixture(scope="module")
def shared_world() -> World:
    return make_world()


@pytest.fixture(scope="module")
def shared_site(shared_world: World) -> Iterator[Site]:
    found = Site(shared_world.app)
    found.start()
    yield found
    found.stop()


@pytest.fixture(scope="module")
def watched(chromium: Browser, shared_site: Site) -> Iterator[Watched]:
    context = chromium.new_context(reduced_motion="reduce")
    yield Watched(context.new_page(), shared_site)
    context.close()


@pytest.mark.parametrize("one", PAGES, ids=lambda one: one.name)
def test_a_page_fits_is_legible_and_accessible(
    watched: Watched, shared_world: World, one: PageToSee
) -> None:
    watched.start_anew()
    page = watched.page
    if one.tenant:
        sign_in(watched, shared_world, one.tenant)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1600, "height": 900})
    watched.open(one.path)
    if one.opens:
        page.click(one.opens)
    assert page.locator("h1").count() == 1
    assert page.title().endswith("· Funnel")

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{wide} px of page at {width} px"

    assert problems(page) == []
    page.set_viewport_size({"width": 400, "height": 900})
    assert page.evaluate(OUT_OF_CARDS) == []
    page.emulate_media(color_scheme="dark")
    assert problems(page) == []
    watched.check()


@pytest.fixture(scope="module")
def german(chromium: Browser, shared_site: Site) -> Iterator[Watched]:
    context = chromium.new_context(
        locale="de-DE", timezone_id="Europe/Berlin", viewport={"width": 400, "height": 900}
    )
    yield Watched(context.new_page(), shared_site)
    context.close()


@pytest.mark.parametrize("one", [one for one in PAGES if not one.state], ids=lambda one: one.name)
def test_a_page_is_german_and_fits_a_phone(
    german: Watched, shared_world: World, one: PageToSee
) -> None:
    german.start_anew()
    page = german.page
    if one.tenant:
        sign_in(german, shared_world, one.tenant)
    # A form has the language of its own words, unless the address says another.
    german.open(f"{one.path}?lang=de" if one.path.startswith("/f/") else one.path)
    assert page.locator("html").get_attribute("lang") == "de"
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 400, f"{wide} px of page at 400 px"
    assert page.evaluate(OUT_OF_CARDS) == []
    german.check()


def test_signing_out_and_languages_stay_in_sight_beside_a_long_menu(
    watched: Watched, shared_world: World
) -> None:
    sign_in(watched, shared_world, FULL)
    for height in (700, 900):
        watched.page.set_viewport_size({"width": 1280, "height": height})
        page = watched.open("/setup/connection")
        for name in ("Sign out", "Deutsch"):
            expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    label = page.locator("label[for=pace]").bounding_box()
    box = page.locator("#pace").bounding_box()
    assert label
    assert box
    assert label["y"] + label["height"] <= box["y"]


def test_the_page_that_is_looked_at_is_in_sight_in_a_menu_that_scrolls(
    watched: Watched, shared_world: World
) -> None:
    sign_in(watched, shared_world, FULL)
    for height in (500, 700):
        watched.page.set_viewport_size({"width": 1280, "height": height})
        for path, name in (("/setup/keys", "API keys"), ("/app", "Overview")):
            page = watched.open(path)
            menu = page.get_by_role("navigation", name="Main")
            expect(menu.get_by_role("link", name=name)).to_be_in_viewport(ratio=1)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert (
        page.evaluate("(n => n.scrollHeight - n.clientHeight)(document.querySelector('nav'))") <= 0
    )


WRONG_SETTINGS = """() => {
    const form = document.querySelector("form[novalidate]");
    const typed = {name: "", again_days: "soon", timezone: "Mars", since: "18:00", until: "08:00"};
    for (const [name, value] of Object.entries(typed)) form.elements[name].value = value;
    form.elements.window.checked = true;
    form.submit();
}"""


def test_errors_of_a_form_fit_a_phone_and_the_first_has_the_focus(
    watched: Watched, shared_world: World
) -> None:
    page = watched.page
    sign_in(watched, shared_world, FULL)
    page.set_viewport_size({"width": 400, "height": 900})
    watched.open(f"/app/campaigns/{WEBINAR}/settings")
    with page.expect_navigation():
        page.evaluate(WRONG_SETTINGS)
    expect(page.locator(".field-error")).to_have_count(4)
    expect(page.locator("#f-name")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    assert problems(page) == []
    watched.errors.clear()


def test_a_chosen_language_stays_chosen(watched: Watched, shared_world: World) -> None:
    sign_in(watched, shared_world, FULL)
    watched.page.set_viewport_size({"width": 1280, "height": 900})
    page = watched.open("/app/people?q=berg")
    page.get_by_role("button", name="Deutsch").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    assert page.url.endswith("/app/people?q=berg")
    expect(page.get_by_role("button", name="Deutsch")).to_have_attribute("aria-current", "true")
    watched.open("/app")
    expect(page.get_by_role("heading", name="Übersicht")).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    watched.check()


def test_the_content_security_policy_is_enforced(watched: Watched) -> None:
    """What the other tests rely on: a violation would be seen."""
    page = watched.open("/sign-in")
    with page.expect_console_message(lambda one: "Content Security Policy" in one.text):
        page.evaluate(
            "document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')"
        )
    assert any("Content Security Policy" in text for text in watched.errors)
    watched.errors.clear()
