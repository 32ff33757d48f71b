"""Overlays of the lead score as pages show them, each with its segment."""

from collections.abc import Iterable
from dataclasses import dataclass

from funnel.domain.ids import TenantId
from funnel.domain.scoring.scoring import Overlay
from funnel.usecases.app import App
from funnel.usecases.lists.settled_lists import Settling
from funnel.usecases.scoring.view_scoring import RuleView, rule_views
from funnel.usecases.segments.keep_overlays import overlay_of


@dataclass(frozen=True, slots=True)
class OverlayView:
    """An overlay: `points` for the `members` of its segment while they are in it, and its rules.

    Of a segment that is not settled it is still being worked out who is in it.
    """

    overlay_id: str
    name: str
    segment: str
    segment_name: str
    members: int
    points: int
    rules: tuple[RuleView, ...]
    is_settled: bool = True


@dataclass(frozen=True, slots=True)
class OverlaysView:
    """All overlays, in the order they were made."""

    items: tuple[OverlayView, ...]


def overlays(app: App, tenant: TenantId) -> OverlaysView:
    """All overlays."""
    return OverlaysView(_views(app, tenant, app.scoring.scoring_rules(tenant).overlays))


def one_overlay(app: App, tenant: TenantId, overlay_id: str) -> OverlayView:
    """One overlay. Raises `NotFound`."""
    found = overlay_of(app.scoring.scoring_rules(tenant), overlay_id)
    return _views(app, tenant, [found])[0]


def _views(app: App, tenant: TenantId, some: Iterable[Overlay]) -> tuple[OverlayView, ...]:
    found = tuple(some)
    segments = app.lists.lists(tenant, {one.segment for one in found}) if found else {}
    settling = Settling(app, tenant)

    def view(one: Overlay) -> OverlayView:
        segment = segments.get(one.segment)
        return OverlayView(
            overlay_id=one.overlay_id,
            name=one.name,
            segment=one.segment,
            segment_name=segment.name if segment else "",
            members=segment.members if segment else 0,
            points=one.points,
            rules=rule_views(app, tenant, one.rules),
            is_settled=segment is None or settling.is_settled(segment),
        )

    return tuple(map(view, found))
