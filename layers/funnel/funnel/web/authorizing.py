"""Who may pass to the doors."""

from collections.abc import Mapping
from typing import Any

from funnel.domain.signing_in.api_keys import PREFIX
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.app import App
from funnel.usecases.signing_in.api_keys import key_at_work
from funnel.usecases.signing_in.sign_in import session_of
from funnel.web.sessions import Caller, authorizer_context, is_page, presented


def authorize(app: App, event: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to an authorizer event of payload 2.0, as a simple response.

    Nobody in particular may ask for pages, as the door sends them to the sign-in page; anything
    else needs a session or a key.
    """
    caller = _caller(app, event)
    if caller is not None:
        return {"isAuthorized": True, "context": authorizer_context(caller)}
    http = (event.get("requestContext") or {}).get("http") or {}
    open_page = is_page(str(http.get("method", "")), str(event.get("rawPath", "")))
    return {"isAuthorized": open_page, "context": authorizer_context(None) if open_page else {}}


def _caller(app: App, event: Mapping[str, Any]) -> Caller | None:
    """Whoever has a session, or the machine whose key came in the header: no cookie carries one."""
    sent = presented(event)
    if sent.by_header and sent.token.startswith(PREFIX):
        found = key_at_work(app, sent.token)
        if found is None:
            return None
        key = found.key
        return Caller(key.tenant, Role.ADMIN, key.acts_as, frozenset(key.scopes), found.wait)
    session = session_of(app, sent.token)
    return Caller(session.tenant, session.role, session.user_name) if session else None
