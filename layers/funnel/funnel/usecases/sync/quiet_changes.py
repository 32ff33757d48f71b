"""Read what `date_modified` does not say: addresses, links, back-dated and vanished records."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import Window
from funnel.domain.ids import Module, SugarId
from funnel.domain.sync.records import State, SugarRecord
from funnel.domain.sync.runs import Run, RunWindow, WindowKind
from funnel.domain.sync.vanished import vanished_unit
from funnel.domain.sync.windows import Planned, everything
from funnel.ports.crm import Crm
from funnel.usecases.app import App
from funnel.usecases.connecting.page_size import LARGEST, PageSizes
from funnel.usecases.sync.window_outcome import Outcome, below, go_on

MOST_ADDRESSES = 20_000
_SLACK = 10
_IDS_AT_ONCE = 500
_LIGHT_PAGE = 4


class Reader(Protocol):
    """What takes in whole records, and cuts windows."""

    def by_ids(self, module: Module, ids: Sequence[SugarId]) -> Outcome:
        """Read these and take them in."""

    def stored(self, module: Module, ids: Sequence[SugarId]) -> dict[SugarId, SugarRecord]:
        """Those that are here."""

    def count(self, module: Module, window: Window) -> int:
        """How many records Sugar has in a window."""

    def cut(self, window: RunWindow, run: Run, size: int) -> tuple[RunWindow, ...]:
        """Windows that fit pages of this size."""

    def parts(
        self, window: RunWindow, found: Sequence[tuple[datetime | None, str]]
    ) -> tuple[RunWindow, ...]:
        """Windows cut by what a full page of this one held."""


@dataclass(slots=True)
class _Look:
    """What a light reading saw, and the ids of what differs from what is here."""

    rows: list[tuple[datetime | None, str]]
    differing: list[SugarId]


class QuietChanges:
    """Finds them for one worker, and has the whole records read."""

    def __init__(
        self, app: App, crm: Crm, connection: Connection, sizes: PageSizes, reader: Reader
    ) -> None:
        self._app = app
        self._crm = crm
        self._connection = connection
        self._sizes = sizes
        self._reader = reader

    def work(self, window: RunWindow, run: Run) -> Outcome:
        """What a window of one of these kinds leads to."""
        match window.kind:
            case WindowKind.ADDRESSES:
                return self._addresses(window)
            case WindowKind.LINKS if window.module is Module.OPPORTUNITIES:
                return self._open_opportunities(window)
            case WindowKind.LINKS:
                return self._light(window, run, self._moved_contacts)
            case WindowKind.SWEEP:
                return self._light(window, run, self._strangers)
            case _:
                return self._ours(window)

    def _addresses(self, window: RunWindow) -> Outcome:
        """A page of them at a time; where there are too many to tell, the module is read whole."""
        module, moment = window.module, window.window.since
        assert moment is not None
        conditions = self._connection.conditions.get(module, ())
        ids = self._crm.changed_addresses(module, moment, MOST_ADDRESSES, conditions) or []
        if len(ids) >= MOST_ADDRESSES:
            whole = Planned(everything(), self._reader.count(module, everything()))
            everyone = below(replace(window, kind=WindowKind.ROWS), [whole])
            return Outcome(windows=everyone)
        rest = sorted(i for i in ids if i > window.cursor)
        size = self._sizes.of(module)
        outcome = self._reader.by_ids(module, rest[:size])
        outcome.windows = go_on(window, rest[size - 1] if len(rest) > size else "")
        return outcome

    def _light(
        self, window: RunWindow, run: Run, look: Callable[[RunWindow, int], _Look]
    ) -> Outcome:
        """Read little of many, then the whole of those that differ from what is here."""
        size = self._sizes.of(window.module) * _LIGHT_PAGE
        if window.expected is not None and window.expected > size:
            return Outcome(windows=self._reader.cut(window, run, size))
        limit = size + max(_SLACK, size // 10)
        found = look(window, limit)
        outcome = self._reader.by_ids(window.module, found.differing)
        if len(found.rows) >= limit:
            outcome.windows = self._reader.parts(window, found.rows)
        return outcome

    def _moved_contacts(self, window: RunWindow, limit: int) -> _Look:
        parents = self._crm.parents(window.module, window.window, limit)
        stored = self._reader.stored(window.module, list(parents))
        moved = [
            i for i, parent in parents.items() if i in stored and stored[i].parent_id != parent
        ]
        return _Look([(None, i) for i in parents], moved)

    def _strangers(self, window: RunWindow, limit: int) -> _Look:
        conditions = self._connection.conditions.get(window.module, ())
        found = self._crm.sweep(window.module, window.window, limit, conditions)
        stored = self._reader.stored(window.module, list(found))
        differing = [
            i
            for i, (moment, deleted) in found.items()
            if (i not in stored and not deleted)
            or (i in stored and _differs(stored[i], moment, deleted))
        ]
        return _Look([(moment, i) for i, (moment, _) in found.items()], differing)

    def _open_opportunities(self, window: RunWindow) -> Outcome:
        listing = self._app.records.list_records(
            self._connection.tenant, window.module, "", LARGEST, window.cursor
        )
        is_open = [
            r.key.sugar_id
            for r in listing.items
            if not str(r.fields.get("sales_stage") or "").startswith("Closed")
        ]
        outcome = self._reader.by_ids(window.module, is_open)
        outcome.windows = go_on(window, listing.cursor)
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
        outcome = self._reader.by_ids(window.module, changed)
        now = self._app.clock.now()
        gone = [r for r in listing.items if r.key.sugar_id not in there]
        units = [unit for r in gone if (unit := vanished_unit(r, now))]
        if units:
            outcome.held += sum(self._app.records.commit(self._connection.tenant, units))
        outcome.windows = go_on(window, listing.cursor)
        return outcome


def _differs(record: SugarRecord, moment: datetime | None, deleted: bool) -> bool:
    return record.stamp.date_modified != moment or (record.state is State.DELETED) != deleted
