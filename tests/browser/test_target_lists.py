"""Target Lists in a real browser."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from funnel.domain.ids import ListId
from funnel.domain.signing_in.tenants import Role
from funnel.ports.sync_messages import ReadTargetLists
from tests.browser.conftest import Watched, sign_in
from tests.browser.world import FULL, World


@pytest.mark.feature("B9")
def test_a_marketer_has_the_target_lists_read_and_sees_what_came_of_it(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open("/app")
    page.get_by_role("link", name="Target Lists").click()
    expect(page.get_by_role("row", name="Never mail")).to_contain_text("suppresses mail")
    expect(page.get_by_role("row", name="Partners")).to_contain_text("could not be read")
    page.get_by_role("button", name="Sync target lists now").click()
    expect(page.get_by_role("status").first).to_contain_text("are being read")
    assert world.queue.pop() == ReadTargetLists(FULL, "Mo Sandberg")

    fair = world.store.lists(FULL, [ListId("fair")])[ListId("fair")]
    world.store.save_list(replace(fair, name="Trade fair Linz", members=1_500))
    row = page.get_by_role("row", name="Trade fair Linz")
    expect(row).to_contain_text("1,500")


@pytest.mark.feature("B9")
def test_a_list_leads_to_what_waits_to_its_members_and_to_sugar(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open("/app/target-lists")
    page.get_by_role("link", name="Trade fair Hannover 2026").click()
    expect(page.get_by_role("heading", name="7 members are not here yet")).to_be_visible()
    expect(page.get_by_text("Not counted: 2 users, 31 accounts.")).to_be_visible()
    sugar = page.get_by_role("link", name="Open in Sugar Trade fair Hannover 2026")
    expect(sugar).to_have_attribute(
        "href",
        "https://crm.nordwind.example/index.php?module=ProspectLists&action=DetailView&record=fair",
    )
    page.get_by_role("link", name="See its members").click()
    expect(page.get_by_role("heading", name="Trade fair Hannover 2026")).to_be_visible()
    expect(page.get_by_text("not here").first).to_be_visible()
