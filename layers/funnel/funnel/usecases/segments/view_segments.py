"""Segments as pages show them: the list of them, one, and the rule in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from funnel.domain.ids import ListId, TenantId
from funnel.domain.lists.lists import ListKind, ListStatus, PeopleList
from funnel.domain.segments.rule_speech import ENGLISH, RuleSpeech
from funnel.domain.segments.rule_words import Names, rule_words
from funnel.domain.segments.segments import Group
from funnel.usecases.app import App
from funnel.usecases.segments.explain_segment import rule_names
from funnel.usecases.segments.view_segment import segment_view
from funnel.usecases.uses.list_uses import ListUse, uses_of
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
class SegmentWhole:
    """A segment whole: the rule as plain data, and what uses it. `version` grows with each change.

    `looked_at` is how many people were looked at while it is worked out who is in it, None when all
    were. `is_counted` says whether the behaviour it asks for is counted for everybody by now.
    """

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
    looked_at: int | None
    is_counted: bool
    version: int


def find_segments(
    app: App,
    tenant: TenantId,
    query: str = "",
    cursor: str = "",
    limit: int = PAGE_SIZE,
    speech: RuleSpeech = ENGLISH,
) -> SegmentsPage:
    """Segments whose name begins with the query, by name."""
    found = app.lists.list_lists(tenant, query.strip(), limit, cursor, ListKind.SEGMENT)
    rules = Group(parts=tuple(one.rule for one in found.items if one.rule))
    names = rule_names(app, tenant, rules, speech=speech) if rules.parts else Names()
    return SegmentsPage(tuple(_row(one, names) for one in found.items), found.cursor)


def one_segment(
    app: App, tenant: TenantId, list_id: ListId, speech: RuleSpeech = ENGLISH
) -> SegmentWhole:
    """One segment. Raises `NotFound`, for a list of another kind too."""
    view = segment_view(app, tenant, list_id, speech)
    one = view.segment
    return SegmentWhole(
        list_id=one.list_id,
        name=one.name,
        description=one.description,
        rule=view.rule,
        words=view.words,
        members=one.members,
        status=one.status,
        by=one.by,
        changed_at=one.changed_at,
        uses=uses_of(app, tenant, list_id).items,
        looked_at=view.looked_at,
        is_counted=view.is_counted,
        version=one.version,
    )


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
