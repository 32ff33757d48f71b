"""Have what a visitor did, and will do, count for a person."""

from funnel.domain.ids import PersonId, TenantId
from funnel.domain.tracking.activities import SubjectId
from funnel.usecases.app import App
from funnel.usecases.bells.ask_relist import SHOULD_WE_DIE, ask_rescore
from funnel.usecases.segments.follow_scores import rescore_people
from funnel.usecases.vision.project_people import project_people


def attach_subject(app: App, tenant: TenantId, person_id: PersonId, subject: SubjectId) -> PersonId:
    """The visitor is this person's from now on, with all it did; whose it was before.

    The scores of both are worked out, and the panels show it. May be repeated. Raises `WasErased`.
    """
    before = app.activities.tallies(tenant, [subject])[subject].owner
    both = {one for one in (before, person_id) if one}
    if before != person_id:
        # Asked for first: should we die in between, both are looked at all the same.
        ask_rescore(app.queue, tenant, both, delay=SHOULD_WE_DIE)
    left = app.activities.attach(tenant, person_id, subject)
    both |= {one for one in (left,) if one}
    rescore_people(app, tenant, both)
    if before != person_id:
        project_people(app, tenant, both)
    return left
