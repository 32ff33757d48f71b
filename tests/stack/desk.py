"""Whom one sees at work on the deployed stack: a page of theirs, that is looked at wherever they come."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import problems
from tests.browser.watched import Watched, settle

if TYPE_CHECKING:
    from local.stack.stack import Stack

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
"""A headless browser says that it is one, and would be taken for a machine."""
PATIENCE = 60_000
"""Milliseconds until a page of a busy machine is given up."""
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 400, "height": 900}


@dataclass
class Desk:
    """Somebody's page, and a folder for pictures of what stands on it."""

    watched: Watched
    pictures: Path

    @property
    def page(self) -> Page:
        """Their page."""
        return self.watched.page

    def see(self, name: str, *, in_all_looks: bool = False) -> None:
        """Look at what is there: nothing went wrong, everybody can use it, and a picture of it."""
        self.page.wait_for_load_state()
        self.watched.check()
        found = problems(self.page)
        assert found == [], f"{name}: {found}"
        self._take(f"{name}-wide-light")
        if in_all_looks:
            self.page.emulate_media(color_scheme="dark")
            self._take(f"{name}-wide-dark")
            self.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
            assert self.page.evaluate("document.documentElement.scrollWidth") <= 400, name
            self._take(f"{name}-400-dark")
            self.page.emulate_media(color_scheme="light")
            self._take(f"{name}-400-light")
            self.page.set_viewport_size(WIDE)  # type: ignore[arg-type]

    def _take(self, name: str) -> None:
        # To hide the caret, a style is put on every field: what htmx exchanges meanwhile would copy
        # it, and the page's policy refuse that.
        path = self.pictures / f"{name}.png"
        self.page.screenshot(path=path, full_page=True, caret="initial")

    def go_to(self, name: str) -> None:
        """Choose a page in the navigation."""
        self.page.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(name)

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def settle(self) -> None:
        """Wait until nothing that was asked for is still to come."""
        settle(self.page)

    def follow(self, name: str) -> None:
        """Follow a link."""
        self.page.get_by_role("link", name=name, exact=True).click()

    def fill(self, label: str, value: str) -> None:
        """Fill in a field."""
        self.page.get_by_label(label, exact=True).fill(value)

    def choose(self, label: str, option: str) -> None:
        """Choose from a list."""
        self.page.get_by_role("combobox", name=label, exact=True).select_option(label=option)

    def section(self, name: str) -> Locator:
        """The card under a heading."""
        heading = self.page.get_by_role("heading", name=name, exact=True)
        return self.page.locator("section, aside").filter(has=heading)

    def told(self, text: str) -> None:
        """What was done is told above."""
        expect(self.page.get_by_role("status").filter(has_text=text)).to_be_visible()

    def until(self, seen: Locator, text: str | re.Pattern[str], seconds: int = 120) -> None:
        """Load the page again and again, until this stands there."""
        for _ in range(seconds):
            if seen.filter(has_text=text).count():
                return
            self.page.wait_for_timeout(1_000)
            self.page.reload()
        expect(seen.filter(has_text=text)).not_to_have_count(0)


@contextmanager
def at_desk(browser: Browser, stack: "Stack", name: str, pictures: Path) -> Iterator[Desk]:
    """Somebody of that name with a browser of their own, who is not signed in.

    The last page is among the pictures, whatever went wrong.
    """
    context = browser.new_context(viewport=WIDE, user_agent=FIREFOX)  # type: ignore[arg-type]
    page = context.new_page()
    found = Desk(Watched(page, stack, known=(stack.mailbox.url,)), pictures)
    page.set_default_timeout(PATIENCE)
    try:
        yield found
    finally:
        page.screenshot(path=pictures / f"last-{name}.png", full_page=True)
        context.close()
