"""Ask for the people whose segments time alone may have changed."""

from collections import defaultdict
from collections.abc import Callable

from funnel.domain.ids import PersonId, TenantId
from funnel.usecases.app import App
from funnel.usecases.ask_relist import MOST, ask_people


def start_segments(app: App, seconds_left: Callable[[], float]) -> int:
    """Ask for everybody whose time has come, of all tenants; how many.

    What there is no time for is still due when the schedule comes again. Whoever was asked for and
    is not worked out yet is asked for again, which does no harm.
    """
    now, cursor, asked = app.clock.now(), "", 0
    while seconds_left() > 0:
        page = app.lists.due_standings(now, MOST, cursor)
        people: dict[TenantId, list[PersonId]] = defaultdict(list)
        for one in page.items:
            people[one.tenant].append(one.person_id)
        for tenant, some in people.items():
            ask_people(app.queue, tenant, some)
        asked += len(page.items)
        cursor = page.cursor
        if not cursor:
            break
    return asked
