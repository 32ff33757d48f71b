"""Write to Sugar what is due: one worker a connection, until nothing is left or the time is up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from funnel.domain.connections import Connection
from funnel.domain.errors import (
    OF_THE_WHOLE_SUGAR,
    CircuitOpen,
    ConnectionPaused,
    LeaseLost,
    Transient,
)
from funnel.ports.crm import Crm
from funnel.ports.system import PushDue
from funnel.usecases.app import App
from funnel.usecases.connection import connection_of, may_push, sugar
from funnel.usecases.patience import delay_after
from funnel.usecases.push_consent import push_consent

_LEASE = "push"
_HOLD = timedelta(minutes=10)
"""Longer than one step takes; taken anew before each."""

_PAGE = 25


def push_due(app: App, message: PushDue, worker: str, seconds_left: Callable[[], float]) -> None:
    """Tell Sugar what it is to be told. `worker` names this invocation.

    A connection that only reads, is paused or whose circuit is open keeps its marks, and nothing is
    written; so does one whose Sugar, as by its certificate, refuses everything alike. What can pass is tried again with back-off, a few times; then the end of the next run
    rings. Raises `NotFound` without a connection.
    """
    connection = connection_of(app, message.tenant)
    if not may_push(connection):
        return
    try:
        with sugar(app, connection) as crm:
            done = _drain(app, connection, crm, worker, seconds_left)
    except (CircuitOpen, ConnectionPaused, *OF_THE_WHOLE_SUGAR):
        return
    except Transient as error:
        _try_later(app, message, error)
    else:
        if not done:
            app.queue.send(PushDue(message.tenant))
    finally:
        app.sync.release(message.tenant, _LEASE, worker)


def _drain(
    app: App,
    connection: Connection,
    crm: Crm,
    worker: str,
    seconds_left: Callable[[], float],
) -> bool:
    """Whether all was done that was due; what becomes due meanwhile has a bell of its own."""
    tenant, cursor = connection.tenant, ""
    _take(app, connection, worker)
    while True:
        now = app.clock.now()
        listing = app.records.due_consents(tenant, _PAGE, cursor)
        due = [one for one in listing.items if one.due_at is not None and one.due_at <= now]
        for consent in due:
            if seconds_left() <= 0:
                return False
            _take(app, connection, worker)
            if not _goes_on(app, connection):
                return True
            push_consent(app, crm, connection, consent.email, lambda: _goes_on(app, connection))
        cursor = listing.cursor
        if not cursor or len(due) < len(listing.items):
            return True


def _take(app: App, connection: Connection, worker: str) -> None:
    now = app.clock.now()
    if not app.sync.acquire(connection.tenant, _LEASE, worker, now, now + _HOLD):
        raise LeaseLost("Another worker is writing to this Sugar.")


def _goes_on(app: App, connection: Connection) -> bool:
    """Whether it is still the same connection, and may be written to."""
    now = connection_of(app, connection.tenant)
    return now.connection_id == connection.connection_id and may_push(now)


def _try_later(app: App, message: PushDue, error: Transient) -> None:
    delay = delay_after(message.attempt, error)
    if delay is not None:
        app.queue.send(replace(message, attempt=message.attempt + 1), delay=delay)
