"""Add, change and delete rules of the lead score; everybody's score follows in the background."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from funnel.domain.errors import InputInvalid, NotFound
from funnel.domain.ids import TenantId
from funnel.domain.scoring.checked_rules import MOST_RULES, checked_rule
from funnel.domain.scoring.scoring import Period, Rule, ScoringRules
from funnel.domain.tracking.activities import ActivityKind
from funnel.usecases.app import App
from funnel.usecases.scoring.change_scoring import change_scoring
from funnel.usecases.scoring.known_names import refuse_unknown_names

Rules = tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class RuleChanges:
    """What is to change of a rule; None leaves it as it is."""

    name: str | None = None
    kind: ActivityKind | None = None
    points: int | None = None
    page: str | None = None
    form: str | None = None
    email: str | None = None
    link: str | None = None
    most: int | None = None
    per: Period | None = None
    days: int | None = None

    def of(self, rule: Rule) -> Rule:
        """The rule as it is to be. Raises `InputInvalid`."""
        named = {name: getattr(self, name) for name in self.__slots__}
        return checked_rule(replace(rule, **{n: v for n, v in named.items() if v is not None}))


def add_rule(app: App, tenant: TenantId, values: RuleChanges, by: str) -> Rule:
    """A new rule, behind all others. Raises `InputInvalid` and `Conflict`."""
    blank = Rule(app.ids.new_id(), "", values.kind or ActivityKind.PAGE_VIEW, 0)
    made = values.of(blank)
    refuse_unknown_names(app, tenant, made)

    def with_it(rules: Rules) -> Rules:
        if len(rules) >= MOST_RULES:
            raise InputInvalid(f"There are {MOST_RULES} rules already, which is all there can be.")
        return (*rules, made)

    _change(app, tenant, with_it, by)
    return made


def change_rule(app: App, tenant: TenantId, rule_id: str, changes: RuleChanges, by: str) -> Rule:
    """Change a rule; as it is then. Raises `NotFound`, `InputInvalid` and `Conflict`."""

    def with_it(rules: Rules) -> Rules:
        before = rule_of(rules, rule_id)
        after = changes.of(before)
        refuse_unknown_names(app, tenant, after, before)
        return tuple(after if one is before else one for one in rules)

    return rule_of(_change(app, tenant, with_it, by).rules, rule_id)


def delete_rule(app: App, tenant: TenantId, rule_id: str, by: str) -> None:
    """Take a rule away, and what it gave. Raises `NotFound` and `Conflict`."""

    def without_it(rules: Rules) -> Rules:
        gone = rule_of(rules, rule_id)
        return tuple(one for one in rules if one is not gone)

    _change(app, tenant, without_it, by)


def rule_of(rules: Sequence[Rule], rule_id: str) -> Rule:
    """The rule with this id. Raises `NotFound`."""
    found = next((one for one in rules if one.rule_id == rule_id), None)
    if found is None:
        raise NotFound("There is no such rule.", mend="It may have been deleted meanwhile.")
    return found


def recount(app: App, tenant: TenantId, by: str) -> None:
    """Have everybody's score worked out anew from all that was done, by the rules there are.

    Takes the place of a re-score that is under way. Raises `Conflict`.
    """
    change_scoring(app, tenant, lambda rules: rules, by, anew=True)


def _change(app: App, tenant: TenantId, to: Callable[[Rules], Rules], by: str) -> ScoringRules:
    """Save other rules, and have everybody's score worked out by them."""
    return change_scoring(app, tenant, lambda one: replace(one, rules=to(one.rules)), by)
