"""A rule while it is being built: as a form holds it, as JSON, and with parts added and moved.

A draft may be unfinished or wrong; `domain/segments/rule_json.py` says what a rule may be. The path of a part
is that of its JSON: "parts.1.parts.0" is the first part of the second one, "" the whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from funnel.domain.segments.segments import Operator

MOST_DEPTH = 5
MOST_TESTS = 50

FIELD, LIST, BEHAVIOUR = "field", "list", "behaviour"
WITHOUT_VALUES = (Operator.EMPTY, Operator.FILLED)
_DEEPEST_READ = 12
_PATTERNS = ("page", "form", "email", "link")

Form = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class DraftTest:
    """One test as it is typed.

    `what` is what it is about: "field:<its key>", "list", "behaviour:<kind>", or "" while nothing is
    picked. What does not go with it is left out of the JSON. Where a form says that another one `was`
    picked when it was drawn, operator and values are gone: they were the other one's.
    """

    what: str = ""
    operator: str = ""
    values: tuple[str, ...] = ()
    list_id: str = ""
    page: str = ""
    form: str = ""
    email: str = ""
    link: str = ""
    least: str = ""
    days: str = ""

    @property
    def kind(self) -> str:
        """FIELD, LIST, BEHAVIOUR, or ""."""
        return self.what.partition(":")[0]

    @property
    def about(self) -> str:
        """The field's key, or the kind of behaviour."""
        return self.what.partition(":")[2]


@dataclass(frozen=True, slots=True)
class DraftGroup:
    """Parts of which `match` must be true."""

    match: str = "all"
    parts: tuple["DraftPart", ...] = ()


DraftPart = DraftTest | DraftGroup

BLANK = DraftGroup(parts=(DraftTest(),))


def draft_of_form(form: Form, prefix: str) -> DraftGroup:
    """What a form holds under names that begin with the prefix; parts in the order of their numbers."""
    start = f"{prefix}."
    fields = {name[len(start) :]: form[name] for name in form if name.startswith(start)}
    return _group_of(fields, _DEEPEST_READ)


def form_of_draft(group: DraftGroup, prefix: str) -> dict[str, list[str]]:
    """The names and values with which a form holds it."""
    found: dict[str, list[str]] = {}
    for path, part in walk(group):
        name = f"{prefix}.{path}" if path else prefix
        if isinstance(part, DraftGroup):
            found[f"{name}.match"] = [part.match]
            continue
        found[f"{name}.what"] = [part.what]
        found[f"{name}.operator"] = [part.operator]
        found[f"{name}.values"] = list(part.values)
        found[f"{name}.list"] = [part.list_id]
        for one in (*_PATTERNS, "least", "days"):
            found[f"{name}.{one}"] = [getattr(part, one)]
    return found


def json_of_draft(part: DraftPart) -> dict[str, object]:
    """As `rule_of` takes it."""
    if isinstance(part, DraftGroup):
        return {"match": part.match, "parts": [json_of_draft(one) for one in part.parts]}
    match part.kind:
        case "list":
            return {"test": LIST, "list": part.list_id}
        case "behaviour":
            return {
                "test": BEHAVIOUR,
                "kind": part.about,
                **{name: getattr(part, name) for name in _PATTERNS},
                "least": _number(part.least, 1),
                "days": _number(part.days, 0),
            }
        case _:
            values = [] if part.operator in WITHOUT_VALUES else list(part.values)
            told = {"test": FIELD, "field": part.about, "operator": part.operator}
            return {**told, "values": values}


