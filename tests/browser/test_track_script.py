"""The script on a customer's site, in a real browser, on to the queue."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from funnel.domain.tracking.activities import ActivityKind
from funnel.domain.tracking.hits import Hit
from funnel.domain.tracking.sites import ConsentMode
from funnel.ports.marketing_messages import RecordHits
from funnel.usecases.forms import limit_forms
from funnel.usecases.tracking.keep_sites import SiteChanges, add_site, change_site
from funnel.usecases.tracking.view_sites import view_of
from funnel.web.track_script import script_of
from local.site import DemoSite
from tests.browser.site import Site
from tests.browser.world import EMPTY, World


@dataclass
class Shop:
    """A customer's site, a browser on it, and what arrived at Funnel."""

    world: World
    funnel: Site
    demo: DemoSite
    context: BrowserContext
    page: Page

    def open(self, path: str = "/", **more: str) -> None:
        self.page.goto(self.demo.url + path, **more)  # type: ignore[arg-type]

    def settings(self, **changes: object) -> None:
        site = self.world.store.sites(EMPTY)[0]
        change_site(self.world.app, EMPTY, site.key, SiteChanges(**changes))  # type: ignore[arg-type]

    @property
    def arrived(self) -> list[RecordHits]:
        found = [due.message for due in self.world.queue.waiting]
        return [one for one in found if isinstance(one, RecordHits)]

    @property
    def hits(self) -> list[Hit]:
        return [hit for message in self.arrived for hit in message.batch.hits]

    def seen(self, *paths: str) -> None:
        """Wait until exactly these pages have arrived."""
        wanted = [self.demo.url + path for path in paths]
        for _ in range(400):
            if [hit.url for hit in self.hits] == wanted:
                return
            self.page.wait_for_timeout(50)
        assert [hit.url for hit in self.hits] == wanted

    def shelf(self) -> list[dict[str, object]]:
        """The forms that the page keeps until they are taken."""
        found: list[dict[str, object]] = self.page.evaluate(
            "JSON.parse(localStorage._fnl_forms || '[]')"
        )
        return found

    def nothing(self) -> None:
        """See that nothing arrives, by a request that would come after it."""
        self.page.wait_for_load_state("networkidle")
        assert self.hits == []


@pytest.fixture
def shop(chromium: Browser, world: World, site: Site) -> Iterator[Shop]:
    demo = DemoSite()
    demo.start()
    made = add_site(world.app, EMPTY, "Fjordline", ["127.0.0.1"], "Ann")
    view = view_of(world.app, made, site.url)
    demo.snippet, demo.form_address = view.snippet, view.form_address
    context = chromium.new_context()
    # Times are the browser's own, and those of the world stand still.
    context.clock.set_fixed_time(world.clock.now())
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    found = Shop(world, site, demo, context, page)
    found.settings(consent=ConsentMode.AT_ONCE)
    yield found
    context.close()
    demo.stop()
    assert errors == []


def test_pages_are_told_with_title_and_referrer_under_one_name(shop: Shop) -> None:
    shop.open("/?utm_source=news", referer="https://www.google.com/")
    # What is sent from two pages may arrive in either order.
    shop.seen("/?utm_source=news")
    shop.page.get_by_role("link", name="Pricing").click()
    shop.seen("/?utm_source=news", "/pricing")
    first, second = shop.hits
    assert (first.title, first.referrer) == ("Freight that arrives", "https://www.google.com/")
    assert second.referrer == f"{shop.demo.url}/?utm_source=news"
    (name,) = {message.batch.browser for message in shop.arrived}
    assert len(name) == 32
    (cookie,) = shop.context.cookies()
    assert (cookie["name"], cookie["value"], cookie["domain"]) == ("_fnl", name, "127.0.0.1")
    assert cookie["sameSite"] == "Lax"


