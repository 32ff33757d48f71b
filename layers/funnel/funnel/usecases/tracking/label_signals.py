"""Write what somebody did with who did it, and relabel what that shows of what was there."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial

from funnel.domain.errors import NotFound
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.scoring.tallies import NOBODY, owners
from funnel.domain.tracking.activities import Activity, SubjectId
from funnel.domain.tracking.signals import WINDOW, label_after, labelled
from funnel.ports.listing import Listing
from funnel.usecases.app import App
from funnel.usecases.tracking.record_activities import follow_activities, write_activities
from funnel.usecases.tracking.relabel_activity import relabel
from funnel.usecases.vision.project_people import project_people

_FIRST, _PAGE = 25, 100
"""Activities that are read at once: mostly the newest few say all."""

MOST = 500
"""Activities of a subject that are looked at together, the newest."""


def record_labelled(
    app: App,
    tenant: TenantId,
    subject: SubjectId,
    activities: Sequence[Activity],
    of: PersonId = NOBODY,
) -> None:
    """Write these of one subject, each with a label by `classify`, and see to those before them.

    May be repeated. Of two writers the one who reads last sees what both wrote, so that whatever
    they show together is seen. `of` is whom the subject belongs to as far as is known. Raises as
    `record_activities` does.
    """
    written = write_activities(app, tenant, subject, labelled(activities), of)
    newest, relabelled = _look_around(app, tenant, subject, [one.at for one in activities])
    if relabelled:
        written = replace(written, family=None)
    follow_activities(app, tenant, written, {subject: newest})


def label_signals(
    app: App, tenant: TenantId, subject: SubjectId, moments: Sequence[datetime]
) -> None:
    """Relabel what the subject did around these moments and shows now to be a machine's.

    Points are taken back with each label, and the panels show it no more. What a marketer said
    stands. May be repeated.
    """
    _, relabelled = _look_around(app, tenant, subject, moments)
    if relabelled:
        chain = owners(partial(app.activities.tallies, tenant), subject)
        project_people(app, tenant, [PersonId(chain[-1].subject)])


def newest_since(app: App, tenant: TenantId, subject: SubjectId, since: datetime) -> list[Activity]:
    """What a subject did since then, of its newest `MOST` activities."""
    return [one for one in _newest(app, tenant, subject, since).items if one.at >= since]


def _look_around(
    app: App, tenant: TenantId, subject: SubjectId, moments: Sequence[datetime]
) -> tuple[Listing[Activity], bool]:
    """What the subject did last, and whether some of it was relabelled."""
    if not moments:
        return Listing([]), False
    low, high = min(moments) - WINDOW, max(moments) + WINDOW
    newest = _newest(app, tenant, subject, low)
    changes = label_after([one for one in newest.items if low <= one.at <= high])
    for change in changes:
        one = change.activity
        # It may have been erased meanwhile.
        with suppress(NotFound):
            relabel(app, tenant, subject, one.activity_id, one.at, change.signal, change.why, by="")
    return newest, bool(changes)


def _newest(app: App, tenant: TenantId, subject: SubjectId, since: datetime) -> Listing[Activity]:
    """The latest that a subject did, at least until then or `MOST`."""
    page = app.activities.list_activities(tenant, subject, _FIRST)
    found = list(page.items)
    while page.cursor and found[-1].at >= since and len(found) < MOST:
        page = app.activities.list_activities(tenant, subject, _PAGE, page.cursor)
        found += page.items
    return Listing(found, page.cursor)
