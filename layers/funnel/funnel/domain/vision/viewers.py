"""Who looks into FunnelVision, and whose prospects that person may see (E7)."""

from dataclasses import dataclass

from funnel.domain.crm import Endpoint
from funnel.domain.ids import ConnectionId, RecordKey, SugarId, TenantId

MOST_REPORTS = 25
"""A panel reads one range for each of them."""


@dataclass(frozen=True, slots=True)
class Report:
    """A user of Sugar who reports to the one who looks."""

    user_id: SugarId
    name: str


@dataclass(frozen=True, slots=True)
class Viewer:
    """A user of Sugar whom Sugar vouched for; `sugar` is where links lead to.

    An admin of Sugar sees what everybody sees: own prospects, and those of who reports to it. With
    a `record`, it is that one record, whoever owns it, and nothing else. `many_reports` says that
    there are more than the `MOST_REPORTS` that are here.
    """

    tenant: TenantId
    connection_id: ConnectionId
    user_id: SugarId
    name: str
    is_admin: bool
    sugar: Endpoint
    reports: tuple[Report, ...] = ()
    many_reports: bool = False
    record: RecordKey | None = None

    @property
    def owners(self) -> tuple[SugarId, ...]:
        """Whose prospects it may see, its own first; nobody's where a record was opened."""
        if self.record is not None:
            return ()
        return (self.user_id, *(one.user_id for one in self.reports))

    def may_see(self, key: RecordKey, owner_id: SugarId) -> bool:
        """Whether it may see this Lead or Contact, which is this owner's."""
        if self.record is not None:
            return key == self.record
        return bool(owner_id) and owner_id in self.owners
