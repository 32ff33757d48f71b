"""Try again what Sugar did not take."""

from collections.abc import Iterable

from funnel.domain.consent import due_again
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
    now = app.clock.now()
    units = []
    for one in app.records.consents(tenant, {error.value for error in rows}).values():
        again = due_again(one, now)
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
