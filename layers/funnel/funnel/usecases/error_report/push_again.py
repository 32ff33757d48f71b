"""Try again what Sugar did not take."""

from collections.abc import Iterable, Sequence

from funnel.domain.campaigns.campaigns_in_sugar import CODES as CAMPAIGN_CODES
from funnel.domain.consent import consent
from funnel.domain.errors import Conflict
from funnel.domain.ids import Module, PersonId, TenantId
from funnel.domain.pushing import pushes
from funnel.domain.pushing.score_marks import CODES, MODULE_CODES, marked
from funnel.domain.sync.comparison import in_use
from funnel.domain.sync.records import Direction, SyncError, Unit
from funnel.usecases.app import App
from funnel.usecases.bells.change_marks import change_marks
from funnel.usecases.bells.ring import ring
from funnel.usecases.campaigns_in_sugar.campaigns_again import campaigns_again
from funnel.usecases.pushing.push_outcome import LEFT_OUT
from funnel.usecases.pushing.score_modules import free_parked

_PROBE = 25
"""How many that wait for a module are tried; if it takes them, all follow."""


def push_again(app: App, tenant: TenantId, errors: Iterable[SyncError]) -> None:
    """Make due what stands behind these rows of the error report, whatever else they hold.

    A row behind which nothing stands any more is closed. Whoever changes one meanwhile has it tried
    too.
    """
    rows = [error for error in errors if error.direction is Direction.PUSH]
    if not rows:
        return
    people = app.pushes.intents(tenant, {error.error_id for error in rows})
    _people_again(app, tenant, people.values(), rows)
    left_out = [error for error in rows if error.code == LEFT_OUT]
    _close_of_the_gone(app, tenant, left_out)
    done = people.keys() | {error.error_id for error in left_out}
    rest = [error for error in rows if error.error_id not in done]
    campaigns_again(app, tenant, [error for error in rest if error.code in CAMPAIGN_CODES])
    _scores_again(app, tenant, [error for error in rest if error.code in CODES])
    others = CODES | CAMPAIGN_CODES
    _consents_again(app, tenant, [error for error in rest if error.code not in others])


def _close_of_the_gone(app: App, tenant: TenantId, rows: Sequence[SyncError]) -> None:
    """What was left out of a record that is no longer in use is nobody's concern."""
    stored = app.records.records(tenant, [error.record for error in rows]) if rows else {}
    closed = [
        (error.record, error.error_id) for error in rows if not in_use(stored.get(error.record))
    ]
    if closed:
        app.records.commit(tenant, [Unit(closed=[one]) for one in closed])


def _people_again(
    app: App,
    tenant: TenantId,
    intents: Iterable[pushes.PushIntent],
    rows: Sequence[SyncError],
) -> None:
    now, rung = app.clock.now(), False
    for intent in intents:
        again = pushes.due_again(intent, now)
        mine = [error for error in rows if error.error_id == intent.intent_id]
        closed = [(error.record, error.error_id) for error in mine if error.record != intent.failed]
        if closed:
            app.records.commit(tenant, [Unit(closed=closed)])
        if again == intent:
            continue
        if not rung:
            ring(app, tenant)
            rung = True
        try:
            app.pushes.save_intent(again)
        except Conflict:
            continue


def _consents_again(app: App, tenant: TenantId, rows: Sequence[SyncError]) -> None:
    if not rows:
        return
    now = app.clock.now()
    units = []
    for one in app.records.consents(tenant, {error.value for error in rows}).values():
        again = consent.due_again(one, now)
        closed = [
            (error.record, error.error_id)
            for error in rows
            if error.value == one.email and error.record != one.failed
        ]
        if again != one or closed:
            units.append(Unit(consents=[again], closed=closed))
    if units:
        ring(app, tenant)
        app.records.commit(tenant, units)


def _scores_again(app: App, tenant: TenantId, rows: Sequence[SyncError]) -> None:
    connection = app.sync.connection(tenant) if rows else None
    if connection is None:
        return
    ring(app, tenant)
    for module in {Module(row.record.module) for row in rows if row.code in MODULE_CODES}:
        free_parked(app, connection, module, _PROBE)
    keys = {row.record for row in rows if row.code not in MODULE_CODES}
    stored = app.records.records(tenant, keys) if keys else {}
    people = {record.person_id for record in stored.values() if record.person_id}
    now = app.clock.now()
    change_marks(
        app,
        tenant,
        connection.connection_id,
        people,
        lambda mark: marked(mark, now) if mark.version else mark,
    )
    _close_what_nothing_stands_behind(app, tenant, rows, people)


def _close_what_nothing_stands_behind(
    app: App, tenant: TenantId, rows: Iterable[SyncError], people: Iterable[PersonId]
) -> None:
    people = list(people)
    marks = app.score_marks.score_marks(tenant, people) if people else {}
    failed = {key for mark in marks.values() for key in mark.failed}
    closed = [
        (row.record, row.error_id)
        for row in rows
        if row.code not in MODULE_CODES and row.record not in failed
    ]
    if closed:
        app.records.commit(tenant, [Unit(closed=closed)])
