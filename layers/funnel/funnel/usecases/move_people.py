"""Write moves of people between lists, and tell whoever follows who is on them."""

from collections.abc import Sequence

from funnel.domain.ids import TenantId
from funnel.domain.lists import Move
from funnel.usecases.app import App


def move_people(app: App, tenant: TenantId, moves: Sequence[Move]) -> list[bool]:
    """Write these moves; which were written."""
    return app.lists.move(tenant, moves, app.clock.now())