def draft_of_json(rule: Mapping[str, object]) -> DraftPart:
    """What `rule_to_json` tells, as a draft."""
    if "match" in rule:
        parts = rule.get("parts")
        known = parts if isinstance(parts, list | tuple) else ()
        return DraftGroup(str(rule["match"]), tuple(draft_of_json(one) for one in known))
    match rule.get("test"):
        case "list":
            return DraftTest(LIST, list_id=str(rule["list"]))
        case "behaviour":
            page, form, email, link = (str(rule.get(name) or "") for name in _PATTERNS)
            return DraftTest(
                f"{BEHAVIOUR}:{rule['kind']}",
                page=page,
                form=form,
                email=email,
                link=link,
                least=str(rule.get("least") or 1),
                days=str(rule.get("days") or 0),
            )
        case _:
            values = rule.get("values")
            known = values if isinstance(values, list | tuple) else ()
            return DraftTest(
                f"{FIELD}:{rule['field']}", str(rule["operator"]), tuple(map(str, known))
            )


def walk(part: DraftPart, path: str = "") -> Iterator[tuple[str, DraftPart]]:
    """A part and all in it, each with its path, as they are read."""
    yield path, part
    if isinstance(part, DraftGroup):
        for at, one in enumerate(part.parts):
            yield from walk(one, joined(path, at))


def joined(path: str, at: int) -> str:
    """The path of a group's part."""
    return f"{path}.parts.{at}" if path else f"parts.{at}"


def part_at(group: DraftGroup, path: str) -> DraftPart | None:
    """The part with this path; None if there is none."""
    return next((part for known, part in walk(group) if known == path), None)


def split(path: str) -> tuple[str, int]:
    """The path of the group that a part is in, and its number there. Raises `ValueError`."""
    group, _, at = path.rpartition("parts.")
    return group.rstrip("."), int(at)


def with_parts(group: DraftGroup, path: str, parts: tuple[DraftPart, ...]) -> DraftGroup:
    """The same with other parts in the group at this path."""
    if not path:
        return replace(group, parts=parts)
    first, _, rest = path.removeprefix("parts.").partition(".")
    changed = [
        with_parts(one, rest, parts) if at == int(first) and isinstance(one, DraftGroup) else one
        for at, one in enumerate(group.parts)
    ]
    return replace(group, parts=tuple(changed))


def depth_of(part: DraftPart) -> int:
    """How many groups deep it is; 0 for a test."""
    if isinstance(part, DraftTest):
        return 0
    return 1 + max((depth_of(one) for one in part.parts), default=0)


def tests_in(part: DraftPart) -> int:
    """How many tests it has."""
    return sum(isinstance(one, DraftTest) for _, one in walk(part))


def _group_of(fields: Form, deepest: int) -> DraftGroup:
    match = (list(fields.get("match") or ()) or ["all"])[0]
    numbered = sorted(
        (int(number), rest, name)
        for name in fields
        if name.startswith("parts.")
        for number, _, rest in [name.removeprefix("parts.").partition(".")]
        if number.isascii() and number.isdigit() and len(number) < 5 and rest
    )
    parts: list[DraftPart] = []
    for _, some in groupby(numbered, key=lambda one: one[0]):
        inner = {rest: fields[name] for _, rest, name in some}
        if "what" in inner:
            parts.append(_test_of(inner))
        elif "match" in inner and deepest:
            parts.append(_group_of(inner, deepest - 1))
    return DraftGroup(match, tuple(parts))


def _test_of(fields: Form) -> DraftTest:
    def one(name: str) -> str:
        return (list(fields.get(name) or ()) or [""])[0].strip()

    lines = [line.strip() for text in fields.get("values", ()) for line in text.split("\n")]
    other = "was" in fields and one("was") != one("what")
    return DraftTest(
        what=one("what"),
        operator="" if other else one("operator"),
        values=() if other else tuple(line for line in lines if line),
        list_id=one("list"),
        page=one("page"),
        form=one("form"),
        email=one("email"),
        link=one("link"),
        least=one("least"),
        days=one("days"),
    )


def _number(text: str, empty: int) -> object:
    """A number as one, and what is none as it was typed."""
    text = text.replace(",", "")
    if not text:
        return empty
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
