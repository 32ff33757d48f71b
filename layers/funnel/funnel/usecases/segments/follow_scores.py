"""Have segments follow what people did and what their score is."""

from collections.abc import Iterable

from funnel.domain.ids import PersonId, TenantId
from funnel.domain.scoring.scoring import ScoringRules
from funnel.domain.tracking.activities import Activity
from funnel.usecases.app import App
from funnel.usecases.lists.list_people import list_people
from funnel.usecases.scoring.rescore import rescore


def rescore_people(app: App, tenant: TenantId, people: Iterable[PersonId]) -> int:
    """Bring scores up to date as `rescore` does, and have segments that ask for them follow.

    How many changes it took. Raises `StoreBusy`.
    """
    done = rescore(app, tenant, people)
    if done.rules:
        lists_follow(app, done.rules, done.people)
    return done.changes


def lists_follow(app: App, rules: ScoringRules, people: Iterable[PersonId]) -> None:
    """Bring the lists of these people up to date where a segment asks for scores or behaviours.

    The rules, which are read already, say whether one does.
    """
    if rules.asking or rules.behaviours:
        list_people(app, rules.tenant, people)


def touches_lists(rules: ScoringRules, activities: Iterable[Activity], *, scored: bool) -> bool:
    """Whether these, or a score that was written, can change somebody's segments."""
    if rules.asking and scored:
        return True
    return any(rule.matches(one) for one in activities for rule in rules.behaviours)
