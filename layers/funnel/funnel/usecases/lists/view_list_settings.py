"""Which fields have lists, and how far a recompute is."""

from dataclasses import dataclass
from datetime import datetime

from funnel.domain.ids import TenantId
from funnel.domain.lists.auto_lists import AUTO_FIELDS, ListSettings
from funnel.usecases.app import App


@dataclass(frozen=True, slots=True)
class ListFieldChoice:
    """A field that can have lists, and whether it has. `sources` are Sugar's `Module.field`."""

    name: str
    label: str
    sources: tuple[str, ...]
    on: bool


@dataclass(frozen=True, slots=True)
class RecomputeView:
    """Everybody's lists being worked out anew: `people` were looked at so far."""

    started_at: datetime
    asked_by: str
    people: int
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class ListSettingsView:
    """The fields in their usual order, and the last recompute, None before the first."""

    fields: tuple[ListFieldChoice, ...]
    recompute: RecomputeView | None


def list_settings(app: App, tenant: TenantId) -> ListSettingsView:
    """The settings as they stand."""
    return settings_view(app.lists.list_settings(tenant))


def settings_view(settings: ListSettings) -> ListSettingsView:
    """These settings, as a page shows them."""
    last = settings.recompute
    return ListSettingsView(
        tuple(
            ListFieldChoice(
                one.name,
                one.label,
                tuple(f"{module.value}.{name}" for module, name in one.sources.items()),
                one.name in settings.fields,
            )
            for one in AUTO_FIELDS.values()
        ),
        RecomputeView(last.started_at, last.asked_by, last.people, last.finished_at)
        if last
        else None,
    )
