"""Mail settings by keyboard, and a reader who leaves by mistake and comes back."""

import pytest
from playwright.sync_api import expect

from funnel.ports.marketing_messages import TakeWord
from tests.browser.axe import problems
from tests.browser.conftest import Watched, sign_in
from tests.browser.mails import TOKEN
from tests.browser.world import EMPTY, FULL, World


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
def test_an_admin_reads_what_stops_before_a_domain_is_removed(
    visitor: Watched, world: World
) -> None:
    sign_in(visitor, world, FULL)
    page = visitor.open("/setup/mail")
    remove = "Remove nordwind-logistik.example"
    page.get_by_role("button", name=remove).click()
    expect(page.get_by_role("heading", name="1 campaign that runs")).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert problems(page) == []
    page.set_viewport_size({"width": 400, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Send from nordwind-logistik.example no more?"
    )
    page.get_by_label("I have read what stops").check()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("is not among those that mail may be sent from")).to_be_visible()
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
