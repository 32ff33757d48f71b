"""Push the people who are due. One that cannot be pushed holds up nobody else."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from funnel.domain.connecting.connections import Connection
from funnel.domain.errors import LeaseLost, StoreBusy, Transient
from funnel.domain.pushing.pushes import Obstacle, Plan, PushIntent, dropped
from funnel.domain.sync.runs import Note
from funnel.ports.crm import Crm
from funnel.ports.sync_messages import PushDue
from funnel.usecases.app import App
from funnel.usecases.pushing.push_lease import goes_on, take_lease
from funnel.usecases.pushing.push_outcome import OUR_MISTAKES, PushOutcome
from funnel.usecases.pushing.push_person import push_person

logger = logging.getLogger(__name__)

UNEXPECTED = "PushUnexpected"
_PAGE = 25
_HOLD = timedelta(minutes=10)
_IN_A_ROW = 2
"""So many that come to nothing one after the other are Sugar's affair, not theirs."""

_LONGEST_WAIT = 900
_EDITS = 100


def drain_intents(
    app: App,
    connection: Connection,
    crm: Crm,
    worker: str,
    seconds_left: Callable[[], float],
) -> bool:
    """Whether all was done that was due, or is left to a message of its own.

    Of what nobody waits for only so much is done in one turn: consents and scores wait behind it.
    Raises `Transient` errors that are not about one person.
    """
    drain = _Drain(app, connection, crm, worker)
    cursor, edits = "", 0
    try:
        while True:
            now = app.clock.now()
            listing = app.pushes.due_intents(connection.tenant, _PAGE, cursor)
            due = [one for one in listing.items if one.due_at is not None and one.due_at <= now]
            for intent in due:
                edits += not intent.is_urgent
                if edits > _EDITS:
                    app.queue.send(PushDue(connection.tenant))
                    return True
                if seconds_left() <= 0:
                    return False
                take_lease(app, connection, worker)
                if not goes_on(app, connection):
                    return True
                drain.push(intent)
            cursor = listing.cursor
            if not cursor:
                return True
    finally:
        drain.ring_for_what_was_put_off()


class _Drain:
    def __init__(self, app: App, connection: Connection, crm: Crm, worker: str) -> None:
        self._app = app
        self._connection = connection
        self._crm = crm
        self._worker = worker
        self._in_a_row = 0
        self._next: datetime | None = None

    def push(self, intent: PushIntent) -> None:
        """One intent, with its person's lease; later where a worker that died still has it."""
        tenant, lease = intent.tenant, f"push {intent.person_id}"
        now = self._app.clock.now()
        if not self._app.sync.acquire(tenant, lease, self._worker, now, now + _HOLD):
            self._ring_at(now + _HOLD)
            return
        outcome = PushOutcome(self._app, self._connection, intent)
        try:
            self._pushed(intent, outcome)
            self._in_a_row = 0
        except (StoreBusy, LeaseLost):
            raise
        except Transient as error:
            self._put_off(outcome, error)
        finally:
            self._app.sync.release(tenant, lease, self._worker)

    def _pushed(self, intent: PushIntent, outcome: PushOutcome) -> None:
        if intent.connection_id != self._connection.connection_id:
            outcome.save(lambda one: dropped(one, _OTHER_SUGAR, self._app.clock.now()))
            return
        try:
            push_person(
                self._app,
                self._crm,
                self._connection,
                intent,
                lambda: goes_on(self._app, self._connection),
            )
        except OUR_MISTAKES as error:
            # A mistake of ours over one person: the others are not to wait for its mending.
            logger.exception("push failed", extra={"intent_id": intent.intent_id})
            outcome.set_aside(None, Plan(), Obstacle(UNEXPECTED, value=type(error).__name__))

    def _put_off(self, outcome: PushOutcome, error: Transient) -> None:
        self._ring_at(outcome.put_off(error))
        self._in_a_row += 1
        if self._in_a_row >= _IN_A_ROW:
            raise error

    def _ring_at(self, at: datetime | None) -> None:
        self._next = min(filter(None, (self._next, at)), default=None)

    def ring_for_what_was_put_off(self) -> None:
        """By a message of its own, as nobody else rings for it."""
        if self._next is None:
            return
        wait = (self._next - self._app.clock.now()).total_seconds()
        delay = int(min(_LONGEST_WAIT, max(1, wait + 1)))
        self._app.queue.send(PushDue(self._connection.tenant), delay=delay)


_OTHER_SUGAR = Note("OtherSugar", "This was asked for another Sugar, which is no longer connected.")
