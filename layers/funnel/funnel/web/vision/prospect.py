"""One prospect: in the drawer that any panel opens, and beside its record in Sugar."""

from typing import cast

from funnel.domain.errors import NotFound
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.usecases.app import App
from funnel.usecases.view_prospect import ProspectView, view_prospect
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
    if module not in set(Module):
        raise NotFound("There is no such prospect of yours.", mend="Look for it in Sugar.")
    return _part(look, RecordKey(Module(module), SugarId(sugar_id)), in_drawer=True)


def of_record(_app: App, viewer: Viewer, look: Look) -> Part:
    """The panel of a record in Sugar."""
    return _part(look, cast("RecordKey", viewer.record), in_drawer=False)


def _part(look: Look, key: RecordKey, *, in_drawer: bool) -> Part:
    viewer = look.viewer
    found = view_prospect(look.app, viewer.tenant, key, viewer.may_see, look.url)
    line = points([one.value for one in found.trend], WIDTH, HEIGHT, edge=3)
    context = {"line": line, "size": (WIDTH, HEIGHT), "in_drawer": in_drawer}
    return Part("vision/prospect.html", found, context)
