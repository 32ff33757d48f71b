"""A browser, the pages over made-up companies, and a page that notes whatever goes wrong on it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from funnel.domain.ids import TenantId
from funnel.domain.tenants import Role
from tests.browser.chromium import launch
from tests.browser.emails import PICTURES, with_pictures
from tests.browser.site import Site
from tests.browser.world import World, make_world


@dataclass
class Watched:
    """A page, and what must stay empty: errors on it, and requests to other hosts."""

    page: Page
    site: Site
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(10_000)
        with_pictures(self.page)
        self.page.on("console", lambda message: self._console(message.type, message.text))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self._request(request.url))

    def open(self, path: str) -> Page:
        """Go to a page of ours."""
        self.page.goto(self.site.url + path)
        return self.page

    def _console(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and "status of 4" not in text:
            self.errors.append(text)

    def _request(self, url: str) -> None:
        if not url.startswith((self.site.url, PICTURES)):
            self.foreign.append(url)

    def check(self) -> None:
        """Nothing went wrong so far."""
        assert self.errors == []
        assert self.foreign == []


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def site(world: World) -> Iterator[Site]:
    found = Site(world.app)
    found.start()
    yield found
    found.stop()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    found = chromium.new_context(viewport={"width": 1280, "height": 800})
    yield found
    found.close()


@pytest.fixture
def visitor(context: BrowserContext, site: Site) -> Iterator[Watched]:
    """Somebody who is not signed in."""
    found = Watched(context.new_page(), site)
    yield found
    found.check()


def sign_in(watched: Watched, world: World, tenant: TenantId, role: Role = Role.ADMIN) -> Page:
    """Give the browser a session of this company."""
    token = world.token(tenant, role)
    cookie = {"name": "funnel_session", "value": token, "url": watched.site.url}
    watched.page.context.add_cookies([cookie])  # type: ignore[list-item]
    return watched.page
