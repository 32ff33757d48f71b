"""Ask for the people whose time has come, of all tenants, in pages."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from funnel.domain.ids import PersonId, TenantId
from funnel.ports.listing import Listing
from funnel.usecases.bells.ask_relist import MOST


class Due(Protocol):
    """A row of an index by time."""

    @property
    def tenant(self) -> TenantId:
        """Whose it is."""

    @property
    def person_id(self) -> PersonId:
        """Of whom."""


D = TypeVar("D", bound=Due)


def ask_due(
    page_of: Callable[[int, str], Listing[D]],
    ask: Callable[[TenantId, Sequence[PersonId]], None],
    seconds_left: Callable[[], float],
) -> int:
    """Ask for everybody on these pages (of a size, from a cursor on); how many.

    What there is no time for is still due when the schedule comes again. Whoever was asked for and
    is not worked out yet is asked for again, which does no harm.
    """
    cursor, asked = "", 0
    while seconds_left() > 0:
        page = page_of(MOST, cursor)
        people: dict[TenantId, list[PersonId]] = defaultdict(list)
        for one in page.items:
            people[one.tenant].append(one.person_id)
        for tenant, some in people.items():
            ask(tenant, some)
        asked += len(page.items)
        cursor = page.cursor
        if not cursor:
            break
    return asked
