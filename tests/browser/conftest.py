"""A browser, and the pages over made-up companies."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from funnel.domain.ids import TenantId
from funnel.domain.signing_in.tenants import Role
from tests.browser.chromium import launch
from tests.browser.site import Site
from tests.browser.watched import Watched
from tests.browser.world import World, make_world

__all__ = ["Watched", "sign_in"]


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
