"""What every use case is given."""

from dataclasses import dataclass

from funnel.ports.crm import CrmConnector
from funnel.ports.store import RecordStore, SyncStore, TenantStore
from funnel.ports.system import Clock, Ids, Queue, Secrets


@dataclass(frozen=True, slots=True)
class App:
    """The ports, wired by bootstrap or by a test. Doors that never meet Sugar have no `crm`."""

    records: RecordStore
    sync: SyncStore
    tenants: TenantStore
    secrets: Secrets
    queue: Queue
    clock: Clock
    ids: Ids
    crm: CrmConnector | None = None
