"""The error report, grouped by root cause."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from funnel.domain.ids import Module, TenantId
from funnel.domain.records import Direction, SyncError
from funnel.usecases.app import App
from funnel.usecases.view_common import RecordRef, Sugar

PAGE_SIZE = 500


@dataclass(frozen=True, slots=True)
class Explanation:
    """A cause in plain words, and how to mend it."""

    text: str
    mend: str


Explain = Callable[[SyncError], Explanation]


@dataclass(frozen=True, slots=True)
class ErrorView:
    """One reason why one record could not sync."""

    error_id: str
    direction: Direction
    record: RecordRef
    field: str
    value: str
    code: str
    cause: str
    mend: str
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class ModuleCount:
    """How many records of a module."""

    module: Module
    count: int


@dataclass(frozen=True, slots=True)
class ErrorGroup:
    """What goes back to one record.

    `own` are the root's own errors (none, if they are on another page or it is no longer read),
    `blocked` those of the records that wait for it, `counts` how many of them by module.
    """

    root: RecordRef
    cause: str
    mend: str
    first_seen: datetime
    last_seen: datetime
    own: tuple[ErrorView, ...]
    blocked: tuple[ErrorView, ...]
    counts: tuple[ModuleCount, ...]


@dataclass(frozen=True, slots=True)
class ErrorReport:
    """A page of the report; `total` counts the errors on it, `cursor` is where it goes on."""

    groups: tuple[ErrorGroup, ...]
    total: int
    cursor: str


def error_report(
    app: App, tenant: TenantId, explain: Explain, cursor: str = "", limit: int = PAGE_SIZE
) -> ErrorReport:
    """Open errors by root cause, those that hold up most first."""
    listing = app.records.list_errors(tenant, limit, cursor)
    groups = group_errors(listing.items, Sugar(app, tenant), explain)
    return ErrorReport(groups, len(listing.items), listing.cursor)


def group_errors(
    errors: Sequence[SyncError], sugar: Sugar, explain: Explain
) -> tuple[ErrorGroup, ...]:
    """Group errors by the record they go back to."""
    ordered = sorted(errors, key=_root)
    groups = [_group(list(rows), sugar, explain) for _, rows in groupby(ordered, key=_root)]
    groups.sort(key=lambda group: (-len(group.blocked), group.root.name.casefold()))
    return tuple(groups)


def error_view(error: SyncError, sugar: Sugar, explain: Explain) -> ErrorView:
    """One error in plain words."""
    words = explain(error)
    return ErrorView(
        error_id=error.error_id,
        direction=error.direction,
        record=sugar.ref(error.record, error.name),
        field=error.field,
        value=error.value,
        code=error.code,
        cause=words.text,
        mend=words.mend,
        first_seen=error.first_seen,
        last_seen=error.last_seen,
    )


def _root(error: SyncError) -> str:
    return str(error.root)


def _group(rows: list[SyncError], sugar: Sugar, explain: Explain) -> ErrorGroup:
    first = rows[0]
    views = [(error, error_view(error, sugar, explain)) for error in rows]
    own = tuple(view for error, view in views if error.record == error.root)
    blocked = tuple(
        sorted(
            (view for error, view in views if error.record != error.root),
            key=lambda view: (view.record.module, view.record.name.casefold()),
        )
    )
    lead = own[0] if own else blocked[0]
    counts = tuple(
        ModuleCount(module, number)
        for module in Module
        if (number := len({v.record.sugar_id for v in blocked if v.record.module is module}))
    )
    return ErrorGroup(
        root=sugar.ref(first.root, first.root_name),
        cause=lead.cause,
        mend=lead.mend,
        first_seen=min(view.first_seen for _, view in views),
        last_seen=max(view.last_seen for _, view in views),
        own=own,
        blocked=blocked,
        counts=counts,
    )
