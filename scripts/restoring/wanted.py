"""What a row is to be after a restore: what it was at the moment, but for what must never be undone."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from funnel.adapters.dynamodb.codec import to_text
from funnel.adapters.dynamodb.tables import KNOWN
from funnel.domain.ids import TenantId
from funnel.domain.people.redos import Redo

Row = dict[str, dict[str, Any]]

NOT_READ = "rows that could not be read"
"""Of these nothing is carried over."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row is to be, None for none; of which tenant `what` was carried over, "" for nothing.

    `redos` are to be done again by Funnel itself before anything goes out.
    """

    row: Row | None
    what: str = ""
    tenant: str = ""
    redos: tuple[Redo, ...] = ()


Rule = Callable[[Row | None, Row | None], Wanted]
"""Of a row as it is now and as it was then, one of them there, what it is to be.

What it makes of its own outcome and the row as it was is that outcome again: so a copy can be repeated.
"""


@dataclass(slots=True)
class CarriedOver:
    """How many of what were carried over, by tenant; told by several threads."""

    by_tenant: dict[str, Counter[str]] = field(default_factory=dict)
    _lock: Any = field(default_factory=Lock)

    def count(self, wanted: Wanted) -> None:
        """Count one."""
        if wanted.what:
            with self._lock:
                self.by_tenant.setdefault(wanted.tenant, Counter())[wanted.what] += 1


def as_it_was(_now: Row | None, then: Row | None) -> Wanted:
    """The rule for all that has no other."""
    return Wanted(then)


def ruled(rule: Rule, now: Row | None, then: Row | None) -> Wanted:
    """What the rule says; of a row that it cannot read, what it was."""
    if now == then or rule is as_it_was:
        return Wanted(then)
    try:
        if any(int(row["v"]["N"]) > KNOWN for row in (now, then) if row and "v" in row):
            raise ValueError("written by a newer release")
        return rule(now, then)
    except (KeyError, ValueError, TypeError, AssertionError):
        return Wanted(then, NOT_READ, tenant_of(now or then or {}))


def body(row: Row, value: object, what: str, tenant: str) -> Wanted:
    """The row with this dataclass as its body."""
    text: dict[str, Any] = {"S": to_text(value)}
    return Wanted({**row, "body": text}, what, tenant)


def keys(now: Row | None, then: Row | None) -> tuple[str, str]:
    """The row's key."""
    row = now if now is not None else then
    assert row is not None
    return str(row["pk"]["S"]), str(row["sk"]["S"])


def tenant_of(row: Mapping[str, Any]) -> TenantId:
    """Whose row it is, of those whose key begins with it."""
    return TenantId(str(row["pk"]["S"]).partition("#")[0]) if "pk" in row else TenantId("")
