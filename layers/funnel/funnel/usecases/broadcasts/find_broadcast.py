"""One broadcast of a tenant, or the error that says there is none."""

from funnel.domain.broadcasts.broadcasts import Broadcast, BroadcastId
from funnel.domain.errors import NotFound
from funnel.domain.ids import TenantId
from funnel.usecases.app import App


def broadcast_of(app: App, tenant: TenantId, broadcast_id: BroadcastId) -> Broadcast:
    """The tenant's broadcast. Raises `NotFound`."""
    found = app.broadcasts.broadcasts(tenant, [broadcast_id]).get(broadcast_id)
    if found is None:
        raise NotFound("There is no such broadcast.")
    return found
