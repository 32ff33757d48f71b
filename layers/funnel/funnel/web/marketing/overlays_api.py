"""Overlays by JSON: what their pages show and do."""

from dataclasses import dataclass

from funnel.domain.ids import ListId
from funnel.domain.scoring.scoring import Period, Rule
from funnel.domain.signing_in.tenants import Role
from funnel.domain.tracking.activities import ActivityKind
from funnel.usecases.segments.keep_overlays import (
    OverlayChanges,
    add_overlay,
    change_overlay,
    delete_overlay,
)
from funnel.usecases.segments.view_overlays import OverlaysView, OverlayView, one_overlay
from funnel.usecases.segments.view_overlays import overlays as all_overlays
from funnel.web.asked import Asked
from funnel.web.marketing.scoring import heed
from funnel.web.marketing.scoring_api import CONFIRMED
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)


@dataclass(frozen=True, slots=True)
class OverlayRule:
    """A rule for the members of a segment; one with the `rule_id` of a rule takes its place."""

    name: str
    kind: ActivityKind
    points: int
    page: str = ""
    form: str = ""
    email: str = ""
    link: str = ""
    most: int = 0
    per: Period = Period.EVER
    days: int = 0
    rule_id: str = ""

    @property
    def rule(self) -> Rule:
        """As it is kept."""
        return Rule(
            self.rule_id, self.name, self.kind, self.points, self.page, self.form, self.email,
            self.link, self.most, self.per, self.days,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewOverlay:
    """An overlay to be added."""

    segment: str
    name: str
    points: int = 0
    rules: tuple[OverlayRule, ...] = ()


@dataclass(frozen=True, slots=True)
class OverlayWish:
    """What is to change of an overlay; what is null or left out stays. The rules are all it then has."""

    name: str | None = None
    points: int | None = None
    rules: tuple[OverlayRule, ...] | None = None


@room.api("GET", "/api/app/scoring/overlays", "The overlays, each with its segment", OverlaysView)
def overlays(asked: Asked) -> OverlaysView:
    """All of them."""
    return all_overlays(asked.app, asked.tenant)


@room.api(
    "POST",
    "/api/app/scoring/overlays",
    "Add an overlay; the scores of its segment's members follow",
    OverlayView,
    body=NewOverlay,
    status=201,
    queries=CONFIRMED,
)
def add(asked: Asked) -> OverlayView:
    """A new overlay."""
    heed(asked, asked.query("confirmed"))
    new, by = asked.json(NewOverlay), asked.who.user_name
    values = OverlayChanges(new.name, new.points, [one.rule for one in new.rules])
    made = add_overlay(asked.app, asked.tenant, ListId(new.segment), values, by)
    return one_overlay(asked.app, asked.tenant, made.overlay_id)


@room.api("GET", "/api/app/scoring/overlays/<overlay_id>", "One overlay", OverlayView)
def one(asked: Asked, overlay_id: str) -> OverlayView:
    """One of them."""
    return one_overlay(asked.app, asked.tenant, overlay_id)


@room.api(
    "PATCH",
    "/api/app/scoring/overlays/<overlay_id>",
    "Change an overlay; scores follow",
    OverlayView,
    body=OverlayWish,
    queries=CONFIRMED,
)
def change(asked: Asked, overlay_id: str) -> OverlayView:
    """Change what the body names."""
    heed(asked, asked.query("confirmed"))
    wish, by = asked.json(OverlayWish), asked.who.user_name
    rules = None if wish.rules is None else [one.rule for one in wish.rules]
    changes = OverlayChanges(wish.name, wish.points, rules)
    change_overlay(asked.app, asked.tenant, overlay_id, changes, by)
    return one_overlay(asked.app, asked.tenant, overlay_id)


@room.api(
    "DELETE",
    "/api/app/scoring/overlays/<overlay_id>",
    "Delete an overlay, with what it gave; what is left",
    OverlaysView,
    queries=CONFIRMED,
)
def delete(asked: Asked, overlay_id: str) -> OverlaysView:
    """Delete it."""
    heed(asked, asked.query("confirmed"))
    delete_overlay(asked.app, asked.tenant, overlay_id, asked.who.user_name)
    return all_overlays(asked.app, asked.tenant)
