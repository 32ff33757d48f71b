"""What every use case is given."""

from concurrent.futures import Executor
from dataclasses import dataclass

from funnel.ports.crm import CrmConnector
from funnel.ports.files import Files
from funnel.ports.lists import ListStore
from funnel.ports.store import RecordStore, SyncStore, TenantStore
from funnel.ports.system import Clock, Ids, Queue, Secrets


@dataclass(frozen=True, slots=True)
class App:
    """The ports, wired by bootstrap or by a test. Doors that never meet Sugar have no `crm`.

    `background` does what need not be waited for; without it everything is done in its turn.
    `outgoing_addresses` are the IP addresses Sugar is called from, where they are fixed.
    """

    records: RecordStore
    sync: SyncStore
    tenants: TenantStore
    lists: ListStore
    secrets: Secrets
    files: Files
    queue: Queue
    clock: Clock
    ids: Ids
    crm: CrmConnector | None = None
    background: Executor | None = None
    outgoing_addresses: tuple[str, ...] = ()
