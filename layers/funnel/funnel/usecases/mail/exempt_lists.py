"""Who gets no mail because a Target List of Sugar says so: one of an exempt or suppressing type."""

import logging
from collections.abc import Sequence

from funnel.domain.ids import ListId, PersonId, TenantId
from funnel.domain.lists.lists import ListKind, ListStatus, record_member
from funnel.domain.sync.records import Person
from funnel.usecases.app import App

logger = logging.getLogger(__name__)

_PAGE, _MANY = 500, 10_000


def exempt_lists(app: App, tenant: TenantId) -> list[ListId]:
    """The Target Lists whose members get no mail: all are looked through, in a turn of a worker once."""
    found: list[ListId] = []
    cursor, seen = "", 0
    while True:
        page = app.lists.list_lists(tenant, "", _PAGE, cursor, ListKind.TARGET)
        found += [
            one.list_id for one in page.items if one.suppresses and one.status is ListStatus.ACTIVE
        ]
        cursor, seen = page.cursor, seen + len(page.items)
        if not cursor:
            break
    if seen > _MANY:
        # Nobody is mailed who should not be; it costs a read more for each 500 of them.
        logger.warning("many Target Lists", extra={"tenant": tenant, "lists": seen})
    return found


def exempted(
    app: App, tenant: TenantId, lists: Sequence[ListId], people: Sequence[Person]
) -> set[PersonId]:
    """Those of these people who are on one of these Target Lists."""
    by_key = {record_member(ln.key): one.person_id for one in people for ln in one.links}
    if not by_key:
        return set()
    return {by_key[key] for one in lists for key in app.lists.are_on(tenant, one, by_key)}
