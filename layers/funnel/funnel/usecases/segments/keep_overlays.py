"""Add, change and delete overlays of the lead score: points for the members of a segment."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from funnel.domain.errors import InputInvalid, NotFound
from funnel.domain.ids import ListId, TenantId
from funnel.domain.problems import Problems
from funnel.domain.scoring.checked_rules import MOST_POINTS, MOST_RULES, checked_rule
from funnel.domain.scoring.scoring import Overlay, Rule, ScoringRules
from funnel.usecases.app import App
from funnel.usecases.lists.keep_lists import checked_name
from funnel.usecases.scoring.change_scoring import change_scoring
from funnel.usecases.scoring.count_behaviours import asks_score
from funnel.usecases.scoring.known_names import refuse_unknown_names
from funnel.usecases.segments.keep_segments import segment_of

MOST_OVERLAYS = 50

_LOOP = "This segment asks for the score, so that it cannot change it."


@dataclass(frozen=True, slots=True)
class OverlayChanges:
    """What is to change of an overlay; None leaves it as it is.

    Rules without an id, or with one that the overlay does not have, are new.
    """

    name: str | None = None
    points: int | None = None
    rules: Sequence[Rule] | None = None


def add_overlay(
    app: App, tenant: TenantId, segment: ListId, values: OverlayChanges, by: str
) -> Overlay:
    """A new overlay of this segment, behind all others.

    Raises `NotFound` for no segment, `InputInvalid` for one that asks for the score, and `Conflict`.
    """
    overlay_id = app.ids.new_id()
    made = _with(app, tenant, Overlay(overlay_id, "", segment), values)

    def with_it(rules: ScoringRules) -> ScoringRules:
        # Read anew with each try: its rule may be changed at the same time.
        found = segment_of(app, tenant, segment)
        if segment in rules.asking or (found.rule is not None and asks_score(found.rule)):
            raise InputInvalid(_LOOP, mend="Choose another segment.", field="segment")
        if len(rules.overlays) >= MOST_OVERLAYS:
            raise InputInvalid(f"There are {MOST_OVERLAYS} overlays already, which is all.")
        return _checked(replace(rules, overlays=(*rules.overlays, made)))

    change_scoring(app, tenant, with_it, by)
    return made


def change_overlay(
    app: App, tenant: TenantId, overlay_id: str, changes: OverlayChanges, by: str
) -> Overlay:
    """Change an overlay; as it is then. Raises `NotFound`, `InputInvalid` and `Conflict`."""

    def with_it(rules: ScoringRules) -> ScoringRules:
        before = overlay_of(rules, overlay_id)
        after = _with(app, tenant, before, changes)
        overlays = tuple(after if one is before else one for one in rules.overlays)
        return _checked(replace(rules, overlays=overlays))

    return overlay_of(change_scoring(app, tenant, with_it, by), overlay_id)


def change_overlay_rules(
    app: App,
    tenant: TenantId,
    overlay_id: str,
    to: Callable[[tuple[Rule, ...]], Sequence[Rule]],
    by: str,
) -> Overlay:
    """Change the rules of an overlay as they stand; as it is then. As `change_overlay`."""

    def with_it(rules: ScoringRules) -> ScoringRules:
        before = overlay_of(rules, overlay_id)
        after = _with(app, tenant, before, OverlayChanges(rules=to(before.rules)))
        overlays = tuple(after if one is before else one for one in rules.overlays)
        return _checked(replace(rules, overlays=overlays))

    return overlay_of(change_scoring(app, tenant, with_it, by), overlay_id)


def delete_overlay(app: App, tenant: TenantId, overlay_id: str, by: str) -> None:
    """Take an overlay away, and what it gave. Raises `NotFound` and `Conflict`."""

    def without_it(rules: ScoringRules) -> ScoringRules:
        gone = overlay_of(rules, overlay_id)
        return replace(rules, overlays=tuple(one for one in rules.overlays if one is not gone))

    change_scoring(app, tenant, without_it, by)


def overlay_of(rules: ScoringRules, overlay_id: str) -> Overlay:
    """The overlay with this id. Raises `NotFound`."""
    found = next((one for one in rules.overlays if one.overlay_id == overlay_id), None)
    if found is None:
        raise NotFound("There is no such overlay.", mend="It may have been deleted meanwhile.")
    return found


def _with(app: App, tenant: TenantId, overlay: Overlay, changes: OverlayChanges) -> Overlay:
    """The overlay as it is to be.

    Raises `InputInvalid` with all that is wrong; of a rule the field is `rules.<n>.<name>`.
    """
    points = overlay.points if changes.points is None else changes.points
    name, rules, wrong = overlay.name, overlay.rules, Problems()
    with wrong.found():
        if abs(points) > MOST_POINTS:
            raise InputInvalid(f"Points are from -{MOST_POINTS} to {MOST_POINTS}.", field="points")
        if not points and not (rules if changes.rules is None else changes.rules):
            raise InputInvalid("Give points, or rules that do.", field="points")
    if changes.rules is not None:
        known = {one.rule_id: one for one in overlay.rules}
        made = []
        for number, one in enumerate(changes.rules):
            with wrong.found(f"rules.{number}"):
                made.append(_rule(app, tenant, one, known))
        rules = tuple(made)
    with wrong.found():
        name = checked_name(name if changes.name is None else changes.name)
    wrong.raise_all()
    return replace(overlay, name=name, points=points, rules=rules)


def _rule(app: App, tenant: TenantId, rule: Rule, known: Mapping[str, Rule]) -> Rule:
    checked = checked_rule(rule)
    refuse_unknown_names(app, tenant, checked, known.get(rule.rule_id))
    return checked if rule.rule_id in known else replace(checked, rule_id=app.ids.new_id())


def _checked(rules: ScoringRules) -> ScoringRules:
    of_overlays = sum(len(one.rules) for one in rules.overlays)
    if of_overlays > MOST_RULES:
        raise InputInvalid(f"All overlays together have {MOST_RULES} rules at most.", field="rules")
    return rules
