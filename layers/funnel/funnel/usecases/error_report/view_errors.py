"""The error report, grouped by root cause."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from funnel.domain.errors import NotFound
from funnel.domain.ids import Module, RecordKey, TenantId
from funnel.domain.sync.records import Direction, SyncError
from funnel.usecases.app import App
from funnel.usecases.error_report.error_filter import ErrorFilter, ErrorReader, behind
from funnel.usecases.error_report.explaining import Explain
from funnel.usecases.view_common import RecordRef, Sugar

GROUPS = 20
"""Groups on a page."""

MOST_OF_GROUP = 500
"""Rows of a group that are read for the report; what is more has the group's own page."""

MOST_READ = 5_000
"""Rows that are looked through for one page, so that it answers in time."""

ROWS = 100
"""Rows on a page of one group."""


@dataclass(frozen=True, slots=True)
class ErrorView:
    """One reason why one record could not sync.

    `person_id` is who could not be pushed: the record may not be in Sugar yet.
    """

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
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class ModuleCount:
    """How many records of a module."""

    module: Module
    count: int


@dataclass(frozen=True, slots=True)
class ErrorGroup:
    """What goes back to one record.

    `own` are the root's own errors (none, if it is no longer read), `blocked` those of the records
    that wait for it, `counts` how many of them by module. With `more` it has more rows than were
    read: the counts are then what was counted so far.
    """

    root: RecordRef
    cause: str
    mend: str
    first_seen: datetime
    last_seen: datetime
    own: tuple[ErrorView, ...]
    blocked: tuple[ErrorView, ...]
    counts: tuple[ModuleCount, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class ErrorReport:
    """A page of the report; `total` counts the errors on it, `cursor` is where it goes on.

    With a filter a page can be short, or empty, and still go on: so many rows are looked through
    at a time.
    """

    items: tuple[ErrorGroup, ...]
    total: int
    cursor: str


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A page of the rows that go back to one record; `cursor` is where it goes on."""

    root: RecordRef
    items: tuple[ErrorView, ...]
    cursor: str


_NO_FILTER = ErrorFilter()


def error_report(
    app: App,
    tenant: TenantId,
    explain: Explain,
    cursor: str = "",
    wanted: ErrorFilter = _NO_FILTER,
    limit: int = GROUPS,
) -> ErrorReport:
    """A page of groups that have rows that are wanted, whole, those that hold up most first.

    A group is never cut by a page: what it has beyond 500 rows is passed over.
    """
    reader = ErrorReader(app.records, tenant, cursor)
    found: dict[RecordKey, list[SyncError]] = {}
    cut: set[RecordKey] = set()
    place = _collect(reader, found, cut, lambda error: wanted.fits(error, explain), limit)
    words = _Words(app, tenant, explain, [error for rows in found.values() for error in rows])
    shown = [_group(rows, words, more=root in cut) for root, rows in found.items()]
    shown.sort(key=lambda group: (-len(group.blocked), group.root.name.casefold()))
    return ErrorReport(tuple(shown), sum(len(rows) for rows in found.values()), place)


def group_rows(
    app: App,
    tenant: TenantId,
    explain: Explain,
    root: RecordKey,
    cursor: str = "",
    wanted: ErrorFilter = _NO_FILTER,
    limit: int = ROWS,
) -> GroupPage:
    """A page of what goes back to one record. Raises `NotFound` where nothing does any more."""
    listing = app.records.list_errors(tenant, limit, cursor, root=root)
    if not listing.items and not cursor:
        raise NotFound("Nothing goes back to this record any more.")
    name = next((error.root_name for error in listing.items if error.root_name), "")
    rows = [error for error in listing.items if wanted.fits(error, explain)]
    words = _Words(app, tenant, explain, rows)
    items = tuple(words.view(error) for error in rows)
    return GroupPage(words.sugar.ref(root, name), items, listing.cursor)


def _collect(
    reader: ErrorReader,
    found: dict[RecordKey, list[SyncError]],
    cut: set[RecordKey],
    fits: Callable[[SyncError], bool],
    groups: int,
) -> str:
    """Fill `found` with whole groups; the place behind them, "" at the end."""
    last: RecordKey | None = None
    for rows in reader.pages():
        for error in rows:
            if error.root != last:
                if last is not None and len(found) == groups:
                    return behind(last)
                last = error.root
            if fits(error):
                mine = found.setdefault(error.root, [])
                if len(mine) < MOST_OF_GROUP:
                    mine.append(error)
                else:
                    cut.add(error.root)
        if last in cut and reader.place:
            reader.pass_over(last)
        if reader.read >= MOST_READ and reader.place:
            # A group that has begun is passed over, so that no group stands on two pages.
            if last in found:
                cut.add(last)
                return behind(last)
            return reader.place
    return ""


class _Words:
    """Errors in plain words, with whom they are about where that is a push of a person."""

    def __init__(
        self, app: App, tenant: TenantId, explain: Explain, errors: Sequence[SyncError]
    ) -> None:
        self.sugar = Sugar(app, tenant)
        self._explain = explain
        ids = {error.error_id for error in errors if error.direction is Direction.PUSH}
        intents = app.pushes.intents(tenant, ids) if ids else {}
        self._people = {intent_id: one.person_id for intent_id, one in intents.items()}

    def view(self, error: SyncError) -> ErrorView:
        """One error."""
        seen = error_view(error, self.sugar, self._explain)
        return replace(seen, person_id=self._people.get(error.error_id, ""))


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


def _group(rows: Sequence[SyncError], words: _Words, *, more: bool) -> ErrorGroup:
    first = rows[0]
    views = [(error, words.view(error)) for error in rows]
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
        root=words.sugar.ref(first.root, first.root_name),
        cause=lead.cause,
        mend=lead.mend,
        first_seen=min(view.first_seen for _, view in views),
        last_seen=max(view.last_seen for _, view in views),
        own=own,
        blocked=blocked,
        counts=counts,
        more=more,
    )
