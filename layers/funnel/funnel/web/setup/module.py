"""The package for Sugar's Module Loader, and the address entered in Sugar, opened in a browser."""

from funnel.domain.connecting.sugar_module import package_for
from funnel.domain.errors import NotFound
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.connecting.connection import connection_of
from funnel.web.asked import Asked
from funnel.web.assets import STATIC
from funnel.web.rendering import page
from funnel.web.replies import Reply
from funnel.web.room import Room

PACKAGES = STATIC / "vendor"
room = Room(needs=None)
admins = Room(needs=Role.ADMIN)


@room.page("GET", "/sugar/<_tenant>/<_connection>")
def explain(asked: Asked, _tenant: str, _connection: str) -> Reply:
    """What the address is for; the same for every one, so that nobody learns which exist."""
    return page(asked, "setup/module_address.html", title=asked.texts("module.address.title"))


@admins.page("GET", "/setup/module.zip")
def package(asked: Asked) -> Reply:
    """The package for the Sugar that is connected. Raises `NotFound` without a connection."""
    found = package_for(connection_of(asked.app, asked.tenant).endpoint.version)
    path = PACKAGES / found.file_name
    if not path.is_file():
        raise NotFound(asked.texts("module.unbuilt"), mend=asked.texts("module.unbuilt.mend"))
    headers = {"Content-Disposition": f'attachment; filename="{found.file_name}"'}
    return Reply(200, path.read_bytes(), "application/zip", headers)


admins.api(
    "GET",
    "/api/setup/module.zip",
    "The package for Sugar's Module Loader",
    Reply,
    content_type="application/zip",
)(package)
