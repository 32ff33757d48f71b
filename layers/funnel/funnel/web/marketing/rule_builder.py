"""The builder of a Segment's rule, as a part of a form: the server draws the tree that the form holds.

To have it in a form of yours:

- `draft = sent_draft(form, prefix)` where something was sent, else `draft_of_json(rule_to_json(rule))`,
  or `BLANK` for a new one (`web/marketing/rule_drafts.py`);
- where `form` has `<prefix>.do`, somebody pressed a button of the builder: draw the form again and save
  nothing. `drawing(asked, prefix)` answers it whole where htmx asks for it (None otherwise);
- to save, `rule_of(json_of_draft(draft), fields)`; an `InputInvalid` of it goes to `rule_builder` as
  `error`, which is then shown at the part it is about;
- in the template `{% from "segments/builder.html" import builder %}` and `{{ builder(t, ui, rule) }}`
  inside the form, whose other buttons must stand behind it; `rule` is what `rule_builder` gives.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from funnel.domain.activities import ActivityKind
from funnel.domain.checked_rules import PATTERNS
from funnel.domain.errors import InputInvalid
from funnel.domain.fields import FieldType
from funnel.domain.lists import ListKind
from funnel.domain.segment_fields import OF_DAYS, SEVERAL, WITHOUT, Origin, SegmentField, by_name
from funnel.domain.segments import Match, Operator
from funnel.usecases.segment_fields import segment_fields
from funnel.usecases.view_lists import ListRow, find_lists, lists_named
from funnel.web.asked import Asked
from funnel.web.errors import error_body
from funnel.web.marketing.rule_changes import change_draft, may_move_into
from funnel.web.marketing.rule_drafts import (
    BEHAVIOUR,
    FIELD,
    LIST,
    MOST_DEPTH,
    MOST_TESTS,
    DraftGroup,
    DraftPart,
    DraftTest,
    Form,
    depth_of,
    draft_of_form,
    joined,
    tests_in,
    walk,
)
from funnel.web.rendering import page
from funnel.web.replies import Reply
from funnel.web.texts import Texts

PREFIX = "rule"
MOST_LISTS = 200
_NUMBERS = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY)

Choice = tuple[str, str]
"""A value, and what it is called."""


@dataclass(frozen=True, slots=True)
class DrawnTest:
    """A test as it is drawn.

    `input` is how its values are typed: none, choices, lines, date, number, days or text. `patterns`
    are those that go with its kind of behaviour. `unknown` is what was picked and is not there now, and
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
class RuleBuilder:
    """The builder as its template draws it. `errors` are by the name of the input they are about.

    `focus` is the name of the input that is to have the focus, "" for none.
    """

    prefix: str
    whole: DrawnGroup
    matches: tuple[str, ...]
    picks: tuple[tuple[str, tuple[Choice, ...]], ...]
    lists: tuple[Choice, ...]
    more_lists: bool
    list_query: str
    errors: Mapping[str, str]
    focus: str
    full: bool
    of_opportunities: bool
    most_tests: int = MOST_TESTS
    most_depth: int = MOST_DEPTH


def sent_draft(form: Form, prefix: str = PREFIX) -> DraftGroup:
    """The draft that a form holds, without what its buttons do."""
    return draft_of_form(form, prefix)


def is_drawing(form: Form, prefix: str = PREFIX) -> bool:
    """Whether a button of the builder was pressed: nothing is to be saved."""
    return f"{prefix}.do" in form


def drawing(asked: Asked, prefix: str = PREFIX) -> Reply | None:
    """The builder alone, where htmx asks for it; None where the whole form is to be drawn or saved."""
    if not (asked.is_live_part and is_drawing(asked.form(), prefix)):
        return None
    reply = page(asked, "segments/builder_part.html", rule=redrawn(asked, prefix))
    reply.headers["HX-Trigger-After-Settle"] = "rule-drawn"
    return reply


def redrawn(asked: Asked, prefix: str = PREFIX) -> RuleBuilder:
    """The builder after whatever button of it was pressed."""
    wish = (asked.form().get(f"{prefix}.do") or [""])[0]
    draft, focus = change_draft(draft_of_form(asked.form(), prefix), wish)
    return rule_builder(asked, draft, prefix=prefix, focus=focus)


def rule_builder(
    asked: Asked,
    draft: DraftGroup,
    *,
    prefix: str = PREFIX,
    error: InputInvalid | None = None,
    focus: str = "",
) -> RuleBuilder:
    """The builder of this draft, with the error at the part it is about."""
    fields = segment_fields(asked.app, asked.tenant)
    query = asked.form_value(f"{prefix}.lists") if asked.method == "POST" else ""
    lists, more = _lists(asked, draft, query)
    drawer = _Drawer(asked.texts, by_name(fields), {one.list_id for one in lists}, tests_in(draft))
    whole = drawer.group(draft, "", "", _Place((draft,), 0, 0))
    names = {(f"{prefix}.{path}" if path else prefix) for path, _ in walk(draft)}
    body = error_body(error) if error else None
    text = f"{body.text} {body.mend}".strip() if body else ""
    path, _, name = focus.rpartition(" ")
    return RuleBuilder(
        prefix=prefix,
        whole=whole,
        matches=tuple(Match),
        picks=_picks(asked.texts, fields),
        lists=tuple((one.list_id, one.name or asked.texts("unnamed")) for one in lists),
        more_lists=more,
        list_query=query,
        errors=_placed(error, text, prefix, names) if error else {},
        focus=".".join(filter(None, (prefix, path, name))) if name else "",
        full=tests_in(draft) >= MOST_TESTS,
        of_opportunities=any(one.many and one.origin is Origin.SUGAR for one in fields),
    )


