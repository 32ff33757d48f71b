"""The address that is entered in Sugar, for whoever opens it in a browser."""

from funnel.web.asked import Asked
from funnel.web.rendering import page
from funnel.web.replies import Reply
from funnel.web.room import Room

room = Room(needs=None)


@room.page("GET", "/sugar/<_tenant>/<_connection>")
def explain(asked: Asked, _tenant: str, _connection: str) -> Reply:
    """What the address is for; the same for every one, so that nobody learns which exist."""
    return page(asked, "setup/module_address.html", title=asked.texts("module.address.title"))
