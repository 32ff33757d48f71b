"""A Segment's rule in words: the one description that pages, mails and logs use, in any language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from funnel.domain.decimals import decimal_of
from funnel.domain.ids import ListId
from funnel.domain.mapping.fields import FieldType
from funnel.domain.segments.rule_speech import ENGLISH, RuleSpeech
from funnel.domain.segments.segment_fields import OF_DAYS, WITHOUT, SegmentField
from funnel.domain.segments.segments import BehaviourTest, FieldTest, Group, ListTest, Match, Part
from funnel.domain.tracking.activities import ActivityKind

_NUMBERS = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY)
_PARTED_FROM = 10_000


@dataclass(frozen=True, slots=True)
class Names:
    """What fields and lists are called, and in which language. What has no name here is called by its id."""

    fields: Mapping[str, SegmentField] = field(default_factory=dict)
    lists: Mapping[ListId, str] = field(default_factory=dict)
    speech: RuleSpeech = ENGLISH


def field_words(field: SegmentField, speech: RuleSpeech) -> str:
    """What a field is called, with the unit of its numbers."""
    label = speech.labels.get(field.name) or field.label
    return f"{label}, {field.unit}" if field.unit else label


def rule_words(rule: Group, names: Names) -> str:
    """The whole rule."""
    return part_words(rule, names)


def part_words(part: Part, names: Names) -> str:
    """A part of a rule."""
    match part:
        case Group():
            return _group(part, names)
        case FieldTest():
            return _field(part, names)
        case ListTest():
            return names.speech.on_list.format(names.lists.get(part.list_id, part.list_id))
        case BehaviourTest():
            return _behaviour(part, names.speech)


def _group(group: Group, names: Names) -> str:
    if not group.parts:
        return names.speech.nobody if group.match is Match.ANY else names.speech.everybody
    words = [
        f"({part_words(one, names)})"
        if isinstance(one, Group) and len(one.parts) > 1 and len(group.parts) > 1
        else part_words(one, names)
        for one in group.parts
    ]
    match group.match:
        case Match.ALL:
            return names.speech.both.join(words)
        case Match.ANY:
            return names.speech.either.join(words)
        case Match.NONE:
            return names.speech.none.format(names.speech.either.join(words))


def _field(test: FieldTest, names: Names) -> str:
    known, speech = names.fields.get(test.field), names.speech
    label = field_words(known, speech) if known else speech.labels.get(test.field, test.field)
    if test.operator in OF_DAYS:
        one, more = speech.days[test.operator]
        days = test.values[0]
        return f"{label} {(one if days == '1' else more).format(days)}"
    operator = speech.operators.get(test.operator, test.operator)
    if test.operator in WITHOUT:
        return f"{label} {operator}"
    values = [_value(one, test.field, known, speech) for one in test.values]
    return f"{label} {operator} {_either(values, speech)}"


def _value(value: str, name: str, known: SegmentField | None, speech: RuleSpeech) -> str:
    label = known.options.get(value) or value if known else value
    by_field = "" if known is not None and known.type is FieldType.YES_NO else name
    label = speech.values.get(by_field, {}).get(value, label)
    if known is not None and known.type in _NUMBERS and label == value:
        return _number(value, speech)
    plain = known is not None and known.type in (
        *_NUMBERS,
        FieldType.DATE,
        FieldType.MOMENT,
        FieldType.YES_NO,
    )
    return label if plain else speech.quoted.format(label)


def _number(value: str, speech: RuleSpeech) -> str:
    """As people of that language write it; below 10,000 it may be a year, which nobody parts."""
    number = decimal_of(value)
    if number is None:
        return value
    text = f"{number:,f}" if abs(number) >= _PARTED_FROM else f"{number:f}"
    return text.translate(str.maketrans(",.", "".join(speech.marks)))


def _either(words: list[str], speech: RuleSpeech) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])}{speech.either}{words[-1]}"


def _behaviour(test: BehaviourTest, speech: RuleSpeech) -> str:
    if test.kind is ActivityKind.PAGE_VIEW:
        about = test.page or speech.any_page
    else:
        about = "".join(
            phrase.format(pattern)
            for phrase, pattern in (
                (speech.named, test.form),
                (speech.on_page, test.page),
                (speech.named, test.email),
                (speech.to_link, test.link),
            )
            if pattern
        )
    when = "" if test.least == 1 else speech.times.format(test.least)
    if test.days:
        when += speech.in_days.format(test.days) if test.days > 1 else speech.today
    return speech.did[test.kind].format(about=about, when=when)
