"""Work on a comparison until it is done or the time is up."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from funnel.domain.comparison import Comparison
from funnel.domain.errors import Conflict, FunnelError, LeaseLost, Transient
from funnel.domain.runs import JobStatus, Note
from funnel.ports.system import Compare
from funnel.usecases.app import App
from funnel.usecases.compare_steps import ComparisonSteps
from funnel.usecases.connection import connection_of, sugar
from funnel.usecases.patience import delay_after
from funnel.usecases.run_steps import Requests

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=240)
_NAME = "comparison"
_WHILE_ANOTHER_WORKS = 60


def work_comparison(
    app: App, message: Compare, worker: str, seconds_left: Callable[[], float]
) -> None:
    """Take its lease and go on step by step; each step is saved, and may be done again.

    Out of time it goes on by another message. What can pass is tried again with back-off; what
    cannot is the outcome, for whoever asks after it.
    """
    comparison = app.sync.comparison(message.tenant)
    if not comparison or comparison.comparison_id != message.comparison_id:
        return
    if not comparison.is_going:
        return
    if not _lease(app, comparison, worker):
        # Its worker may be dead: ended or not, this finds it so when the lease is over.
        app.queue.send(message, delay=_WHILE_ANOTHER_WORKS)
        return
    after: int | None = None
    try:
        after = _worked(app, comparison, worker, seconds_left)
    except (Conflict, LeaseLost):
        return
    finally:
        app.sync.release(message.tenant, _NAME, worker)
    if after is not None:
        app.queue.send(message, delay=after)


def _lease(app: App, comparison: Comparison, worker: str) -> bool:
    now = app.clock.now()
    return app.sync.acquire(comparison.tenant, _NAME, worker, now, now + LEASE)


def _worked(
    app: App, comparison: Comparison, worker: str, seconds_left: Callable[[], float]
) -> int | None:
    """In how many seconds it is to go on; None where it has ended or is no longer ours."""
    steps: ComparisonSteps | None = None
    try:
        connection = connection_of(app, comparison.tenant)
        if connection.connection_id != comparison.connection_id:
            raise Conflict("Another Sugar was connected meanwhile.")
        requests = Requests()
        with sugar(app, connection, on_request=requests.add) as crm:
            steps = ComparisonSteps(app, crm, connection, comparison, requests)
            while steps.step():
                if not _lease(app, comparison, worker):
                    return None
                if seconds_left() <= 0:
                    return 0
        return None
    except (Conflict, LeaseLost):
        raise
    except Transient as error:
        return _later(app, steps.comparison if steps else comparison, error)
    except FunnelError as error:
        _failed(app, steps.comparison if steps else comparison, _note(error))
    except Exception:
        # Raised again it would only come back in an hour; a person waits for an answer.
        logger.exception("comparison failed", extra={"comparison_id": comparison.comparison_id})
        note = Note("Unexpected", "Something went wrong on our side; it is in the log.")
        _failed(app, steps.comparison if steps else comparison, note)
    return None


def _later(app: App, comparison: Comparison, error: Transient) -> int | None:
    delay = delay_after(comparison.attempt, error)
    if delay is None:
        _failed(app, comparison, _note(error))
        return None
    now = app.clock.now()
    again = replace(comparison, attempt=comparison.attempt + 1, note=_note(error), changed_at=now)
    app.sync.save_comparison(again)
    return delay


def _failed(app: App, comparison: Comparison, note: Note) -> None:
    now = app.clock.now()
    app.sync.save_comparison(
        replace(comparison, status=JobStatus.FAILED, note=note, finished_at=now, changed_at=now)
    )


def _note(error: FunnelError) -> Note:
    return Note(error.code, error.text, error.mend)
