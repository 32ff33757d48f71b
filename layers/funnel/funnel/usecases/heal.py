"""Sync again what was held back, once its cause is mended."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

from funnel.domain.connections import Connection
from funnel.domain.crm import Page
from funnel.domain.errors import (
    ConnectionPaused,
    NotFound,
    Permanent,
    SignInRefused,
    SugarBusy,
    Transient,
)
from funnel.domain.ids import Module, RecordKey
from funnel.domain.mapping import READ_FIELDS
from funnel.domain.records import SyncError
from funnel.domain.vanished import vanished_unit
from funnel.ports.crm import Crm
from funnel.ports.store import Listing
from funnel.ports.system import Heal
from funnel.usecases.app import App
from funnel.usecases.connection import connection_of, sugar
from funnel.usecases.read_window import wake
from funnel.usecases.store_page import PageStore

_PAGE = 200
_SHOULD_WE_DIE = 300
_MOST_ATTEMPTS = 6
_FIRST_DELAY = 15
_LONGEST_DELAY = 900


def heal(app: App, message: Heal, seconds_left: Callable[[], float]) -> None:
    """Read again what waits for these records, in order of dependency; all open rows if none named.

    What that frees in turn is asked for by another message. Out of time, the rest is too, from the
    page it has come to. What can pass is tried again with back-off from that page, and left to the
    night when it does not. While the connection is paused or its circuit open nothing is done: the
    rows stay, and are looked at every night.
    """
    connection = connection_of(app, message.tenant)
    if not _may_go_on(app, connection):
        return
    todo: Heal | None = message
    try:
        with sugar(app, connection) as crm:
            healer = _Healer(app, connection, crm)
            while todo and _may_go_on(app, connection):
                if seconds_left() <= 0:
                    app.queue.send(todo)
                    return
                todo = healer.page(todo)
    except (ConnectionPaused, SignInRefused):
        return
    except Transient as error:
        if todo:
            _try_later(app, todo, error)


def _may_go_on(app: App, connection: Connection) -> bool:
    """Whether it is still the connection, neither paused nor left alone for a while."""
    now = connection_of(app, connection.tenant)
    is_open = now.open_until is not None and now.open_until > app.clock.now()
    return now.connection_id == connection.connection_id and not now.pause and not is_open


def _try_later(app: App, todo: Heal, error: Transient) -> None:
    """By a message of our own: the queue gives this one back only after an hour."""
    if todo.attempt >= _MOST_ATTEMPTS:
        return
    asked = int(error.retry_after) if isinstance(error, SugarBusy) else 0
    delay = min(_LONGEST_DELAY, max(asked, _FIRST_DELAY * 2**todo.attempt))
    app.queue.send(replace(todo, attempt=todo.attempt + 1), delay=delay)


@dataclass(slots=True)
class _Healer:
    app: App
    connection: Connection
    crm: Crm

    def page(self, todo: Heal) -> Heal | None:
        """Read one page of rows again; what is left to do after it."""
        listing = self._listing(todo)
        by_module: dict[Module, dict[RecordKey, None]] = defaultdict(dict)
        for error in listing.items:
            by_module[error.record.module][error.record] = None
        for module in Module:
            if by_module[module]:
                self._try(module, list(by_module[module]))
        if listing.cursor:
            return replace(todo, cursor=listing.cursor, attempt=0)
        rest = todo.causes[1:]
        return replace(todo, causes=rest, cursor="", attempt=0) if rest else None

    def _listing(self, todo: Heal) -> Listing[SyncError]:
        records = self.app.records
        if todo.causes:
            return records.blocked_by(todo.tenant, todo.causes[0], _PAGE, todo.cursor)
        return records.list_errors(todo.tenant, _PAGE, todo.cursor)

    def _try(self, module: Module, keys: list[RecordKey]) -> None:
        """Where Sugar refuses, the rows stay open for the night; other modules and pages go on."""
        try:
            self._read_again(module, keys)
        except (ConnectionPaused, SignInRefused, NotFound):
            raise
        except Permanent:
            return

    def _read_again(self, module: Module, keys: list[RecordKey]) -> None:
        self._ask_for_what_hangs_on(keys)
        page = self._fetch(module, keys)
        self._report_the_gone(keys, page)
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

    def _report_the_gone(self, keys: list[RecordKey], page: Page) -> None:
        """What Sugar no longer shows, unless somebody has read it since we asked."""
        there = {row.key for row in page.rows}
        missing = [k for k in keys if k not in there]
        if not missing:
            return
        stored = self.app.records.records(self.connection.tenant, missing).values()
        now = self.app.clock.now()
        older = [r for r in stored if r.stamp.ended <= page.began]
        units = [unit for r in older if (unit := vanished_unit(r, now))]
        if units:
            self.app.records.commit(self.connection.tenant, units)
