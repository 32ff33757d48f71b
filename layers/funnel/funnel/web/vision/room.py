"""The rooms of FunnelVision: each part of it is HTML for the frame, and JSON for machines."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from funnel.domain.errors import FunnelError
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, json_reply
from funnel.web.room import Handler, Room
from funnel.web.vision.access import Audience, viewer_of
from funnel.web.vision.look import Look

HERE = "/vision/<tenant>/<connection>"
TWINS = f"/api{HERE}"
PANELS, RECORD = (Audience.PANELS,), (Audience.RECORD,)
EITHER = (*PANELS, *RECORD)


@dataclass(frozen=True, slots=True)
class Part:
    """What a part shows: `data` is what its JSON twin says, and what its template is drawn from.

    `count` is what is new in it in one number, shown at its name where there is little room.
    """

    template: str
    data: object
    context: Mapping[str, Any] = field(default_factory=dict)
    count: int | None = None
    status: int = 200


Show = Callable[..., Part]


class VisionRoom(Room):
    """A subject's parts. Whoever asks needs a token of Sugar, and no session."""

    def __init__(self) -> None:
        super().__init__(needs=None)

    def part(
        self,
        method: str,
        rule: str,
        summary: str,
        returns: object,
        *,
        body: type | None = None,
        queries: tuple[str, ...] = (),
        audiences: Collection[Audience] = PANELS,
    ) -> Callable[[Show], Show]:
        """Register a part below a connection's address, such as `/prospect`, and its JSON twin.

        It is shown by a function of a `Look` and what the rule names. One that changes something
        reads what was sent by `Look.sent`. Tokens for other `audiences` do not open it.
        """

        def register(show: Show) -> Show:
            @self.page(method, f"{HERE}{rule}")
            @guarded
            def _html(asked: Asked, tenant: str, connection: str, **named: str) -> Reply:
                look = _look(asked, tenant, connection)
                return drawn(look, show(look, **named))

            @self.api(method, f"{TWINS}{rule}", summary, returns, body=body, queries=queries)
            def _json(asked: Asked, tenant: str, connection: str, **named: str) -> Reply:
                part = show(_look(asked, tenant, connection), **named)
                return json_reply(part.data, part.status)

            return show

        def _look(asked: Asked, tenant: str, connection: str) -> Look:
            return Look.of(asked, viewer_of(asked, tenant, connection, audiences))

        return register


def drawn(look: Look, part: Part) -> Reply:
    """A part as HTML: its template is given `data`, the `look`, and what else the part says."""
    asked, status = look.asked, part.status
    return page(asked, part.template, status=status, look=look, data=part.data, **part.context)


def problem(asked: Asked, error: FunnelError) -> Reply:
    """What stands in the way, in words for a rep."""
    status = status_of(error)
    return page(asked, "vision/problem.html", status=status, error=error_body(error))


def guarded(show: Handler) -> Handler:
    """A page that says in words for a rep what stands in its way."""

    def handler(asked: Asked, **named: str) -> Reply:
        try:
            return show(asked, **named)
        except FunnelError as error:
            return problem(asked, error)

    return handler
