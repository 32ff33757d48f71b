"""The panel that says who looks, and whose prospects that person may see."""

from dataclasses import dataclass

from funnel.usecases.app import App
from funnel.web.vision.access import Viewer
from funnel.web.vision.look import Look
from funnel.web.vision.room import Part


@dataclass(frozen=True, slots=True)
class About:
    """Who looks; `record` is the one that was opened, as `Module/id`, or empty."""

    name: str
    reports: tuple[str, ...]
    record: str


def about(_app: App, viewer: Viewer, _asked: Look) -> Part:
    """What the panel shows."""
    record = str(viewer.record) if viewer.record else ""
    return Part(
        "vision/about.html", About(viewer.name, tuple(r.name for r in viewer.reports), record)
    )