def test_a_single_page_app_is_followed_forth_and_back(shop: Shop) -> None:
    shop.open("/tour")
    shop.seen("/tour")
    shop.page.get_by_role("button", name="Next step").click()
    shop.seen("/tour", "/tour?step=2")
    shop.page.get_by_role("button", name="Next step").click()
    shop.seen("/tour", "/tour?step=2", "/tour?step=3")
    shop.page.go_back()
    shop.seen("/tour", "/tour?step=2", "/tour?step=3", "/tour?step=2")
    assert [hit.title for hit in shop.hits][1:3] == ["Tour, step 2", "Tour, step 3"]
    shop.page.evaluate("history.replaceState(null, '', location.href)")
    shop.page.evaluate("location.hash = 'middle'")
    shop.page.wait_for_timeout(120)
    assert len(shop.hits) == 4


def test_a_form_is_told_with_the_fields_we_know(shop: Shop) -> None:
    shop.open("/contact")
    shop.seen("/contact")
    shop.page.get_by_label("Email address").fill("ada@example.test")
    shop.page.get_by_label("Last name").fill("Brandt")
    shop.page.get_by_role("button", name="Send me the newsletter").click()
    shop.seen("/contact", "/contact")
    form = shop.hits[1]
    assert (form.kind, form.form) == (ActivityKind.FORM, "Newsletter")
    assert form.fields == {"email": "ada@example.test", "last_name": "Brandt"}


def test_a_form_that_is_not_taken_is_kept_and_sent_again(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limit_forms, "MOST_KEPT", 0)
    shop.open("/contact")
    shop.page.get_by_label("Email address").fill("ada@example.test")
    with shop.page.expect_response(lambda answer: answer.status == 429):
        shop.page.get_by_role("button", name="Send me the newsletter").click()
    shop.seen("/contact")
    (kept,) = shop.shelf()
    monkeypatch.undo()
    shop.context.clock.set_fixed_time(shop.world.clock.now() + timedelta(minutes=2))
    shop.world.clock.advance(120)
    shop.open("/pricing")
    shop.page.wait_for_function("!localStorage._fnl_forms")
    (form,) = [hit for hit in shop.hits if hit.kind is ActivityKind.FORM]
    assert form.hit_id == kept["id"]
    assert form.fields == {"email": "ada@example.test"}
    assert form.at == shop.world.clock.now() - timedelta(minutes=2), "of when it was filled in"
    shop.page.evaluate(
        "funnel('form', 'Other', {email: 'b@example.test'}); funnel('consent', false)"
    )
    assert shop.shelf() == []


def test_before_consent_nothing_is_stored_or_sent_and_then_the_page_is(shop: Shop) -> None:
    shop.settings(consent=ConsentMode.ASK)
    shop.open("/pricing")
    expect(shop.page.get_by_role("region", name="Cookies")).to_be_visible()
    shop.nothing()
    assert shop.context.cookies() == []
    assert shop.page.evaluate("localStorage.length") == 0
    shop.page.get_by_role("button", name="Yes, you may").click()
    shop.seen("/pricing")
    shop.open("/tour")
    expect(shop.page.get_by_role("region", name="Cookies")).to_be_hidden()
    shop.seen("/pricing", "/tour")


@pytest.mark.parametrize("mode", list(ConsentMode))
def test_who_says_no_is_forgotten_and_not_followed(shop: Shop, mode: ConsentMode) -> None:
    shop.settings(consent=mode)
    shop.open("/")
    if mode is ConsentMode.AT_ONCE:
        shop.seen("/")
        shop.world.queue.pop()
    shop.page.get_by_role("button", name="Cookie settings").click()
    shop.page.get_by_role("button", name="No", exact=True).click()
    assert [cookie["value"] for cookie in shop.context.cookies()] == ["no"]
    assert shop.page.evaluate("localStorage._fnl") == "no"
    shop.open("/contact")
    shop.page.get_by_label("Email address").fill("ada@example.test")
    shop.page.get_by_role("button", name="Send me the newsletter").click()
    shop.nothing()
    shop.page.get_by_role("button", name="Cookie settings").click()
    shop.page.get_by_role("button", name="Yes, you may").click()
    shop.open("/tour")
    shop.seen("/tour")


