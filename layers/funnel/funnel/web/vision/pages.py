"""The pages that Sugar shows in a frame: nothing personal is in them, and no session opens them.

What they show comes later, for a token that the frame around them hands over (vision.js).
"""

from funnel.domain.ids import ConnectionId, TenantId
from funnel.domain.vision.sugar_origins import frame_origins
from funnel.usecases.vision.admit_viewer import connection_at
from funnel.web.asked import Asked
from funnel.web.rendering import page
from funnel.web.replies import Reply
from funnel.web.vision.room import VisionRoom

POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'; "
    "frame-ancestors {parents}"
)
ANYBODY = "http: https:"

room = VisionRoom()


@room.page("GET", "/vision/<tenant>/<connection>")
def home(asked: Asked, tenant: str, connection: str) -> Reply:
    """The page for Sugar's Home."""
    return _framed(asked, tenant, connection, "")


@room.page("GET", "/vision/<tenant>/<connection>/record")
def record(asked: Asked, tenant: str, connection: str) -> Reply:
    """The page for a record in Sugar."""
    return _framed(asked, tenant, connection, "/record")


def _framed(asked: Asked, tenant: str, connection: str, view: str) -> Reply:
    found = connection_at(asked.app, TenantId(tenant), ConnectionId(connection))
    if found is None:
        # It says nothing but that, so that any page may show it: whoever set Sugar up has to see it.
        title = asked.texts("vision.unknown.title")
        reply = page(asked, "vision/unknown.html", title=title, status=404)
        return _for_frames(reply, ANYBODY)
    parents = frame_origins(found)
    reply = page(
        asked,
        "vision/dashboard.html",
        title=asked.texts("vision.record.title" if view else "vision.home.title"),
        view=view,
        parents=" ".join(parents),
        base=f"/vision/{tenant}/{connection}",
    )
    return _for_frames(reply, " ".join(parents) or "'none'")


def _for_frames(reply: Reply, parents: str) -> Reply:
    reply.headers["Content-Security-Policy"] = POLICY.format(parents=parents)
    reply.headers["Referrer-Policy"] = "no-referrer"
    return reply
