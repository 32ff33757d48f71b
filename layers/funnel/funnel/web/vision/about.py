"""Who looks, and whose prospects that person may see."""

from dataclasses import dataclass

from funnel.web.vision.access import Report
from funnel.web.vision.look import Look
from funnel.web.vision.room import EITHER, Part, VisionRoom

room = VisionRoom()


@dataclass(frozen=True, slots=True)
class About:
    """Who looks; `record` is the one that was opened, as `Module/id`, or empty."""

    name: str
    reports: tuple[Report, ...]
    record: str


@room.part("GET", "/about", "Who looks, and who reports to that person", About, audiences=EITHER)
def about(look: Look) -> Part:
    """The part."""
    viewer = look.viewer
    record = str(viewer.record) if viewer.record else ""
    return Part("vision/about.html", About(viewer.name, viewer.reports, record))
