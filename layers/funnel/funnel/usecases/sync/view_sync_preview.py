"""What a full sync would do, as people see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.sync.records import FieldChange
from funnel.domain.sync.runs import JobStatus, ModuleRun, ModuleStatus, Note
from funnel.domain.sync.sync_previews import Foreseen, ModuleForecast, SyncPreview, Would
from funnel.usecases.app import App
from funnel.usecases.jobs.view_export import LINK_SECONDS, ExportedFile
from funnel.usecases.view_common import Sugar


@dataclass(frozen=True, slots=True)
class ForeseenView:
    """One record. `url` leads to it in Sugar, `person_id` to the person here who would be merged."""

    name: str
    sugar_id: str
    url: str
    person_id: str
    would: Would
    changes: tuple[FieldChange, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModuleForecastView:
    """One module. `expected` is what Sugar counts, `read` how many were looked at so far.

    `fields` says how many records each field would change of, `reasons` how many are held back
    or only taken in part for which cause.
    """

    module: Module
    status: ModuleStatus
    expected: int
    read: int
    created: int
    changed: int
    deleted: int
    merged: int
    held: int
    unchanged: int
    fields: Mapping[str, int]
    reasons: Mapping[str, int]
    samples: tuple[ForeseenView, ...]
    note: Note | None


@dataclass(frozen=True, slots=True)
class SyncPreviewView:
    """A preview as it stands. `share` of 1 is done. Nothing of it was written."""

    preview_id: str
    status: JobStatus
    requested_by: str
    created_at: datetime
    finished_at: datetime | None
    share: float
    writes: int
    modules: tuple[ModuleForecastView, ...]
    files: tuple[ExportedFile, ...]
    note: Note | None


def sync_preview_view(app: App, preview: SyncPreview) -> SyncPreviewView:
    """The preview, with addresses of its files that are good for ten minutes."""
    sugar = Sugar(app, preview.tenant)
    forecasts = {one.module: one for one in preview.modules}
    files = [
        ExportedFile(
            app.files.link(preview.tenant, one.name, f"full-sync-{number}.csv", LINK_SECONDS),
            one.rows,
        )
        for number, one in enumerate(preview.files, 1)
    ]
    modules = tuple(
        _module(part, forecasts.get(part.module, ModuleForecast(part.module)), sugar)
        for part in preview.run.modules
    )
    return SyncPreviewView(
        preview_id=preview.preview_id,
        status=preview.status,
        requested_by=preview.requested_by,
        created_at=preview.created_at,
        finished_at=preview.finished_at,
        share=_share(preview),
        writes=sum(m.created + m.changed + m.deleted + m.merged + m.held for m in modules),
        modules=modules,
        files=tuple(files),
        note=preview.note,
    )


def _module(part: ModuleRun, one: ModuleForecast, sugar: Sugar) -> ModuleForecastView:
    return ModuleForecastView(
        module=part.module,
        status=part.status,
        expected=part.expected or 0,
        read=part.rows,
        created=one.count(Would.CREATE),
        changed=one.count(Would.CHANGE),
        deleted=one.count(Would.DELETE),
        merged=one.count(Would.MERGE),
        held=one.count(Would.HOLD),
        unchanged=one.count(Would.SKIP),
        fields=_by_number(one.fields),
        reasons=_by_number(one.reasons),
        samples=tuple(_foreseen(found, sugar) for found in one.samples),
        note=part.note,
    )


def _foreseen(one: Foreseen, sugar: Sugar) -> ForeseenView:
    merged = one.would is Would.MERGE
    key = RecordKey(one.module, SugarId("" if merged else one.subject))
    return ForeseenView(
        name=one.name,
        sugar_id=key.sugar_id,
        url=sugar.url(key),
        person_id=one.subject if merged else "",
        would=one.would,
        changes=one.changes,
        reasons=() if merged else one.reasons,
    )


def _by_number(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _share(preview: SyncPreview) -> float:
    """By what was read of what Sugar counts; a page may be read twice, so never over 1."""
    if not preview.is_going:
        return 1.0
    expected = sum(part.expected or 0 for part in preview.run.modules)
    read = sum(min(part.rows, part.expected or 0) for part in preview.run.modules)
    return read / expected if expected else 0.0
