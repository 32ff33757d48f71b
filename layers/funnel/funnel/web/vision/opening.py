"""Open Funnel: Sugar's page sends a one-use token here, and a session begins.

A page of another site must not sign somebody in as somebody else. So a browser that does not say
that one of the tenant's Sugars sent the form is asked once more, by a page that tells the name.
"""

from dataclasses import dataclass

from funnel.domain.errors import FunnelError, NotAllowed
from funnel.domain.ids import ConnectionId, TenantId
from funnel.domain.vision.sugar_origins import frame_origins, origin_of
from funnel.usecases.signing_in.open_funnel import look_at_way_in, open_funnel
from funnel.usecases.vision.admit_viewer import connection_at
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply
from funnel.web.sign_in_api import NewSession
from funnel.web.sign_in_places import own_page
from funnel.web.signing_in import entered
from funnel.web.vision.room import HERE, TWINS, VisionRoom

room = VisionRoom()


@dataclass(frozen=True, slots=True)
class OneUseToken:
    """A token that the Sugar server made for `funnel-sign-in`."""

    token: str


@room.page("POST", f"{HERE}/open", from_elsewhere=True)
def enter(asked: Asked, tenant: str, connection: str) -> Reply:
    """Begin a session, or ask whether it is meant."""
    where = (asked.app, TenantId(tenant), ConnectionId(connection))
    try:
        token, return_to = asked.form_value("token"), own_page(asked.form_value("next"))
        if _is_sure(asked, tenant, connection):
            return entered(asked, open_funnel(*where, token), return_to)
        name = look_at_way_in(*where, token).user_name
    except FunnelError as error:
        return _refused(asked, error)
    title = asked.texts("vision.open.title")
    return page(asked, "vision/open.html", title=title, name=name, token=token, return_to=return_to)


@room.api(
    "POST",
    f"{TWINS}/open",
    "A session for a one-use token of Sugar",
    NewSession,
    body=OneUseToken,
)
def enter_by_machine(asked: Asked, tenant: str, connection: str) -> NewSession:
    """Begin a session."""
    token = asked.json(OneUseToken).token
    begun = open_funnel(asked.app, TenantId(tenant), ConnectionId(connection), token)
    session = begun.session
    return NewSession(begun.token, session.role, session.user_name, session.expires_at)


def _is_sure(asked: Asked, tenant: str, connection: str) -> bool:
    """Whether the browser says that one of the tenant's Sugars sent this, or our own page.

    Raises `NotAllowed` where it says that another site did. A Sugar that keeps to itself where its
    users come from makes the browser say nothing.
    """
    origin = asked.headers.get("origin", "null")
    if origin in {asked.own_address, origin_of(asked.own_address)}:
        return True
    found = connection_at(asked.app, TenantId(tenant), ConnectionId(connection))
    if origin in (frame_origins(found) if found else ()):
        return True
    if origin != "null":
        raise NotAllowed(
            "This did not come from your Sugar.", mend="Choose Open Funnel in Sugar again."
        )
    return False


def _refused(asked: Asked, error: FunnelError) -> Reply:
    title = asked.texts("vision.open.refused")
    return page(asked, "error.html", title=title, status=status_of(error), error=error_body(error))
