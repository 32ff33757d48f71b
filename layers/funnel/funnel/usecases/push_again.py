"""Try again what Sugar did not take."""

from collections.abc import Iterable

from funnel.domain.consent import due_again
from funnel.domain.ids import TenantId
from funnel.domain.records import Direction, SyncError, Unit
from funnel.usecases.app import App
from funnel.usecases.ring import ring


def push_again(app: App, tenant: TenantId, errors: Iterable[SyncError]) -> None:
    """Make due what stands behind these rows of the error report, whatever else they hold.

    Whoever changes one meanwhile has it tried too.
    """
    emails = {error.value for error in errors if error.direction is Direction.PUSH}
    if not emails:
        return
    now = app.clock.now()
    waiting = app.records.consents(tenant, emails).values()
    again = [due for one in waiting if (due := due_again(one, now)) != one]
    if again:
        ring(app, tenant)
        app.records.commit(tenant, [Unit(consents=[one]) for one in again])
