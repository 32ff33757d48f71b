"""The admin's door: signing in, what pages are drawn with, and Sugar Integration Setup."""

from funnel.usecases.app import App
from funnel.web import assets, signing_in
from funnel.web.door import Door
from funnel.web.setup import (
    api,
    changes_api,
    comparing,
    connecting,
    connection,
    hooks,
    reporting,
    syncing,
)

ROOMS = (
    assets.room,
    signing_in.room,
    connecting.room,
    hooks.room,
    connection.room,
    syncing.room,
    comparing.room,
    reporting.room,
    api.room,
    changes_api.room,
)


def setup_door(app: App, public_url: str = "") -> Door:
    """The door, with our own address as browsers know it."""
    return Door(app, ROOMS, public_url)
