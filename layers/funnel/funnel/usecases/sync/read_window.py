"""Read one window of a run and store what it brings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import Page, Window
from funnel.domain.errors import (
    FunnelError,
    ReplyTooLarge,
    ServerCrashed,
    SugarReplyBroken,
    SugarUnavailable,
)
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.sync.records import SugarRecord
from funnel.domain.sync.runs import Run, RunWindow, WindowKind
from funnel.domain.sync.unreadable import unreadable_unit
from funnel.domain.sync.windows import Planned, cut_by_rows, plan
from funnel.ports.crm import Crm
from funnel.ports.sync_messages import Heal
from funnel.usecases.app import App
from funnel.usecases.connecting.page_size import PageSizes
from funnel.usecases.sync.quiet_changes import QuietChanges
from funnel.usecases.sync.read_ahead import ReadAhead, ReadPage
from funnel.usecases.sync.read_apart import UNREADABLE, read_apart
from funnel.usecases.sync.store_page import PageStore, Stored
from funnel.usecases.sync.window_outcome import Outcome, below

_SLACK = 10
_GLIMPSE = 50
_HEAL_DELAY = 2


class WindowReader:
    """Reads windows of every kind for one worker, and is the reader of its quiet changes."""

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
        self._quiet = QuietChanges(app, crm, connection, sizes, self)

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
            case _:
                return self._quiet.work(window, run)

    def _rows(self, window: RunWindow, run: Run, following: RunWindow | None) -> Outcome:
        size = self._sizes.of(window.module)
        if window.expected is not None and window.expected > size:
            return Outcome(windows=self.cut(window, run, size))
        try:
            read = self._pages.page(window)
        except UNREADABLE as error:
            return self._apart(window, error)
        if following is not None and self._is_a_page(following):
            self._pages.begin(following)
        outcome = self._take_in(window.module, read.page)
        if read.is_full:
            found = [(r.date_modified, str(r.sugar_id)) for r in read.page.rows]
            outcome.windows = self.parts(window, found)
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
        stored = self.stored(module, list(bad)) if bad else {}
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

    def cut(self, window: RunWindow, run: Run, size: int) -> tuple[RunWindow, ...]:
        """Windows that fit pages of this size."""
        now = run.server_time or run.started_at
        expected = window.expected or 0
        parts = plan(window.window, expected, size, now, lambda w: self.count(window.module, w))
        return below(window, parts)

    def parts(
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
        counted = [Planned(w, self.count(window.module, w)) for w in cuts]
        return below(window, [p for p in counted if p.expected])

    def count(self, module: Module, window: Window) -> int:
        """How many records Sugar has in a window, by the connection's filter."""
        self._keep_lease()
        return self._crm.count(module, window, self._connection.conditions.get(module, ()))

    def by_ids(self, module: Module, ids: Sequence[SugarId], *, again: bool = False) -> Outcome:
        """Read these whole and take them in."""
        total = Outcome()
        size = self._sizes.of(module)
        for start in range(0, len(ids), size):
            part = ids[start : start + size]
            self._keep_lease()
            total.add(self._readable(module, part, again=again))
        return total

    def stored(self, module: Module, ids: Sequence[SugarId]) -> dict[SugarId, SugarRecord]:
        """Those that are here."""
        tenant = self._connection.tenant
        stored = self._app.records.records(tenant, [RecordKey(module, i) for i in ids])
        return {key.sugar_id: record for key, record in stored.items()}


def wake(app: App, connection: Connection, stored: Stored) -> None:
    """Ask for what waited for the records that a page brought."""
    if stored.freed:
        causes = tuple(sorted(stored.freed))
        app.queue.send(Heal(connection.tenant, causes), delay=_HEAL_DELAY)
