"""A Segment's rule as plain data, as the API and the pages send it, and back.

A group is `{"match": "all", "parts": […]}`, `match` one of all, any and none. A test is one of
`{"test": "field", "field": "sales_stage", "operator": "is", "values": ["Closed Won"]}`,
`{"test": "list", "list": "<id>"}` and `{"test": "behaviour", "kind": "page view",
"page": "/pricing*", "least": 2, "days": 30}`. A group says its `parts` and a condition its `test`, and
nothing else is taken: what is misspelt would be an empty group, which is everybody. What is wrong is
named by its path, such as `parts.1.parts.0.values`, and all of it is told at once.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import ListId
from funnel.domain.problems import Problems
from funnel.domain.scoring.checked_rules import LONGEST_LIFE, MOST_TIMES, PATTERNS, checked_rule
from funnel.domain.scoring.scoring import Rule
from funnel.domain.segments.rule_values import checked_values, sent_values, whole_number
from funnel.domain.segments.segment_fields import SegmentField, by_name
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
_KINDS = tuple(kind for kind in ActivityKind if kind.is_done)
_GROUP = frozenset({"match", "parts"})
_FIELD = frozenset({"test", "field", "operator", "values"})
_LIST = frozenset({"test", "list"})
_BEHAVIOUR = frozenset({"test", "kind", *PATTERNS, "least", "days"})


@dataclass(frozen=True, slots=True)
class ReadRule:
    """What could be read of a rule, its tests by their paths, and what is `wrong` with the rest.

    The `rule` is whole only where nothing is.
    """

    rule: Group
    tests: Mapping[str, Test]
    wrong: Problems


def read_rule(data: object, fields: Iterable[SegmentField]) -> ReadRule:
    """What this says, as far as it can be read; each `field` of what is wrong is its path."""
    reader = _Reader(by_name(fields))
    rule = reader.part_of(data)
    return ReadRule(rule, reader.tests, reader.wrong)


def rule_of(data: object, fields: Iterable[SegmentField]) -> Group:
    """The rule that this says. Raises `InputInvalid` with all that is wrong, each `field` its path."""
    read = read_rule(data, fields)
    read.wrong.raise_all()
    return read.rule


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
    """Reads one rule; its `tests` by their paths, and all that is `wrong` with it."""

    def __init__(self, fields: Mapping[str, SegmentField]) -> None:
        self._fields = fields
        self._conditions = 0
        self.tests: dict[str, Test] = {}
        self.wrong = Problems()

    def part_of(self, data: object) -> Group:
        """The rule itself, without what cannot be read."""
        with self.wrong.found():
            return self._group(_mapping(data, ""), "", 1)
        return Group()

    def _group(self, found: Mapping[str, object], path: str, depth: int) -> Group:
        if depth > DEEPEST:
            raise InputInvalid(f"Groups go {DEEPEST} deep at most.", field=path)
        match = Match.ALL
        with self.wrong.found():
            match = _one_of(Match, found.get("match", "all"), _at(path, "match"))
        parts = found.get("parts")
        if not isinstance(parts, list):
            raise InputInvalid(
                "The parts of a group are a list.",
                mend="Give `parts`; `[]` is everybody.",
                field=_at(path, "parts"),
            )
        with self.wrong.found():
            _only(_GROUP, found, path)
        read: list[Part] = []
        for n, one in enumerate(parts):
            if self._conditions > MOST_TESTS or self.wrong.is_full:
                break
            with self.wrong.found():
                read.append(self._part(one, _at(path, f"parts.{n}"), depth))
        return Group(match, tuple(read))

    def _part(self, data: object, path: str, depth: int) -> Part:
        found = _mapping(data, path)
        if "parts" in found:
            return self._group(found, path, depth + 1)
        self._conditions += 1
        if self._conditions > MOST_TESTS:
            raise InputInvalid(f"A rule has at most {MOST_TESTS} conditions.", field=path)
        if "test" not in found:
            raise InputInvalid(
                "This is neither a condition nor a group.",
                mend="A condition says its `test`: field, list or behaviour. A group has `parts`.",
                field=_at(path, "test"),
            )
        self.tests[path] = test = self._test(found, path)
        return test

    def _test(self, data: Mapping[str, object], path: str) -> Test:
        match data["test"]:
            case "field":
                return self._field_test(data, path)
            case "list":
                return _list_test(data, path)
            case "behaviour":
                return _behaviour(data, path)
        raise InputInvalid(
            "There is no such condition.",
            mend="Its `test` is field, list or behaviour.",
            field=_at(path, "test"),
        )

    def _field_test(self, data: Mapping[str, object], path: str) -> FieldTest:
        wrong, place = Problems(), _at(path, "values")
        sent = data.get("values", [])
        operator: Operator | None = None
        values: tuple[str, ...] = ()
        with wrong.found():
            _only(_FIELD, data, path)
        with wrong.found():
            field = self._field(data, path)
            operator = _operator(data, field, path)
        with wrong.found():
            if operator is None:
                # How they are compared is not known, but what they are at all is.
                sent_values(sent, place)
            else:
                values = checked_values(sent, operator, field, place)
        wrong.raise_all()
        assert operator is not None
        return FieldTest(field.name, operator, values)

    def _field(self, data: Mapping[str, object], path: str) -> SegmentField:
        name = str(data.get("field", ""))
        if name in self._fields:
            return self._fields[name]
        if not name:
            raise InputInvalid("Choose a field.", field=_at(path, "field"))
        raise InputInvalid(
            f"There is no field “{name[:80]}”.",
            mend=f"Choose one of: {', '.join(self._fields)}.",
            field=_at(path, "field"),
        )


def _operator(data: Mapping[str, object], field: SegmentField, path: str) -> Operator:
    here = _at(path, "operator")
    if not data.get("operator"):
        text = f"Choose one of: {', '.join(one.value for one in field.operators)}."
        raise InputInvalid(text, field=here)
    operator: Operator = _one_of(Operator, data["operator"], here)
    if operator not in field.operators:
        text = f"“{field.label}” cannot be asked whether it {operator}."
        raise InputInvalid(text, field=here)
    return operator


def _list_test(data: Mapping[str, object], path: str) -> ListTest:
    wrong, list_id = Problems(), data.get("list")
    with wrong.found():
        _only(_LIST, data, path)
    with wrong.found():
        if not isinstance(list_id, str) or not list_id:
            raise InputInvalid("Choose a list.", field=_at(path, "list"))
    wrong.raise_all()
    return ListTest(ListId(str(list_id)))


def _behaviour(data: Mapping[str, object], path: str) -> BehaviourTest:
    wrong = Problems()
    with wrong.found():
        _only(_BEHAVIOUR, data, path)
    with wrong.found(path):
        kind = _kind(data)
        page, form, email, link = (str(data.get(name) or "") for name in PATTERNS)
        checked = checked_rule(Rule("", "behaviour", kind, 1, page, form, email, link))
    with wrong.found(path):
        least = whole_number(data.get("least", 1), 1, MOST_TIMES, "least")
    with wrong.found(path):
        days = whole_number(data.get("days", 0), 0, LONGEST_LIFE, "days")
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


def _kind(data: Mapping[str, object]) -> ActivityKind:
    for kind in _KINDS:
        if kind.value == data.get("kind"):
            return kind
    raise InputInvalid(
        "There is no such behaviour.",
        mend=f"Choose one of: {', '.join(one.value for one in _KINDS)}.",
        field="kind",
    )


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
    wrong = Problems()
    for name in data:
        if wrong.is_full:
            break
        with wrong.found():
            if name not in known:
                raise InputInvalid(
                    f"There is no “{str(name)[:60]}” here.",
                    mend=f"Use only: {', '.join(sorted(known))}.",
                    field=path or "rule",
                )
    wrong.raise_all()


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
