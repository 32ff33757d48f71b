"""Webhooks and comparing, in a real browser."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from funnel.domain.sync.runs import JobStatus
from tests.browser.conftest import Watched, sign_in
from tests.browser.world import FULL, REFUSED, World


@pytest.mark.feature("B12")
def test_a_key_for_webhooks_is_made_and_shown_once(visitor: Watched, world: World) -> None:
    page = sign_in(visitor, world, REFUSED)
    visitor.open("/setup/connection")
    page.get_by_role("link", name="Set up: Funnel in Sugar").click()
    expect(page.get_by_text("No key yet")).to_be_visible()
    page.get_by_role("button", name="Make a key").click()
    expect(page.get_by_text("It is shown only now")).to_be_visible()
    key = page.locator("#key").inner_text()
    kid, _, module_key = key.partition(".")
    assert len(module_key) == 64
    expect(page.get_by_text(kid, exact=True)).to_be_visible()
    visitor.open("/setup/connection/hooks")
    expect(page.get_by_text("in use")).to_be_visible()
    assert module_key not in page.content()
    assert module_key not in repr(vars(world.store))


@pytest.mark.feature("B13")
def test_what_differs_is_shown_with_its_reason_and_repaired(visitor: Watched, world: World) -> None:
    page = sign_in(visitor, world, FULL)
    visitor.open("/setup/sync")
    page.get_by_role("link", name="Compare both sides").click()
    expect(page.get_by_text("4 records differ")).to_be_visible()
    expect(page.get_by_text("1 of them differs for a known reason")).to_be_visible()
    expect(page.get_by_text("Here and not in Sugar")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all as CSV").click()
    assert "gone" in download.value.path().read_text()
    page.get_by_role("button", name="Repair").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    found = world.store.comparison(FULL)
    assert found is not None
    held = world.store.differences(FULL, found.comparison_id, 1).items[0].items[1]
    world.store.put_differences(FULL, found.comparison_id, "1-000001-0", [held])
    accounts = replace(found.modules[0], differing=1, settled=1)
    done = replace(found, status=JobStatus.DONE, modules=(accounts, *found.modules[1:]))
    done = world.store.save_comparison(done)
    expect(page.get_by_text("1 record differs for a known reason")).to_be_visible()
    expect(page.get_by_role("button", name="Repair")).to_have_count(0)
    world.store.put_differences(FULL, found.comparison_id, "1-000001-0", [])
    world.store.save_comparison(replace(done, modules=found.modules))
    page.reload()
    expect(page.get_by_text("Repaired: both sides agree")).to_be_visible()
    page.get_by_role("button", name="Compare now").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
