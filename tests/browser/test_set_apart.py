"""A marketer undoes a merge and takes that back, by keyboard, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import Browser, expect

from funnel.domain.signing_in.tenants import Role
from tests.browser.conftest import Watched, sign_in
from tests.browser.site import Site
from tests.browser.world import FULL, World


@pytest.mark.feature("B5")
def test_a_record_is_set_apart_after_an_explanation_and_joined_again(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open("/app/people/anneliese")
    page.get_by_role("link", name="Set apart… Einkauf Bergmann & Söhne").click()
    expect(page.get_by_role("heading", name="Set this record apart?")).to_be_visible()
    expect(page.get_by_text("These stay together:")).to_be_visible()
    expect(page.get_by_text("Contact Anneliese Bergmann")).to_be_visible()
    page.get_by_role("link", name="Cancel").click()
    expect(page).to_have_url(re.compile("/app/people/anneliese$"))
    page.go_back()
    button = page.get_by_role("button", name="Set apart")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Set apart.")
    expect(page.get_by_role("heading", name="Einkauf Bergmann & Söhne", level=1)).to_be_visible()
    expect(page.get_by_text("stands apart")).to_be_visible()
    expect(page.locator("#history")).to_contain_text("in Funnel by Mo Sandberg")
    page.get_by_role("link", name="Go to the other person").click()
    expect(page.get_by_role("heading", name="Anneliese Bergmann", level=1)).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Join again").click()
    expect(page).to_have_url(re.compile("/app/people/anneliese"))
    expect(page.get_by_role("status").first).to_contain_text("Joined")


@pytest.mark.feature("B5")
def test_without_javascript_it_works_as_well(chromium: Browser, site: Site, world: World) -> None:
    context = chromium.new_context(java_script_enabled=False)
    watched = Watched(context.new_page(), site)
    page = sign_in(watched, world, FULL, Role.MARKETER)
    watched.open("/app/people/anneliese")
    page.get_by_role("link", name="Set apart… Einkauf").click()
    page.get_by_role("button", name="Set apart").click()
    expect(page.get_by_text("stands apart")).to_be_visible()
    page.get_by_role("button", name="Join again").click()
    expect(page).to_have_url(re.compile("/app/people/anneliese"))
    context.close()
