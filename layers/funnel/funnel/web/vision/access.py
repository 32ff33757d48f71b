"""Who asks for a part of FunnelVision, by the token in the request's header."""

from collections.abc import Collection

from funnel.domain.ids import ConnectionId, TenantId
from funnel.domain.vision.dashlet_tokens import Audience
from funnel.domain.vision.viewers import Report, Viewer
from funnel.usecases.vision.admit_viewer import LOOKS, admit_viewer
from funnel.web.asked import Asked

__all__ = ["Audience", "Report", "Viewer", "viewer_of"]


def viewer_of(
    asked: Asked, tenant: str, connection: str, audiences: Collection[Audience] = LOOKS
) -> Viewer:
    """Who looks. Only a header counts: no cookie opens FunnelVision. Raises as `admit_viewer`."""
    token = asked.presented.token if asked.presented.by_header else ""
    return admit_viewer(asked.app, TenantId(tenant), ConnectionId(connection), token, audiences)
