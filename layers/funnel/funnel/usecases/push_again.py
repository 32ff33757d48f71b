"""Try again what Sugar did not take."""

from collections.abc import Iterable, Sequence

from funnel.domain import consent, pushes
from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.domain.records import Direction, SyncError, Unit
from funnel.usecases.app import App
from funnel.usecases.ring import ring


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
    _consents_again(app, tenant, [error for error in rows if error.error_id not in people])


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
