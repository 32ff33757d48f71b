"""Scoring: the rules of the lead score, one rule, and how far a re-score is."""

from enum import StrEnum
from typing import TypeVar
from urllib.parse import quote

from funnel.domain.errors import Conflict, FunnelError, InputInvalid
from funnel.domain.problems import Problems
from funnel.domain.scoring.checked_rules import PATTERNS
from funnel.domain.scoring.scoring import Period, Rule
from funnel.domain.signing_in.tenants import Role
from funnel.domain.tracking.activities import ActivityKind
from funnel.usecases.connecting.mass_write import refuse_unannounced_rescore, rescore_write
from funnel.usecases.scoring.keep_rules import (
    RuleChanges,
    add_rule,
    change_rule,
    delete_rule,
    recount,
    rule_of,
)
from funnel.usecases.scoring.known_names import known_names
from funnel.usecases.scoring.view_scoring import RuleView, rule_view, scoring
from funnel.usecases.segments.view_overlays import OverlayView, overlays
from funnel.web.asked import Asked
from funnel.web.errors import form_error, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

E = TypeVar("E", bound=StrEnum)

room = Room(needs=Role.MARKETER)

DONE = {
    "added": "scoring.added",
    "changed": "scoring.changed",
    "deleted": "scoring.deleted",
    "recount": "scoring.recounting",
    "overlay-deleted": "overlays.deleted",
}
NEW_RULE = RuleView("", "", ActivityKind.PAGE_VIEW, 5, "", "", "", "", 1, Period.DAY, 90)

_FIELDS = ("name", "kind", "points", *PATTERNS, "most", "per", "days")
"""Of the form of a rule, in their order."""


@room.page("GET", "/app/scoring")
def show_all(asked: Asked) -> Reply:
    """The rules."""
    return _all(asked, "scoring/all.html")


@room.page("GET", "/app/scoring/live")
def live(asked: Asked) -> Reply:
    """How far a re-score is."""
    return _all(asked, "scoring/live.html")


@room.page("POST", "/app/scoring/recount")
def count_anew(asked: Asked) -> Reply:
    """Work everybody's score out anew."""
    recount(asked.app, asked.tenant, asked.who.user_name)
    return see_other("/app/scoring?saved=recount")


@room.page("GET", "/app/scoring/new")
def ask_new(asked: Asked) -> Reply:
    """The form for a new rule."""
    return _form(asked, NEW_RULE)


@room.page("POST", "/app/scoring")
def add(asked: Asked) -> Reply:
    """Add a rule."""
    try:
        heed(asked, asked.form_value("confirmed"))
        add_rule(asked.app, asked.tenant, rule_values(asked), asked.who.user_name)
    except FunnelError as error:
        return _form(asked, NEW_RULE, error)
    return see_other("/app/scoring?saved=added")


@room.page("GET", "/app/scoring/rules/<rule_id>")
def show_one(asked: Asked, rule_id: str) -> Reply:
    """One rule."""
    return _form(asked, _rule(asked, rule_id))


@room.page("POST", "/app/scoring/rules/<rule_id>")
def change(asked: Asked, rule_id: str) -> Reply:
    """Save a rule."""
    try:
        heed(asked, asked.form_value("confirmed"))
        change_rule(asked.app, asked.tenant, rule_id, rule_values(asked), asked.who.user_name)
    except (InputInvalid, Conflict) as error:
        return _form(asked, _rule(asked, rule_id), error)
    return see_other("/app/scoring?saved=changed")


@room.page("POST", "/app/scoring/rules/<rule_id>/delete")
def delete(asked: Asked, rule_id: str) -> Reply:
    """Delete a rule."""
    heed(asked, asked.form_value("confirmed"))
    delete_rule(asked.app, asked.tenant, rule_id, asked.who.user_name)
    return see_other("/app/scoring?saved=deleted")


def heed(asked: Asked, confirmed: str) -> None:
    """Raise `Conflict` where much is written to Sugar and nobody has said yes."""
    if confirmed != "yes":
        refuse_unannounced_rescore(asked.app, asked.tenant)


def _rule(asked: Asked, rule_id: str) -> RuleView:
    rule = rule_of(asked.app.scoring.scoring_rules(asked.tenant).rules, rule_id)
    return rule_view(asked.app, asked.tenant, rule)


def rule_values(asked: Asked) -> RuleChanges:
    """What the form asks for. Raises `InputInvalid` with all that is wrong with it by itself."""
    wrong = Problems()
    numbers = {"points": 1, "most": 0, "days": 0}
    for name in numbers:
        with wrong.found():
            numbers[name] = whole_number(asked, name)
    values = RuleChanges(
        name=asked.form_value("name"),
        kind=_one_of(ActivityKind, asked.form_value("kind"), "kind"),
        per=_one_of(Period, asked.form_value("per"), "per"),
        points=numbers["points"],
        most=numbers["most"],
        days=numbers["days"],
        **{name: asked.form_value(name) for name in PATTERNS},
    )
    with wrong.found():
        values.of(Rule("", "", ActivityKind.PAGE_VIEW, 0))
    wrong.raise_all()
    return values


def _one_of(kind: type[E], text: str, name: str) -> E:
    try:
        return kind(text)
    except ValueError:
        raise InputInvalid("Choose one of the list.", field=name) from None


def whole_number(asked: Asked, name: str) -> int:
    """A whole number of the form, 0 where nothing is typed. Raises `InputInvalid`."""
    text = asked.form_value(name).replace(",", "").replace("\u2212", "-").strip()
    try:
        return int(text or "0")
    except ValueError:
        raise InputInvalid("Enter a whole number.", field=name) from None


def _all(asked: Asked, template: str) -> Reply:
    done = DONE.get(asked.query("saved"))
    return page(
        asked,
        template,
        title=asked.texts("scoring.title"),
        view=scoring(asked.app, asked.tenant),
        overlays=overlays(asked.app, asked.tenant).items,
        flash=asked.texts(done) if done else "",
    )


def _form(asked: Asked, rule: RuleView, error: FunnelError | None = None) -> Reply:
    return rule_form(asked, rule, error)


def rule_form(
    asked: Asked,
    rule: RuleView,
    error: FunnelError | None = None,
    overlay: OverlayView | None = None,
) -> Reply:
    """The form of a rule, of everybody or of an overlay."""
    base = f"/app/scoring/overlays/{overlay.overlay_id}" if overlay else "/app/scoring"
    new = f"{base}/rules" if overlay else base
    return page(
        asked,
        "scoring/rule.html",
        title=rule.name or asked.texts("scoring.new"),
        status=status_of(error) if error else 200,
        rule=rule,
        overlay=overlay,
        back=base,
        action=f"{base}/rules/{quote(rule.rule_id)}" if rule.rule_id else new,
        kinds=tuple(kind for kind in ActivityKind if kind.is_done),
        periods=tuple(Period),
        to_sugar=rescore_write(asked.app, asked.tenant),
        patterns=PATTERNS,
        known=known_names(asked.app, asked.tenant),
        people=asked.app.activities.count_scored(asked.tenant),
        sent={name: values[0] for name, values in asked.form().items()} if error else {},
        error=form_error(error, _FIELDS) if error else None,
    )
