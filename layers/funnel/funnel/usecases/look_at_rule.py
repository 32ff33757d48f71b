"""Who a rule is true of, as it stands: looked through in slices, while the rule is being built.

Nothing is written, and nothing of it is kept: whoever asks counts the slices together.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from funnel.domain.activities import SubjectId
from funnel.domain.ids import ListId, PersonId, TenantId
from funnel.domain.lists import ListKind
from funnel.domain.records import Person
from funnel.domain.scoring import Counts, Rule, added, counts_of
from funnel.domain.segment_evaluator import Evaluator
from funnel.domain.segment_fields import by_name
from funnel.domain.segment_tests import counted_rule
from funnel.domain.segments import Group
from funnel.usecases.app import App
from funnel.usecases.kept_segments import Definitions
from funnel.usecases.read_families import read_families
from funnel.usecases.segment_fields import typed_fields
from funnel.usecases.view_people import PersonRow, person_rows
from funnel.usecases.wanted_lists import read_for_lists

SLICE = 2_000
"""People that one slice looks through at most."""

MOST_SHOWN = 10
_AT_ONCE = 100
_SECONDS = 2.5
"""After which a slice ends with the people it is at."""

_MOST_ACTIVITIES = 1_000
"""Of one person that are looked through for a behaviour that is not counted yet."""

_RULE = ListId("")


@dataclass(frozen=True, slots=True)
class RuleLook:
    """A slice: of the people that were `looked` at, the rule is true of `count`.

    `people` are the first ten of them. `cursor` is where it goes on, "" where everybody was looked at.
    """

    count: int
    looked: int
    people: tuple[PersonRow, ...]
    cursor: str


def look_at_rule(
    app: App,
    tenant: TenantId,
    rule: Group,
    cursor: str = "",
    *,
    seconds: Callable[[], float] = time.monotonic,
) -> RuleLook:
    """The next slice of everybody, by name."""
    definitions = _ready(app, tenant, rule)
    new = _not_counted(app, tenant, definitions.evaluator)
    count, looked, began = 0, 0, seconds()
    first: list[Person] = []
    while looked < SLICE:
        page = app.records.list_people(tenant, "", _AT_ONCE, cursor)
        fitting = _fitting(app, tenant, definitions, new, page.items)
        count, looked = count + len(fitting), looked + len(page.items)
        first = [*first, *fitting][:MOST_SHOWN]
        cursor = page.cursor
        if not cursor or seconds() - began > _SECONDS:
            break
    return RuleLook(count, looked, person_rows(app, tenant, first), cursor)


def _ready(app: App, tenant: TenantId, rule: Group) -> Definitions:
    evaluator = Evaluator({_RULE: rule}, by_name(typed_fields(app, tenant)))
    asked = app.lists.lists(tenant, sorted(evaluator.lists)) if evaluator.lists else {}
    targets = frozenset(i for i, one in asked.items() if one.kind is ListKind.TARGET)
    return Definitions(0, evaluator, targets)


def _not_counted(app: App, tenant: TenantId, evaluator: Evaluator) -> tuple[Rule, ...]:
    """The behaviours of the rule, if any of them is not among those that everybody's tally has."""
    wanted = tuple(counted_rule(one) for one in evaluator.behaviours)
    if not wanted:
        return ()
    rules, last = app.scoring.scoring_rules(tenant), app.scoring.rescoring(tenant)
    known = {one.rule_id for one in rules.behaviours}
    done = last is not None and last.generation >= rules.tallied and last.finished_at is not None
    return () if done and known.issuperset(one.rule_id for one in wanted) else wanted


def _fitting(
    app: App,
    tenant: TenantId,
    definitions: Definitions,
    new: Sequence[Rule],
    people: Sequence[Person],
) -> list[Person]:
    """Of these the people that the rule is true of."""
    ids = [one.person_id for one in people]
    read = read_for_lists(app, tenant, ids, definitions)
    if new:
        read.counts = _counted(app, tenant, ids, new)
    evaluator = definitions.evaluator

    def fits(person_id: PersonId) -> bool:
        standing = read.standings[person_id]
        facts = read.facts(person_id, standing.lists, standing.by_hand)
        return _RULE in evaluator.segments_of(facts)

    return [one for one in people if one.person_id in read.people and fits(one.person_id)]


def _counted(
    app: App, tenant: TenantId, ids: Sequence[PersonId], rules: Sequence[Rule]
) -> dict[PersonId, Counts]:
    """The counts of these behaviours, from what these people did."""
    families = read_families(app, tenant, ids)
    subjects: set[SubjectId] = {one for some in families.values() for one in some}
    if not subjects:
        return {}
    done = app.activities.newest_activities(tenant, sorted(subjects), _MOST_ACTIVITIES)
    return {
        person_id: added(*(counts_of(rules, done[s].items) for s in some if s in done))
        for person_id, some in families.items()
    }
