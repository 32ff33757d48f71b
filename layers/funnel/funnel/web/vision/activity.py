"""The panel Prospect Activity, and more of it."""

from datetime import timedelta

from funnel.usecases.app import App
from funnel.usecases.vision.view_prospect_activity import SeenList, prospect_activity
from funnel.web.room import PAGING
from funnel.web.vision.access import Viewer
from funnel.web.vision.look import WHICH, Look
from funnel.web.vision.room import Part, VisionRoom

SHOWN_PAGES = 4
"""Of a visit; the drawer has the others."""

room = VisionRoom()


def activity(app: App, viewer: Viewer, look: Look) -> Part:
    """The first page."""
    return _part(app, viewer, look, "vision/activity.html")


@room.part(
    "GET",
    "/activity",
    "More of Prospect Activity, from a cursor on",
    SeenList,
    queries=(*WHICH, *PAGING),
)
def more(look: Look) -> Part:
    """The next page."""
    template = "vision/activity_rows.html" if look.cursor else "vision/activity.html"
    return _part(look.app, look.viewer, look, template)


def _part(app: App, viewer: Viewer, look: Look, template: str) -> Part:
    offset = timedelta(minutes=look.offset)
    paging = look.asked.paging()
    found = prospect_activity(
        app, viewer.tenant, look.owners, look.since, url=look.url, offset=offset, **paging
    )
    here = sum(one.is_here for one in found.items)
    return Part(template, found, {"shown": SHOWN_PAGES}, count=here or None)
