"""An admin looks through the error report and has things tried again."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from funnel.domain.ids import Module, RecordKey
from funnel.domain.sync.records import SyncError, Unit
from funnel.domain.sync.runs import JobStatus
from funnel.ports.sync_messages import Heal
from funnel.usecases.error_report.try_again import try_id
from tests.browser.conftest import Watched, sign_in
from tests.browser.records import Filler
from tests.browser.world import FULL, World


def rows_of(world: World, name: str) -> list[SyncError]:
    """The open errors of a record by its name."""
    return [e for e in world.store.list_errors(FULL, 500).items if e.name == name]


def key_of(world: World, name: str) -> RecordKey:
    """The record of an open error by its name."""
    return rows_of(world, name)[0].record


def healed(world: World, root: RecordKey) -> None:
    """What a worker leaves when all went well."""
    world.clock.advance(5)
    rows = world.store.list_errors(FULL, 100, root=root).items
    unit = Unit(closed=[(row.record, row.error_id) for row in rows])
    assert world.store.commit(FULL, [unit]) == [True]
    job = world.store.job(FULL, try_id(FULL, root=root))
    assert job is not None
    world.store.save_job(replace(job, status=JobStatus.DONE, finished_at=world.clock.now()))


@pytest.mark.feature("F3")
def test_a_cause_is_tried_again_and_leaves_the_page_by_itself_when_it_has_synced(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL)
    visitor.open("/setup/errors")
    root = key_of(world, "Harbour & Sons Ltd.")
    group = page.get_by_role("article").filter(has_text="Harbour & Sons Ltd.")
    button = group.get_by_role("button", name="Try again Harbour & Sons Ltd.")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Being tried again.")
    expect(group.get_by_text("Being tried again…")).to_be_visible()
    expect(button).to_have_count(0)
    message = world.queue.pop()
    assert isinstance(message, Heal)
    assert (message.root, message.causes) == (root, ())
    healed(world, root)
    expect(group).to_have_count(0)
    expect(page.get_by_role("article")).to_have_count(2)


@pytest.mark.feature("F3")
def test_each_record_of_a_cause_can_be_tried_on_its_own(visitor: Watched, world: World) -> None:
    page = sign_in(visitor, world, FULL)
    visitor.open("/setup/errors")
    group = page.get_by_role("article").filter(has_text="Harbour & Sons Ltd.")
    group.get_by_text("Show the 17 records").click()
    group.get_by_role("link", name="See and try each of them").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Harbour & Sons Ltd.")
    expect(page.locator("tbody tr")).to_have_count(18)
    row = page.get_by_role("row", name="Harbour / Crane 2")
    row.get_by_role("button", name="Try again Harbour / Crane 2").click()
    row = page.get_by_role("row", name="Harbour / Crane 2")
    expect(row).to_contain_text("Being tried again…")
    message = world.queue.pop()
    assert isinstance(message, Heal)
    assert message.record == key_of(world, "Harbour / Crane 2")
    unit = Unit(closed=[(e.record, e.error_id) for e in rows_of(world, "Harbour / Crane 2")])
    assert world.store.commit(FULL, [unit]) == [True]
    expect(row).to_have_count(0)
    expect(page.locator("tbody tr")).to_have_count(17)
    page.get_by_role("link", name="Back to the error report").click()
    expect(page).to_have_url(re.compile("/setup/errors$"))


@pytest.mark.feature("F2")
def test_filters_look_through_the_whole_report_and_groups_stay_whole(
    visitor: Watched, world: World
) -> None:
    filler = Filler(world.store, FULL, world.clock.now())
    for number in range(30):
        name = f"Lonely {number:02}"
        filler.error(Module.ACCOUNTS, name, "OwnerDeleted", "assigned_user_id", "x", name)
    page = sign_in(visitor, world, FULL)
    visitor.open("/setup/errors")
    expect(page.get_by_role("article")).to_have_count(20)
    page.get_by_role("link", name="Next page").click()
    expect(page.get_by_role("article")).to_have_count(13)
    page.get_by_label("Cause").select_option(label="Assigned to a user who is gone")
    page.get_by_label("Name, field or value").fill("lonely 2")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("article")).to_have_count(10)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download as CSV").click()
    text = waiting.value.path().read_text(encoding="utf-8-sig")
    assert text.count("\n") == 11
    page.get_by_label("Direction").select_option(label="To Sugar")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_text("No error fits")).to_be_visible()


def test_a_try_that_no_worker_takes_up_can_be_asked_for_again(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL)
    visitor.open("/setup/errors")
    page.get_by_role("button", name="Try everything again").click()
    expect(page.get_by_text("Being tried again…").first).to_be_visible()
    world.clock.advance(timedelta(minutes=5).total_seconds())
    expect(page.get_by_role("button", name="Try everything again")).to_be_visible()
