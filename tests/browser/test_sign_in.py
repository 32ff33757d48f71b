"""Signing in with Sugar, in a real browser, with scripts and without."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from funnel.domain.ids import JobId
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.runs import JobStatus, Note
from funnel.ports.sync_messages import SignIn
from tests.browser.axe import problems
from tests.browser.conftest import Watched
from tests.browser.site import Site
from tests.browser.sugar_user import NAME, set_user, sugar_said
from tests.browser.world import FULL, World

PAGE = f"/sign-in/{FULL}"
REFUSED = Note("SignInRefused", "Sugar did not accept this.", "Check both.")


@pytest.fixture
def without_scripts(chromium: Browser, site: Site) -> Iterator[Page]:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url + PAGE)
    yield page
    context.close()


def fill(page: Page) -> None:
    """Type both and send them, by keyboard."""
    page.get_by_label("User name in Sugar").fill("sarah")
    page.get_by_label("Password in Sugar").fill("s3cret")
    page.keyboard.press("Enter")


def asked(world: World) -> JobId:
    message = world.queue.pop()
    assert isinstance(message, SignIn)
    return message.job_id


def let_in(world: World, role: Role = Role.ADMIN) -> None:
    world.finish_job(asked(world), FULL, status=JobStatus.DONE, result=sugar_said(world, role))


@pytest.mark.feature("A5")
def test_a_person_signs_in_waits_and_comes_back_to_the_page_they_wanted(
    visitor: Watched, world: World
) -> None:
    page = visitor.open(f"{PAGE}?next=/app/people%3Fq%3Danneliese")
    fill(page)
    expect(page.get_by_role("heading", name="Asking Sugar")).to_be_visible()
    page.evaluate("window.stays = true")
    expect(page.get_by_role("progressbar", name="Asking Sugar")).to_be_visible()
    with page.expect_response("**/waiting/live"):
        pass
    assert page.evaluate("window.stays") is True
    let_in(world)
    expect(page).to_have_url(re.compile(r"/app/people\?q=anneliese$"))
    expect(page.get_by_text(NAME).first).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in with Sugar").click()
    expect(page).to_have_url(re.compile(f"{PAGE}$"))


@pytest.mark.feature("A5")
def test_a_page_that_is_being_left_asks_for_nothing_more(visitor: Watched, world: World) -> None:
    """Or the page to come, if it is slow, would be left again for one that has nothing any more."""
    page, asks = visitor.page, list[str]()

    def lead_on(route: Route) -> None:
        asks.append(route.request.url)
        route.fulfill(status=204, headers={"HX-Redirect": "#slow"})

    page.route("**/waiting/live", lead_on)
    page.clock.install()
    visitor.open(PAGE)
    fill(page)
    expect(page.get_by_role("heading", name="Asking Sugar")).to_be_visible()
    page.clock.run_for(2_500)
    expect(page).to_have_url(re.compile("#slow$"))
    for _ in range(4):
        page.clock.run_for(2_500)
        assert page.evaluate("location.hash") == "#slow"
    assert len(asks) == 1


@pytest.mark.feature("A5")
def test_what_sugar_refuses_is_told_above_the_form_to_try_again(
    visitor: Watched, world: World
) -> None:
    page = visitor.open(PAGE)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size({"width": 400, "height": 800})
    fill(page)
    expect(page.get_by_role("heading", name="Asking Sugar")).to_be_visible()
    assert problems(page) == []
    world.finish_job(asked(world), FULL, status=JobStatus.FAILED, note=REFUSED)
    alert = page.get_by_role("alert").first
    expect(alert).to_contain_text("Sugar did not accept this.")
    expect(alert).to_contain_text("Check both.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    assert problems(page) == []
    expect(page.get_by_label("Password in Sugar")).to_have_value("")
    fill(page)
    expect(page.get_by_role("heading", name="Asking Sugar")).to_be_visible()
    let_in(world, Role.MARKETER)
    expect(page).to_have_url(re.compile("/app$"))


@pytest.mark.feature("A5")
def test_without_scripts_it_goes_all_the_same(without_scripts: Page, world: World) -> None:
    page = without_scripts
    fill(page)
    expect(page.get_by_role("heading", name="Asking Sugar")).to_be_visible()
    let_in(world, Role.MARKETER)
    expect(page).to_have_url(re.compile("/app$"))
    expect(page.get_by_text(NAME).first).to_be_visible()


def test_a_form_that_lacks_the_password_says_so_and_keeps_the_name(visitor: Watched) -> None:
    page = visitor.open(PAGE)
    page.get_by_label("User name in Sugar").fill("sarah")
    page.get_by_role("button", name="Sign in").click()
    password = page.get_by_label("Password in Sugar")
    expect(password).to_be_focused()
    expect(password).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#password-error")).to_have_text("Enter your password in Sugar.")
    expect(page.get_by_label("User name in Sugar")).to_have_value("sarah")


@pytest.mark.feature("B7")
def test_an_open_page_of_a_user_who_was_deactivated_leads_to_the_sign_in_page(
    visitor: Watched, world: World
) -> None:
    page = visitor.open(PAGE)
    fill(page)
    expect(page.get_by_role("heading", name="Asking Sugar")).to_be_visible()
    let_in(world)
    expect(page.get_by_text(NAME).first).to_be_visible()
    set_user(world, FULL, status="Inactive")
    page.get_by_role("link", name="People", exact=True).click()
    expect(page).to_have_url(re.compile(rf"{PAGE}\?next=%2Fapp%2Fpeople$"))
