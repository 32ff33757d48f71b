"""An admin makes a key by keyboard, a program uses it, and the admin revokes it."""

import re
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Watched, sign_in
from tests.browser.site import Site
from tests.browser.world import EMPTY, World


def status(visitor: Watched, path: str, key: str) -> int:
    asked = urllib.request.Request(visitor.site.url + path)
    asked.add_header("Authorization", f"Bearer {key}")
    try:
        with urllib.request.urlopen(asked) as reply:
            return int(reply.status)
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.feature("G5")
@pytest.mark.parametrize("scripts", [True, False])
def test_an_admin_makes_a_key_that_opens_the_api_and_revokes_it(
    chromium: Browser, site: Site, world: World, scripts: bool
) -> None:
    context = chromium.new_context(java_script_enabled=scripts)
    visitor = Watched(context.new_page(), site)
    sign_in(visitor, world, EMPTY)
    page = visitor.open("/setup/keys")
    expect(page.get_by_text("No key yet")).to_be_visible()
    page.get_by_label("Name", exact=True).fill("Shop")
    page.get_by_role("button", name="Make the key").press("Enter")
    expect(page.get_by_text("A key needs at least one scope.")).to_be_visible()
    page.get_by_label("people:read").press("Space")
    page.get_by_role("button", name="Make the key").press("Enter")
    expect(page.get_by_text("The key “Shop” is made")).to_be_visible()
    key = page.locator("#key").inner_text()
    assert re.fullmatch(r"fnl_\S{60,}", key)
    assert status(visitor, "/api/app/people", key) == 200
    assert status(visitor, "/api/app/lists", key) == 403
    page.get_by_role("link", name="Revoke the key “Shop”").press("Enter")
    expect(page.get_by_text("refused from the next request on")).to_be_visible()
    page.get_by_role("button", name="Revoke").press("Enter")
    expect(page.get_by_text("The key is revoked.")).to_be_visible()
    assert status(visitor, "/api/app/people", key) == 401
    visitor.check()
    context.close()


@pytest.mark.feature("G5")
def test_all_scopes_are_seen_on_a_narrow_screen(visitor: Watched, world: World) -> None:
    sign_in(visitor, world, EMPTY)
    visitor.page.set_viewport_size({"width": 400, "height": 800})
    page = visitor.open("/setup/keys?lang=de")
    boxes = [label.bounding_box() for label in page.locator(".scopes label").all()]
    assert len(boxes) > 20
    assert all(box and box["x"] + box["width"] <= 400 for box in boxes)
    heads = page.locator(".scopes tbody th")
    assert heads.filter(has_text="Einstellungen").evaluate("e => e.clientWidth") > 200


def make_key(visitor: Watched) -> Page:
    """The page of a key just made."""
    page = visitor.open("/setup/keys")
    page.get_by_label("Name", exact=True).fill("Shop")
    page.get_by_label("people:read").check()
    page.get_by_role("button", name="Make the key").click()
    return page


def test_a_new_key_is_copied_by_a_button(chromium: Browser, site: Site, world: World) -> None:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    visitor = Watched(context.new_page(), site)
    sign_in(visitor, world, EMPTY)
    page = make_key(visitor)
    page.locator("[data-copies=key]").click()
    expect(page.locator("#announce")).not_to_be_empty()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#key").inner_text()
    context.close()


def test_a_key_that_cannot_be_copied_is_chosen_to_be_copied_by_hand(
    visitor: Watched, world: World
) -> None:
    sign_in(visitor, world, EMPTY)
    page = make_key(visitor)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject('not allowed'); }")
    page.locator("[data-copies=key]").click()
    expect(page.locator("#announce")).to_contain_text("copy it with the keyboard")
    assert page.evaluate("getSelection().toString()") == page.locator("#key").inner_text()


def test_a_button_that_needs_scripts_is_not_shown_without(
    chromium: Browser, site: Site, world: World
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    visitor = Watched(context.new_page(), site)
    sign_in(visitor, world, EMPTY)
    page = make_key(visitor)
    expect(page.locator("#key")).to_be_visible()
    expect(page.locator("[data-copies=key]")).to_be_hidden()
    context.close()
