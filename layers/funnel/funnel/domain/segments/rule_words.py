"""A Segment's rule in words: the one description that pages, mails and logs use."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from funnel.domain.ids import ListId
from funnel.domain.mapping.fields import FieldType
from funnel.domain.segments.segment_fields import OF_DAYS, WITHOUT, SegmentField
from funnel.domain.segments.segments import BehaviourTest, FieldTest, Group, ListTest, Match, Part
from funnel.domain.tracking.activities import ActivityKind

_DID = {
    ActivityKind.PAGE_VIEW: "visited",
    ActivityKind.FORM: "sent a form",
    ActivityKind.EMAIL_OPEN: "opened an email",
    ActivityKind.EMAIL_CLICK: "clicked a link in an email",
}
_DAYS = {
    "was in the last days": "was in the last {} days",
    "was longer ago than days": "was longer ago than {} days",
    "is in the next days": "is in the next {} days",
    "is later than days ahead": "is later than {} days from now",
}


@dataclass(frozen=True, slots=True)
class Names:
    """What fields and lists are called. What has no name here is called by its id."""

    fields: Mapping[str, SegmentField] = field(default_factory=dict)
    lists: Mapping[ListId, str] = field(default_factory=dict)


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
            return f"is on the list “{names.lists.get(part.list_id, part.list_id)}”"
        case BehaviourTest():
            return _behaviour(part)


def _group(group: Group, names: Names) -> str:
    if not group.parts:
        return "nobody" if group.match is Match.ANY else "everybody"
    words = [
        f"({part_words(one, names)})"
        if isinstance(one, Group) and len(one.parts) > 1 and len(group.parts) > 1
        else part_words(one, names)
        for one in group.parts
    ]
    match group.match:
        case Match.ALL:
            return " and ".join(words)
        case Match.ANY:
            return " or ".join(words)
        case Match.NONE:
            return f"not ({' or '.join(words)})"


def _field(test: FieldTest, names: Names) -> str:
    known = names.fields.get(test.field)
    label = known.label if known else test.field
    if test.operator in WITHOUT:
        return f"{label} {test.operator}"
    if test.operator in OF_DAYS:
        words = _DAYS[test.operator].format(test.values[0])
        return f"{label} {words.replace(' 1 days', ' 1 day')}"
    return f"{label} {test.operator} {_either([_value(one, known) for one in test.values])}"


def _value(value: str, known: SegmentField | None) -> str:
    label = known.options.get(value) or value if known else value
    plain = known is not None and known.type in (
        FieldType.INTEGER,
        FieldType.DECIMAL,
        FieldType.MONEY,
        FieldType.DATE,
        FieldType.MOMENT,
        FieldType.YES_NO,
    )
    return label if plain else f"“{label}”"


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _behaviour(test: BehaviourTest) -> str:
    what = _DID.get(test.kind, str(test.kind))
    if test.kind is ActivityKind.PAGE_VIEW:
        what = f"{what} {test.page or 'a page'}"
    else:
        about = [
            f"{word} “{pattern}”"
            for word, pattern in (
                ("named", test.form),
                ("on", test.page),
                ("named", test.email),
                ("to", test.link),
            )
            if pattern
        ]
        what = " ".join([what, *about])
    times = "" if test.least == 1 else f" at least {test.least} times"
    when = f" in the last {test.days} days" if test.days > 1 else " today" if test.days else ""
    return f"{what}{times}{when}"
