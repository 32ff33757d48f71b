"""Who did something, on a person's page in a real browser: looked at, corrected by keyboard."""

import pytest
from playwright.sync_api import expect

from funnel.domain.ids import PersonId
from funnel.domain.signing_in.tenants import Role
from tests.browser.conftest import Watched, sign_in
from tests.browser.world import FULL, World

ANNELIESE = PersonId("anneliese")


def points(world: World) -> int:
    return world.store.scores(FULL, [ANNELIESE])[ANNELIESE].value


@pytest.mark.feature("D10")
def test_a_marketer_says_who_it_was_and_the_score_follows(visitor: Watched, world: World) -> None:
    before = points(world)
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open("/app/people/anneliese")
    card = page.locator("#activities")
    expect(card).to_contain_text("Its user agent names Googlebot.")
    button = card.get_by_role("button", name="This was a person: /")
    expect(button).to_be_hidden()
    card.get_by_label("Who was it? Crawler: /").press("Enter")
    button.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("the score follows")
    expect(card).to_contain_text("Said by Mo Sandberg")
    assert points(world) == before + 1

    visitor.open("/app/people/anneliese/activities")
    page.get_by_label("Who was it? Person: Tour").click()
    expect(page.get_by_text("Nothing speaks against it.").first).to_be_visible()
    page.get_by_role("button", name="This was a machine: Tour").click()
    expect(page.get_by_role("status").first).to_contain_text("the score follows")
    assert page.url.split("?")[0].endswith("/people/anneliese/activities")
    assert points(world) == before
    visitor.check()