@dataclass(frozen=True, slots=True)
class _Place:
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


class _Drawer:
    """Draws the parts of one draft."""

    def __init__(
        self, texts: Texts, fields: Mapping[str, SegmentField], lists: set[str], tests: int
    ) -> None:
        self._texts = texts
        self._fields = fields
        self._lists = lists
        self._full = tests >= MOST_TESTS

    def group(self, draft: DraftGroup, path: str, number: str, place: _Place) -> DrawnGroup:
        parts = tuple(
            self._part(one, joined(path, at), _number(number, at), _Place(draft.parts, at, depth))
            for depth in (place.depth + 1,)
            for at, one in enumerate(draft.parts)
        )
        deepens = place.depth + 2 <= MOST_DEPTH and not self._full
        return DrawnGroup(path, number, draft.match, parts, deepens, *place.moves())

    def _part(
        self, draft: DraftPart, path: str, number: str, place: _Place
    ) -> DrawnTest | DrawnGroup:
        if isinstance(draft, DraftGroup):
            return self.group(draft, path, number, place)
        return self._test(draft, path, number, place)

    def _test(self, draft: DraftTest, path: str, number: str, place: _Place) -> DrawnTest:
        known = self._fields.get(draft.about) if draft.kind == FIELD else None
        operators = known.operators if known else ()
        operator = draft.operator if draft.operator in operators else next(iter(operators), "")
        choices = self._choices(known, draft.values) if known else ()
        typed = _input(known, Operator(operator), draft.values) if known else "none"
        kinds = _KINDS if draft.kind == BEHAVIOUR else ()
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
            **dict(zip(("up", "down", "into", "out"), place.moves(), strict=True)),
        )

    def _choices(self, field: SegmentField, values: Sequence[str]) -> tuple[Choice, ...]:
        """Those the field has, and behind them those that were chosen and are no more."""
        options = dict(field.options)
        if field.type is FieldType.YES_NO:
            options = {"yes": self._texts("yes"), "no": self._texts("no")}
        gone = [v for v in values if v not in options] if options else []
        left = [(v, self._texts("rule.values.unknown", value=v)) for v in gone]
        return (*((value, label or value) for value, label in options.items() if value), *left)


_KINDS = tuple(
    one.value for one in ActivityKind if any(one in kinds for kinds in PATTERNS.values())
)


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


def _picks(
    texts: Texts, fields: Iterable[SegmentField]
) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """What can be looked at, under headings."""
    under: dict[Origin, list[Choice]] = {one: [] for one in Origin}
    for one in fields:
        under[one.origin].append((f"{FIELD}:{one.name}", one.label))
    found = [(texts(f"rule.from.{k.name.lower()}"), tuple(some)) for k, some in under.items()]
    did = tuple((f"{BEHAVIOUR}:{kind}", texts(f"rule.kind.{kind}")) for kind in _KINDS)
    found.append((texts("rule.what.lists"), ((LIST, texts("rule.what.list")),)))
    found.append((texts("rule.what.behaviour"), did))
    return tuple((label, some) for label, some in found if some)


def _lists(asked: Asked, draft: DraftGroup, query: str) -> tuple[list[ListRow], bool]:
    """The lists to choose from, with those that are chosen; whether there are more."""
    chosen = {one.list_id for _, one in walk(draft) if isinstance(one, DraftTest) and one.list_id}
    if not any(isinstance(one, DraftTest) and one.kind == LIST for _, one in walk(draft)):
        return [], False
    listing = find_lists(asked.app, asked.tenant, query, limit=MOST_LISTS)
    found = {one.list_id: one for one in listing.items if one.kind is not ListKind.SEGMENT}
    missing = sorted(chosen - set(found))
    others = lists_named(asked.app, asked.tenant, missing) if missing else []
    return [*others, *found.values()], bool(listing.cursor) or bool(query)


def _placed(error: InputInvalid, text: str, prefix: str, names: Iterable[str]) -> dict[str, str]:
    """The error by the name of the input it is about, or of the part it is in."""
    name = f"{prefix}.{error.field}" if error.field.startswith("parts") else prefix
    part, _, last = name.rpartition(".")
    if name not in names and last in ("field", "test", "kind"):
        name = f"{part}.what"
    return {name: text}


def _number(group: str, at: int) -> str:
    return f"{group}.{at + 1}" if group else str(at + 1)
