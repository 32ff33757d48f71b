"""Have what segments ask for counted beside the rules of the score, and known which ask for the score."""

from collections.abc import Iterable
from dataclasses import replace

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import ListId, TenantId
from funnel.domain.scoring.rescoring import Rescoring
from funnel.domain.scoring.scoring import Rule, ScoringRules
from funnel.domain.segments.segment_evaluator import tests_of
from funnel.domain.segments.segment_fields import SCORE
from funnel.domain.segments.segment_tests import counted_rule
from funnel.domain.segments.segments import BehaviourTest, FieldTest, Group
from funnel.usecases.app import App
from funnel.usecases.scoring.change_scoring import change_scoring

MOST_BEHAVIOURS = 200
"""Different behaviours that all segments of a tenant ask for: each is counted for everybody."""

LOOP = "A segment that has an overlay cannot ask for the score, which follows from who is in it."


def count_behaviours(app: App, tenant: TenantId, list_id: ListId, rule: Group, by: str) -> None:
    """Have what this segment asks for counted, before its rule is in force and once more after.

    What no segment asks for any more is dropped with the next one that is new. Raises `InputInvalid`
    for too many, and where a segment with an overlay asks for the score.
    """

    def with_it(rules: ScoringRules) -> ScoringRules:
        asks = asks_score(rule)
        if asks and list_id in rules.overlaid:
            raise InputInvalid(LOOP, mend="Delete its overlay first.", field="rule")
        others = [one for one in rules.asking if one != list_id]
        asking = tuple(sorted([*others, list_id] if asks else others))
        return replace(rules, asking=asking, behaviours=_behaviours(app, rules, [rule]))

    change_scoring(app, tenant, with_it, by)


def count_all_behaviours(app: App, tenant: TenantId, by: str) -> None:
    """Have all counted that segments in use ask for: what was dropped beside another change comes back."""
    change_scoring(
        app, tenant, lambda rules: replace(rules, behaviours=_behaviours(app, rules, [])), by
    )


def forget_asking(app: App, tenant: TenantId, list_id: ListId, by: str) -> None:
    """The segment asks for the score no more."""
    change_scoring(
        app,
        tenant,
        lambda rules: replace(rules, asking=tuple(i for i in rules.asking if i != list_id)),
        by,
    )


def asks_score(rule: Group) -> bool:
    """Whether a rule asks for the score."""
    return any(isinstance(one, FieldTest) and one.field == SCORE for one in tests_of(rule))


def behaviours_of(rules: Iterable[Group]) -> dict[str, Rule]:
    """What is counted for these, by its id."""
    tests = (one for rule in rules for one in tests_of(rule) if isinstance(one, BehaviourTest))
    return {made.rule_id: made for made in map(counted_rule, tests)}


def _behaviours(app: App, before: ScoringRules, more: Iterable[Group]) -> tuple[Rule, ...]:
    """All that are asked for; the same as before where nothing is new."""
    known = {one.rule_id for one in before.behaviours}
    stored = app.lists.segment_rules(before.tenant).rules.values()
    wanted = behaviours_of([*stored, *more])
    if known.issuperset(wanted):
        return before.behaviours
    if len(wanted) > MOST_BEHAVIOURS:
        raise InputInvalid(
            f"All segments together ask for {MOST_BEHAVIOURS} different behaviours at most.",
            mend="Use one that another segment asks for too, or delete segments that nobody needs.",
            field="rule",
        )
    return tuple(wanted[i] for i in sorted(wanted))


def are_counted(app: App, tenant: TenantId, behaviours: Iterable[Rule]) -> bool:
    """Whether these are counted for everybody by now."""
    return counted_by(app.scoring.scoring_rules(tenant), app.scoring.rescoring(tenant), behaviours)


def counted_by(rules: ScoringRules, done: Rescoring | None, behaviours: Iterable[Rule]) -> bool:
    """Whether these are counted for everybody, as far as the re-score of these rules is."""
    known = {one.rule_id for one in rules.behaviours}
    if not all(one.rule_id in known for one in behaviours):
        return False
    return (done.through if done else 0) >= rules.tallied
