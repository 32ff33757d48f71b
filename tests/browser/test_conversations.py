"""A rep writes from inside Sugar: picks a template, changes the words, sends it, and sees it read."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.client import HTTPResponse
from urllib.request import HTTPErrorProcessor, Request, build_opener

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, Route, expect

from funnel.adapters.html import Nh3Cleaner
from funnel.domain.ids import Module, SugarId
from funnel.domain.sync.records import SugarRecord, Unit
from funnel.ports.mailer import Outgoing
from funnel.usecases.mail.sender_domains import add_sender_domain
from funnel.usecases.vision.project_people import project_people
from tests.browser.axe import problems
from tests.browser.frames import SugarPage, frame_of, open_home, sugar_page
from tests.browser.prospects import fill_prospects
from tests.browser.site import Site
from tests.browser.world import FULL, NOW, World, make_world
from tests.fakes.dashlets import dashlet_token
from tests.unit.usecases.mail.mailing import FIREFOX

EVIL = "<img src=x onerror=parent.alert(1)>"


@pytest.fixture
def world() -> World:
    """Jonas may send, and some of his prospects were on the site."""
    found = make_world()
    found.app = replace(found.app, cleaner=Nh3Cleaner(), public_url="https://f.test")
    found.app.mailer.verified.add("nordwind.example")  # type: ignore[union-attr]
    add_sender_domain(found.app, FULL, "nordwind.example")
    fill_prospects(found, FULL)
    return found


@pytest.fixture
def lead(world: World) -> SugarRecord:
    """A Lead of Jonas's whose name wants to be code."""
    found = next(
        one
        for one in world.store.list_records(FULL, Module.LEADS, "", 200).items
        if one.owner_id == "jonas" and one.fields.get("email1") and one.fields.get("first_name")
    )
    person = world.store.people(FULL, [found.person_id])[found.person_id]
    evil = replace(person, fields={**person.fields, "company": EVIL})
    named = replace(found, name="Zoë Dubois")
    assert world.store.commit(FULL, [Unit(people=[evil], records=[named])])
    project_people(world.app, FULL, [found.person_id])
    return named


@pytest.fixture
def context(context: BrowserContext) -> BrowserContext:
    context.clock.install(time=NOW)
    return context


@pytest.fixture
def home(world: World, site: Site, lead: SugarRecord) -> Iterator[SugarPage]:
    """The record's page in Sugar."""
    found = sugar_page(world, site, FULL, "jonas")
    yield found
    found.stop()


def write_to(context: BrowserContext, home: SugarPage, world: World, lead: SugarRecord) -> Page:
    """The record's page, where an email is begun."""
    home.path += "/record"
    home.token = lambda: dashlet_token(world.app, FULL, "jonas", record=lead.key)
    page = open_home(context, home)
    frame_of(page).get_by_role("button", name="Write an email").click()
    return page


def letter_of(frame: Frame) -> Frame:
    handle = frame.wait_for_selector("iframe.letter")
    assert handle is not None
    found = handle.content_frame()
    assert found is not None
    return found


class Stay(HTTPErrorProcessor):
    """Follows no redirect: the page that a link leads to is not there."""

    def http_response(self, _request: object, response: HTTPResponse) -> HTTPResponse:
        return response


def read(site: Site, out: Outgoing) -> None:
    """Somebody opens the mail and clicks its link."""
    for path in ('/m/o/[^"]+', '/m/c/[^"/]+/1'):
        found = re.search(path, out.html)
        assert found is not None
        request = Request(site.url + found[0], headers={"User-Agent": FIREFOX})
        build_opener(Stay).open(request).close()


