"""What a restore has left to be done again. What `ports/store.py` says of all stores holds here.

Whoever restores puts it there (`scripts/restore.py`), beside the tables' own rows.
"""

from typing import Protocol

from funnel.domain.ids import TenantId
from funnel.domain.people.redos import Redo
from funnel.ports.listing import Listing


class RedoStore(Protocol):
    """What is left to be done again, by tenant."""

    def redos(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[Redo]:
        """What is left, in an order that stays; consistent."""

    def redone(self, redo: Redo) -> None:
        """Forget one that was done; nothing if there is none."""
