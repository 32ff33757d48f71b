"""Sync again what was held back, once its cause is mended."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from funnel.domain.connections import Connection
from funnel.domain.crm import CrmRow, Page
from funnel.domain.errors import ConnectionPaused, SignInRefused
from funnel.domain.ids import Module, RecordKey, TenantId
from funnel.domain.mapping import READ_FIELDS
from funnel.domain.records import State, SyncError
from funnel.ports.crm import Crm
from funnel.ports.store import Listing
from funnel.ports.system import Heal
from funnel.usecases.app import App
from funnel.usecases.connection import connection_of, sugar
from funnel.usecases.read_window import wake
from funnel.usecases.store_page import PageStore

_PAGE = 200
_SHOULD_WE_DIE = 300


def heal(
    app: App,
    tenant: TenantId,
    causes: Iterable[RecordKey],
    seconds_left: Callable[[], float],
) -> None:
    """Read again what waits for these records, in order of dependency; all open rows if none named.

    What that frees in turn is asked for by another message. Out of time, the rest is too. While
    the connection is paused nothing is done: the rows stay, and are looked at every night.
    """
    connection = connection_of(app, tenant)
    todo = list(causes)
    try:
        with sugar(app, connection) as crm:
            healer = _Healer(app, connection, crm)
            if not todo:
                healer.everything(seconds_left)
            while todo:
                if seconds_left() <= 0:
                    app.queue.send(Heal(tenant, tuple(todo)))
                    return
                healer.waiting_for(todo.pop(0))
    except (ConnectionPaused, SignInRefused):
        return


@dataclass(slots=True)
class _Healer:
    app: App
    connection: Connection
    crm: Crm

    def waiting_for(self, cause: RecordKey) -> None:
        """Everything that this record blocks."""
        tenant = self.connection.tenant
        self._pages(lambda c: self.app.records.blocked_by(tenant, cause, _PAGE, c), lambda: 1)

    def everything(self, seconds_left: Callable[[], float]) -> None:
        """Every open row; what time does not allow waits for the next night."""
        tenant = self.connection.tenant
        self._pages(lambda c: self.app.records.list_errors(tenant, _PAGE, c), seconds_left)

    def _pages(
        self, listing: Callable[[str], Listing[SyncError]], seconds_left: Callable[[], float]
    ) -> None:
        cursor = ""
        while True:
            page = listing(cursor)
            by_module: dict[Module, list[RecordKey]] = defaultdict(list)
            for error in page.items:
                if error.record not in by_module[error.record.module]:
                    by_module[error.record.module].append(error.record)
            for module in Module:
                if by_module[module]:
                    self._read_again(module, by_module[module])
            cursor = page.cursor
            if not cursor or seconds_left() <= 0:
                return

    def _read_again(self, module: Module, keys: list[RecordKey]) -> None:
        self._ask_for_what_hangs_on(keys)
        page = self._fetch(module, keys)
        page.rows.extend(self._gone(module, keys, page))
        store = PageStore(
            self.app.records,
            self.app.clock,
            self.connection.tenant,
            self.connection.generations,
            self._fetch,
        )
        wake(self.app, self.connection, store.store(page, again=True))

    def _ask_for_what_hangs_on(self, keys: list[RecordKey]) -> None:
        """Once these have synced, their rows no longer lead here: should we die then, this does."""
        marked = self.app.records.marked_causes(self.connection.tenant, keys)
        if marked:
            heal_later = Heal(self.connection.tenant, tuple(sorted(marked)))
            self.app.queue.send(heal_later, delay=_SHOULD_WE_DIE)

    def _fetch(self, module: Module, keys: list[RecordKey]) -> Page:
        there = {f.name for f in self.crm.fields(module)}
        fields = tuple(f for f in READ_FIELDS[module] if f in there)
        return self.crm.by_ids(module, [k.sugar_id for k in keys], fields=fields)

    def _gone(self, module: Module, keys: list[RecordKey], page: Page) -> list[CrmRow]:
        """One that was never synced and is not there any more has nothing left to wait for."""
        there = {row.key for row in page.rows}
        missing = [k for k in keys if k not in there]
        stored = self.app.records.records(self.connection.tenant, missing) if missing else {}
        return [
            CrmRow(module, k.sugar_id, None, True, {})
            for k, record in stored.items()
            if record.state is State.HELD
        ]
