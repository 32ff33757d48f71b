"""The panel Who's Hot, and more of it."""

from funnel.usecases.app import App
from funnel.usecases.vision.view_hot import HotPage, hot
from funnel.web.room import PAGING
from funnel.web.vision.access import Viewer
from funnel.web.vision.look import WHICH, Look
from funnel.web.vision.room import Part, VisionRoom
from funnel.web.vision.sparkline import points

WIDTH, HEIGHT = 76, 24
EVERYBODY = "everybody"
_HEAT = {"hot": 60, "warm": 25}
"""From which score on a prospect is that."""

room = VisionRoom()


def who_is_hot(app: App, viewer: Viewer, look: Look) -> Part:
    """The first page."""
    return _part(app, viewer, look, "vision/hot.html")


@room.part(
    "GET",
    "/hot",
    "More of Who's Hot: from a cursor on, or with everybody who has a score",
    HotPage,
    queries=(*WHICH, EVERYBODY, *PAGING),
)
def more(look: Look) -> Part:
    """The next page, or the first with those who were on no site lately."""
    template = "vision/hot_rows.html" if look.cursor else "vision/hot.html"
    return _part(look.app, look.viewer, look, template)


def _part(app: App, viewer: Viewer, look: Look, template: str) -> Part:
    everybody = look.asked.query(EVERYBODY) == "yes"
    since = None if everybody else look.since
    page = hot(app, viewer.tenant, look.owners, since, url=look.url, **look.asked.paging())
    fresh = sum(one.is_fresh for one in page.items)
    context = {
        "points": lambda values: points(values, WIDTH, HEIGHT),
        "size": (WIDTH, HEIGHT),
        "heat": heat,
    }
    return Part(template, page, context, count=fresh or None)


def heat(score: int) -> str:
    """How hot a score is, by a word of the stylesheet."""
    return next((name for name, least in _HEAT.items() if score >= least), "mild")
