"""Overlays of the lead score: points for the members of a segment, and rules of their own."""

from urllib.parse import quote

from funnel.domain.errors import Conflict, FunnelError, InputInvalid, NotFound
from funnel.domain.ids import ListId
from funnel.domain.scoring.scoring import Rule
from funnel.domain.signing_in.tenants import Role
from funnel.domain.tracking.activities import ActivityKind
from funnel.usecases.connecting.mass_write import rescore_write
from funnel.usecases.lists.settled_lists import unsettled_among
from funnel.usecases.lists.view_lists import segments_in_use
from funnel.usecases.scoring.keep_rules import rule_of
from funnel.usecases.scoring.view_scoring import rule_view
from funnel.usecases.segments.keep_overlays import (
    OverlayChanges,
    add_overlay,
    change_overlay,
    change_overlay_rules,
    delete_overlay,
    overlay_of,
)
from funnel.usecases.segments.view_overlays import OverlayView, one_overlay
from funnel.web.asked import Asked
from funnel.web.errors import form_error, status_of
from funnel.web.marketing.scoring import NEW_RULE, heed, rule_form, rule_values, whole_number
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)

DONE = {
    "added": "overlays.added",
    "changed": "overlays.changed",
    "rule-added": "scoring.added",
    "rule-changed": "scoring.changed",
    "rule-deleted": "scoring.deleted",
}


@room.page("GET", "/app/scoring/overlays/new")
def ask_new(asked: Asked) -> Reply:
    """The form for a new overlay."""
    return _form(asked, None)


@room.page("POST", "/app/scoring/overlays")
def add(asked: Asked) -> Reply:
    """Add an overlay."""
    try:
        heed(asked, asked.form_value("confirmed"))
        segment = ListId(asked.form_value("segment"))
        if not segment:
            raise InputInvalid("Choose a segment.", field="segment")
        by = asked.who.user_name
        made = add_overlay(asked.app, asked.tenant, segment, _values(asked), by)
    except (InputInvalid, Conflict, NotFound) as error:
        return _form(asked, None, error)
    return see_other(f"/app/scoring/overlays/{quote(made.overlay_id)}?saved=added")


@room.page("GET", "/app/scoring/overlays/<overlay_id>")
def show_one(asked: Asked, overlay_id: str) -> Reply:
    """One overlay, with its rules."""
    return _form(asked, _overlay(asked, overlay_id))


@room.page("POST", "/app/scoring/overlays/<overlay_id>")
def change(asked: Asked, overlay_id: str) -> Reply:
    """Save its name and points."""
    try:
        heed(asked, asked.form_value("confirmed"))
        by = asked.who.user_name
        change_overlay(asked.app, asked.tenant, overlay_id, _values(asked), by)
    except (InputInvalid, Conflict) as error:
        return _form(asked, _overlay(asked, overlay_id), error)
    return _back(overlay_id, "changed")


@room.page("POST", "/app/scoring/overlays/<overlay_id>/delete")
def delete(asked: Asked, overlay_id: str) -> Reply:
    """Delete it, with what it gave."""
    heed(asked, asked.form_value("confirmed"))
    delete_overlay(asked.app, asked.tenant, overlay_id, asked.who.user_name)
    return see_other("/app/scoring?saved=overlay-deleted")


@room.page("GET", "/app/scoring/overlays/<overlay_id>/rules/new")
def ask_rule(asked: Asked, overlay_id: str) -> Reply:
    """The form for a rule of its own."""
    return rule_form(asked, NEW_RULE, overlay=_overlay(asked, overlay_id))


