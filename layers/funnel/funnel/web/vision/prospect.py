"""One prospect: in the drawer that any panel opens, and beside its record in Sugar."""

from typing import cast
from urllib.parse import quote

from funnel.domain.errors import NotFound
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.usecases.app import App
from funnel.usecases.vision.view_prospect import ProspectView, prospect_activities, view_prospect
from funnel.usecases.vision.view_stream import StreamPage, entries_of
from funnel.web.room import PAGING
from funnel.web.vision.access import Viewer
from funnel.web.vision.look import Look
from funnel.web.vision.room import EITHER, Part, VisionRoom
from funnel.web.vision.sparkline import points

WIDTH, HEIGHT = 320, 64

room = VisionRoom()


@room.part(
    "GET", "/prospect/<module>/<sugar_id>", "One prospect whole", ProspectView, audiences=EITHER
)
def one(look: Look, module: str, sugar_id: str) -> Part:
    """What the drawer shows. Raises `NotFound`, whether it is not here or may not be seen."""
    return _part(look, _key(module, sugar_id), in_drawer=True)


@room.part(
    "GET",
    "/prospect/<module>/<sugar_id>/activities",
    "More of what a prospect did and was written, from a cursor on",
    StreamPage,
    queries=PAGING,
    audiences=EITHER,
)
def activities(look: Look, module: str, sugar_id: str) -> Part:
    """Earlier activities, visit by visit. Raises `NotFound` as above."""
    key, viewer = _key(module, sugar_id), look.viewer
    paging = look.asked.paging()
    found = prospect_activities(look.app, viewer.tenant, key, viewer.may_see, **paging)
    return Part("vision/stream.html", found, {"entries": entries_of(found), "place": _place(key)})


def of_record(_app: App, viewer: Viewer, look: Look) -> Part:
    """The panel of a record in Sugar."""
    return _part(look, cast("RecordKey", viewer.record), in_drawer=False)


def _key(module: str, sugar_id: str) -> RecordKey:
    if module not in set(Module):
        raise NotFound("There is no such prospect of yours.", mend="Look for it in Sugar.")
    return RecordKey(Module(module), SugarId(sugar_id))


def _place(key: RecordKey) -> str:
    return f"prospect/{key.module}/{quote(key.sugar_id, safe='')}"


def _part(look: Look, key: RecordKey, *, in_drawer: bool) -> Part:
    viewer = look.viewer
    found = view_prospect(look.app, viewer.tenant, key, viewer.may_see, look.url)
    line = points([one.value for one in found.trend], WIDTH, HEIGHT, edge=3)
    context = {
        "line": line,
        "size": (WIDTH, HEIGHT),
        "in_drawer": in_drawer,
        "entries": entries_of(found.activities),
        "place": _place(key),
    }
    return Part("vision/prospect.html", found, context)
