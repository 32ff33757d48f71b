"""Ask whether a rule, as a Segment has one, is true of one person now."""

from datetime import UTC, datetime, timedelta

from funnel.domain.ids import ListId, TenantId
from funnel.domain.lists.lists import ListKind
from funnel.domain.scoring.scoring import added, counts_of
from funnel.domain.segments.segment_evaluator import Evaluator
from funnel.domain.segments.segment_fields import by_name
from funnel.domain.segments.segment_tests import counted_rule
from funnel.domain.segments.segments import Group
from funnel.domain.sync.records import Person
from funnel.usecases.app import App
from funnel.usecases.kept_segments import Definitions
from funnel.usecases.lists.wanted_lists import read_for_lists
from funnel.usecases.segments.read_done import done_since
from funnel.usecases.segments.segment_fields import typed_fields

_OWN = ListId("rule")
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


def is_true(app: App, tenant: TenantId, person: Person, rule: Group, now: datetime) -> bool:
    """Whether it is. A behaviour no Segment asks for is not counted: it is looked up in what the person did."""
    evaluator = Evaluator({_OWN: rule}, by_name(typed_fields(app, tenant)))
    asked = app.lists.lists(tenant, sorted(evaluator.lists)) if evaluator.lists else {}
    targets = frozenset(i for i, one in asked.items() if one.kind is ListKind.TARGET)
    person_id = person.person_id
    read = read_for_lists(app, tenant, [person_id], Definitions(0, evaluator, targets))
    if person_id not in read.people:
        return False
    standing = read.standings[person_id]
    facts = read.facts(person_id, standing.lists, standing.by_hand)
    if evaluator.behaviours:
        days = [test.days for test in evaluator.behaviours]
        since = now - timedelta(days=max(days)) if all(days) else _EVER
        done = list(done_since(app, tenant, person_id, since))
        rules = [counted_rule(test) for test in evaluator.behaviours]
        facts.counts = added(counts_of(rules, done))
    return evaluator.is_true(rule, facts)
