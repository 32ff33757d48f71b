"""Which rooms are behind which door, and who may pass."""

from collections.abc import Mapping
from typing import Any

from funnel.usecases.app import App
from funnel.usecases.sign_in import session_of
from funnel.web import assets, signing_in
from funnel.web.door import Door
from funnel.web.room import Room
from funnel.web.sessions import Caller, authorizer_context, is_page, presented


def setup_rooms() -> list[Room]:
    """Signing in, what pages are drawn with, and Sugar Integration Setup."""
    from funnel.web.setup import api, connecting, connection, reporting, syncing

    pages = [connecting.room, connection.room, syncing.room, reporting.room]
    return [assets.room, signing_in.room, *pages, api.room]


def marketing_rooms() -> list[Room]:
    """Overview, people and records."""
    from funnel.web.marketing import api, overview, people, records

    return [overview.room, people.room, records.room, api.room]


def setup_door(app: App, public_url: str = "") -> Door:
    """The admin's door."""
    return Door(app, setup_rooms(), public_url)


def marketing_door(app: App, public_url: str = "") -> Door:
    """The marketer's door."""
    return Door(app, marketing_rooms(), public_url)


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
