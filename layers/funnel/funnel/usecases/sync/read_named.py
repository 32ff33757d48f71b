"""Read the records that Sugar has named, and strike off their marks."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from funnel.domain.connecting.connections import Connection
from funnel.domain.errors import (
    CircuitOpen,
    ConnectionPaused,
    NotFound,
    Permanent,
    SignInRefused,
    Transient,
)
from funnel.domain.ids import Module
from funnel.domain.sync.hooks import Mark
from funnel.ports.sync_messages import ReadNamed
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import (
    AnotherSugar,
    connection_of,
    mapped_anew,
    refuse_if_paused,
    sugar,
)
from funnel.usecases.jobs.try_later import try_later
from funnel.usecases.sync.follow_merges import ask_to_follow_merges
from funnel.usecases.sync.read_records import RecordReader
from funnel.usecases.sync.ring_for_named import ring_for_named

LEASE = timedelta(seconds=240)
_NAME = "named"
_PAGE = 200
_WHILE_ANOTHER_READS = 15


def read_named(
    app: App, message: ReadNamed, worker: str, seconds_left: Callable[[], float]
) -> None:
    """Read what is marked, page by page; out of time, the rest is asked for by a message.

    One worker reads at a time. A record that is named again while it is read keeps its mark, and
    the bell that this naming rang. Marks stay where the connection is paused or its circuit open,
    and where what can pass does not: the end of the next run rings for them.
    """
    connection = connection_of(app, message.tenant)
    if connection.connection_id != message.connection_id:
        return
    app.sync.hush(message.tenant, message.connection_id)
    if not _lease(app, connection, worker):
        ring_for_named(app, message.tenant, message.connection_id, _WHILE_ANOTHER_READS)
        return
    try:
        if _drained(app, connection, worker, seconds_left):
            ask_to_follow_merges(app, message.tenant, message.connection_id)
            return
        app.queue.send(replace(message, attempt=0))
    except (CircuitOpen, ConnectionPaused, SignInRefused, AnotherSugar):
        return
    except Transient as error:
        try_later(app, message, error)
    finally:
        app.sync.release(message.tenant, _NAME, worker)


def _lease(app: App, connection: Connection, worker: str) -> bool:
    now = app.clock.now()
    return app.sync.acquire(connection.tenant, _NAME, worker, now, now + LEASE)


def _drained(
    app: App, connection: Connection, worker: str, seconds_left: Callable[[], float]
) -> bool:
    """Work the marks from first to last; False if time ran out before."""
    tenant, connection_id = connection.tenant, connection.connection_id
    listing = app.sync.marked(tenant, connection_id, _PAGE)
    if not listing.items:
        return True
    with sugar(app, connection) as crm:
        reader = RecordReader(app, connection, crm)
        while True:
            if seconds_left() <= 0 or mapped_anew(app, connection):
                return False
            if not _may_go_on(app, connection, worker):
                return True
            _read(reader, listing.items)
            app.sync.clear(tenant, connection_id, listing.items)
            if not listing.cursor:
                return True
            listing = app.sync.marked(tenant, connection_id, _PAGE, listing.cursor)


def _may_go_on(app: App, connection: Connection, worker: str) -> bool:
    """Whether it is still the connection, and ours to read. Raises `ConnectionPaused`."""
    now = connection_of(app, connection.tenant)
    refuse_if_paused(now)
    return now.connection_id == connection.connection_id and _lease(app, connection, worker)


def _read(reader: RecordReader, marks: Sequence[Mark]) -> None:
    """In order of dependency. What Sugar refuses as a module is the hourly run's to report."""
    for module in Module:
        ids = [m.key.sugar_id for m in marks if m.key.module is module]
        if not ids:
            continue
        try:
            reader.read(module, ids)
        except (ConnectionPaused, SignInRefused, NotFound):
            raise
        except Permanent:
            continue
