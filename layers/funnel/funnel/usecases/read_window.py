"""Read one window of a run and store what it brings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from funnel.domain.connections import Connection
from funnel.domain.crm import Page, Window
from funnel.domain.errors import (
    FunnelError,
    ReplyTooLarge,
    ServerCrashed,
    SugarReplyBroken,
    SugarUnavailable,
)
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.records import State, SugarRecord
from funnel.domain.runs import Run, RunWindow, WindowKind
from funnel.domain.unreadable import unreadable_unit
from funnel.domain.vanished import vanished_unit
from funnel.domain.windows import Planned, cut_by_rows, everything, plan
from funnel.ports.crm import Crm
from funnel.ports.system import Heal
from funnel.usecases.app import App
from funnel.usecases.page_size import LARGEST, PageSizes
from funnel.usecases.read_ahead import ReadAhead, ReadPage
from funnel.usecases.read_apart import UNREADABLE, read_apart
from funnel.usecases.store_page import PageStore, Stored

_SLACK = 10
_GLIMPSE = 50
_IDS_AT_ONCE = 500
_LIGHT_PAGE = 4
MOST_ADDRESSES = 20_000
_HEAL_DELAY = 2


@dataclass(slots=True)
class Outcome:
    """What a window led to; `windows` are what it was cut into, instead or in addition."""

    rows: int = 0
    changed: int = 0
    deleted: int = 0
    held: int = 0
    windows: tuple[RunWindow, ...] = ()

    def add(self, other: "Outcome") -> None:
        """Count another page's records in."""
        self.rows += other.rows
        self.changed += other.changed
        self.deleted += other.deleted
        self.held += other.held


@dataclass(slots=True)
class _Look:
    """What a light reading saw, and the ids of what differs from what is here."""

    rows: list[tuple[datetime | None, str]]
    differing: list[SugarId]