@room.page("POST", "/app/scoring/overlays/<overlay_id>/rules")
def add_rule(asked: Asked, overlay_id: str) -> Reply:
    """Add a rule of its own."""
    try:
        heed(asked, asked.form_value("confirmed"))
        made = rule_values(asked).of(Rule("", "", ActivityKind.PAGE_VIEW, 0))
        by = asked.who.user_name
        change_overlay_rules(asked.app, asked.tenant, overlay_id, lambda rules: (*rules, made), by)
    except (InputInvalid, Conflict) as error:
        return rule_form(asked, NEW_RULE, error, _overlay(asked, overlay_id))
    return _back(overlay_id, "rule-added")


@room.page("GET", "/app/scoring/overlays/<overlay_id>/rules/<rule_id>")
def show_rule(asked: Asked, overlay_id: str, rule_id: str) -> Reply:
    """One of its rules."""
    return _rule(asked, overlay_id, rule_id)


@room.page("POST", "/app/scoring/overlays/<overlay_id>/rules/<rule_id>")
def change_rule(asked: Asked, overlay_id: str, rule_id: str) -> Reply:
    """Save one of its rules."""

    def with_it(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        rule_of(rules, rule_id)
        return tuple(values.of(one) if one.rule_id == rule_id else one for one in rules)

    try:
        heed(asked, asked.form_value("confirmed"))
        values, by = rule_values(asked), asked.who.user_name
        change_overlay_rules(asked.app, asked.tenant, overlay_id, with_it, by)
    except (InputInvalid, Conflict) as error:
        return _rule(asked, overlay_id, rule_id, error)
    return _back(overlay_id, "rule-changed")


@room.page("POST", "/app/scoring/overlays/<overlay_id>/rules/<rule_id>/delete")
def delete_rule(asked: Asked, overlay_id: str, rule_id: str) -> Reply:
    """Delete one of its rules, unless it is the last that the overlay gives anything by."""

    def without_it(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        gone = rule_of(rules, rule_id)
        return tuple(one for one in rules if one is not gone)

    try:
        heed(asked, asked.form_value("confirmed"))
        by = asked.who.user_name
        change_overlay_rules(asked.app, asked.tenant, overlay_id, without_it, by)
    except InputInvalid as error:
        return _form(asked, _overlay(asked, overlay_id), error)
    return _back(overlay_id, "rule-deleted")


def _values(asked: Asked) -> OverlayChanges:
    """What the form asks for. Raises `InputInvalid`."""
    return OverlayChanges(name=asked.form_value("name"), points=whole_number(asked, "points"))


def _overlay(asked: Asked, overlay_id: str) -> OverlayView:
    return one_overlay(asked.app, asked.tenant, overlay_id)


def _rule(asked: Asked, overlay_id: str, rule_id: str, error: FunnelError | None = None) -> Reply:
    overlay = overlay_of(asked.app.scoring.scoring_rules(asked.tenant), overlay_id)
    rule = rule_view(asked.app, asked.tenant, rule_of(overlay.rules, rule_id))
    return rule_form(asked, rule, error, _overlay(asked, overlay_id))


def _back(overlay_id: str, done: str) -> Reply:
    return see_other(f"/app/scoring/overlays/{quote(overlay_id)}?saved={done}")


def _form(asked: Asked, overlay: OverlayView | None, error: FunnelError | None = None) -> Reply:
    base = "/app/scoring/overlays"
    done = DONE.get(asked.query("saved"))
    segments = [] if overlay else segments_in_use(asked.app, asked.tenant).items
    return page(
        asked,
        "scoring/overlay.html",
        title=overlay.name if overlay else asked.texts("overlays.new"),
        status=status_of(error) if error else 200,
        overlay=overlay,
        action=f"{base}/{quote(overlay.overlay_id)}" if overlay else base,
        segments=segments,
        unsettled=unsettled_among(asked.app, asked.tenant, (one.list_id for one in segments)),
        to_sugar=rescore_write(asked.app, asked.tenant),
        people=asked.app.activities.count_scored(asked.tenant),
        sent={name: values[0] for name, values in asked.form().items()} if error else {},
        error=form_error(error) if error else None,
        flash=asked.texts(done) if done else "",
    )
