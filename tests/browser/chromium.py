"""The machine's own Chromium, with no profile and no calls of its own."""

import os
import shutil

from playwright.sync_api import Browser, Playwright, expect

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


PATIENCE = 30_000
"""Milliseconds until what is to come is given up: on a busy machine all of it comes late."""


def launch(playwright: Playwright, patience: int = PATIENCE) -> Browser:
    """A headless browser; as root without its sandbox, which root cannot have.

    What is expected from now on is waited for with this patience.
    """
    expect.set_options(timeout=patience)
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    assert path, "Chromium is not installed: apt-get install chromium"
    arguments = [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return playwright.chromium.launch(executable_path=path, args=arguments)
