"""Read what a rule that is not in force yet can know of people."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from funnel.domain.ids import ListId, PersonId, TenantId
from funnel.domain.lists.lists import ListKind
from funnel.domain.scoring.scoring import Counts, Rule, added, counts_of
from funnel.domain.segments.segment_evaluator import Evaluator
from funnel.domain.segments.segment_facts import Facts
from funnel.domain.segments.segment_fields import by_name
from funnel.domain.segments.segment_tests import counted_rule
from funnel.domain.segments.segments import Group
from funnel.domain.tracking.activities import SubjectId
from funnel.usecases.app import App
from funnel.usecases.kept_segments import Definitions
from funnel.usecases.lists.wanted_lists import read_for_lists
from funnel.usecases.scoring.count_behaviours import are_counted
from funnel.usecases.scoring.read_families import read_families
from funnel.usecases.segments.segment_fields import typed_fields

MOST_ACTIVITIES = 2_000
"""Of one subject that are looked through, the newest, while a behaviour is not counted yet."""

_PAGE = 500
THIS = ListId("this")


def for_one_rule(app: App, tenant: TenantId, rule: Group) -> Definitions:
    """The rule alone, made ready, as that of the segment `THIS`."""
    evaluator = Evaluator({THIS: rule}, by_name(typed_fields(app, tenant)))
    asked = app.lists.lists(tenant, sorted(evaluator.lists)) if evaluator.lists else {}
    targets = frozenset(i for i, one in asked.items() if one.kind is ListKind.TARGET)
    return Definitions(0, evaluator, targets)


def read_facts(
    app: App, tenant: TenantId, definitions: Definitions, ids: Sequence[PersonId]
) -> dict[PersonId, Facts]:
    """What is known of these, of as much as the definitions ask for; who is not listed is absent.

    Behaviours that are not counted yet are counted from what was done.
    """
    settings = app.lists.list_settings(tenant)
    read = read_for_lists(app, tenant, ids, definitions)
    rules = [counted_rule(one) for one in definitions.evaluator.behaviours]
    if rules and not are_counted(app, tenant, rules):
        read.counts = _counted(app, tenant, rules, ids)
    facts = {i: read.facts_now(i, settings) for i in ids}
    return {i: one for i, one in facts.items() if one is not None}


def _counted(
    app: App, tenant: TenantId, rules: Sequence[Rule], ids: Sequence[PersonId]
) -> Mapping[PersonId, Counts]:
    families = read_families(app, tenant, ids)
    subjects = sorted({subject for some in families.values() for subject in some})
    if not subjects:
        return {}
    forever = any(not one.days for one in rules)
    longest = max(one.days for one in rules)
    since = None if forever else app.clock.now() - timedelta(days=longest + 1)
    counts: dict[SubjectId, Counts] = {}
    for subject, first in app.activities.newest_activities(tenant, subjects, _PAGE).items():
        page, found = first, list(first.items)
        while (
            page.cursor
            and len(found) < MOST_ACTIVITIES
            and (since is None or found[-1].at >= since)
        ):
            page = app.activities.list_activities(tenant, subject, _PAGE, page.cursor)
            found += page.items
        counts[subject] = counts_of(rules, found)
    return {i: added(*(counts[s] for s in some)) for i, some in families.items()}
