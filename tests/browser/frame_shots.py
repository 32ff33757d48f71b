"""`python -m tests.browser.frame_shots [folder]`: FunnelVision as Sugar shows it, in three widths.

Without a folder the pictures that README and docs show, into docs/screenshots.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from playwright.sync_api import Frame, sync_playwright

from funnel.domain.ids import Module, RecordKey, SugarId
from tests.browser.chromium import launch
from tests.browser.frames import SugarPage, frame_of, open_home, sugar_page
from tests.browser.prospects import fill_prospects
from tests.browser.shots import FOLDER, shown
from tests.browser.site import Site
from tests.browser.world import FULL, NOW, make_world
from tests.fakes.dashlets import dashlet_token

TALLEST = 900
WIDTHS = (400, 800, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
RECORD = RecordKey(Module.CONTACTS, SugarId("p1"))


def main() -> None:
    """Take them all."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    only = shown() if folder == FOLDER else None
    world = make_world()
    fill_prospects(world, FULL)
    site = Site(world.app)
    site.start()
    home = sugar_page(world, site, FULL, "sarah")
    record = sugar_page(world, site, FULL, "sarah")
    record.path += "/record"
    record.token = lambda: dashlet_token(world.app, FULL, "sarah", record=RECORD)
    takes: tuple[tuple[str, SugarPage, Callable[[Frame], None]], ...] = (
        ("vision", home, lambda _frame: None),
        ("vision-activity", home, open_activity),
        ("vision-drawer", home, open_first),
        ("vision-alerts", home, open_alerts),
        ("vision-record", record, lambda _frame: None),
    )
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for width in WIDTHS:
            for scheme in SCHEMES:
                for name, sugar, prepare in takes:
                    picture = f"{name}-{width}-{scheme}.png"
                    if only is not None and picture not in only:
                        continue
                    context = browser.new_context(
                        viewport={"width": width, "height": 700}, color_scheme=scheme
                    )
                    context.clock.install(time=NOW)
                    page = open_home(context, sugar)
                    frame = frame_of(page)
                    frame.wait_for_selector("section.panel")
                    prepare(frame)
                    page.wait_for_load_state("networkidle")
                    tall = page.evaluate("document.documentElement.scrollHeight")
                    page.set_viewport_size({"width": width, "height": min(tall, TALLEST)})
                    page.screenshot(path=folder / picture)
                    context.close()
        browser.close()
    for one in (home, record):
        one.stop()
    site.stop()


def open_activity(frame: Frame) -> None:
    """Show Prospect Activity, where only one panel is shown."""
    tab = frame.get_by_role("tab", name="Prospect Activity")
    if tab.count():
        tab.click()


def open_first(frame: Frame) -> None:
    """Open the drawer of the first prospect."""
    frame.locator("[data-open^='prospect/']").first.click()
    frame.wait_for_selector("#drawer-body .prospect")


def open_alerts(frame: Frame) -> None:
    """Open the drawer with the alerts."""
    frame.get_by_role("button", name="Alerts").click()
    frame.wait_for_selector("#alerts-save")


if __name__ == "__main__":
    main()