@pytest.mark.feature("E5")
@pytest.mark.feature("E4")
def test_a_rep_picks_a_template_changes_the_words_sends_it_and_sees_it_read(
    context: BrowserContext, world: World, site: Site, home: SugarPage, lead: SugarRecord
) -> None:
    errors: list[str] = []
    context.on("console", lambda one: errors.append(one.text) if one.type == "error" else None)
    context.on("dialog", lambda one: errors.append(one.message))
    page = write_to(context, home, world, lead)
    frame = frame_of(page)
    expect(frame.get_by_role("heading", name="Write to Zoë Dubois")).to_be_visible()
    expect(frame.get_by_role("button", name="Newsletter, winter")).to_have_count(0)
    assert problems(frame) == []
    frame.get_by_role("button", name="Offer after a visit").click()
    words = frame.get_by_role("textbox", name="Words")
    expect(words).to_contain_text(f"Hello {lead.fields['first_name']},")
    letter = letter_of(frame)
    expect(letter.get_by_text("Nordwind Logistik").first).to_be_visible()
    colour = letter.get_by_text("Nordwind Logistik").first.evaluate(
        "node => getComputedStyle(node.parentElement).backgroundColor"
    )
    assert colour == "rgb(13, 107, 100)"
    assert problems(frame) == []
    words.get_by_text("Shall we talk this week?").select_text()
    page.keyboard.type("Can you talk on Tuesday?")
    frame.get_by_label("Subject").fill("Tuesday?")
    frame.get_by_role("button", name="Preview").click()
    expect(frame.locator("#write-preview")).to_contain_text("Tuesday?")
    letter = letter_of(frame)
    expect(letter.get_by_text("Can you talk on Tuesday?")).to_be_visible()
    expect(letter.get_by_text(EVIL)).to_be_visible()
    assert letter.locator("img").count() == 0
    assert world.app.mailer.sent == []  # type: ignore[union-attr]

    # By itself it looks again two seconds later; here somebody is faster.
    page.clock.pause_at(NOW + timedelta(minutes=5))
    frame.get_by_role("button", name="Send", exact=True).dblclick()
    expect(frame.get_by_text("Your email to Zoë Dubois is on its way.")).to_be_visible()
    world.deliver()
    (out,) = world.app.mailer.sent  # type: ignore[union-attr]
    assert (out.from_address, out.reply_to, out.subject) == (
        "jonas@nordwind.example", "jonas@nordwind.example", "Tuesday?",
    )  # fmt: skip
    assert "Can you talk on Tuesday?" in out.html
    assert "Shall we talk" not in out.html
    frame.get_by_role("button", name="Look again").click()
    expect(frame.locator("#mail .badge")).to_have_text("sent")
    page.clock.resume()
    assert problems(frame) == []
    # It would look again, with a token that is too old by then.
    page.close()
    world.clock.advance(600)
    read(site, out)
    world.deliver()

    home.path = home.path.removesuffix("/record")
    home.token = lambda: dashlet_token(world.app, FULL, "jonas")
    frame = frame_of(open_home(context, home))
    panel = frame.locator("#panel-emails")
    expect(panel.get_by_role("link", name="Zoë Dubois")).to_have_attribute(
        "href", re.compile(f"record={lead.key.sugar_id}")
    )
    expect(panel.locator(".seen")).to_have_count(2)
    expect(panel).to_contain_text("opened once")
    panel.get_by_role("button", name="Tuesday?").click()
    expect(frame.locator("#mail")).to_contain_text("https://nordwind.example/offer")
    expect(frame.locator("#mail")).to_contain_text("clicked once")
    assert problems(frame) == []
    assert errors == []


@pytest.mark.feature("E5")
def test_what_is_sent_while_the_preview_comes_is_sent_after_it(
    context: BrowserContext, world: World, home: SugarPage, lead: SugarRecord
) -> None:
    page = write_to(context, home, world, lead)
    frame = frame_of(page)
    frame.get_by_role("button", name="Offer after a visit").click()
    expect(frame.get_by_role("textbox", name="Words")).to_contain_text("Shall we talk")
    held: list[Route] = []
    page.route("**/write/**/preview*", lambda route: held.append(route))
    with page.expect_request("**/write/**/preview*"):
        frame.get_by_role("button", name="Preview").click()
    frame.get_by_role("button", name="Send", exact=True).dblclick()
    frame.get_by_role("button", name="Preview").click()
    held[0].continue_()
    expect(frame.get_by_text("Your email to Zoë Dubois is on its way.")).to_be_visible()
    world.deliver()
    assert len(world.app.mailer.sent) == 1  # type: ignore[union-attr]


