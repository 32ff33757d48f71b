"""Funnel in Sugar: the address and the key that are entered there, and what Sugar told since."""

from funnel.domain.signing_in.tenants import Role
from funnel.usecases.connecting.signing_keys import NewKey, hooks_view, new_signing_key
from funnel.web.asked import Asked
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.ADMIN)


@room.page("GET", "/setup/connection/hooks")
def show(asked: Asked) -> Reply:
    """The page."""
    if asked.app.sync.connection(asked.tenant) is None:
        return see_other("/setup/connect")
    return _show(asked)


@room.page("POST", "/setup/connection/hooks/key")
def make_key(asked: Asked) -> Reply:
    """Make a key and show it, in this answer and no other."""
    return _show(asked, new_signing_key(asked.app, asked.tenant, address_of(asked)))


def address_of(asked: Asked) -> str:
    """Our own address, as whoever asks knows it."""
    if asked.public_url:
        return asked.public_url
    return f"{'https' if asked.secure else 'http'}://{asked.headers.get('host', '')}"


def _show(asked: Asked, made: NewKey | None = None) -> Reply:
    return page(
        asked,
        "setup/hooks.html",
        title=asked.texts("hooks.title"),
        view=hooks_view(asked.app, asked.tenant, address_of(asked)),
        made=made,
    )
