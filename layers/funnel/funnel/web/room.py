"""Rooms: the pages and API functions of one subject, each with its path and who may ask."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from funnel.domain.signing_in.tenants import Role
from funnel.web.asked import Asked
from funnel.web.cursors import opened
from funnel.web.replies import Reply, json_reply
from funnel.web.scopes import scope_of

PAGING = ("cursor", "limit")
"""The queries of a list."""

CSV = "text/csv"

Handler = Callable[..., Reply]
Function = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Route:
    """One path and method.

    `needs` is the least role, None for whoever. What comes `from_elsewhere` is sent by pages of other
    sites too, and looks for itself who sent it. `body` and `returns` are the types of an API
    function's JSON, `queries` the names its query may have; pages have no `summary`.
    """

    method: str
    rule: str
    handler: Handler
    needs: Role | None
    is_api: bool = False
    summary: str = ""
    body: type | None = None
    returns: object = None
    status: int = 200
    queries: tuple[str, ...] = ()
    content_type: str = "application/json"
    from_elsewhere: bool = False

    @property
    def scope(self) -> str:
        """What a key of a machine has to have for it; "" where no key is let in."""
        return scope_of(self.method, self.rule) if self.is_api and self.needs is not None else ""


@dataclass(slots=True)
class Room:
    """A subject's routes. `needs` is what they need unless they say otherwise."""

    needs: Role | None
    routes: list[Route] = field(default_factory=list)

    def page(
        self, method: str, rule: str, *, from_elsewhere: bool = False
    ) -> Callable[[Handler], Handler]:
        """Register a page, a part of one, or what a form is sent to."""

        def register(handler: Handler) -> Handler:
            self.routes.append(
                Route(method, rule, handler, self.needs, from_elsewhere=from_elsewhere)
            )
            return handler

        return register

    def api(
        self,
        method: str,
        rule: str,
        summary: str,
        returns: object,
        *,
        body: type | None = None,
        status: int = 200,
        queries: tuple[str, ...] = (),
        content_type: str = "application/json",
    ) -> Callable[[Function], Function]:
        """Register an API function: what it returns is sent as JSON, None as 204.

        What returns a `Reply` says of which `content_type` that is. One with a query `cursor` is a list, and is handed what the cursor stands for.
        """
        is_list = "cursor" in queries and returns is not Reply

        def register(function: Function) -> Function:
            def handler(asked: Asked, **parameters: str) -> Reply:
                if is_list:
                    asked = replace(asked, place=opened(asked.query("cursor")))
                found = function(asked, **parameters)
                if isinstance(found, Reply):
                    return found
                return Reply(204) if found is None else json_reply(found, status)

            self.routes.append(
                Route(
                    method,
                    rule,
                    handler,
                    self.needs,
                    True,
                    summary,
                    body,
                    returns,
                    status,
                    queries,
                    content_type,
                )
            )
            return function

        return register
