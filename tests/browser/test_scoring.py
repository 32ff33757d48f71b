"""A marketer changes what counts, watches scores follow, and sees on a person why."""

import re

import pytest
from playwright.sync_api import Page, expect

from funnel.domain.signing_in.tenants import Role
from funnel.ports.marketing_messages import Rescore
from funnel.usecases.work.handle_message import handle_message
from tests.browser.conftest import Watched, sign_in
from tests.browser.scoring import WHO
from tests.browser.world import FULL, World


def work(world: World) -> None:
    """What the worker does with the messages that are there."""
    while (message := world.queue.pop()) is not None:
        if isinstance(message, Rescore):
            handle_message(world.app, message, "worker", lambda: 60.0)


def points_on(page: Page) -> list[int]:
    """The points of each reason on a person's page."""
    cells = page.locator("#score tbody td").all_inner_texts()
    return [int(text.replace("\u2212", "-")) for text in cells]


@pytest.mark.feature("D3")
def test_a_rule_is_added_by_keyboard_and_scores_follow_while_one_looks_on(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open(f"/app/people/{WHO}")
    expect(page.locator("#score h2 + p")).to_have_text("87")
    assert sum(points_on(page)) == 87
    page.get_by_role("link", name="The rules").click()
    page.get_by_role("link", name="Add a rule").click()
    page.get_by_label("Name").fill("Signed up for news")
    page.get_by_label("What counts").select_option("A form sent")
    page.get_by_label("Points each time").fill("0")
    page.get_by_label("Form", exact=True).fill("News*")
    page.get_by_label("Counts at most so many times").fill("1")
    page.get_by_label("In each").select_option("person, for ever")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Points are from -1000 to 1000, and not 0.")
    expect(page.get_by_label("Form", exact=True)).to_have_value("News*")
    page.get_by_label("Points each time").fill("13")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("status").first).to_have_text("The rule is added.")
    expect(page.get_by_role("heading", name="Scores are worked out anew")).to_be_visible()
    work(world)
    expect(page.get_by_text("The scores of 2 people were worked out anew")).to_be_visible()
    row = page.get_by_role("row", name=re.compile("Signed up for news"))
    expect(row).to_contain_text("A form sent, only form News*")
    visitor.open(f"/app/people/{WHO}")
    expect(page.locator("#score h2 + p")).to_have_text("100")
    assert sum(points_on(page)) == 100
    expect(page.locator("#score")).to_contain_text("once counted, of 2: the rule counts no more")


@pytest.mark.feature("D3")
def test_a_rule_is_deleted_with_what_it_gave(visitor: Watched, world: World) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open("/app/scoring")
    page.get_by_role("link", name="Looked for a job").click()
    page.get_by_role("button", name="Delete this rule").click()
    expect(page.get_by_role("button", name="Delete this rule")).to_be_visible()
    page.get_by_label("Delete it, with all the points it gave").check()
    page.get_by_role("button", name="Delete this rule").click()
    expect(page.get_by_role("status").first).to_contain_text("The rule is deleted")
    expect(page.get_by_role("link", name="Looked for a job")).to_have_count(0)
    work(world)
    visitor.open("/app/people?q=Am")
    row = page.get_by_role("row", name=re.compile("Amélie Müller"))
    expect(row).to_contain_text("97")
