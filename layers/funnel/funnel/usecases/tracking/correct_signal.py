"""A marketer says who did something; the score follows."""

from datetime import datetime

from funnel.domain.errors import NotFound
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.tracking.activities import Activity, Signal
from funnel.domain.tracking.signals import machine_for, said
from funnel.usecases.app import App
from funnel.usecases.bells.ask_relist import SHOULD_WE_DIE, ask_rescore
from funnel.usecases.tracking.record_sight import count_relabelled
from funnel.usecases.tracking.relabel_activity import relabel


def correct_signal(
    app: App,
    tenant: TenantId,
    person_id: PersonId,
    activity_id: str,
    at: datetime,
    by: str,
    *,
    was_person: bool,
) -> Activity:
    """Label it as a person's or a machine's, for good; as it is then.

    `at` is the activity's moment, `by` the marketer's name. What somebody said already stands as it
    was said, with its time. Raises `NotFound` for what this person did not do.
    """
    one = _activity(app, tenant, person_id, activity_id, at)
    if not one.by or (one.signal is Signal.HUMAN) != was_person:
        signal = Signal.HUMAN if was_person else machine_for(one.kind)
        why = said(app.clock.now())
        # What the panels show follows from it: asked for first, should we die in between.
        ask_rescore(app.queue, tenant, [person_id], delay=SHOULD_WE_DIE)
        one = relabel(app, tenant, one.subject, activity_id, at, signal, why, by)
        ask_rescore(app.queue, tenant, [person_id])
    count_relabelled(app, one)
    return one


def _activity(
    app: App, tenant: TenantId, person_id: PersonId, activity_id: str, at: datetime
) -> Activity:
    for subject in app.activities.subjects(tenant, person_id):
        one = app.activities.activity(tenant, subject, activity_id, at)
        if one is not None:
            return one
    raise NotFound("There is no such activity of this person.")
