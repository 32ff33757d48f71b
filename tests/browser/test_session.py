"""A session that ends while somebody is typing: nothing of it is lost."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from funnel.domain.signing_in.tenants import Role
from funnel.usecases.signing_in.sign_in import sign_out
from tests.browser.axe import problems
from tests.browser.conftest import Watched, sign_in
from tests.browser.world import FULL, World

pytestmark = pytest.mark.feature("A5")

NAME = "Ask for the crane"
REFUSED = re.compile(
    "Response Status Error Code 40[13] from /app/|Failed to load resource: .* 503 "
)
LATER = 61_000
"""Milliseconds after which a page asks whether the session is still there before it sends a form."""


@pytest.fixture
def signed_in(visitor: Watched, world: World) -> Iterator[Page]:
    """A page whose clock is the test's; what htmx says of answers without a session is no error of it."""
    found = sign_in(visitor, world, FULL)
    found.clock.install()
    yield found
    visitor.errors[:] = [one for one in visitor.errors if not REFUSED.match(one)]


@pytest.fixture
def page(signed_in: Page, visitor: Watched) -> Page:
    """A form that is being built."""
    visitor.open("/app/forms/new")
    signed_in.get_by_label("Name", exact=True).fill(NAME)
    return signed_in


def end_session(page: Page, world: World) -> None:
    for one in page.context.cookies():
        if one["name"] == "funnel_session":
            sign_out(world.app, one["value"])