@pytest.mark.feature("E5")
def test_a_draft_outlives_an_error_a_renewed_token_and_a_closed_drawer(
    context: BrowserContext, world: World, home: SugarPage, lead: SugarRecord
) -> None:
    page = write_to(context, home, world, lead)
    frame = frame_of(page)
    frame.get_by_role("button", name="Begin with a blank page").click()
    words = frame.get_by_role("textbox", name="Words")
    words.click()
    page.keyboard.type("A long thought")
    frame.get_by_label("Subject").fill("Hi {{first_name}}")
    frame.get_by_role("button", name="Send", exact=True).click()
    expect(frame.get_by_role("alert")).to_contain_text("would be read as it stands")
    expect(words).to_contain_text("A long thought")
    world.clock.advance(700)
    page.clock.fast_forward(700_000)
    expect(words).to_contain_text("A long thought")
    frame.get_by_role("button", name="Close").click()
    frame.get_by_role("button", name="Write an email").click()
    frame.get_by_role("button", name="Begin with a blank page").click()
    expect(frame.get_by_role("textbox", name="Words")).to_contain_text("A long thought")
    expect(frame.get_by_text("These are the words you wrote before.")).to_be_visible()
    frame.get_by_label("Subject").fill("Hi")
    frame.get_by_role("button", name="Send", exact=True).click()
    expect(frame.get_by_text("is on its way")).to_be_visible()
    world.deliver()
    assert len(world.app.mailer.sent) == 1  # type: ignore[union-attr]


@pytest.mark.feature("E5")
def test_the_mail_below_follows_what_is_typed_and_says_while_it_is_behind(
    context: BrowserContext, world: World, home: SugarPage, lead: SugarRecord
) -> None:
    page = write_to(context, home, world, lead)
    frame = frame_of(page)
    frame.get_by_role("button", name="Begin with a blank page").click()
    seen = frame.locator("#write-preview")
    behind = seen.get_by_text("This is older than what you typed.")
    expect(seen).to_contain_text("no subject yet")
    # It follows within a second, which goes by only when told to from now on.
    page.clock.pause_at(NOW + timedelta(minutes=5))
    frame.get_by_role("textbox", name="Words").click()
    page.keyboard.type("See https://nordwind.example/prices.")
    expect(behind).to_be_visible()
    page.clock.run_for(800)
    letter = letter_of(frame)
    expect(letter.get_by_role("link", name="https://nordwind.example/prices")).to_be_visible()
    expect(behind).to_be_hidden()
    expect(seen).to_contain_text("no subject yet")
    subject = frame.get_by_label("Subject")
    subject.fill("Prices")
    page.clock.run_for(800)
    expect(seen.locator("strong")).to_have_text("Prices")
    expect(subject).to_be_focused()
    subject.fill("Prices, {{first_name}}")
    page.clock.run_for(800)
    expect(behind).to_contain_text("{{first_name}} would be read as it stands.")
    expect(seen.locator("strong")).to_have_text("Prices")
    expect(frame.get_by_role("alert")).to_have_count(0)
    subject.fill("Our prices")
    page.clock.run_for(800)
    expect(behind).to_be_hidden()
    expect(seen.locator("strong")).to_have_text("Our prices")
    page.clock.resume()
    assert problems(frame) == []


@pytest.mark.feature("E5")
def test_the_editor_makes_bold_words_lists_and_links(
    context: BrowserContext, world: World, home: SugarPage, lead: SugarRecord
) -> None:
    page = write_to(context, home, world, lead)
    frame = frame_of(page)
    frame.get_by_role("button", name="Begin with a blank page").click()
    frame.get_by_role("textbox", name="Words").click()
    frame.get_by_role("button", name="Bold").click()
    page.keyboard.type("loud")
    frame.get_by_role("button", name="Bold").click()
    page.keyboard.press("Enter")
    frame.get_by_role("button", name="List").click()
    page.keyboard.type("first")
    page.keyboard.press("Enter")
    frame.get_by_role("button", name="Link", exact=True).click()
    frame.get_by_label("Where the link leads").fill("example.com/a?b=1&c=2")
    frame.get_by_label("Where the link leads").press("Enter")
    frame.get_by_label("Subject").fill("Hi")
    frame.get_by_role("button", name="Send", exact=True).click()
    expect(frame.get_by_text("is on its way")).to_be_visible()
    world.deliver()
    (out,) = world.app.mailer.sent  # type: ignore[union-attr]
    assert "<b>loud</b>" in out.html
    assert "<li>first</li>" in out.html
    tracked = world.store.mails_of_sender(FULL, SugarId("jonas"), 1).items[0]
    links = world.store.tracked_mail(tracked.token)
    assert links is not None
    assert [one.target for one in links.links] == ["https://example.com/a?b=1&c=2"]
