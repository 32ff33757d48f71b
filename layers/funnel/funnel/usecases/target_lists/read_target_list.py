"""Read one Target List of Sugar and make our list the same."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import IdRange
from funnel.domain.errors import (
    CircuitOpen,
    Conflict,
    ConnectionPaused,
    FunnelError,
    LeaseLost,
    ModuleMissing,
    NoRight,
    SignInRefused,
    Transient,
)
from funnel.domain.ids import Module
from funnel.domain.lists.lists import ListStatus, PeopleList
from funnel.domain.lists.target_lists import EVERY, SKIPPED_MODULES, ListReading, next_due
from funnel.domain.sync.runs import Note
from funnel.ports.crm import Crm
from funnel.ports.sync_messages import ReadTargetList
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import connection_of, refuse_to_go_on, sugar
from funnel.usecases.jobs.try_later import try_later
from funnel.usecases.sync.start_run import may_start
from funnel.usecases.target_lists.compare_members import compare
from funnel.usecases.target_lists.list_reading import NotThere, Reading
from funnel.usecases.target_lists.read_targets import Targets
from funnel.usecases.target_lists.reading_note import NOT_SHOWN, keep_note

_DAY = timedelta(hours=24)
_MARGIN = timedelta(minutes=10)
"""A turn's length: a reading that is handed over that late will not be through before the next."""

_MOST_SKIPPED = 5_000
_TRIES = 8


def read_target_list(
    app: App, message: ReadTargetList, worker: str, seconds_left: Callable[[], float]
) -> None:
    """Compare its members with ours, part by part, and write only what differs.

    A list that has not changed costs its reading and no write. Out of time, a message goes on from
    the part it has come to. Paused, or with another Sugar connected, it stops before the next part.
    What can pass is tried again with back-off, and left to the next round when it does not; why a
    list could not be read is kept with it.
    """
    connection = connection_of(app, message.tenant)
    if not message.asked_by and not may_start(app, connection):
        return
    found = app.lists.lists(message.tenant, [message.list_id]).get(message.list_id)
    if found is None or found.status is not ListStatus.ACTIVE:
        return
    where = (found.tenant, found.list_id)
    try:
        with sugar(app, connection) as crm:
            _read(app, crm, connection, found, message, worker, seconds_left)
    except (LeaseLost, CircuitOpen, ConnectionPaused, SignInRefused):
        return
    except NotThere:
        keep_note(app, *where, NOT_SHOWN)
    except Transient as error:
        if not try_later(app, message, error):
            keep_note(app, *where, Note(error.code, error.text, error.mend))
    except FunnelError as error:
        keep_note(app, *where, Note(error.code, error.text, error.mend))
    except Exception as error:
        # The queue brings the message back, and the operator is told; so is who looks at the list.
        text = f"A fault in Funnel stopped the reading ({type(error).__name__})."
        keep_note(app, *where, Note("Unexpected", text, "Tell whoever runs Funnel."))
        raise


def _read(
    app: App,
    crm: Crm,
    connection: Connection,
    people_list: PeopleList,
    message: ReadTargetList,
    worker: str,
    seconds_left: Callable[[], float],
) -> None:
    stored = app.sync.list_reading(people_list.tenant, people_list.list_id)
    before = stored or ListReading(people_list.tenant, people_list.list_id)
    began = message.began_at or app.clock.now()
    not_yet = before.due_at is not None and before.due_at > began
    if not_yet and not message.asked_by and message.module is None:
        return
    if before.compared_at is None or began - before.compared_at >= _DAY:
        message = replace(message, whole=True)
    targets = Targets(app, crm, connection)
    reading = Reading(app, crm, people_list, before, worker, targets)
    try:
        rest = compare(
            reading, message, began, seconds_left, lambda: refuse_to_go_on(app, connection)
        )
    except ConnectionPaused:
        reading.settle()
        reading.release()
        raise
    if rest is not None:
        reading.settle()
        if app.clock.now() - began > EVERY - _MARGIN:
            reading.note(due_at=app.clock.now() + EVERY)
        reading.release()
        app.queue.send(rest)
        return
    _finish(app, reading, message, began)


def _finish(app: App, reading: Reading, message: ReadTargetList, began: datetime) -> None:
    """What is told of the list: members, those not here yet, those that are no people."""
    reading.settle()
    now, before = app.clock.now(), reading.reading
    due_at = next_due(began, now)
    told = {
        "skipped": _skipped(reading),
        "compared_at": now if message.whole else before.compared_at,
        "due_at": due_at,
        "seconds": (now - began).total_seconds() if due_at else 0.0,
        "note": _note_of(reading),
    }
    if replace(before, **told) != before:  # type: ignore[arg-type]
        reading.note(**told)
    reading.release()
    _tell(app, people_list=reading.people_list, reading=reading.reading)


def _skipped(reading: Reading) -> dict[Module, int]:
    """How many Users and Accounts are on the list; the last number where Sugar does not tell."""
    told = dict(reading.reading.skipped)
    for module in SKIPPED_MODULES:
        try:
            page = reading.crm.members(
                reading.people_list.sugar_id, module, IdRange(), _MOST_SKIPPED
            )
        except (ModuleMissing, NoRight):
            continue
        told[module] = len(page.dates)
    return told


def _note_of(reading: Reading) -> Note | None:
    """What of the list could not be read, its other members notwithstanding."""
    if not reading.refused:
        return None
    error = next(iter(reading.refused.values()))
    return Note(f"{error.code}:{','.join(reading.refused)}", error.text, error.mend)


def _tell(app: App, people_list: PeopleList, reading: ListReading) -> None:
    """Keep with the list how many members it has, and when they changed."""
    for _ in range(_TRIES):
        moved = max(people_list.changed_at, reading.changed_at or people_list.changed_at)
        after = replace(people_list, members=reading.members, changed_at=moved)
        if after == people_list:
            return
        try:
            app.lists.save_list(replace(after, digest=reading.digest))
        except Conflict:
            found = app.lists.lists(people_list.tenant, [people_list.list_id])
            people_list = found[people_list.list_id]
            continue
        return
