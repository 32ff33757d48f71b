"""A rule that is being built, as the template of its builder draws it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from funnel.domain.mapping.fields import FieldType
from funnel.domain.scoring.checked_rules import PATTERNS
from funnel.domain.scoring.scoring import Rule
from funnel.domain.segments.segment_fields import OF_DAYS, SEVERAL, WITHOUT, SegmentField
from funnel.domain.segments.segments import Operator
from funnel.domain.tracking.activities import ActivityKind
from funnel.usecases.scoring.known_names import KnownNames
from funnel.web.marketing.rule_changes import may_move_into
from funnel.web.marketing.rule_drafts import (
    BEHAVIOUR,
    FIELD,
    LIST,
    MOST_DEPTH,
    MOST_TESTS,
    DraftGroup,
    DraftPart,
    DraftTest,
    depth_of,
    joined,
)
from funnel.web.texts import Texts

_NUMBERS = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY)

Choice = tuple[str, str]
"""A value, and what it is called."""


@dataclass(frozen=True, slots=True)
class DrawnTest:
    """A test as it is drawn.

    `input` is how its values are typed: none, choices, lines, date, number, days or text. `patterns`
    are those that go with its kind of behaviour, `gone` those of them that name what is not there. `unknown` is what was picked and is not there now, and
    `list_known` says whether its list is.
    """

    path: str
    number: str
    draft: DraftTest
    kind: str
    operators: tuple[Choice, ...]
    operator: str
    input: str
    choices: tuple[Choice, ...]
    patterns: tuple[str, ...]
    unknown: str
    list_known: bool
    gone: tuple[str, ...]
    up: bool
    down: bool
    into: bool
    out: bool

    @property
    def is_group(self) -> bool:
        """For the template, which knows no types."""
        return False


@dataclass(frozen=True, slots=True)
class DrawnGroup:
    """A group as it is drawn; `deepens` says whether a group may be added to it."""

    path: str
    number: str
    match: str
    parts: tuple["DrawnTest | DrawnGroup", ...]
    deepens: bool
    up: bool
    down: bool
    into: bool
    out: bool

    @property
    def is_group(self) -> bool:
        """For the template, which knows no types."""
        return True


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part stands: among these, at this number, so many groups deep."""

    beside: tuple[DraftPart, ...]
    at: int
    depth: int

    def moves(self) -> tuple[bool, bool, bool, bool]:
        """Whether it can go up, down, into the group beside it, and out of its own."""
        if not self.depth:
            return False, False, False, False
        target = may_move_into(self.beside, self.at)
        fits = self.depth + 1 + depth_of(self.beside[self.at]) <= MOST_DEPTH
        last = self.at == len(self.beside) - 1
        return self.at > 0, not last, target is not None and fits, self.depth > 1


class Drawer:
    """Draws the parts of one draft."""

    def __init__(
        self,
        texts: Texts,
        fields: Mapping[str, SegmentField],
        lists: set[str],
        tests: int,
        known: KnownNames,
    ) -> None:
        self._known = known
        self._texts = texts
        self._fields = fields
        self._lists = lists
        self._full = tests >= MOST_TESTS

    def group(self, draft: DraftGroup, path: str, number: str, place: Place) -> DrawnGroup:
        """A group and all in it."""
        parts = tuple(
            self._part(one, joined(path, at), _number(number, at), Place(draft.parts, at, depth))
            for depth in (place.depth + 1,)
            for at, one in enumerate(draft.parts)
        )
        deepens = place.depth + 2 <= MOST_DEPTH and not self._full
        return DrawnGroup(path, number, draft.match, parts, deepens, *place.moves())

    def _part(
        self, draft: DraftPart, path: str, number: str, place: Place
    ) -> DrawnTest | DrawnGroup:
        if isinstance(draft, DraftGroup):
            return self.group(draft, path, number, place)
        return self._test(draft, path, number, place)

    def _test(self, draft: DraftTest, path: str, number: str, place: Place) -> DrawnTest:
        known = self._fields.get(draft.about) if draft.kind == FIELD else None
        operators = known.operators if known else ()
        operator = _operator(draft, known)
        choices = self._choices(known, draft.values) if known else ()
        typed = _input(known, Operator(operator), draft.values) if known else "none"
        kinds = KINDS if draft.kind == BEHAVIOUR else ()
        patterns = tuple(
            name for name, some in PATTERNS.items() if draft.about in kinds and draft.about in some
        )
        is_known = known or draft.kind == LIST or patterns or not draft.what
        return DrawnTest(
            path=path,
            number=number,
            draft=draft,
            kind=draft.kind if is_known else "",
            operators=tuple((one.value, self._texts(f"rule.op.{one}")) for one in operators),
            operator=operator,
            input=typed,
            choices=choices,
            patterns=patterns,
            unknown="" if is_known else draft.what,
            list_known=draft.list_id in self._lists,
            gone=self._gone(draft) if patterns else (),
            **dict(zip(("up", "down", "into", "out"), place.moves(), strict=True)),
        )

    def _gone(self, draft: DraftTest) -> tuple[str, ...]:
        kind = ActivityKind(draft.about)
        return self._known.gone_of(Rule("", "", kind, 0, form=draft.form, email=draft.email))

    def _choices(self, field: SegmentField, values: Sequence[str]) -> tuple[Choice, ...]:
        """Those the field has, and behind them those that were chosen and are no more."""
        options = {**field.options, **self._texts.rules.values.get(field.name, {})}
        if field.type is FieldType.YES_NO:
            options = {"yes": self._texts("yes"), "no": self._texts("no")}
        gone = [v for v in values if v not in options] if options else []
        left = [(v, self._texts("rule.values.unknown", value=v)) for v in gone]
        return (*((value, label or value) for value, label in options.items() if value), *left)


KINDS = tuple(one.value for one in ActivityKind if any(one in kinds for kinds in PATTERNS.values()))


def as_drawn(part: DraftPart, fields: Mapping[str, SegmentField]) -> DraftPart:
    """The draft with the operators that its builder shows as chosen, also where it was not drawn yet."""
    if isinstance(part, DraftGroup):
        return replace(part, parts=tuple(as_drawn(one, fields) for one in part.parts))
    known = fields.get(part.about) if part.kind == FIELD else None
    return replace(part, operator=_operator(part, known)) if known else part


def _operator(draft: DraftTest, known: SegmentField | None) -> str:
    """The one that is chosen, or the first that there is."""
    operators = known.operators if known else ()
    return draft.operator if draft.operator in operators else next(iter(operators), "")


def _input(field: SegmentField, operator: Operator, values: Sequence[str]) -> str:
    """How the values are typed."""
    if operator in WITHOUT:
        return "none"
    if operator in OF_DAYS:
        return "days"
    if operator in (Operator.IS, Operator.IS_NOT) and (
        field.options or field.type is FieldType.YES_NO
    ):
        return "choices"
    if operator in SEVERAL:
        return "lines"
    if field.type in (FieldType.DATE, FieldType.MOMENT):
        return "date" if all(len(one) <= len("2026-11-24") for one in values) else "text"
    return "number" if field.type in _NUMBERS else "text"


def _number(group: str, at: int) -> str:
    return f"{group}.{at + 1}" if group else str(at + 1)
