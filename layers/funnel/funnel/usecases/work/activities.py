"""What the queue of activities brings: what was seen on sites, and scores that are to be worked out."""

from collections.abc import Callable

from funnel.ports.marketing_messages import (
    RecordHits,
    RecordSight,
    Rescore,
)
from funnel.usecases.app import App
from funnel.usecases.forms.forms_aside import FormsOf
from funnel.usecases.tracking.record_hits import record_hits
from funnel.usecases.tracking.record_sight import record_sight
from funnel.usecases.work.work_rescore import work_rescore


def work_on_activities(
    app: App,
    message: RecordHits | RecordSight | Rescore,
    seconds_left: Callable[[], float],
) -> None:
    """Carry it out. Raises `Transient` errors, upon which the queue sends it again."""
    match message:
        case RecordSight():
            record_sight(app, message.tenant, message.sight)
        case RecordHits():
            record_hits(app, message.tenant, message.batch, FormsOf.said_by(message))
        case Rescore():
            work_rescore(app, message, seconds_left)
