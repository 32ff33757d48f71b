"""What a full sync would do, in a real browser."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from funnel.domain.ids import Module
from funnel.domain.sync.runs import JobStatus
from tests.browser.conftest import Watched, sign_in
from tests.browser.world import FULL, World


@pytest.mark.feature("C10")
def test_what_a_full_sync_would_do_is_shown_and_asked_for_beside_it(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL)
    visitor.open("/setup/sync/preview")
    expect(page.get_by_text("A full sync would touch 6 records")).to_be_visible()
    expect(page.get_by_text("In Process")).to_be_visible()
    expect(page.get_by_text("assigned to an inactive user").last).to_be_visible()
    expect(page.get_by_role("link", name="Part 2")).to_be_visible()
    visitor.open("/setup/sync")
    page.locator("details.full summary").click()
    page.get_by_label("Read again").select_option(label="Leads")
    page.get_by_role("button", name="See what it would do").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    asked = world.store.sync_preview(FULL)
    assert asked is not None
    assert [part.module for part in asked.run.modules] == [Module.LEADS]
    assert asked.words["hold"] == "would be held back, or stay as it was"
    world.store.save_sync_preview(replace(asked, status=JobStatus.DONE))
    expect(page.get_by_text("A full sync would change nothing")).to_be_visible()
