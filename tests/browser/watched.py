"""A page that notes whatever goes wrong on it."""

from dataclasses import dataclass, field
from typing import Protocol

from playwright.sync_api import Page, expect

from tests.browser.emails import PICTURES, with_pictures


class Served(Protocol):
    """What is at `url`."""

    url: str


COMING = ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added"


def settle(page: Page) -> None:
    """Wait until nothing that was asked for is still to come, and what came knows of the scripts.

    The focus goes to its place last: a key that is pressed before would be another element's.
    """
    expect(page.locator(COMING)).to_have_count(0)


@dataclass
class Watched:
    """A page, and what must stay empty: errors on it, and requests to other hosts than the `known`."""

    page: Page
    site: Served
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    known: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        with_pictures(self.page)
        self.page.on("console", lambda message: self._console(message.type, message.text))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self._request(request.url))

    def open(self, path: str) -> Page:
        """Go to a page of ours."""
        self.page.goto(self.site.url + path)
        return self.page

    def start_anew(self) -> None:
        """Be nobody, who has seen nothing yet.

        The page is left first: it may be asking every second how its work goes on, and would be
        answered that nobody is signed in.
        """
        self.page.goto("about:blank")
        self.page.context.clear_cookies()
        self.errors.clear()

    def _console(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and "status of 4" not in text:
            self.errors.append(text)

    def _request(self, url: str) -> None:
        if not url.startswith((self.site.url, PICTURES, *self.known)):
            self.foreign.append(url)

    def check(self) -> None:
        """Nothing went wrong so far."""
        assert self.errors == [], self.errors
        assert self.foreign == [], self.foreign
