"""What a person did lately, under whichever of its names."""

from collections.abc import Iterator
from datetime import datetime

from funnel.domain.ids import PersonId, TenantId
from funnel.domain.tracking.activities import Activity
from funnel.usecases.app import App

_PAGE = 200
_MOST_READ = 2_000
"""Activities of one subject that are looked through, the newest."""


def done_since(
    app: App, tenant: TenantId, person_id: PersonId, since: datetime
) -> Iterator[Activity]:
    """What it did since then, or machines did, newest first for each of its subjects."""
    subjects = app.activities.subjects(tenant, person_id)
    for subject, page in app.activities.newest_activities(tenant, subjects, _PAGE).items():
        read = 0
        while True:
            yield from (one for one in page.items if one.at >= since)
            read += len(page.items)
            is_older = any(one.at < since for one in page.items)
            if is_older or not page.cursor or read >= _MOST_READ:
                break
            page = app.activities.list_activities(tenant, subject, _PAGE, page.cursor)