def come_back(page: Page) -> None:
    """As from another window."""
    page.evaluate("dispatchEvent(new Event('focus'))")


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def test_who_is_signed_out_while_typing_signs_in_elsewhere_and_goes_on(
    page: Page, visitor: Watched, world: World
) -> None:
    end_session(page, world)
    page.get_by_label("Heading", exact=True).fill("How heavy is it?")
    page.clock.run_for(1_000)
    told = page.get_by_role("alert").filter(has_text="signed out")
    expect(told).to_contain_text("What you typed is still here.")
    assert problems(page) == []
    page.set_viewport_size({"width": 400, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 400

    with page.context.expect_page() as opened:
        told.get_by_role("link").click()
    expect(opened.value).to_have_url(re.compile(f"/sign-in/{FULL}.next=%2Fapp%2Fsession$"))
    come_back(page)
    expect(told).to_be_visible()

    sign_in(visitor, world, FULL)
    opened.value.goto(f"{visitor.site.url}/app/session")
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("You are signed in")
    assert problems(opened.value) == []
    come_back(page)
    expect(told).to_be_hidden()
    expect(page.locator("#announce")).to_have_text("You are signed in again.")
    save(page)
    expect(page.get_by_role("status").filter(has_text="The form is added.")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_have_value(NAME)
    expect(page.get_by_label("Heading", exact=True)).to_have_value("How heavy is it?")


def test_a_form_is_not_sent_into_a_session_that_has_ended(
    page: Page, visitor: Watched, world: World
) -> None:
    end_session(page, world)
    page.clock.run_for(LATER)
    save(page)
    expect(page.get_by_role("alert").filter(has_text="signed out")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_have_value(NAME)
    # Nothing of what somebody wrote is sent in the name of somebody else.
    sign_in(visitor, world, FULL, Role.MARKETER)
    come_back(page)
    save(page)
    expect(page.get_by_role("alert").filter(has_text="Ada Brandt is signed out")).to_be_visible()
    sign_in(visitor, world, FULL)
    save(page)
    expect(page.get_by_role("status").filter(has_text="The form is added.")).to_be_visible()


def test_a_session_that_lives_on_is_not_noticed(page: Page) -> None:
    page.clock.run_for(LATER)
    save(page)
    expect(page.get_by_role("status").filter(has_text="The form is added.")).to_be_visible()


def test_where_nothing_is_typed_the_page_leads_to_the_sign_in_page_and_back(
    signed_in: Page, visitor: Watched, world: World
) -> None:
    page = signed_in
    page.context.add_cookies([{"name": "funnel_tenant", "value": FULL, "url": visitor.site.url}])
    visitor.open("/app?x=1")
    end_session(page, world)
    page.clock.run_for(31_000)
    expect(page).to_have_url(re.compile(f"/sign-in/{FULL}.next=%2Fapp%3Fx%3D1$"))


def test_without_scripts_what_was_sent_too_late_is_told(
    chromium: Browser, visitor: Watched, world: World
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    watched = Watched(context.new_page(), visitor.site)
    page = sign_in(watched, world, FULL)
    watched.open("/app/forms/new")
    end_session(page, world)
    save(page)
    expect(page.get_by_text("What you sent last was not saved.")).to_be_visible()
    context.close()


def told_signed_out(page: Page) -> Locator:
    return page.get_by_role("alert").filter(has_text="signed out")


def test_what_a_button_made_of_a_form_counts_as_typed(
    signed_in: Page, visitor: Watched, world: World
) -> None:
    visitor.open("/app/forms/new")
    fields = signed_in.locator(".form-fields > li")
    before = fields.count()
    signed_in.locator("#add-field").click()
    expect(fields).to_have_count(before + 1)
    end_session(signed_in, world)
    signed_in.clock.run_for(LATER)
    save(signed_in)
    expect(told_signed_out(signed_in)).to_be_visible()
    expect(fields).to_have_count(before + 1)


def test_people_who_are_ticked_outside_their_form_count_as_typed(
    signed_in: Page, visitor: Watched, world: World
) -> None:
    visitor.open("/app/people")
    box = signed_in.locator("input[name=people]").first
    box.check()
    signed_in.locator("#on-list-choice").evaluate("(one) => { one.required = false; }")
    end_session(signed_in, world)
    signed_in.clock.run_for(LATER)
    signed_in.locator("#on-list button[type=submit]").first.click()
    expect(told_signed_out(signed_in)).to_be_visible()
    expect(box).to_be_checked()


def test_a_form_that_was_refused_still_holds_what_was_typed(page: Page, world: World) -> None:
    page.get_by_label("Name", exact=True).fill("")
    page.get_by_label("Heading", exact=True).fill("How heavy is it?")
    save(page)
    expect(page.get_by_label("Name", exact=True)).to_have_attribute("aria-invalid", "true")
    page.wait_for_load_state()
    end_session(page, world)
    page.clock.run_for(LATER)
    save(page)
    expect(told_signed_out(page)).to_be_visible()
    expect(page.get_by_label("Heading", exact=True)).to_have_value("How heavy is it?")


def test_a_form_of_somebody_signed_out_is_not_sent_while_nobody_answers(
    page: Page, visitor: Watched, world: World
) -> None:
    end_session(page, world)
    page.clock.run_for(LATER)
    save(page)
    expect(told_signed_out(page)).to_be_visible()
    page.route("**/app/session", lambda route: route.fulfill(status=503))
    with page.expect_response("**/app/session"):
        save(page)
    expect(told_signed_out(page)).to_be_visible()
    page.unroute("**/app/session")
    sign_in(visitor, world, FULL)
    save(page)
    expect(page.get_by_role("status").filter(has_text="The form is added.")).to_be_visible()


def test_who_signed_in_anew_before_the_page_knew_goes_on_in_the_new_session(
    page: Page, visitor: Watched, world: World
) -> None:
    token = page.locator("#builder input[name=form_token]")
    of_before = token.input_value()
    sign_in(visitor, world, FULL)
    page.get_by_label("Heading", exact=True).fill("How heavy is it?")
    page.clock.run_for(1_000)
    expect(token).not_to_have_value(of_before)
    page.get_by_label("Heading", exact=True).fill("How wide is it?")
    page.clock.run_for(1_000)
    expect(page.locator("#look")).to_contain_text("How wide is it?")
    expect(page.locator("#lost")).to_be_hidden()


def test_who_finds_somebody_else_signed_in_is_told_in_one_place(
    page: Page, visitor: Watched, world: World
) -> None:
    sign_in(visitor, world, FULL, Role.MARKETER)
    page.get_by_label("Heading", exact=True).fill("How heavy is it?")
    page.clock.run_for(1_000)
    expect(told_signed_out(page)).to_be_visible()
    expect(page.locator("#lost")).to_be_hidden()
