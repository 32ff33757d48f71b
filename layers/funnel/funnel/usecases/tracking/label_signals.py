"""Write what somebody did with who did it, and relabel what that shows of what was there."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial

from funnel.domain.errors import NotFound
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.scoring.tallies import owners
from funnel.domain.tracking.activities import Activity, SubjectId
from funnel.domain.tracking.signals import WINDOW, label_after, labelled
from funnel.usecases.app import App
from funnel.usecases.tracking.record_activities import record_activities
from funnel.usecases.tracking.relabel_activity import relabel
from funnel.usecases.vision.project_people import project_people

_FIRST, _PAGE = 25, 100
"""Activities that are read at once: mostly the newest few say all."""

MOST = 500
"""Activities of a subject that are looked at together, the newest."""


def record_labelled(
    app: App, tenant: TenantId, subject: SubjectId, activities: Sequence[Activity]
) -> None:
    """Write these of one subject, each with a label by `classify`, and see to those before them.

    May be repeated. Of two writers the one who reads last sees what both wrote, so that whatever
    they show together is seen. Raises as `record_activities` does.
    """
    record_activities(app, tenant, subject, labelled(activities))
    label_signals(app, tenant, subject, [one.at for one in activities])


def label_signals(
    app: App, tenant: TenantId, subject: SubjectId, moments: Sequence[datetime]
) -> None:
    """Relabel what the subject did around these moments and shows now to be a machine's.

    Points are taken back with each label, and the panels show it no more. What a marketer said
    stands. May be repeated.
    """
    if not moments:
        return
    low, high = min(moments) - WINDOW, max(moments) + WINDOW
    around = [one for one in newest_since(app, tenant, subject, low) if one.at <= high]
    changes = label_after(around)
    for change in changes:
        one = change.activity
        # It may have been erased meanwhile.
        with suppress(NotFound):
            relabel(app, tenant, subject, one.activity_id, one.at, change.signal, change.why, by="")
    if changes:
        chain = owners(partial(app.activities.tallies, tenant), subject)
        project_people(app, tenant, [PersonId(chain[-1].subject)])


def newest_since(app: App, tenant: TenantId, subject: SubjectId, since: datetime) -> list[Activity]:
    """What a subject did since then, of its newest `MOST` activities."""
    page = app.activities.list_activities(tenant, subject, _FIRST)
    found = list(page.items)
    while page.cursor and found[-1].at >= since and len(found) < MOST:
        page = app.activities.list_activities(tenant, subject, _PAGE, page.cursor)
        found += page.items
    return [one for one in found if one.at >= since]
