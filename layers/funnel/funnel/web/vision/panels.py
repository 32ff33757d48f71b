"""The panels of FunnelVision, and of a record in Sugar: one table each, in the order they are shown.

All panels of a page come in one answer. Whoever has it already, by its ETag, gets none of it again;
how long ago something was does not count, since the page keeps that up by itself.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from aws_lambda_powertools import Logger
from markupsafe import Markup

from funnel.domain.errors import FunnelError
from funnel.usecases.app import App
from funnel.usecases.companies.view_companies import CompaniesView
from funnel.usecases.vision.view_hot import HotPage
from funnel.usecases.vision.view_prospect import ProspectView
from funnel.usecases.vision.view_prospect_activity import SeenList
from funnel.usecases.vision.view_sent import SentPage
from funnel.web.asked import Asked
from funnel.web.errors import UNEXPECTED, ErrorBody, error_body
from funnel.web.rendering import page
from funnel.web.replies import Reply
from funnel.web.room import PAGING
from funnel.web.vision import activity, companies, emails, hot, prospect
from funnel.web.vision.access import Viewer, viewer_of
from funnel.web.vision.look import DAYS, TEAM, WHICH, Look
from funnel.web.vision.room import PANELS, RECORD, Part, VisionRoom, drawn, guarded

logger = Logger()
_TIME_TEXT = re.compile(r"(<time [^>]*>)[^<]*")


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: what it is called, what shows it, and the type of its JSON.

    Its name is that of its texts, `vision.<name>`, and of its address. `show` is given the app, the
    viewer and what is asked for.
    """

    name: str
    show: Callable[[App, Viewer, Look], Part]
    returns: type
    queries: tuple[str, ...] = (*WHICH, *PAGING)


PANELS_OF_HOME: tuple[Panel, ...] = (
    Panel("hot", hot.who_is_hot, HotPage),
    Panel("activity", activity.activity, SeenList),
    Panel("companies", companies.companies, CompaniesView, queries=("days", "offset", "order")),
    Panel("emails", emails.my_emails, SentPage),
)
PANELS_OF_RECORD: tuple[Panel, ...] = (Panel("prospect", prospect.of_record, ProspectView),)


@dataclass(frozen=True, slots=True)
class DrawnPanel:
    """A panel as HTML, or what stood in its way."""

    name: str
    html: Markup
    count: int | None = None
    error: ErrorBody | None = None


room = VisionRoom()


@room.page("GET", "/vision/<tenant>/<connection>/panels")
@guarded
def home(asked: Asked, tenant: str, connection: str) -> Reply:
    """All panels."""
    look = Look.of(asked, viewer_of(asked, tenant, connection, PANELS))
    return _all(look, PANELS_OF_HOME)


@room.page("GET", "/vision/<tenant>/<connection>/record/panels")
@guarded
def record(asked: Asked, tenant: str, connection: str) -> Reply:
    """All panels of a record."""
    look = Look.of(asked, viewer_of(asked, tenant, connection, RECORD))
    return _all(look, PANELS_OF_RECORD)


def _register(panel: Panel, rule: str, summary: str, *, of_record: bool) -> None:
    @room.part(
        "GET",
        rule,
        summary,
        panel.returns,
        queries=panel.queries,
        audiences=RECORD if of_record else PANELS,
    )
    def _one(look: Look) -> Part:
        return panel.show(look.app, look.viewer, look)


for _panel in PANELS_OF_HOME:
    _register(
        _panel, f"/panels/{_panel.name}", f"What the panel {_panel.name} shows", of_record=False
    )
for _panel in PANELS_OF_RECORD:
    _register(
        _panel,
        f"/record/panels/{_panel.name}",
        f"What the panel {_panel.name} of a record shows",
        of_record=True,
    )


def _all(look: Look, panels: tuple[Panel, ...]) -> Reply:
    asked = look.asked
    reply = page(
        asked,
        "vision/panels.html",
        viewer=look.viewer,
        look=look,
        days=DAYS,
        team=TEAM,
        panels=[_drawn(look, panel) for panel in panels],
    )
    assert isinstance(reply.body, str)
    tag = _tag(reply.body)
    if asked.headers.get("if-none-match") == tag:
        return Reply(304, headers={"ETag": tag})
    reply.headers["ETag"] = tag
    return reply


def _tag(html: str) -> str:
    lasting = _TIME_TEXT.sub(r"\1", html)
    return f'"{hashlib.sha256(lasting.encode()).hexdigest()[:32]}"'


def _drawn(look: Look, panel: Panel) -> DrawnPanel:
    """A panel; what goes wrong in it takes no other with it."""
    try:
        part = panel.show(look.app, look.viewer, look)
        html = Markup(drawn(look, part).body)  # noqa: S704 - our own templates escape
    except FunnelError as error:
        return DrawnPanel(panel.name, Markup(), error=error_body(error))
    except Exception:
        logger.exception("failed", extra={"panel": panel.name})
        texts = look.asked.texts
        error_of = ErrorBody(UNEXPECTED, texts("vision.failed"), texts("vision.failed.mend"), "")
        return DrawnPanel(panel.name, Markup(), error=error_of)
    return DrawnPanel(panel.name, html, part.count)
