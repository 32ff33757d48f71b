"""Which rows of a release were read whole, by what kind of row they are."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from funnel.adapters.dynamodb.newer import items_of
from tests.upgrade.kept import Kept

Kind = tuple[str, ...]
Place = tuple[str, str]

PLAIN = re.compile(r"[a-z_]+")
GLOBAL = frozenset({"session", "link", "site", "form", "mail", "visitor", "attempt", "key_use"})
"""What the keys of rows begin with that are looked up before their tenant is known."""
IDS = frozenset(
    {"anneliese", "nobody", "fair", "web", "vips", "found", "look", "reading", "first", "old"}
    | {
        "full",
        "running",
        "refused",
        "empty",
        "acme",
        "ready",
        "sarah",
        "will",
        "ben",
        "bob",
        "warehouse",
        "agency",
    }
)
"""Ids of the scenes that look like words of ours."""


class Reads:
    """Notes what a client's answers hold."""

    def __init__(self, client: Any) -> None:
        self._found: dict[Place, int] = {}
        client.meta.events.register("after-call.dynamodb", self._note)

    def kinds(self, kept: Kept) -> dict[Kind, bool]:
        """Each kind of row that the release kept, and whether one was read with all it has."""
        found: dict[Kind, bool] = {}
        for table, items in kept.tables.items():
            for item in items:
                kind = kind_of(table, *_place(item))
                whole = self._found.get(_place(item), 0) >= len(item)
                found[kind] = found.get(kind, False) or whole
        return found

    def _note(self, parsed: Mapping[str, Any], **_: Any) -> None:
        for item in items_of(parsed):
            if "pk" in item:
                place = _place(item)
                self._found[place] = max(len(item), self._found.get(place, 0))


def kind_of(table: str, pk: str, sk: str) -> Kind:
    """A table, and the words of a key that are no ids."""
    first, *rest = pk.split("#")
    return (
        table,
        *([first] if first in GLOBAL else []),
        *_words(rest),
        *_words([sk.split("#")[0]]),
    )


def _words(parts: list[str]) -> Iterator[str]:
    return (one for one in parts if PLAIN.fullmatch(one) and one not in IDS)


def _place(item: Mapping[str, Any]) -> Place:
    return item["pk"]["S"], item["sk"]["S"]
