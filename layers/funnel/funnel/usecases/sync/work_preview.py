"""Look what a full sync would do, until all is looked at or the time is up."""

from collections.abc import Callable

from funnel.domain.connecting.connections import Connection
from funnel.domain.sync.sync_previews import SyncPreview
from funnel.ports.crm import Crm
from funnel.ports.sync_messages import PreviewSync
from funnel.usecases.app import App
from funnel.usecases.sync.preview_steps import PreviewSteps
from funnel.usecases.sync.run_steps import Requests
from funnel.usecases.sync.work_in_slices import Work, work_in_slices


def work_preview(
    app: App, message: PreviewSync, worker: str, seconds_left: Callable[[], float]
) -> None:
    """Go on with it. See `work_in_slices`."""
    preview = app.sync.sync_preview(message.tenant)
    if not preview or preview.preview_id != message.preview_id or not preview.is_going:
        return

    def begin(crm: Crm, connection: Connection, requests: Requests) -> PreviewSteps:
        return PreviewSteps(app, crm, connection, preview, worker, requests)

    work: Work[SyncPreview] = Work("sync preview", app.sync.save_sync_preview, begin)
    work_in_slices(app, preview, work, message, worker, seconds_left)
