"""A marketer plans a broadcast by keyboard, sees who gets it, sends it, and watches."""

import pytest
from playwright.sync_api import expect

from funnel.domain.broadcasts.broadcasts import BroadcastState
from funnel.domain.signing_in.tenants import Role
from funnel.ports.marketing_messages import DoPeopleJob, SendBroadcast, SendMails
from funnel.usecases.work.handle_message import handle_message
from tests.browser.axe import problems
from tests.browser.broadcasts import SENDING
from tests.browser.conftest import Watched, sign_in
from tests.browser.world import FULL, World
from tests.fakes.mailer import MemoryMailer


def work(world: World) -> None:
    """As the workers would, until nothing waits."""
    kinds = (DoPeopleJob, SendBroadcast, SendMails)
    while True:
        message = world.queue.pop()
        if message is None:
            return
        if isinstance(message, kinds):
            handle_message(world.app, message, world.app.ids.new_id(), lambda: 600.0)


@pytest.mark.feature("D11")
def test_a_marketer_sends_a_broadcast_by_the_number_that_is_shown(
    visitor: Watched, world: World
) -> None:
    mailer = world.app.mailer
    assert isinstance(mailer, MemoryMailer)
    mailer.verified.add("nordwind-logistik.example")
    mailer.owners["nordwind-logistik.example"] = FULL
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open("/app/broadcasts")
    page.get_by_role("link", name="New broadcast").press("Enter")
    page.get_by_label("Name", exact=True).fill("Spring <b>news</b>")
    page.get_by_label("Email", exact=True).select_option(label="Newsletter, winter")
    page.get_by_role("button", name="Save and count").press("Enter")
    expect(page.get_by_text("Choose at least one list or segment.")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Spring <b>news</b>")
    box = page.get_by_role("group", name="Who gets it").get_by_label("Account industry")
    box.focus()
    box.press("Space")
    expect(page.get_by_text("members together")).to_be_visible()
    expect(page.get_by_label("Day and time")).to_be_hidden()
    page.get_by_label("At a time").check()
    expect(page.get_by_label("Day and time")).to_be_visible()
    page.get_by_label("As soon as you send it").check()
    page.get_by_role("button", name="Save and count").press("Enter")
    expect(page.get_by_text("Counting who gets it…")).to_be_visible()
    expect(page.get_by_role("button", name="Send to")).to_have_count(0)
    work(world)
    send = page.get_by_role("button", name="Send to")
    expect(send).to_be_visible()
    expect(page.get_by_text("people will get this")).to_be_visible()
    assert problems(page) == []
    send.press("Enter")
    expect(page.get_by_text("It is being sent.")).to_be_visible()
    work(world)
    expect(page.get_by_text("What became of it")).to_be_visible()
    page.get_by_role("link", name="Everybody, one by one").click()
    page.get_by_label("Show").select_option(label="Sent")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("row").nth(1)).to_contain_text("Sent")
    assert problems(page) == []
    visitor.check()


@pytest.mark.feature("D11")
def test_a_broadcast_that_is_being_sent_is_paused_resumed_and_cancelled(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open(f"/app/broadcasts/{SENDING}")
    page.get_by_role("button", name="Pause").press("Enter")
    expect(page.get_by_text("Nothing of it goes out until you resume it.")).to_be_visible()
    page.get_by_role("button", name="Resume").press("Enter")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.get_by_role("link", name="Cancel").press("Enter")
    expect(page.get_by_role("heading", name="Cancel this broadcast?")).to_be_visible()
    page.get_by_role("button", name="Cancel it for good").press("Enter")
    expect(page.get_by_text("Nothing more of it goes out.").first).to_be_visible()
    found = world.store.broadcasts(FULL, [SENDING])[SENDING]
    assert found.state is BroadcastState.CANCELLED
    visitor.check()


@pytest.mark.feature("D11")
def test_what_somebody_else_changed_is_not_sent_unseen(visitor: Watched, world: World) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open("/app/broadcasts/new")
    page.get_by_label("Name", exact=True).fill("Prices")
    page.get_by_label("Email", exact=True).select_option(label="Newsletter, winter")
    page.get_by_label("Account industry").first.check()
    page.get_by_role("button", name="Save and count").click()
    work(world)
    expect(page.get_by_role("button", name="Send to")).to_be_visible()
    (made,) = [
        one for one in world.store.list_broadcasts(FULL, 9).items if one.plan.name == "Prices"
    ]
    other = page.context.new_page()
    other.goto(page.url + "/edit")
    other.get_by_label("Lead source").first.check()
    other.get_by_role("button", name="Save and count").click()
    other.close()
    page.get_by_role("button", name="Send to").click()
    expect(page.get_by_text("changed this broadcast meanwhile")).to_be_visible()
    assert world.store.broadcasts(FULL, [made.broadcast_id])[made.broadcast_id].state is (
        BroadcastState.DRAFT
    )
    visitor.check()
