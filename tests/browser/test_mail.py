"""Mail settings by keyboard, and a reader who leaves by mistake and comes back."""

import pytest
from playwright.sync_api import expect

from funnel.ports.marketing_messages import TakeWord
from tests.browser.conftest import Watched, sign_in
from tests.browser.mails import TOKEN
from tests.browser.world import EMPTY, World


@pytest.mark.feature("D8")
def test_an_admin_sets_mail_up_and_is_told_what_is_missing(visitor: Watched, world: World) -> None:
    sign_in(visitor, world, EMPTY)
    page = visitor.open("/setup/mail")
    expect(page.get_by_text("No email can be sent yet")).to_be_visible()
    page.get_by_label("Name", exact=True).fill("Ótta ehf.")
    page.get_by_label("Email address").fill("hello@ótta.example")
    page.get_by_label("Postal address").fill("Street 1\nReykjavík")
    page.get_by_label("Postal address").press("Tab")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("The settings are saved.")).to_be_visible()
    page.get_by_label("Domain", exact=True).fill("ótta.example")
    page.get_by_label("Domain", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="xn--tta-fna.example")).to_be_visible()
    expect(page.get_by_text("a.dkim.example.net")).to_be_visible()
    world.app.mailer.verified.add("xn--tta-fna.example")  # type: ignore[union-attr]
    page.get_by_role("button", name="Check again xn--tta-fna.example").click()
    expect(page.get_by_text("Email can be sent")).to_be_visible()
    visitor.check()


@pytest.mark.feature("D8")
def test_a_reader_leaves_and_takes_it_back(visitor: Watched, world: World) -> None:
    page = visitor.open(f"/m/u/{TOKEN}")
    page.get_by_role("button", name="Unsubscribe").click()
    expect(page.get_by_role("heading", name="You are unsubscribed")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="You are subscribed again")).to_be_visible()
    words = [d.message for d in world.queue.waiting if isinstance(d.message, TakeWord)]
    assert [one.word.opt_out for one in words] == [True, False]
    visitor.check()
