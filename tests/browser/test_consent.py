"""A person's addresses in a real browser: unsubscribing, and taking back with a reason."""

import pytest
from playwright.sync_api import expect

from funnel.domain.signing_in.tenants import Role
from tests.browser.conftest import Watched, sign_in
from tests.browser.world import FULL, World

EMAIL = "einkauf@bergmann-soehne.example"


@pytest.mark.feature("B11")
def test_a_marketer_unsubscribes_and_an_admin_takes_it_back_with_a_reason(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open("/app/people/anneliese")
    card = page.locator("#addresses")
    expect(card).to_contain_text("No opt-out is known.")
    card.get_by_role("button", name=f"Unsubscribe {EMAIL}").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Nobody writes to this address")
    expect(card).to_contain_text("Unsubscribed here by Mo Sandberg")
    expect(card).to_contain_text("the connection only reads")
    expect(card).to_contain_text("Only an admin can take it back")
    expect(card.get_by_role("button")).to_have_count(0)

    sign_in(visitor, world, FULL)
    visitor.open("/app/people/anneliese")
    card.get_by_text("Take back…").click()
    why = card.get_by_label("Why may this address be written to again?")
    card.get_by_role("button", name=f"Take back the opt-out of {EMAIL}").click()
    expect(why).to_be_focused()
    why.fill("Asked for it by phone")
    why.press("Enter")
    expect(card).to_contain_text("Opt-out taken back here by Ada Brandt")
    expect(card).to_contain_text("“Asked for it by phone”")
    expect(page.locator("#history")).to_contain_text("Consent changed")
