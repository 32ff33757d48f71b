"""Forms in a real browser: built with a look at them, sent with scripts and without, in a frame of a site."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from funnel.domain.forms.forms import Form, FormId, Widget
from funnel.domain.ids import Module
from funnel.domain.signing_in.tenants import Role, Tenant
from funnel.ports.marketing_messages import ActOnForm, RecordHits
from funnel.usecases.forms.keep_forms import FieldWords, FormWords, add_form
from funnel.usecases.forms.view_forms import view_of
from funnel.usecases.signing_in.sign_in import create_link, use_link
from funnel.usecases.tracking.keep_sites import add_site
from local.site import DemoSite
from tests.browser.axe import problems
from tests.browser.conftest import Watched, sign_in
from tests.browser.forms import LINK, NEWS, QUOTE
from tests.browser.site import Site
from tests.browser.world import EMPTY, FULL, World
from tests.fakes.world import TENANT
from tests.unit.usecases.forms.forming import ADA, Fair
from tests.unit.usecases.pushing.push_scene import live

FIELDS = (
    FieldWords("email", "Address", Widget.EMAIL),
    FieldWords("last_name", "Last name", required=True),
    FieldWords("lead_source", "From", Widget.HIDDEN, from_query="utm_source"),
    FieldWords("website", "Your site", Widget.URL),
)


@dataclass
class Embedded:
    """A page of a customer with a form of ours in it."""

    world: World
    funnel: Site
    demo: DemoSite
    form: Form
    context: BrowserContext

    def page(self, html: str, path: str = "/quote") -> Page:
        self.demo.embedded = html
        page = self.context.new_page()
        page.goto(self.demo.url + path)
        return page

    @property
    def sent(self) -> list[RecordHits]:
        found = [due.message for due in self.world.queue.waiting]
        return [one for one in found if isinstance(one, RecordHits)]


@pytest.fixture
def embedded(chromium: Browser, world: World, site: Site) -> Iterator[Embedded]:
    demo = DemoSite()
    demo.start()
    made = add_site(world.app, EMPTY, "Fjordline", ["127.0.0.1"], "Ann")
    words = FormWords(made.key, "Quote", FIELDS, redirect=f"{demo.url}/pricing")
    form = add_form(world.app, EMPTY, "k1", words, "Ann")
    context = chromium.new_context()
    yield Embedded(world, site, demo, form, context)
    context.close()
    demo.stop()


@pytest.mark.feature("D7")
def test_a_marketer_builds_a_form_and_sees_it_as_it_grows(visitor: Watched, world: World) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open("/app/forms/new")
    page.get_by_label("Name", exact=True).fill("Fair <2027>")
    page.get_by_label("Heading").fill("Meet us")
    look = page.locator("#look")
    expect(look).to_contain_text("Meet us")
    page.get_by_label("One more field").select_option("city")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(look).to_contain_text("City")
    page.get_by_role("button", name="Move City up").click()
    page.get_by_role("button", name="Move City up").click()
    labels = page.locator(".form-fields legend")
    expect(labels).to_have_text(["Email address", "City", "First name", "Last name"])
    expect(page.get_by_label("Heading")).to_have_value("Meet us")
    page.get_by_role("button", name="Remove First name").click()
    expect(look).not_to_contain_text("First name")
    page.get_by_label("What is asked").nth(1).fill("Where do you live?")
    expect(look).to_contain_text("Where do you live?")
    assert problems(page) == []
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".flash")).to_contain_text("The form is added")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fair <2027>")
    expect(page.locator(".snippet").first).to_contain_text("<iframe")
    form = next(one for one in world.store.forms(FULL) if one.name == "Fair <2027>")
    assert [one.name for one in form.fields] == ["email", "city", "last_name"]
    visitor.open(f"/f/{form.form_id}")
    expect(page.get_by_label("Where do you live?")).to_be_visible()


@pytest.mark.feature("D7")
def test_how_it_looked_before_a_field_was_added_does_not_come_after(
    visitor: Watched, world: World
) -> None:
    page, held = sign_in(visitor, world, FULL, Role.MARKETER), list[Route]()
    visitor.open("/app/forms/new")
    page.evaluate(
        "() => { window.asked = []; document.body.addEventListener('htmx:beforeSend', (event) =>"
        " window.asked.push(event.detail.pathInfo.requestPath)) }"
    )
    page.route("**/app/forms/preview", lambda route: held.append(route))
    with page.expect_request("**/app/forms/preview"):
        page.get_by_label("One more field").select_option("city")
    page.get_by_role("button", name="Add", exact=True).click()
    assert page.evaluate("window.asked") == ["/app/forms/preview"]
    held[0].continue_()
    page.unroute("**/app/forms/preview")
    expect(page.locator("#look")).to_contain_text("City")
    assert page.evaluate("window.asked")[1] == "/app/forms/part"


@pytest.mark.feature("D7")
def test_nothing_is_pressed_while_a_field_is_being_added(visitor: Watched, world: World) -> None:
    page, held = sign_in(visitor, world, FULL, Role.MARKETER), list[Route]()
    visitor.open("/app/forms/new")
    more, add = (
        page.get_by_label("One more field"),
        page.get_by_role("button", name="Add", exact=True),
    )
    page.route("**/app/forms/part", lambda route: held.append(route))
    more.select_option("city")
    with page.expect_request("**/app/forms/part"):
        add.click()
    expect(page.locator("#build")).to_have_attribute("aria-busy", "true")
    expect(page.locator("#build")).to_have_js_property("inert", True)
    page.unroute("**/app/forms/part")
    held[0].continue_()
    expect(page.locator("#build legend", has_text="City")).to_be_visible()
    expect(page.locator("#build")).to_have_js_property("inert", False)
    more.select_option("phone_work")
    add.click()
    expect(page.locator("#build legend", has_text="Phone, work")).to_be_visible()
    expect(page.locator("#build legend", has_text="City")).to_be_visible()


def test_whoever_builds_by_the_keyboard_goes_on_where_they_were(
    visitor: Watched, world: World
) -> None:
    sign_in(visitor, world, FULL)
    page = visitor.page
    page.goto(f"{visitor.site.url}/app/forms/new")
    page.get_by_label("One more field").select_option("consent")
    page.locator("#add-field").press("Enter")
    expect(page.get_by_label("What somebody agrees to")).to_be_focused()
    for place in (2, 1):
        page.locator("#up-consent").press("Enter")
        expect(page.locator(".form-fields legend").nth(place)).to_have_text("Consent to mail")
        expect(page.locator("#up-consent")).to_be_focused()
    page.locator("#up-consent").press("Enter")
    expect(page.locator("#down-consent")).to_be_focused()
    page.locator("#remove-consent").press("Enter")
    expect(page.get_by_label("One more field")).to_be_focused()


def test_that_it_is_not_saved_is_said_as_long_as_something_is_marked(
    visitor: Watched, world: World
) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open(f"/app/forms/{QUOTE}")
    said, save = (
        page.get_by_text("The form is not saved yet"),
        page.get_by_role("button", name="Save"),
    )
    label = page.locator("[id='fields.1.label']")
    page.get_by_label("Name", exact=True).fill("")
    label.fill("")
    save.last.click()
    expect(said).to_be_visible()
    label.fill("Family name")
    expect(said).to_be_visible()
    page.get_by_label("Name", exact=True).fill("Quote")
    expect(said).to_have_count(0)
    label.fill("")
    save.last.click()
    expect(said).to_be_visible()
    page.locator("#add-field").click()
    expect(page.locator(".field-error")).to_have_count(0)
    expect(said).to_have_count(0)
    label.fill("Family name")
    page.locator(".form-fields > li").last.get_by_role("button", name="Remove").click()
    save.last.click()
    expect(page.get_by_text("The form is saved.")).to_be_visible()
    expect(said).to_have_count(0)


def test_it_is_built_without_scripts_too(chromium: Browser, world: World, site: Site) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = sign_in(Watched(context.new_page(), site), world, FULL, Role.MARKETER)
    page.goto(f"{site.url}/app/forms/new")
    page.get_by_label("Name", exact=True).fill("Plain")
    page.get_by_label("One more field").select_option("phone_work")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Plain")
    page.get_by_role("button", name="Move Phone, work up").click()
    page.get_by_label("Or go to this page").fill("https://evil.example/")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_text("This is no page of the form's site.")).to_be_visible()
    page.get_by_label("Or go to this page").fill("")
    page.get_by_role("button", name="Save").last.click()
    expect(page.locator(".flash")).to_contain_text("The form is added")
    context.close()
    form = next(one for one in world.store.forms(FULL) if one.name == "Plain")
    assert [one.name for one in form.fields] == ["email", "first_name", "phone_work", "last_name"]


@pytest.mark.feature("D7")
@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    chromium: Browser, world: World, site: Site, scripts: bool
) -> None:
    context = chromium.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{site.url}/f/{QUOTE}?utm_campaign=Spring")
    page.get_by_label("Email address").fill("ada")
    page.get_by_label("Phone").fill("none")
    page.get_by_label("What do you want to ship?").fill("Two cranes.\nSoon.")
    page.get_by_label("Region").select_option("South")
    page.get_by_label("Write to me").check()
    page.get_by_role("button", name="Ask for a quote").click()
    expect(page.get_by_text("3 things are not right yet")).to_be_visible()
    for name, said in (
        ("Email address", "ann@example.com"),
        ("Last name", "Fill this in"),
        ("Phone", "digits"),
    ):
        expect(page.get_by_label(name)).to_have_attribute("aria-invalid", "true")
        described = page.get_by_label(name).get_attribute("aria-describedby") or ""
        assert said in page.locator(f"[id='{described.split()[0]}']").inner_text()
    expect(page.get_by_label("What do you want to ship?")).to_have_value("Two cranes.\nSoon.")
    expect(page.get_by_label("Region")).to_have_value("South")
    expect(page.get_by_label("Write to me")).to_be_checked()
    if scripts:
        expect(page.get_by_label("Email address")).to_be_focused()
        assert problems(page) == []
    page.get_by_label("Email address").fill("ada@example.test")
    page.get_by_label("Last name").fill("Byron")
    page.get_by_label("Phone").fill("+47 22 33")
    page.get_by_role("button", name="Ask for a quote").click()
    expect(page.get_by_text("We call you within a day")).to_be_visible()
    (sent,) = [one.message for one in world.queue.waiting if isinstance(one.message, RecordHits)]
    assert sent.batch.hits[0].fields == {
        "email": "ada@example.test", "last_name": "Byron", "phone_work": "+47 22 33",
        "custom_region": "South", "description": "Two cranes.\nSoon.", "lead_source": "Spring",
        "consent": "yes",
    }  # fmt: skip
    context.close()


def test_a_form_never_leads_to_a_page_of_another_site(visitor: Watched, world: World) -> None:
    form = world.store.form(QUOTE)
    assert form is not None
    world.store.save_form(replace(form, redirect="https://evil.example/"))
    page = visitor.open(f"/f/{QUOTE}")
    page.get_by_label("Email address").fill("ada@example.test")
    page.get_by_label("Last name").fill("Byron")
    page.get_by_role("button", name="Ask for a quote").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


@pytest.mark.feature("D7")
def test_in_a_frame_it_grows_takes_the_pages_parameters_and_leads_on(embedded: Embedded) -> None:
    found = view_of(embedded.world.app, embedded.form, embedded.funnel.url)
    page = embedded.page(found.frame, "/quote?utm_source=Fair")
    frame = page.frame_locator("iframe")
    expect(frame.get_by_label("Address")).to_be_visible()
    page.wait_for_function("document.querySelector('iframe').style.height")
    before = page.locator("iframe").bounding_box()
    frame.get_by_label("Your site").fill("no site")
    frame.get_by_role("button", name="Send").click()
    expect(frame.get_by_text("3 things are not right yet")).to_be_visible()
    tall = before["height"] if before else 0
    page.wait_for_function(f"document.querySelector('iframe').clientHeight > {tall}")
    frame.get_by_label("Address").fill("ada@example.test")
    frame.get_by_label("Last name").fill("Byron")
    frame.get_by_label("Your site").fill("example.test")
    frame.get_by_role("button", name="Send").click()
    expect(page).to_have_url(f"{embedded.demo.url}/pricing")
    (sent,) = embedded.sent
    assert sent.batch.hits[0].fields["lead_source"] == "Fair"


def test_pages_of_other_sites_cannot_have_it_in_a_frame(embedded: Embedded) -> None:
    form = replace(embedded.form, form_id=FormId("f" * 32), site=embedded.form.site, version=0)
    embedded.world.store.save_form(form)
    site = embedded.world.store.site(form.site)
    assert site is not None
    embedded.world.store.save_site(replace(site, domains=("elsewhere.example",)))
    found = view_of(embedded.world.app, form, embedded.funnel.url)
    page = embedded.page(found.frame)
    page.wait_for_load_state("networkidle")
    assert page.frame_locator("iframe").get_by_label("Address").count() == 0


def test_a_form_of_the_pages_own_works_without_scripts(
    embedded: Embedded, chromium: Browser
) -> None:
    found = view_of(embedded.world.app, embedded.form, embedded.funnel.url)
    embedded.demo.embedded = found.html
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{embedded.demo.url}/quote")
    page.get_by_label("Address").fill("ada@example.test")
    page.get_by_label("Last name").fill("Byron")
    page.get_by_role("button", name="Send").click()
    expect(page).to_have_url(f"{embedded.demo.url}/pricing")
    assert embedded.sent[0].batch.hits[0].fields["last_name"] == "Byron"
    context.close()


def test_the_link_of_a_confirmation_asks_once_more_and_then_confirms(
    visitor: Watched, world: World
) -> None:
    page = visitor.open(f"/f/{NEWS}/confirm/{LINK}")
    assert problems(page) == []
    assert len(world.queue) == 0, "whoever only looks, such as a mail gateway, confirms nothing"
    page.get_by_role("button", name="Yes, confirm").click()
    expect(page.get_by_role("status").first).to_contain_text("is confirmed")
    (asked,) = [one.message for one in world.queue.waiting if isinstance(one.message, ActOnForm)]
    assert asked.confirmed_at is not None


def test_what_was_sent_is_shown_with_what_became_of_it(visitor: Watched, world: World) -> None:
    page = sign_in(visitor, world, FULL, Role.MARKETER)
    visitor.open(f"/app/forms/{QUOTE}/sent")
    failed = page.locator(".sent > li").filter(has_text="something failed")
    expect(failed.get_by_text("There is no such list")).to_be_visible()
    failed.get_by_role("button").click()
    expect(page.locator(".flash")).to_contain_text("It is tried again")
    assert any(isinstance(one.message, ActOnForm) for one in world.queue.waiting)
    with page.expect_download() as download:
        page.get_by_role("link", name="As CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert "Bergmann & Söhne" in text


@pytest.mark.feature("C4")
@pytest.mark.feature("D7")
def test_a_form_that_is_sent_and_confirmed_becomes_a_lead_with_a_task_in_sugar(
    chromium: Browser,
) -> None:
    fair = Fair()
    fair.with_everything(confirm=True)
    fair.store.create_tenant(Tenant(TENANT, "Acme", fair.clock.now()))
    site = Site(fair.app)
    site.start()
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}/f/{fair.made.form_id}")
    for label, text in (("Address", ADA), ("Last name", "Byron"), ("Company", "Acme")):
        page.get_by_label(label).fill(text)
    page.get_by_label("Write to me").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    fair.world.drain()
    assert live(fair.world, Module.LEADS) == {}, "not before it is confirmed"
    page.goto(f"{site.url}/f/{fair.made.form_id}/confirm/{fair.link()}")
    page.get_by_role("button", name="Yes, confirm").click()
    fair.world.drain()
    (lead,) = live(fair.world, Module.LEADS).values()
    assert (lead["last_name"], lead["email1"]) == ("Byron", ADA)
    assert [one.fields["name"] for one in fair.world.sugar.tasks.values()] == ["Call: Say hello"]
    token = use_link(fair.app, create_link(fair.app, TENANT, Role.MARKETER, "Mo")).token
    context.add_cookies([{"name": "funnel_session", "value": token, "url": site.url}])
    page.goto(f"{site.url}/app/forms/{fair.made.form_id}/sent")
    expect(page.locator(".sent > li")).to_have_count(1)
    expect(page.locator(".deeds .badge.good")).to_have_count(7)
    page.locator(".sent summary").click()
    page.get_by_role("link", name="What became of Byron in Sugar").click()
    expect(page.get_by_text("Call: Say hello").first).to_be_visible()
    context.close()
    site.stop()
