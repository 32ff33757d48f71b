"""The setup API of looking what a full sync would do: what its page does, as JSON."""

from dataclasses import dataclass

from funnel.domain.ids import Module
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.sync.preview_sync import preview_of
from funnel.usecases.sync.view_sync_preview import SyncPreviewView, sync_preview_view
from funnel.web.asked import Asked
from funnel.web.room import Room
from funnel.web.setup.previewing import begin

room = Room(needs=Role.ADMIN)


@dataclass(frozen=True, slots=True)
class WantedPreview:
    """What would be synced: all modules, or those named."""

    modules: tuple[Module, ...] = ()


@room.api(
    "POST",
    "/api/setup/sync/preview",
    "Look what a full sync would do; nothing is written",
    SyncPreviewView,
    body=WantedPreview,
    status=202,
)
def look(asked: Asked) -> SyncPreviewView:
    """Have a worker look."""
    return sync_preview_view(asked.app, begin(asked, asked.json(WantedPreview).modules))


@room.api("GET", "/api/setup/sync/preview", "What a full sync would do", SyncPreviewView)
def preview(asked: Asked) -> SyncPreviewView:
    """It as it stands."""
    return sync_preview_view(asked.app, preview_of(asked.app, asked.tenant))
