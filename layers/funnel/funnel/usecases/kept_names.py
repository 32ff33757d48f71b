"""What tenants' sites showed of late, kept from one message to the next: most hits show nothing new."""

from collections import OrderedDict

from funnel.domain.ids import TenantId
from funnel.domain.tracking.names_seen import NamesSeen

MOST_TENANTS = 20


class KeptNames:
    """Those of the tenants met last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[TenantId, NamesSeen] = OrderedDict()

    def get(self, tenant: TenantId) -> NamesSeen | None:
        """What was kept last; others may have noted more since."""
        return self._kept.get(tenant)

    def put(self, seen: NamesSeen) -> None:
        """Keep these; of too many tenants the one put first is forgotten."""
        self._kept[seen.tenant] = seen
        if len(self._kept) > MOST_TENANTS:
            self._kept.popitem(last=False)
