"""Who it is that asks, for the doors."""

from collections.abc import Mapping
from typing import Any

from funnel.domain.signing_in.api_keys import PREFIX
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.app import App
from funnel.usecases.signing_in.api_keys import key_at_work
from funnel.usecases.signing_in.sign_in import session_of
from funnel.web.sessions import Caller, authorizer_context, presented


def authorize(app: App, event: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to an authorizer event of payload 2.0, as a simple response: who asks.

    Nobody in particular is let through to the door, which says so in its own form: it sends people
    to the sign-in page, and programs the error that all others are like.
    """
    return {"isAuthorized": True, "context": authorizer_context(_caller(app, event))}


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
