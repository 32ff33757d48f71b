"""Long work on both sides, as comparing them: step by step, in as many messages as it takes."""

import logging
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Generic, Protocol, TypeVar

from funnel.domain.connecting.connections import Connection
from funnel.domain.errors import Conflict, FunnelError, LeaseLost, Transient
from funnel.domain.sync.comparison import Comparison
from funnel.domain.sync.runs import JobStatus, Note
from funnel.domain.sync.sync_previews import SyncPreview
from funnel.ports.crm import Crm
from funnel.ports.messages import Message
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import connection_of, sugar
from funnel.usecases.jobs.try_later import delay_after
from funnel.usecases.sync.run_steps import Requests

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=240)
_WHILE_ANOTHER_WORKS = 60
_GIVEN_UP_AFTER = timedelta(minutes=30)
"""Longer than the longest wait between two tries: nobody is at it any more."""

T = TypeVar("T", Comparison, SyncPreview)
R_co = TypeVar("R_co", Comparison, SyncPreview, covariant=True)


class Slice(Protocol[R_co]):
    """One worker's work on it."""

    @property
    def row(self) -> R_co:
        """It as last saved."""

    def step(self) -> bool:
        """Do the next thing; False when nothing is left. A step may be done again."""

    def let_go(self) -> None:
        """Save what is to be gone on with by another worker."""

    def close(self) -> None:
        """Nothing is under way any more when this returns."""


@dataclass(frozen=True, slots=True)
class Work(Generic[T]):
    """What kind of work it is: the name of its lease, how it is saved, and begun on a Sugar."""

    name: str
    save: Callable[[T], T]
    begin: Callable[[Crm, Connection, Requests], Slice[T]]


def work_in_slices(
    app: App,
    row: T,
    work: Work[T],
    message: Message,
    worker: str,
    seconds_left: Callable[[], float],
) -> None:
    """Take its lease and go on step by step.

    Out of time it goes on by another message. What can pass is tried again with back-off; what
    cannot is the outcome, for whoever asks after it.
    """
    if not _lease(app, row, work, worker):
        # Its worker may be dead: ended or not, this finds it so when the lease is over.
        app.queue.send(message, delay=_WHILE_ANOTHER_WORKS)
        return
    after: int | None = None
    try:
        after = _worked(app, row, work, worker, seconds_left)
    except (Conflict, LeaseLost):
        return
    finally:
        app.sync.release(row.tenant, work.name, worker)
    if after is not None:
        app.queue.send(message, delay=after)


def is_worked_on(app: App, row: T) -> bool:
    """Whether it has not ended, and somebody was at it of late or will be."""
    return row.is_going and app.clock.now() - row.changed_at <= _GIVEN_UP_AFTER


def goes_on(app: App, latest: T, message: Message, busy: str, save: Callable[[T], T]) -> bool:
    """Whether it does. One that waits is rung for: its message may never have been sent, or in long.

    Raises `Conflict`, with the text `busy`, for one that is worked on.
    """
    if not is_worked_on(app, latest):
        return False
    if latest.waits:
        try_now(app, latest, message, save)
        return True
    if latest.status is JobStatus.RUNNING:
        raise Conflict(busy, mend="Wait for its result.")
    app.queue.send(message)
    return True


def try_now(app: App, row: T, message: Message, save: Callable[[T], T]) -> None:
    """Have one that waits, or was given up, go on at once where it stopped."""
    status = JobStatus.RUNNING if row.status is JobStatus.FAILED else row.status
    now = app.clock.now()
    tried = replace(row, status=status, attempt=0, next_try=None, finished_at=None, changed_at=now)
    # Whoever saved it meanwhile is at it.
    with suppress(Conflict):
        save(tried)
    app.queue.send(message)


def _lease(app: App, row: T, work: Work[T], worker: str) -> bool:
    now = app.clock.now()
    return app.sync.acquire(row.tenant, work.name, worker, now, now + LEASE)


def _worked(
    app: App, row: T, work: Work[T], worker: str, seconds_left: Callable[[], float]
) -> int | None:
    """In how many seconds it is to go on; None where it has ended or is no longer ours."""
    at_work: Slice[T] | None = None
    try:
        connection = connection_of(app, row.tenant)
        if connection.connection_id != row.connection_id:
            raise Conflict("Another Sugar was connected meanwhile.")
        requests = Requests()
        with sugar(app, connection, on_request=requests.add) as crm:
            at_work = work.begin(crm, connection, requests)
            with closing(at_work):
                return _stepped(app, at_work, work, worker, seconds_left)
    except (Conflict, LeaseLost):
        raise
    except Transient as error:
        return _later(app, at_work.row if at_work else row, work, error)
    except FunnelError as error:
        _failed(app, at_work.row if at_work else row, work, _note(error))
    except Exception:
        # Raised again it would only come back in an hour; a person waits for an answer.
        logger.exception("%s failed", work.name)
        note = Note("Unexpected", "Something went wrong on our side; it is in the log.")
        _failed(app, at_work.row if at_work else row, work, note)
    return None


def _stepped(
    app: App, at_work: Slice[T], work: Work[T], worker: str, seconds_left: Callable[[], float]
) -> int | None:
    while at_work.step():
        if not _lease(app, at_work.row, work, worker):
            return None
        if seconds_left() <= 0:
            at_work.let_go()
            return 0
    return None


def _later(app: App, row: T, work: Work[T], error: Transient) -> int | None:
    delay = delay_after(row.attempt, error)
    if delay is None:
        _failed(app, row, work, _note(error))
        return None
    now = app.clock.now()
    waits = replace(row, attempt=row.attempt + 1, note=_note(error), changed_at=now)
    work.save(replace(waits, next_try=now + timedelta(seconds=delay)))
    return delay


def _failed(app: App, row: T, work: Work[T], note: Note) -> None:
    now = app.clock.now()
    ended = replace(row, status=JobStatus.FAILED, note=note, finished_at=now, changed_at=now)
    work.save(replace(ended, next_try=None))


def _note(error: FunnelError) -> Note:
    return Note(error.code, error.text, error.mend)
