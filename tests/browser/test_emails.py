"""A marketer writes an email, sees it as its readers would, and sends a test of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Frame, Locator, Page, expect

from funnel.adapters.html import Nh3Cleaner
from funnel.domain.emails.email_blocks import BlockKind
from funnel.domain.emails.emails import Email
from funnel.domain.emails.link_checks import LinkAnswer, answer_of
from funnel.domain.mail.mail_totals import About, AboutKind
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.mail.sender_domains import add_sender_domain
from funnel.usecases.work.do_job import do_job
from tests.browser.axe import problems
from tests.browser.conftest import Watched, sign_in
from tests.browser.emails import NEWS, OFFER, with_pictures
from tests.browser.forms import QUOTE
from tests.browser.site import Site
from tests.browser.world import FULL, World, make_world

KINDS = BlockKind.HEADING, BlockKind.TEXT, BlockKind.BUTTON, BlockKind.FOOTER


class Probe:
    """`LinkProbe` that finds one page and misses all others."""

    def probe(self, targets: Sequence[str]) -> Mapping[str, LinkAnswer]:
        """Its answers."""
        return {one: answer_of(200 if one.endswith("/prices") else 404) for one in targets}


@pytest.fixture
def world() -> World:
    """With a real cleaner, and a domain that may send."""
    found = make_world()
    found.app = replace(found.app, cleaner=Nh3Cleaner(), link_probe=Probe())
    found.app.mailer.verified.add("nordwind-logistik.example")  # type: ignore[union-attr]
    add_sender_domain(found.app, FULL, "nordwind-logistik.example")
    return found


@pytest.fixture
def page(visitor: Watched, world: World) -> Page:
    return sign_in(visitor, world, FULL, Role.MARKETER)


def named(world: World, name: str) -> Email:
    head = next(one for one in world.store.emails(FULL) if one.name == name)
    found = world.store.email(FULL, head.email_id)
    assert found is not None
    return found


def frame_in(page: Page, selector: str) -> Frame:
    handle = page.wait_for_selector(selector)
    found = handle.content_frame() if handle else None
    assert found is not None
    return found


def legends(page: Page) -> Locator:
    return page.locator("#blocks legend")


@pytest.mark.feature("D8")
def test_a_marketer_builds_an_email_by_keyboard_and_sees_it_grow(
    visitor: Watched, page: Page, world: World
) -> None:
    visitor.open("/app/emails/new")
    expect(page.locator("body")).to_have_attribute("data-editor", "ready")
    page.get_by_label("Name", exact=True).focus()
    page.keyboard.type("Spring <b>")
    page.get_by_label("Subject", exact=True).focus()
    page.keyboard.type("News for ")
    page.get_by_role("button", name="Insert a field: Subject").press("Enter")
    expect(page.get_by_label("Field", exact=True)).to_be_focused()
    page.get_by_label("Field", exact=True).select_option("company")
    page.get_by_label("If it is not known").focus()
    page.keyboard.type("you")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Subject", exact=True)).to_have_value("News for {{company|you}}")

    letter = frame_in(page, "#live-preview iframe")
    page.get_by_role("textbox", name="Words", exact=True).nth(1).focus()
    page.keyboard.type("The ice is gone.")
    expect(letter.get_by_text("The ice is gone.")).to_be_visible()
    page.locator("[data-add=button]").press("Enter")
    expect(page.get_by_role("textbox", name="What the button says")).to_be_focused()
    page.keyboard.type("See prices")
    page.get_by_label("Where it leads").focus()
    page.keyboard.type("https://nordwind.example/prices")
    expect(letter.get_by_role("link", name="See prices")).to_be_visible()
    page.locator("[data-add=divider]").press("Enter")
    expect(legends(page)).to_have_text(["Heading", "Text", "Button", "Divider"])
    up = page.get_by_role("button", name="Move Button up")
    up.press("Enter")
    expect(up).to_be_focused()
    expect(page.locator("#announce")).to_have_text("Button is number 2 of 4.")
    up.press("Enter")
    expect(legends(page)).to_have_text(["Button", "Heading", "Text", "Divider"])
    page.get_by_role("button", name="Move Button down").press("Enter")
    page.get_by_role("button", name="Move Button down").press("Enter")
    page.get_by_role("button", name="Remove Divider").press("Enter")
    expect(legends(page)).to_have_text(["Heading", "Text", "Button"])
    assert problems(page) == []

    page.get_by_role("button", name="Save").last.press("Enter")
    expect(page.locator(".flash")).to_contain_text("The email is added")
    expect(page.get_by_role("heading", level=1)).to_have_text("Spring <b>")
    email = named(world, "Spring <b>")
    assert tuple(one.kind for one in email.blocks) == KINDS
    assert "The ice is gone." in email.blocks[1].text
    visitor.check()


@pytest.mark.feature("D8")
def test_an_email_is_built_without_scripts_too(chromium: Browser, world: World, site: Site) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = sign_in(Watched(context.new_page(), site), world, FULL, Role.MARKETER)
    page.goto(f"{site.url}/app/emails/new")
    page.get_by_label("Name", exact=True).fill("Plain")
    page.get_by_label("Subject", exact=True).fill("News")
    page.get_by_label("Words", exact=True).nth(1).fill("<p>The ice is gone.</p>")
    page.locator("[data-add=button]").click()
    page.get_by_label("What the button says").fill("See prices")
    page.get_by_role("button", name="Move Button up").click()
    expect(legends(page)).to_have_text(["Heading", "Button", "Text"])
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_text("Enter where the button leads.")).to_be_visible()
    expect(page.get_by_label("What the button says")).to_have_value("See prices")
    page.get_by_label("Where it leads").fill("https://nordwind.example/prices")
    page.get_by_role("button", name="Move Button down").click()
    page.get_by_role("button", name="Save").last.click()
    expect(page.locator(".flash")).to_contain_text("The email is added")
    context.close()
    assert tuple(one.kind for one in named(world, "Plain").blocks) == KINDS


@pytest.mark.feature("D8")
def test_what_is_wrong_is_said_at_its_block_and_nothing_typed_is_lost(
    visitor: Watched, page: Page, world: World
) -> None:
    visitor.open(f"/app/emails/{NEWS}")
    expect(page.locator("body")).to_have_attribute("data-editor", "ready")
    page.get_by_label("Subject", exact=True).fill("A new subject")
    words = page.get_by_role("textbox", name="Words", exact=True).nth(1)
    words.fill("Mind style=old, class=x")
    page.get_by_text("Link, size and alignment").click()
    page.get_by_label("Where the picture leads").fill("prices")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_label("Where the picture leads")).to_be_focused()
    expect(page.locator(".block .field-error")).to_contain_text("“prices” is no address of a page")
    expect(page.get_by_label("Subject", exact=True)).to_have_value("A new subject")
    expect(words).to_have_text("Mind style=old, class=x")
    assert problems(page) == []
    page.get_by_label("Where the picture leads").fill("https://nordwind.example/prices")
    page.context.clear_cookies()
    page.get_by_label("Preheader", exact=True).fill("Once more")
    expect(page.locator("#live-note")).to_contain_text("You are signed out")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_label("Preheader", exact=True)).to_have_value("Once more")
    # Nothing of what somebody wrote is saved in the name of somebody else.
    sign_in(visitor, world, FULL)
    with page.expect_response(lambda one: one.url.endswith(f"/app/emails/{NEWS}")):
        page.get_by_role("button", name="Save").last.click()
    page.get_by_role("button", name="Save").last.click()
    expect(page.locator("#live-note")).to_contain_text("You are signed out")
    expect(page.locator(".flash")).to_have_count(0)
    sign_in(visitor, world, FULL, Role.MARKETER)
    page.get_by_role("button", name="Save").last.click()
    expect(page.locator("#live-note")).to_be_empty()
    page.get_by_role("button", name="Save").last.click()
    expect(page.locator(".flash")).to_contain_text("The email is saved")
    visitor.check()


@pytest.mark.feature("D8")
def test_an_error_goes_once_its_field_is_filled_in(visitor: Watched, page: Page) -> None:
    visitor.open("/app/emails/new")
    expect(page.locator("body")).to_have_attribute("data-editor", "ready")
    page.get_by_label("Name", exact=True).fill(" ")
    page.get_by_label("Subject", exact=True).fill("Spring is here")
    page.get_by_role("button", name="Save").last.click()
    name = page.get_by_label("Name", exact=True)
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#name-hint.field-error")).to_be_visible()
    expect(page.locator("body")).to_have_attribute("data-editor", "ready")
    name.fill("Spring")
    expect(name).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#name-hint.field-error")).to_have_count(0)
    assert problems(page) == []


def test_html_of_ones_own_is_made_harmless_and_has_a_text_part_of_its_own(
    visitor: Watched, page: Page, world: World
) -> None:
    page.on("dialog", lambda one: pytest.fail(one.message))
    visitor.open("/app/emails/new?way=html")
    expect(page.locator("body")).to_have_attribute("data-editor", "ready")
    page.get_by_label("Name", exact=True).fill("Own")
    page.get_by_label("Subject", exact=True).fill("Hi")
    page.get_by_label("Body", exact=True).fill(
        "<style>.a{color:#c00}</style><p class='a' onclick='alert(1)'>Words</p>"
        "<script>alert(2)</script><svg onload='alert(3)'></svg>"
    )
    letter = frame_in(page, "#live-preview iframe")
    expect(letter.get_by_text("Words")).to_have_css("color", "rgb(204, 0, 0)")
    page.get_by_label("Words of my own").check()
    page.get_by_label("Words of the text part", exact=True).fill("Plain words")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_text("Something was taken out")).to_be_visible()
    expect(page.get_by_label("Style sheet (CSS)")).to_have_value(".a{color:#c00}")
    expect(page.get_by_label("Body", exact=True)).to_have_value('<p class="a">Words</p>')
    assert named(world, "Own").text == "Plain words"
    page.get_by_label("Body", exact=True).fill("<p>Other words</p>")
    page.get_by_role("button", name="Save").last.click()
    expect(
        page.get_by_text("The HTML has changed since this text part was written")
    ).to_be_visible()
    page.get_by_label("They still fit").check()
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_text("The HTML has changed since")).to_have_count(0)
    visitor.check()


@pytest.mark.feature("D8")
def test_a_preview_is_as_a_contact_sees_it_and_a_test_arrives_and_counts_nowhere(
    visitor: Watched, page: Page, world: World
) -> None:
    visitor.open(f"/app/emails/{NEWS}/preview")
    expect(frame_in(page, ".desk iframe").get_by_text("Hello there,")).to_be_visible()
    page.get_by_label("See it as somebody else").fill("anneliese")
    page.get_by_label("See it as somebody else").press("Enter")
    page.get_by_role("link", name="Anneliese Bergmann").click()
    expect(page.get_by_role("heading", name="As Anneliese Bergmann sees it")).to_be_visible()
    expect(frame_in(page, ".phone iframe").get_by_text("Hello Anneliese,")).to_be_visible()
    page.get_by_role("link", name="In dark mode").click()
    expect(frame_in(page, ".desk iframe").get_by_text("Hello Anneliese,")).to_be_visible()

    about = About(AboutKind.EMAIL, NEWS)
    before = world.store.mail_totals(FULL, about)
    page.get_by_role("button", name="Send the test").click()
    expect(page.get_by_text("Choose who is to get it.")).to_be_visible()
    page.get_by_label("Jonas Weiß").check()
    page.get_by_role("button", name="Send the test").click()
    expect(page.locator(".flash")).to_contain_text("jonas@nordwind.example")
    world.deliver()
    (out,) = world.app.mailer.sent  # type: ignore[union-attr]
    assert (out.to_address, out.subject) == (
        "jonas@nordwind.example",
        "[Test] Heavy freight in winter",
    )
    assert "Hello Anneliese," in out.html
    assert world.store.mail_totals(FULL, about) == before
    visitor.check()


@pytest.mark.feature("D8")
def test_checks_say_what_is_to_be_mended_and_links_are_asked_for(
    visitor: Watched, page: Page, world: World
) -> None:
    visitor.open(f"/app/emails/{OFFER}/preview")
    expect(page.get_by_text("There is no preheader")).to_be_visible()
    visitor.open(f"/app/emails/{NEWS}/preview")
    expect(page.get_by_text("Nothing to mend was found.")).to_be_visible()
    page.get_by_role("button", name="Check the links").click()
    expect(page.get_by_text("The links are being asked for…")).to_be_visible()
    message = world.queue.pop()
    do_job(world.app, FULL, message.job_id)  # type: ignore[union-attr]
    links = page.locator("#links-part tbody tr")
    expect(links.nth(0)).to_contain_text("there is no such page (HTTP 404)")
    expect(links.nth(1)).to_contain_text("answers")
    visitor.check()


@pytest.mark.feature("D8")
def test_an_email_says_what_sends_it_is_copied_and_put_aside(
    visitor: Watched, page: Page, world: World
) -> None:
    visitor.open(f"/app/emails/{NEWS}")
    expect(page.get_by_role("link", name="Welcome after the winter fair")).to_be_visible()
    expect(page.get_by_role("button", name="Delete")).to_have_count(0)
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Copy of Newsletter, winter")
    expect(
        page.get_by_text("No campaign, broadcast or form sends it, and no rule names it.")
    ).to_be_visible()
    page.get_by_role("button", name="Archive").click()
    expect(page.get_by_text("This email is archived")).to_be_visible()
    visitor.open(f"/app/forms/{QUOTE}")
    names = (
        page.get_by_label("First have the address confirmed").locator("option").all_inner_texts()
    )
    assert "Newsletter, winter" in names
    assert "Copy of Newsletter, winter" not in names
    visitor.open("/app/emails")
    expect(page.get_by_role("link", name="Copy of Newsletter, winter")).to_have_count(0)
    page.get_by_role("link", name="Archived emails").click()
    page.get_by_role("link", name="Copy of Newsletter, winter").click()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("The email is taken back.")).to_be_visible()
    assert named(world, "Copy of Newsletter, winter").archived_at is None
    visitor.check()


@pytest.mark.feature("D8")
@pytest.mark.parametrize(("width", "beside"), [(375, False), (640, True)])
def test_an_email_of_blocks_fits_a_phone_and_a_desk(
    visitor: Watched, page: Page, width: int, beside: bool
) -> None:
    with_pictures(page)
    page.set_viewport_size({"width": width, "height": 800})
    visitor.open(f"/app/emails/{NEWS}/page?person=anneliese")
    left, right = (
        page.get_by_text("By road").bounding_box(),
        page.get_by_text("By rail").bounding_box(),
    )
    assert left is not None
    assert right is not None
    assert (left["y"] == right["y"]) is beside
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for one in page.locator("img, h1, a").all():
        box = one.bounding_box()
        assert box is None or box["x"] + box["width"] <= width
    visitor.check()
