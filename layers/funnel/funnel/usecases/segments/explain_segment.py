"""Why somebody is in a segment, or is not: each part of its rule, whether it is true, and what was found."""

from collections.abc import Mapping
from dataclasses import dataclass

from funnel.domain.errors import NotFound
from funnel.domain.ids import ListId, PersonId, TenantId
from funnel.domain.mapping.fields import FieldType
from funnel.domain.segments.rule_speech import ENGLISH, RuleSpeech
from funnel.domain.segments.rule_words import Names, part_words
from funnel.domain.segments.segment_evaluator import Evaluator
from funnel.domain.segments.segment_facts import Facts
from funnel.domain.segments.segment_fields import SegmentField, by_name
from funnel.domain.segments.segment_tests import times_done
from funnel.domain.segments.segments import BehaviourTest, FieldTest, Group, ListTest, Match, Part
from funnel.usecases.app import App
from funnel.usecases.segments.keep_segments import segment_of
from funnel.usecases.segments.read_facts import for_one_rule, read_facts
from funnel.usecases.segments.segment_fields import segment_fields

_MOST_VALUES = 10


@dataclass(frozen=True, slots=True)
class ExplainedPart:
    """A part of a rule, and whether it is true of the person.

    A group has `match` and `parts`; a test `words`, and `found`: the values it looked at in its `field`,
    which holds values of `type`, numbers in `unit`; of a behaviour how often it was done, which is in `times` too. `more` is
    how many further values there are.
    """

    words: str
    is_true: bool
    found: tuple[str, ...] = ()
    more: int = 0
    field: str = ""
    type: FieldType | None = None
    unit: str = ""
    times: int | None = None
    match: Match | None = None
    parts: tuple["ExplainedPart", ...] = ()


@dataclass(frozen=True, slots=True)
class SegmentWhy:
    """Why somebody is in a segment. `is_member` is as it is written, `rule.is_true` as it is now."""

    person_id: PersonId
    name: str
    is_member: bool
    rule: ExplainedPart

    @property
    def is_behind(self) -> bool:
        """Whether what was worked out is not written yet."""
        return self.is_member != self.rule.is_true


def why_in_segment(
    app: App,
    tenant: TenantId,
    list_id: ListId,
    person_id: PersonId,
    speech: RuleSpeech = ENGLISH,
) -> SegmentWhy:
    """Why this person is in the segment, or is not. Who was merged is whom it was merged into.

    Raises `NotFound` for no such segment or person.
    """
    segment = segment_of(app, tenant, list_id)
    found = app.records.people(tenant, [person_id]).get(person_id)
    while found is not None and found.merged_into:
        found = app.records.people(tenant, [found.merged_into]).get(found.merged_into)
    if found is None or not found.is_listed:
        raise NotFound("There is no such person.")
    definitions = for_one_rule(app, tenant, segment.rule or Group())
    facts = read_facts(app, tenant, definitions, [found.person_id]).get(found.person_id)
    if facts is None:
        raise NotFound("There is no such person.")
    standing = app.lists.standings(tenant, [found.person_id])[found.person_id]
    explain = _Explain(app, tenant, definitions.evaluator, facts, speech)
    return SegmentWhy(
        found.person_id,
        found.name,
        list_id in standing.lists,
        explain.part(segment.rule or Group()),
    )


def rule_names(
    app: App,
    tenant: TenantId,
    rule: Group,
    fields: Mapping[str, SegmentField] | None = None,
    speech: RuleSpeech = ENGLISH,
) -> Names:
    """What the fields and lists of a rule are called."""
    known = by_name(segment_fields(app, tenant)) if fields is None else fields
    ids = sorted(Evaluator({ListId(""): rule}, known).lists)
    lists = app.lists.lists(tenant, ids) if ids else {}
    return Names(known, {i: one.name for i, one in lists.items()}, speech)


class _Explain:
    """Explains the rule to one person's facts."""

    def __init__(
        self,
        app: App,
        tenant: TenantId,
        evaluator: Evaluator,
        facts: Facts,
        speech: RuleSpeech,
    ) -> None:
        fields = by_name(segment_fields(app, tenant))
        lists = app.lists.lists(tenant, sorted(evaluator.lists)) if evaluator.lists else {}
        self._names = Names(fields, {i: one.name for i, one in lists.items()}, speech)
        self._evaluator = evaluator
        self._facts = facts

    def part(self, part: Part) -> ExplainedPart:
        is_true = self._evaluator.is_true(part, self._facts)
        words = part_words(part, self._names)
        match part:
            case Group():
                parts = tuple(self.part(one) for one in part.parts)
                return ExplainedPart(words, is_true, match=part.match, parts=parts)
            case FieldTest():
                values = [self._value(part.field, v) for v in self._facts.held(part.field)]
                shown = tuple(values[:_MOST_VALUES])
                known = self._names.fields.get(part.field)
                more, kind = len(values) - len(shown), known.type if known else None
                unit = known.unit if known else ""
                return ExplainedPart(words, is_true, shown, more, part.field, kind, unit)
            case BehaviourTest():
                times = times_done(part, self._facts)
                return ExplainedPart(words, is_true, (str(times),), times=times)
            case ListTest():
                return ExplainedPart(words, is_true)

    def _value(self, name: str, value: object) -> str:
        if isinstance(value, bool):
            said = "yes" if value else "no"
            return self._names.speech.values.get("", {}).get(said, said)
        known = self._names.fields.get(name)
        return (known.options.get(str(value)) if known else None) or str(value)
