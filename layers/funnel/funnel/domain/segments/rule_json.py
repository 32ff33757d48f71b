"""A Segment's rule as plain data, as the API and the pages send it, and back.

A group is `{"match": "all", "parts": […]}`, `match` one of all, any and none. A test is one of
`{"test": "field", "field": "sales_stage", "operator": "is", "values": ["Closed Won"]}`,
`{"test": "list", "list": "<id>"}` and `{"test": "behaviour", "kind": "page view",
"page": "/pricing*", "least": 2, "days": 30}`. A group says its `parts` and a condition its `test`, and
nothing else is taken: what is misspelt would be an empty group, which is everybody. What is wrong is
named by its path, such as `parts.1.parts.0.values`.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import ListId
from funnel.domain.mapping.fields import FieldType
from funnel.domain.mapping.typed_values import typed
from funnel.domain.problems import Problems
from funnel.domain.scoring.checked_rules import LONGEST_LIFE, MOST_TIMES, PATTERNS, checked_rule
from funnel.domain.scoring.scoring import Rule
from funnel.domain.segments.segment_facts import number_of
from funnel.domain.segments.segment_fields import (
    CONSENT,
    OF_DAYS,
    SEVERAL,
    WITHOUT,
    SegmentField,
    by_name,
)
from funnel.domain.segments.segments import (
    BehaviourTest,
    FieldTest,
    Group,
    ListTest,
    Match,
    Operator,
    Part,
    Test,
)
from funnel.domain.tracking.activities import ActivityKind

DEEPEST = 5
"""Groups within each other, with the outermost."""

MOST_TESTS = 50
MOST_VALUES = 100
MOST_DAYS = 3_650
_KINDS = tuple(kind for kind in ActivityKind if kind.is_done)
_LOOSE = frozenset({FieldType.EMAIL, FieldType.PHONE, FieldType.URL})
"""Compared as texts: what is asked for may be a part of one, or something old that is none."""

_AMOUNTS = frozenset({FieldType.DECIMAL, FieldType.MONEY})
_NUMBERS = _AMOUNTS | {FieldType.INTEGER}
_DATES = frozenset({FieldType.DATE, FieldType.MOMENT})
_AMOUNT = re.compile(r"[^\w.,-]*-?\d[\d.,' \xa0\u202f]*[^\w.,-]*", re.ASCII)
"""As people write amounts: `$10,000`, `10 000,50 €`."""

_OURS = frozenset({CONSENT})
"""Choices that are ours, all known. Those of Sugar change, and are read only now and then."""

_GROUP = frozenset({"match", "parts"})
_FIELD = frozenset({"test", "field", "operator", "values"})
_LIST = frozenset({"test", "list"})
_BEHAVIOUR = frozenset({"test", "kind", *PATTERNS, "least", "days"})


def rule_of(data: object, fields: Iterable[SegmentField]) -> Group:
    """The rule that this says. Raises `InputInvalid`, its `field` the path of what is wrong."""
    return _Reader(by_name(fields)).group(data, "", 1)


def rule_to_json(rule: Group) -> dict[str, Any]:
    """The rule as plain data."""
    return {"match": rule.match.value, "parts": [_part(one) for one in rule.parts]}


def _part(part: Part) -> dict[str, Any]:
    match part:
        case Group():
            return rule_to_json(part)
        case FieldTest():
            return {
                "test": "field",
                "field": part.field,
                "operator": part.operator.value,
                "values": list(part.values),
            }
        case ListTest():
            return {"test": "list", "list": part.list_id}
        case BehaviourTest():
            return {
                "test": "behaviour",
                "kind": part.kind.value,
                "page": part.page,
                "form": part.form,
                "email": part.email,
                "link": part.link,
                "least": part.least,
                "days": part.days,
            }


class _Reader:
    """Reads one rule, and counts its tests."""

    def __init__(self, fields: Mapping[str, SegmentField]) -> None:
        self._fields = fields
        self._tests = 0

    def group(self, data: object, path: str, depth: int) -> Group:
        found = _mapping(data, path)
        if depth > DEEPEST:
            raise InputInvalid(f"Groups go {DEEPEST} deep at most.", field=path)
        match = _one_of(Match, found.get("match", "all"), _at(path, "match"))
        parts = found.get("parts")
        if not isinstance(parts, list):
            raise InputInvalid(
                "The parts of a group are a list.",
                mend="Give `parts`; `[]` is everybody.",
                field=_at(path, "parts"),
            )
        _only(_GROUP, found, path)
        return Group(
            match,
            tuple(self._part(one, _at(path, f"parts.{n}"), depth) for n, one in enumerate(parts)),
        )

    def _part(self, data: object, path: str, depth: int) -> Part:
        found = _mapping(data, path)
        if "parts" in found:
            return self.group(found, path, depth + 1)
        if "test" not in found:
            raise InputInvalid(
                "This is neither a condition nor a group.",
                mend="A condition says its `test`: field, list or behaviour. A group has `parts`.",
                field=_at(path, "test"),
            )
        self._tests += 1
        if self._tests > MOST_TESTS:
            raise InputInvalid(f"A rule has at most {MOST_TESTS} conditions.", field=path)
        return self._test(found, path)

    def _test(self, data: Mapping[str, object], path: str) -> Test:
        match data["test"]:
            case "field":
                _only(_FIELD, data, path)
                return self._field_test(data, path)
            case "list":
                _only(_LIST, data, path)
                list_id = data.get("list")
                if not isinstance(list_id, str) or not list_id:
                    raise InputInvalid("Choose a list.", field=_at(path, "list"))
                return ListTest(ListId(list_id))
            case "behaviour":
                _only(_BEHAVIOUR, data, path)
                return _behaviour(data, path)
        raise InputInvalid(
            "There is no such condition.",
            mend="Its `test` is field, list or behaviour.",
            field=_at(path, "test"),
        )

    def _field_test(self, data: Mapping[str, object], path: str) -> FieldTest:
        known = self._fields.get(str(data.get("field", "")))
        if known is None:
            raise _no_field(str(data.get("field", "")), self._fields, _at(path, "field"))
        if not data.get("operator"):
            text = f"Choose one of: {', '.join(one.value for one in known.operators)}."
            raise InputInvalid(text, field=_at(path, "operator"))
        operator = _one_of(Operator, data["operator"], _at(path, "operator"))
        if operator not in known.operators:
            raise InputInvalid(
                f"“{known.label}” cannot be asked whether it {operator}.",
                field=_at(path, "operator"),
            )
        values = _values(data.get("values", []), operator, known, _at(path, "values"))
        return FieldTest(known.name, operator, values)


def _no_field(name: str, known: Iterable[str], path: str) -> InputInvalid:
    if not name:
        return InputInvalid("Choose a field.", field=path)
    return InputInvalid(
        f"There is no field “{name[:80]}”.",
        mend=f"Choose one of: {', '.join(known)}.",
        field=path,
    )


def _values(data: object, operator: Operator, field: SegmentField, path: str) -> tuple[str, ...]:
    if operator in WITHOUT:
        return ()
    texts = [data] if isinstance(data, str | int | float) else data
    if not isinstance(texts, list) or any(isinstance(one, list | dict) for one in texts):
        raise InputInvalid("The values are a list of texts.", field=path)
    if operator in OF_DAYS:
        values = [_days(one, path) for one in texts if str(one).strip()]
    else:
        values = [v for one in texts if (v := _value(one, field, path))]
    if field.name in _OURS and not set(values) <= set(field.options):
        raise InputInvalid(f"Choose of: {', '.join(field.options)}.", field=path)
    values = list(dict.fromkeys(values))
    if not values:
        raise InputInvalid(_lacking(operator, field), field=path)
    most = MOST_VALUES if operator in SEVERAL else 1
    if len(values) > most:
        text = f"At most {most} values." if most > 1 else "Enter one value only."
        raise InputInvalid(text, field=path)
    return tuple(values)


def _lacking(operator: Operator, field: SegmentField) -> str:
    """What is to be entered where nothing is."""
    if operator in OF_DAYS:
        return "Enter a number of days."
    if field.options or field.type is FieldType.YES_NO:
        return "Tick a value."
    if field.type in _NUMBERS:
        return "Enter a number."
    return "Enter a date." if field.type in _DATES else "Enter a value."


def _value(data: object, field: SegmentField, path: str) -> str:
    """The value in the one way it is written in."""
    text = str(data).strip()
    if field.type in _LOOSE or field.type in (FieldType.CHOICE, FieldType.CHOICES):
        value = typed(FieldType.TEXT, path, text)
    elif field.type in _AMOUNTS and _AMOUNT.fullmatch(text):
        value = typed(field.type, path, str(number_of(text)))
    elif field.type is FieldType.MOMENT and len(text) == len("2026-11-24"):
        value = typed(FieldType.DATE, path, text)
    else:
        value = typed(field.type, path, text)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _days(data: object, path: str) -> str:
    return str(_number(data, 0, MOST_DAYS, path))


def _behaviour(data: Mapping[str, object], path: str) -> BehaviourTest:
    kind = next((one for one in _KINDS if one.value == data.get("kind")), None)
    if kind is None:
        raise InputInvalid(
            "There is no such behaviour.",
            mend=f"Choose one of: {', '.join(one.value for one in _KINDS)}.",
            field=_at(path, "kind"),
        )
    page, form, email, link = (str(data.get(name) or "") for name in PATTERNS)
    wrong = Problems()
    with wrong.found(path):
        checked = checked_rule(Rule("", "behaviour", kind, 1, page, form, email, link))
    with wrong.found(path):
        least = _number(data.get("least", 1), 1, MOST_TIMES, "least")
    with wrong.found(path):
        days = _number(data.get("days", 0), 0, LONGEST_LIFE, "days")
    wrong.raise_all()
    return BehaviourTest(
        kind=kind,
        page=checked.page,
        form=checked.form,
        email=checked.email,
        link=checked.link,
        least=least,
        days=days,
    )


def _number(data: object, low: int, high: int, path: str) -> int:
    text = str(data).strip()
    if isinstance(data, bool) or not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise InputInvalid(f"Enter a whole number from {low} to {high}.", field=path)
    number = int(text)
    if not low <= number <= high:
        raise InputInvalid(f"Enter a whole number from {low} to {high}.", field=path)
    return number


def _one_of(kind: Any, data: object, path: str) -> Any:
    try:
        return kind(data)
    except ValueError:
        text = f"Choose one of: {', '.join(one.value for one in kind)}."
        raise InputInvalid(text, field=path) from None


def _mapping(data: object, path: str) -> Mapping[str, object]:
    if not isinstance(data, dict):
        raise InputInvalid("A rule is made of groups and conditions.", field=path or "rule")
    return data


def _only(known: Collection[str], data: Mapping[str, object], path: str) -> None:
    """Refuse what is not known: whoever sent it meant something by it."""
    for name in data:
        if name not in known:
            raise InputInvalid(
                f"There is no “{str(name)[:60]}” here.",
                mend=f"Use only: {', '.join(sorted(known))}.",
                field=path or "rule",
            )


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
