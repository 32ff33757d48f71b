"""The admin's door: signing in, what pages are drawn with, and the pages of Settings."""

from funnel.usecases.app import App
from funnel.web import assets, sign_in_api, sign_in_sugar, signing_in
from funnel.web.door import Door
from funnel.web.setup import (
    api,
    changes_api,
    comparing,
    connecting,
    connection,
    errors_api,
    hooks,
    keys,
    keys_api,
    listing,
    mail,
    mail_api,
    mapping,
    mapping_api,
    module,
    preview_api,
    previewing,
    reporting,
    syncing,
)

ROOMS = (
    assets.room,
    signing_in.room,
    sign_in_sugar.room,
    sign_in_api.room,
    connecting.room,
    hooks.room,
    module.room,
    module.admins,
    connection.room,
    syncing.room,
    comparing.room,
    previewing.room,
    reporting.room,
    listing.room,
    mapping.room,
    mail.room,
    keys.room,
    api.room,
    changes_api.room,
    preview_api.room,
    mapping_api.room,
    mail_api.room,
    keys_api.room,
    errors_api.room,
)


def setup_door(app: App, public_url: str = "") -> Door:
    """The door, with our own address as browsers know it."""
    return Door(app, ROOMS, public_url)
