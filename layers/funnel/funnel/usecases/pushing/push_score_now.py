"""Have Sugar told a person's score at once, before all others: somebody waits for it."""

from funnel.domain.errors import Conflict, NotFound
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.pushing.score_marks import marked, scored_links
from funnel.usecases.app import App
from funnel.usecases.bells.change_marks import change_marks
from funnel.usecases.bells.ring import ring
from funnel.usecases.connecting.connection import connection_of


def push_score_now(app: App, tenant: TenantId, person_id: PersonId) -> None:
    """Make it due now. Raises `NotFound`, `Conflict` (not in Sugar) and `StoreBusy`."""
    connection = connection_of(app, tenant)
    person = app.records.people(tenant, [person_id]).get(person_id)
    if person is None:
        raise NotFound("There is no such person.")
    if not scored_links(person):
        raise Conflict("This person is not in Sugar.", mend="Add the person to Sugar first.")
    ring(app, tenant)
    now = app.clock.now()
    change_marks(
        app,
        tenant,
        connection.connection_id,
        [person_id],
        lambda mark: marked(mark, now, urgent=True),
    )
