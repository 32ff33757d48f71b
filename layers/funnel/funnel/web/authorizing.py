"""Who may pass to the doors."""

from collections.abc import Mapping
from typing import Any

from funnel.usecases.app import App
from funnel.usecases.signing_in.sign_in import session_of
from funnel.web.sessions import Caller, authorizer_context, is_page, presented


def authorize(app: App, event: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to an authorizer event of payload 2.0, as a simple response.

    Nobody in particular may ask for pages, as the door sends them to the sign-in page; anything
    else needs a session.
    """
    found = session_of(app, presented(event).token)
    if found is not None:
        caller = Caller(found.tenant, found.role, found.user_name)
        return {"isAuthorized": True, "context": authorizer_context(caller)}
    http = (event.get("requestContext") or {}).get("http") or {}
    open_page = is_page(str(http.get("method", "")), str(event.get("rawPath", "")))
    return {"isAuthorized": open_page, "context": authorizer_context(None) if open_page else {}}
