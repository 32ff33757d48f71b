"""`python -m tests.browser.shots [folder [name…]]`: pages as pictures.

Without a folder those that README and docs show, into docs/screenshots. With one all of them,
wide and narrow, light and dark; other states of a page once, wide and light. With names only
the pages that begin with one.
"""

import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright

from funnel.adapters.html import Nh3Cleaner
from tests.browser.chromium import launch
from tests.browser.emails import with_pictures
from tests.browser.pages import PAGES
from tests.browser.site import Site
from tests.browser.world import make_world

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs/screenshots"
LOOKS: tuple[tuple[int, Literal["light", "dark"]], ...] = (
    (1280, "light"),
    (1280, "dark"),
    (400, "light"),
    (400, "dark"),
)


def shown() -> set[str]:
    """The names of the pictures that README and docs show."""
    pages = (ROOT / "README.md", *FOLDER.parent.glob("*.md"))
    found = (re.findall(r"screenshots/([a-z0-9-]+\.png)", page.read_text()) for page in pages)
    return {name for names in found for name in names}


def main() -> None:
    """Take them."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    only = shown() if folder == FOLDER else None
    wanted = [one for one in PAGES if one.name.startswith(tuple(sys.argv[2:]) or "")]
    world = make_world()
    world.app = replace(world.app, cleaner=Nh3Cleaner())
    site = Site(world.app)
    site.start()
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for width, scheme in LOOKS:
            for one in wanted:
                name = f"{one.name}-{'wide' if width > 400 else '400'}-{scheme}.png"
                if one.state and (width, scheme) != LOOKS[0]:
                    continue
                if only is not None and name not in only:
                    continue
                context = browser.new_context(
                    viewport={"width": width, "height": 600}, color_scheme=scheme
                )
                if one.tenant:
                    token = world.token(one.tenant)
                    context.add_cookies(
                        [{"name": "funnel_session", "value": token, "url": site.url}]
                    )
                page = context.new_page()
                with_pictures(page)
                page.goto(site.url + one.path)
                if one.opens:
                    page.click(one.opens)
                tall = page.evaluate("document.documentElement.scrollHeight")
                page.set_viewport_size({"width": width, "height": min(tall, one.tall)})
                page.wait_for_load_state("networkidle")
                page.screenshot(path=folder / name)
                context.close()
        browser.close()
    site.stop()


if __name__ == "__main__":
    main()
