"""What the buttons of the rule's builder do: add, remove and move its parts.

A button says "<verb> <path of the part>". Each change tells which input is to have the focus then:
"<path> <name>", so that who works by keyboard goes on where they are.
"""

from collections.abc import Callable

from funnel.web.marketing.rule_drafts import (
    MOST_DEPTH,
    MOST_TESTS,
    DraftGroup,
    DraftPart,
    DraftTest,
    depth_of,
    joined,
    part_at,
    split,
    tests_in,
    with_parts,
)

Changed = tuple[DraftGroup, str]


def change_draft(group: DraftGroup, wish: str) -> Changed:
    """The draft as it is to be, and where the focus belongs; what cannot be done changes nothing."""
    verb, _, path = wish.partition(" ")
    known = part_at(group, path)
    does = _VERBS.get(verb)
    if known is None or does is None:
        return group, ""
    return does(group, path)


def may_move_into(parts: tuple[DraftPart, ...], at: int) -> int | None:
    """The group beside a part that it can be moved into: the one before it, or else behind it."""
    for beside in (at - 1, at + 1):
        if 0 <= beside < len(parts) and isinstance(parts[beside], DraftGroup):
            return beside
    return None


def _add_test(group: DraftGroup, path: str) -> Changed:
    if tests_in(group) >= MOST_TESTS:
        return group, ""
    return _added(group, path, DraftTest(), "what")


def _add_group(group: DraftGroup, path: str) -> Changed:
    if tests_in(group) >= MOST_TESTS or path.count("parts.") + 2 > MOST_DEPTH:
        return group, ""
    return _added(group, path, DraftGroup("any", (DraftTest(),)), "match")


def _added(group: DraftGroup, path: str, part: DraftPart, focus: str) -> Changed:
    inside = part_at(group, path)
    if not isinstance(inside, DraftGroup):
        return group, ""
    made = joined(path, len(inside.parts))
    return with_parts(group, path, (*inside.parts, part)), f"{made} {focus}"


def _remove(group: DraftGroup, path: str) -> Changed:
    if not path:
        return group, ""
    parent, at, parts = _place(group, path)
    left = parts[:at] + parts[at + 1 :]
    beside = min(at, len(left) - 1)
    focus = f"{joined(parent, beside)} {_first(left[beside])}" if left else f"{parent} add"
    return with_parts(group, parent, left), focus


def _up(group: DraftGroup, path: str) -> Changed:
    return _swapped(group, path, -1, "up")


def _down(group: DraftGroup, path: str) -> Changed:
    return _swapped(group, path, 1, "down")


def _swapped(group: DraftGroup, path: str, by: int, verb: str) -> Changed:
    if not path:
        return group, ""
    parent, at, parts = _place(group, path)
    to = at + by
    if not 0 <= to < len(parts):
        return group, ""
    moved = list(parts)
    moved[at], moved[to] = moved[to], moved[at]
    stays = 0 < to < len(parts) - 1
    focus = verb if stays else {"up": "down", "down": "up"}[verb]
    return with_parts(group, parent, tuple(moved)), f"{joined(parent, to)} {focus}"


def _into(group: DraftGroup, path: str) -> Changed:
    if not path:
        return group, ""
    parent, at, parts = _place(group, path)
    beside = may_move_into(parts, at)
    if beside is None or parent.count("parts.") + 2 + depth_of(parts[at]) > MOST_DEPTH:
        return group, ""
    target = parts[beside]
    assert isinstance(target, DraftGroup)
    before = beside < at
    inner = (*target.parts, parts[at]) if before else (parts[at], *target.parts)
    left = list(parts)
    left[beside] = DraftGroup(target.match, inner)
    del left[at]
    where = joined(joined(parent, beside if before else at), len(inner) - 1 if before else 0)
    return with_parts(group, parent, tuple(left)), f"{where} out"


def _out(group: DraftGroup, path: str) -> Changed:
    parent, at, parts = _place(group, path) if path else ("", 0, ())
    if not parent:
        return group, ""
    above, place, beside = _place(group, parent)
    moved = list(beside)
    inside = moved[place]
    assert isinstance(inside, DraftGroup)
    moved[place] = DraftGroup(inside.match, parts[:at] + parts[at + 1 :])
    moved.insert(place + 1, parts[at])
    return with_parts(group, above, tuple(moved)), f"{joined(above, place + 1)} into"


def _place(group: DraftGroup, path: str) -> tuple[str, int, tuple[DraftPart, ...]]:
    parent, at = split(path)
    inside = part_at(group, parent)
    assert isinstance(inside, DraftGroup)
    return parent, at, inside.parts


def _first(part: DraftPart) -> str:
    return "match" if isinstance(part, DraftGroup) else "what"


_VERBS: dict[str, Callable[[DraftGroup, str], Changed]] = {
    "test": _add_test,
    "group": _add_group,
    "remove": _remove,
    "up": _up,
    "down": _down,
    "into": _into,
    "out": _out,
}
