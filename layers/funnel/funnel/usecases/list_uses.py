"""What uses a list or segment, so that nobody takes it away from under them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from funnel.domain.ids import ListId, TenantId
from funnel.domain.segment_evaluator import tests_of
from funnel.domain.segments import ListTest
from funnel.usecases.app import App


class UsedAs(StrEnum):
    """What uses it."""

    SEGMENT = "segment"
    OVERLAY = "overlay"


@dataclass(frozen=True, slots=True)
class ListUse:
    """Something that uses a list, by its id and name."""

    used_as: UsedAs
    item_id: str
    name: str


@dataclass(frozen=True, slots=True)
class ListUses:
    """All that uses a list."""

    items: tuple[ListUse, ...]


def uses_of(app: App, tenant: TenantId, list_id: ListId) -> ListUses:
    """What uses this list."""
    return ListUses(tuple(_segments(app, tenant, list_id)))


def _segments(app: App, tenant: TenantId, list_id: ListId) -> Iterator[ListUse]:
    rules = app.lists.segment_rules(tenant).rules
    ids = [
        one
        for one, rule in rules.items()
        if any(isinstance(t, ListTest) and t.list_id == list_id for t in tests_of(rule))
    ]
    named = app.lists.lists(tenant, ids) if ids else {}
    for one in sorted(named.values(), key=lambda found: found.name.casefold()):
        yield ListUse(UsedAs.SEGMENT, one.list_id, one.name)
