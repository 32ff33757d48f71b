"""What a restore has left to be done again, in memory."""

from funnel.domain.ids import TenantId
from funnel.domain.people.redos import Redo
from funnel.ports.listing import Listing


class MemoryRedos:
    """`RedoStore` in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.left_to_redo: dict[tuple[TenantId, str], Redo] = {}

    def leave(self, *redos: Redo) -> None:
        """As a restore does."""
        self.left_to_redo.update({(one.tenant, f"{one.kind}#{one.of}"): one for one in redos})

    def redos(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[Redo]:
        """What is left, in an order that stays."""
        found = sorted(at for at in self.left_to_redo if at[0] == tenant and at[1] > cursor)
        page = found[:limit]
        more = len(found) > limit
        return Listing([self.left_to_redo[at] for at in page], page[-1][1] if more else "")

    def redone(self, redo: Redo) -> None:
        """Forget one that was done; nothing if there is none."""
        self.left_to_redo.pop((redo.tenant, f"{redo.kind}#{redo.of}"), None)