@pytest.mark.parametrize("honoured", [True, False])
@pytest.mark.parametrize("asks", ["doNotTrack: '1'", "globalPrivacyControl: true"])
def test_a_browser_that_asks_not_to_be_tracked_is_not_where_the_site_honours_it(
    shop: Shop, asks: str, honoured: bool
) -> None:
    shop.settings(honour_do_not_track=honoured)
    name, value = asks.split(": ")
    shop.context.add_init_script(
        f"Object.defineProperty(Navigator.prototype, '{name}', {{get: () => {value}}})"
    )
    shop.open("/")
    shop.page.evaluate("window.funnel('consent', true)")
    if honoured:
        shop.nothing()
        assert shop.context.cookies() == []
    else:
        shop.seen("/")


def test_without_beacons_it_is_sent_all_the_same(shop: Shop) -> None:
    shop.context.add_init_script("delete Navigator.prototype.sendBeacon")
    shop.open("/")
    shop.seen("/")


def test_the_token_of_a_signed_link_is_sent_and_taken_out_of_the_address(shop: Shop) -> None:
    shop.open("/pricing?a=1&fnl=t0k3n")
    shop.seen("/pricing?a=1")
    assert shop.hits[0].token == "t0k3n"
    assert shop.page.url == f"{shop.demo.url}/pricing?a=1"
    shop.page.wait_for_timeout(120)
    assert len(shop.hits) == 1


def test_calls_made_before_the_script_is_there_are_carried_out(shop: Shop) -> None:
    shop.context.add_init_script(
        "window.funnel = function () { (window.funnel.q = window.funnel.q || []).push(arguments); };"
        "window.funnel('form', 'Chat', {email: 'ada@example.test'})"
    )
    shop.open("/")
    shop.seen("/", "/")
    # Both are sent at once, so either may arrive first.
    (form,) = [hit for hit in shop.hits if hit.kind is ActivityKind.FORM]
    assert form.fields == {"email": "ada@example.test"}


def test_who_goes_on_to_our_form_is_known_there(shop: Shop) -> None:
    shop.open("/contact")
    shop.seen("/contact")
    shop.page.get_by_role("link", name="the form we rent").click()
    # Not to be passed on with a copied address.
    expect(shop.page).to_have_url(shop.demo.form_address)
    shop.page.get_by_label("Email address").fill("ada@example.test")
    shop.page.get_by_role("button", name="Send").click()
    expect(shop.page.get_by_role("heading", name="Thank you")).to_be_visible()
    page, form = shop.arrived
    assert form.batch.browser == page.batch.browser != ""
    assert form.batch.hits[0].kind is ActivityKind.FORM


def test_the_form_we_host_works_without_scripts(shop: Shop, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(shop.demo.form_address)
    trap = page.locator(".trap").bounding_box()
    assert trap is None or trap["x"] + trap["width"] < 0
    page.get_by_label("Email address").fill("ada@example.test")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    (form,) = shop.hits
    assert form.fields == {"email": "ada@example.test"}
    context.close()


def test_all_hosts_of_a_domain_know_a_visitor_by_one_name(shop: Shop) -> None:
    shop.settings(domains=("fjordline.example",))
    (site,) = shop.world.store.sites(EMPTY)
    shop.demo.snippet = shop.demo.snippet.replace(shop.funnel.url, "http://funnel.example")

    def serve(route: Route) -> None:
        content, kind = shop.demo.content(urlsplit(route.request.url).path)
        if "funnel.example" in route.request.url:
            content, kind = script_of(site), "text/javascript"
        route.fulfill(body=content, content_type=kind)

    shop.context.route("http://*.example/**", serve)
    for host in ("www", "shop"):
        shop.page.goto(f"http://{host}.fjordline.example/pricing")
        shop.page.wait_for_function("document.cookie.includes('_fnl=')")
    (cookie,) = shop.context.cookies("http://fjordline.example")
    assert (cookie["name"], cookie["domain"]) == ("_fnl", ".fjordline.example")
    assert len(cookie["value"]) == 32


def test_a_page_of_another_site_is_not_followed(shop: Shop) -> None:
    shop.settings(domains=("fjordline.example",))
    with shop.page.expect_response(lambda answer: "/c/" in answer.url and answer.status == 403):
        shop.open("/")
    assert shop.hits == []
