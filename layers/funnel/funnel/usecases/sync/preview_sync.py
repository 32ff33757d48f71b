"""Ask what a full sync would do."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from funnel.domain.errors import NotFound
from funnel.domain.ids import Module, TenantId
from funnel.domain.sync.runs import RunKind
from funnel.domain.sync.sync_previews import SyncPreview
from funnel.ports.sync_messages import PreviewSync
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import connection_of, refuse_if_paused, try_again_now
from funnel.usecases.sync.start_run import new_run, refuse_switched_off
from funnel.usecases.sync.work_in_slices import goes_on

_NO_PASS = 99
"""What changes while it is looked at is not looked at again: it only tells how things stand."""


def start_preview(
    app: App,
    tenant: TenantId,
    by: str,
    modules: Sequence[Module],
    words: Mapping[str, str],
    *,
    at_once: bool = True,
) -> SyncPreview:
    """Look at these modules, all where none is named; it takes the place of the one before.

    `words` are what the files call things. Unless it is to be `at_once`, a Sugar that is left alone
    for now stays so. Raises `NotFound`, `ConnectionPaused`, `InputInvalid`
    for a module that is switched off, and `Conflict` while one goes on.
    """
    connection = connection_of(app, tenant)
    refuse_if_paused(connection)
    refuse_switched_off(connection, modules)
    if at_once:
        try_again_now(app, connection)
    latest = app.sync.sync_preview(tenant)
    if latest is not None and _goes_on(app, latest):
        return latest
    run, now = new_run(app, connection, RunKind.FULL, modules, by), app.clock.now()
    once = tuple(replace(part, passes=_NO_PASS) for part in run.modules)
    preview = SyncPreview(
        tenant=tenant,
        preview_id=run.run_id,
        connection_id=connection.connection_id,
        requested_by=by,
        created_at=now,
        changed_at=now,
        run=replace(run, modules=once),
        words=words,
        version=latest.version if latest else 0,
    )
    stored = app.sync.save_sync_preview(preview)
    app.queue.send(_message(stored))
    return stored


def _goes_on(app: App, latest: SyncPreview) -> bool:
    busy, save = "It is being looked at.", app.sync.save_sync_preview
    return goes_on(app, latest, _message(latest), busy, save)


def latest_preview(app: App, tenant: TenantId) -> SyncPreview | None:
    """The latest one of the Sugar that is connected."""
    found, connection = app.sync.sync_preview(tenant), app.sync.connection(tenant)
    same = found and connection and found.connection_id == connection.connection_id
    return found if same else None


def preview_of(app: App, tenant: TenantId) -> SyncPreview:
    """The latest one. Raises `NotFound`."""
    found = latest_preview(app, tenant)
    if found is None:
        raise NotFound("Nobody has looked yet what a full sync would do.")
    return found


def _message(preview: SyncPreview) -> PreviewSync:
    return PreviewSync(preview.tenant, preview.preview_id)
