"""What somebody does before the scripts came, or while a part of the page is on its way, counts."""

import pytest
from playwright.sync_api import Route, expect

from funnel.domain.signing_in.tenants import Role
from tests.browser.conftest import Watched, sign_in
from tests.browser.forms import QUOTE
from tests.browser.world import FULL, World


@pytest.mark.parametrize("path", ["/app/broadcasts/new", "/app/forms/new"])
def test_what_is_typed_before_the_scripts_came_is_looked_at_when_they_come(
    visitor: Watched, world: World, path: str
) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    held: list[Route] = []
    page.route("**/htmx.min.js", lambda route: held.append(route))
    with page.expect_request("**/htmx.min.js"):
        page.goto(visitor.site.url + path, wait_until="commit")
    if path == "/app/broadcasts/new":
        page.get_by_role("group", name="Who gets it").get_by_label("Account industry").check()
    else:
        page.get_by_label("Name", exact=True).fill("Fair")
    asked = "**/estimate*" if path == "/app/broadcasts/new" else "**/forms/preview"
    with page.expect_response(asked) as reply:
        held[0].continue_()
    assert reply.value.ok


def test_a_form_that_nobody_touched_is_not_looked_at_anew(visitor: Watched, world: World) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    page.add_init_script(
        "addEventListener('change', () => { window.changed = true; }, true);"
        "addEventListener('pageshow', () => setTimeout(() => { window.shown = true; }));"
    )
    visitor.open("/app/forms/new")
    page.wait_for_function("window.shown")
    assert page.evaluate("window.changed") is None


def test_what_is_typed_before_the_scripts_came_is_marked_no_more_when_they_come(
    visitor: Watched, world: World
) -> None:
    page, held = sign_in(visitor, world, FULL, Role.MARKETER), list[Route]()
    visitor.open(f"/app/forms/{QUOTE}")
    page.get_by_label("Name", exact=True).fill("")
    # The browser keeps scripts that it has, unless their requests are looked at.
    page.route("**/funnel.js", lambda route: held.append(route))
    with page.expect_request("**/funnel.js"):
        page.get_by_role("button", name="Save").last.click(no_wait_after=True)
    page.get_by_label("Name", exact=True).fill("Quote")
    expect(page.locator(".field-error")).not_to_have_count(0)
    held[0].continue_()
    expect(page.locator(".field-error")).to_have_count(0)
    expect(page.get_by_text("The form is not saved yet")).to_have_count(0)


def test_what_is_saved_while_a_field_goes_is_saved_without_it(
    visitor: Watched, world: World
) -> None:
    page, held = sign_in(visitor, world, FULL, Role.MARKETER), list[Route]()
    visitor.open(f"/app/forms/{QUOTE}")
    before = page.locator(".form-fields > li").count()
    page.route("**/forms/part", lambda route: held.append(route))
    with page.expect_request("**/forms/part"):
        page.locator(".form-fields > li").last.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Save").last.dblclick()
    held[0].continue_()
    expect(page.get_by_text("The form is saved.")).to_be_visible()
    expect(page.locator(".form-fields > li")).to_have_count(before - 1)