class WindowReader:
    """Reads windows of every kind for one worker."""

    def __init__(
        self,
        app: App,
        crm: Crm,
        connection: Connection,
        sizes: PageSizes,
        store: Callable[[Module], PageStore],
        fields: Callable[[Module], tuple[str, ...]],
        keep_lease: Callable[[], None],
    ) -> None:
        self._app = app
        self._crm = crm
        self._connection = connection
        self._sizes = sizes
        self._store = store
        self._fields = fields
        self._keep_lease = keep_lease
        self._pages = ReadAhead(app.background, self._read)

    def end(self) -> None:
        """Nothing is under way any more when this returns."""
        self._pages.end()

    def work(self, window: RunWindow, run: Run, following: RunWindow | None = None) -> Outcome:
        """Read, store, and say what is left of it. Nothing is struck off here.

        The page of the window `following` is read while this one's is stored.
        """
        match window.kind:
            case WindowKind.ROWS | WindowKind.AGAIN:
                return self._rows(window, run, following)
            case WindowKind.ADDRESSES:
                return self._addresses(window)
            case WindowKind.LINKS if window.module is Module.OPPORTUNITIES:
                return self._open_opportunities(window)
            case WindowKind.LINKS:
                return self._light(window, run, self._moved_contacts)
            case WindowKind.SWEEP:
                return self._light(window, run, self._strangers)
            case WindowKind.OURS:
                return self._ours(window)

    def _rows(self, window: RunWindow, run: Run, following: RunWindow | None) -> Outcome:
        size = self._sizes.of(window.module)
        if window.expected is not None and window.expected > size:
            return Outcome(windows=self._cut(window, run, size))
        try:
            read = self._pages.page(window)
        except UNREADABLE as error:
            return self._apart(window, error)
        if following is not None and self._is_a_page(following):
            self._pages.begin(following)
        outcome = self._take_in(window.module, read.page)
        if read.is_full:
            found = [(r.date_modified, str(r.sugar_id)) for r in read.page.rows]
            outcome.windows = self._parts(window, found)
        return outcome

    def _limit(self, window: RunWindow) -> int:
        """A page; of a window that counting cannot cut, enough to see where to cut it."""
        size = self._sizes.of(window.module)
        page = size + max(_SLACK, size // 10)
        return min(_GLIMPSE, page) if window.expected is None else page

    def _apart(self, window: RunWindow, error: FunnelError) -> Outcome:
        """Once more, since a reply may just have been cut off; then without what breaks it."""
        module = window.module
        limit = self._sizes.of(module) * 2
        try:
            there = self._crm.sweep(
                module, window.window, limit, self._connection.conditions.get(module, ())
            )
            if len(there) >= limit:
                raise SugarReplyBroken(error.text, mend=error.mend)
            return self._readable(module, list(there))
        except ReplyTooLarge as too_large:
            raise SugarReplyBroken(too_large.text, mend=too_large.mend) from too_large

    def _readable(self, module: Module, ids: Sequence[SugarId], *, again: bool = False) -> Outcome:
        """Take in those that can be read, and report the others."""
        fields = self._fields(module)
        pages, bad = read_apart(lambda some: self._crm.by_ids(module, some, fields=fields), ids)
        total = Outcome()
        for page in pages:
            self._keep_lease()
            total.add(self._take_in(module, page, again=again))
        total.held += self._report_unreadable(module, bad)
        return total

    def _report_unreadable(self, module: Module, bad: Mapping[SugarId, FunnelError]) -> int:
        tenant, now = self._connection.tenant, self._app.clock.now()
        stored = self._stored(module, list(bad)) if bad else {}
        units = [
            unit
            for i, why in bad.items()
            if (unit := unreadable_unit(tenant, RecordKey(module, i), stored.get(i), why.text, now))
        ]
        return sum(self._app.records.commit(tenant, units)) if units else 0

    def _is_a_page(self, window: RunWindow) -> bool:
        size = self._sizes.of(window.module)
        is_rows = window.kind in (WindowKind.ROWS, WindowKind.AGAIN)
        return is_rows and (window.expected is None or window.expected <= size)

    def _read(self, window: RunWindow) -> ReadPage:
        module, clock = window.module, self._app.clock
        limit = self._limit(window)
        began = clock.monotonic()
        try:
            page = self._crm.read(
                module,
                window.window,
                limit,
                fields=self._fields(module),
                conditions=self._connection.conditions.get(module, ()),
            )
        except (SugarUnavailable, SugarReplyBroken, ReplyTooLarge):
            self._sizes.failed(module)
            raise
        if window.expected is not None:
            self._sizes.took(module, clock.monotonic() - began)
        return ReadPage(page, is_full=len(page.rows) >= limit)

    def _take_in(self, module: Module, page: Page, *, again: bool = False) -> Outcome:
        """Store, and wake what waited, before the window may be struck off."""
        stored = self._store(module).store(page, again=again)
        wake(self._app, self._connection, stored)
        return Outcome(stored.rows, stored.changed, stored.deleted, stored.held)

    def _cut(self, window: RunWindow, run: Run, size: int) -> tuple[RunWindow, ...]:
        now = run.server_time or run.started_at
        expected = window.expected or 0
        parts = plan(window.window, expected, size, now, lambda w: self._count(window.module, w))
        return _below(window, parts)

    def _parts(
        self, window: RunWindow, found: Sequence[tuple[datetime | None, str]]
    ) -> tuple[RunWindow, ...]:
        """A page came back full: cut by what it held, and leave out what is counted as empty.

        Where a glimpse shows no place to cut, a whole page is looked at next.
        """
        cuts = cut_by_rows(window.window, found)
        if cuts is None and window.expected is None:
            return (replace(window, expected=self._sizes.of(window.module)),)
        if cuts is None:
            raise ServerCrashed(
                f"{window.module} holds more than {len(found)} records that cannot be told apart.",
                mend="Their ids hold characters that Sugar does not compare; tell us.",
            )
        counted = [Planned(w, self._count(window.module, w)) for w in cuts]
        return _below(window, [p for p in counted if p.expected])

    def _count(self, module: Module, window: Window) -> int:
        self._keep_lease()
        return self._crm.count(module, window, self._connection.conditions.get(module, ()))

    def _addresses(self, window: RunWindow) -> Outcome:
        """A page of them at a time; where there are too many to tell, the module is read whole."""
        module, moment = window.module, window.window.since
        assert moment is not None
        conditions = self._connection.conditions.get(module, ())
        ids = self._crm.changed_addresses(module, moment, MOST_ADDRESSES, conditions) or []
        if len(ids) >= MOST_ADDRESSES:
            whole = Planned(everything(), self._count(module, everything()))
            everyone = _below(replace(window, kind=WindowKind.ROWS), [whole])
            return Outcome(windows=everyone)
        rest = sorted(i for i in ids if i > window.cursor)
        size = self._sizes.of(module)
        outcome = self._by_ids(module, rest[:size])
        outcome.windows = _go_on(window, rest[size - 1] if len(rest) > size else "")
        return outcome

    def _by_ids(self, module: Module, ids: Sequence[SugarId], *, again: bool = False) -> Outcome:
        total = Outcome()
        size = self._sizes.of(module)
        for start in range(0, len(ids), size):
            part = ids[start : start + size]
            self._keep_lease()
            total.add(self._readable(module, part, again=again))
        return total

    def _light(
        self, window: RunWindow, run: Run, look: Callable[[RunWindow, int], _Look]
    ) -> Outcome:
        """Read little of many, then the whole of those that differ from what is here."""
        size = self._sizes.of(window.module) * _LIGHT_PAGE
        if window.expected is not None and window.expected > size:
            return Outcome(windows=self._cut(window, run, size))
        limit = size + max(_SLACK, size // 10)
        found = look(window, limit)
        outcome = self._by_ids(window.module, found.differing)
        if len(found.rows) >= limit:
            outcome.windows = self._parts(window, found.rows)
        return outcome

    def _moved_contacts(self, window: RunWindow, limit: int) -> _Look:
        parents = self._crm.parents(window.module, window.window, limit)
        stored = self._stored(window.module, list(parents))
        moved = [
            i for i, parent in parents.items() if i in stored and stored[i].parent_id != parent
        ]
        return _Look([(None, i) for i in parents], moved)

    def _strangers(self, window: RunWindow, limit: int) -> _Look:
        conditions = self._connection.conditions.get(window.module, ())
        found = self._crm.sweep(window.module, window.window, limit, conditions)
        stored = self._stored(window.module, list(found))
        differing = [
            i
            for i, (moment, deleted) in found.items()
            if (i not in stored and not deleted)
            or (i in stored and _differs(stored[i], moment, deleted))
        ]
        return _Look([(moment, i) for i, (moment, _) in found.items()], differing)

    def _stored(self, module: Module, ids: Sequence[SugarId]) -> dict[SugarId, SugarRecord]:
        tenant = self._connection.tenant
        stored = self._app.records.records(tenant, [RecordKey(module, i) for i in ids])
        return {key.sugar_id: record for key, record in stored.items()}

    def _open_opportunities(self, window: RunWindow) -> Outcome:
        listing = self._app.records.list_records(
            self._connection.tenant, window.module, "", LARGEST, window.cursor
        )
        is_open = [
            r.key.sugar_id
            for r in listing.items
            if not str(r.fields.get("sales_stage") or "").startswith("Closed")
        ]
        outcome = self._by_ids(window.module, is_open)
        outcome.windows = _go_on(window, listing.cursor)
        return outcome

    def _ours(self, window: RunWindow) -> Outcome:
        """A record that Sugar no longer has even by its id is reported, never deleted."""
        listing = self._app.records.list_records(
            self._connection.tenant, window.module, "", _IDS_AT_ONCE, window.cursor
        )
        ids = [r.key.sugar_id for r in listing.items]
        page = self._crm.by_ids(window.module, ids, fields=()) if ids else None
        there = {r.sugar_id: r for r in page.rows} if page else {}
        changed = [
            r.key.sugar_id
            for r in listing.items
            if r.key.sugar_id in there
            and _differs(r, there[r.key.sugar_id].date_modified, there[r.key.sugar_id].deleted)
        ]
        outcome = self._by_ids(window.module, changed)
        now = self._app.clock.now()
        gone = [r for r in listing.items if r.key.sugar_id not in there]
        units = [unit for r in gone if (unit := vanished_unit(r, now))]
        if units:
            outcome.held += sum(self._app.records.commit(self._connection.tenant, units))
        outcome.windows = _go_on(window, listing.cursor)
        return outcome


def wake(app: App, connection: Connection, stored: Stored) -> None:
    """Ask for what waited for the records that a page brought."""
    if stored.freed:
        causes = tuple(sorted(stored.freed))
        app.queue.send(Heal(connection.tenant, causes), delay=_HEAL_DELAY)


def _differs(record: SugarRecord, moment: datetime | None, deleted: bool) -> bool:
    return record.stamp.date_modified != moment or (record.state is State.DELETED) != deleted


def _below(window: RunWindow, parts: Sequence[Planned]) -> tuple[RunWindow, ...]:
    return tuple(
        replace(
            window,
            window_id=f"{window.window_id}.{i:03}",
            window=p.window,
            expected=None if p.stuck else p.expected,
        )
        for i, p in enumerate(parts)
    )


def _go_on(window: RunWindow, cursor: str) -> tuple[RunWindow, ...]:
    if not cursor:
        return ()
    return (replace(window, window_id=f"{window.window_id}+", cursor=cursor),)
