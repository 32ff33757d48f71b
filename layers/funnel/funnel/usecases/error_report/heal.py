"""Sync again what was held back, once its cause is mended."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from funnel.domain.connecting.connections import Connection
from funnel.domain.errors import (
    CircuitOpen,
    ConnectionPaused,
    NotFound,
    Permanent,
    SignInRefused,
    Transient,
)
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.sync.records import Direction, SyncError
from funnel.domain.sync.unreadable import CODE as UNREADABLE
from funnel.ports.crm import Crm
from funnel.ports.store import Listing
from funnel.ports.sync_messages import Heal
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import AnotherSugar, connection_of, mapped_anew, sugar
from funnel.usecases.error_report.heal_job import HealJob
from funnel.usecases.error_report.push_again import push_again
from funnel.usecases.jobs.try_later import try_later
from funnel.usecases.sync.module_fields import ModuleFields
from funnel.usecases.sync.read_apart import read_apart
from funnel.usecases.sync.read_window import wake
from funnel.usecases.sync.report_gone import report_gone

_PAGE = 200
_SHOULD_WE_DIE = 300


def heal(app: App, message: Heal, seconds_left: Callable[[], float]) -> None:
    """Read again what waits for these records, in order of dependency; all open rows if none named.

    What that frees in turn is asked for by another message. Out of time, the rest is too, from the
    page it has come to. What can pass is tried again with back-off from that page, and left to the
    night when it does not. While the connection is paused or its circuit open nothing is done: the
    rows stay, and are looked at every night.
    """
    connection = connection_of(app, message.tenant)
    todo: Heal | None = message
    tell = HealJob(app, message.tenant, message.job_id)
    tell.begun()
    try:
        with sugar(app, connection) as crm:
            healer = _Healer(app, connection, crm, ModuleFields(app, crm, connection))
            while todo and _may_go_on(app, connection):
                if seconds_left() <= 0 or mapped_anew(app, connection):
                    app.queue.send(todo)
                    return
                todo = healer.page(todo)
    except (CircuitOpen, ConnectionPaused, SignInRefused, AnotherSugar) as error:
        tell.failed(error)
        return
    except Transient as error:
        if todo and not try_later(app, todo, error):
            tell.failed(error)
        return
    if todo:
        tell.failed(ConnectionPaused("Sugar is left alone for the moment."))
    else:
        tell.done()


def _may_go_on(app: App, connection: Connection) -> bool:
    """Whether it is still the connection, neither paused nor left alone for a while."""
    now = connection_of(app, connection.tenant)
    is_open = now.open_until is not None and now.open_until > app.clock.now()
    return now.connection_id == connection.connection_id and not now.pause and not is_open


@dataclass(slots=True)
class _Healer:
    app: App
    connection: Connection
    crm: Crm
    fields: ModuleFields

    def page(self, todo: Heal) -> Heal | None:
        """Read one page of rows again; what is left to do after it."""
        if todo.record:
            self._with_its_causes(todo.record)
            return None
        if todo.root and not todo.cursor:
            self._try_each([todo.root])
        listing = self._listing(todo)
        push_again(self.app, todo.tenant, listing.items)
        pulled = [e for e in listing.items if e.direction is Direction.PULL]
        for module in Module:
            for keys in _batches([e for e in pulled if e.record.module is module]):
                self._try(module, keys)
        if listing.cursor:
            return replace(todo, cursor=listing.cursor, attempt=0)
        rest = todo.causes[1:]
        return replace(todo, causes=rest, cursor="", attempt=0) if rest else None

    def _listing(self, todo: Heal) -> Listing[SyncError]:
        records = self.app.records
        if todo.causes:
            return records.blocked_by(todo.tenant, todo.causes[0], _PAGE, todo.cursor)
        return records.list_errors(todo.tenant, _PAGE, todo.cursor, root=todo.root)

    def _with_its_causes(self, record: RecordKey) -> None:
        """What it waits for first, from the end of the chain on; what Sugar did not take of it too."""
        push_again(self.app, self.connection.tenant, self._errors_of(record))
        chain, todo = {record}, [record]
        while todo:
            errors = self._errors_of(todo.pop())
            causes = {e.root for e in errors} | {e.blocked_by for e in errors if e.blocked_by}
            todo += causes - chain
            chain |= causes
        self._try_each(sorted(chain, key=_order))

    def _errors_of(self, record: RecordKey) -> list[SyncError]:
        return self.app.records.errors_of(self.connection.tenant, record)

    def _try_each(self, keys: list[RecordKey]) -> None:
        for key in keys:
            if key.sugar_id and key.module is not Module.CAMPAIGNS:
                self._try(key.module, [key])

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
        fields = self.fields.read(module)
        pages, bad = read_apart(
            lambda ids: self.crm.by_ids(module, ids, fields=fields), [k.sugar_id for k in keys]
        )
        if not pages:
            return
        there = {row.key for page in pages for row in page.rows}
        missing = [k for k in keys if k not in there and k.sugar_id not in bad]
        asked = min(page.began for page in pages)
        report_gone(self.app, self.connection.tenant, missing, asked)
        store = self.fields.page_store()
        for page in pages:
            wake(self.app, self.connection, store.store(page, again=True))

    def _ask_for_what_hangs_on(self, keys: list[RecordKey]) -> None:
        """Once these have synced, their rows no longer lead here: should we die then, this does."""
        marked = self.app.records.marked_causes(self.connection.tenant, keys)
        if marked:
            heal_later = Heal(self.connection.tenant, tuple(sorted(marked)))
            self.app.queue.send(heal_later, delay=_SHOULD_WE_DIE)


def _order(key: RecordKey) -> tuple[int, SugarId]:
    return list(Module).index(key.module), key.sugar_id


def _batches(errors: Sequence[SyncError]) -> list[list[RecordKey]]:
    """All at once, but for those whose reply could not be read: they would spoil the others'.

    Rows about a module have no record to read.
    """
    about = [e for e in errors if e.record.sugar_id]
    alone = dict.fromkeys(e.record for e in about if e.code == UNREADABLE)
    together = dict.fromkeys(e.record for e in about if e.record not in alone)
    return [keys for keys in (list(together), *([k] for k in alone)) if keys]
