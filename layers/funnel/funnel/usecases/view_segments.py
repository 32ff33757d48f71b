"""Segments as pages show them: the list of them, one, and the rule in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from funnel.domain.errors import NotFound
from funnel.domain.ids import ListId, TenantId
from funnel.domain.lists import ListKind, ListStatus, PeopleList
from funnel.domain.rule_json import rule_to_json
from funnel.domain.rule_words import Names, rule_words
from funnel.domain.segment_evaluator import tests_of
from funnel.domain.segment_fields import by_name
from funnel.domain.segments import Group, ListTest
from funnel.usecases.app import App
from funnel.usecases.list_uses import ListUse, uses_of
from funnel.usecases.segment_fields import segment_fields
from funnel.usecases.view_common import PAGE_SIZE


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A segment; `words` are its rule."""

    list_id: str
    name: str
    description: str
    words: str
    members: int
    status: ListStatus
    by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class SegmentsPage:
    """A page of segments; `cursor` is where it goes on, "" at the end."""

    items: tuple[SegmentRow, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class SegmentView:
    """A segment whole: the rule as plain data, and what uses it. `version` grows with each change."""

    list_id: str
    name: str
    description: str
    rule: Mapping[str, object]
    words: str
    members: int
    status: ListStatus
    by: str
    changed_at: datetime
    uses: tuple[ListUse, ...]
    version: int


def find_segments(
    app: App, tenant: TenantId, query: str = "", cursor: str = "", limit: int = PAGE_SIZE
) -> SegmentsPage:
    """Segments whose name begins with the query, by name."""
    found = app.lists.list_lists(tenant, query.strip(), limit, cursor, ListKind.SEGMENT)
    names = names_for(app, tenant, (one.rule or Group() for one in found.items))
    return SegmentsPage(tuple(_row(one, names) for one in found.items), found.cursor)


def one_segment(app: App, tenant: TenantId, list_id: ListId) -> SegmentView:
    """One segment. Raises `NotFound`, for a list of another kind too."""
    one = app.lists.lists(tenant, [list_id]).get(list_id)
    if one is None or one.kind is not ListKind.SEGMENT:
        raise NotFound("There is no such segment.")
    rule = one.rule or Group()
    return SegmentView(
        list_id=one.list_id,
        name=one.name,
        description=one.description,
        rule=rule_to_json(rule),
        words=rule_words(rule, names_for(app, tenant, [rule])),
        members=one.members,
        status=one.status,
        by=one.by,
        changed_at=one.changed_at,
        uses=uses_of(app, tenant, list_id).items,
        version=one.version,
    )


def names_for(app: App, tenant: TenantId, rules: Iterable[Group]) -> Names:
    """What the fields and lists of these rules are called."""
    tests = [test for rule in rules for test in tests_of(rule)]
    ids = {test.list_id for test in tests if isinstance(test, ListTest)}
    lists = app.lists.lists(tenant, sorted(ids)) if ids else {}
    fields = by_name(segment_fields(app, tenant)) if tests else {}
    return Names(fields, {i: one.name for i, one in lists.items()})


def _row(one: PeopleList, names: Names) -> SegmentRow:
    return SegmentRow(
        list_id=one.list_id,
        name=one.name,
        description=one.description,
        words=rule_words(one.rule or Group(), names),
        members=one.members,
        status=one.status,
        by=one.by,
        changed_at=one.changed_at,
    )
