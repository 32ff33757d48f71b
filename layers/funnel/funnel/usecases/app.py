"""What every use case is given."""

from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Protocol

from funnel.ports.crm import CrmConnector
from funnel.ports.erasures import ErasureStore
from funnel.ports.files import Files
from funnel.ports.lists import ListStore
from funnel.ports.pushes import IntentStore
from funnel.ports.sites import SiteStore
from funnel.ports.store import RecordStore, SyncStore, TenantStore
from funnel.ports.system import Clock, Ids, Queue, Secrets


class Stores(
    RecordStore, SyncStore, TenantStore, ListStore, SiteStore, IntentStore, ErasureStore, Protocol
):
    """All stores as one object."""


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
    sites: SiteStore
    pushes: IntentStore
    erasures: ErasureStore
    secrets: Secrets
    files: Files
    queue: Queue
    clock: Clock
    ids: Ids
    crm: CrmConnector | None = None
    background: Executor | None = None
    outgoing_addresses: tuple[str, ...] = ()

    @classmethod
    def over(
        cls,
        store: Stores,
        *,
        secrets: Secrets,
        files: Files,
        queue: Queue,
        clock: Clock,
        ids: Ids,
        crm: CrmConnector | None = None,
        background: Executor | None = None,
        outgoing_addresses: tuple[str, ...] = (),
    ) -> "App":
        """With one object for all stores."""
        return cls(
            records=store,
            sync=store,
            tenants=store,
            lists=store,
            sites=store,
            pushes=store,
            erasures=store,
            secrets=secrets,
            files=files,
            queue=queue,
            clock=clock,
            ids=ids,
            crm=crm,
            background=background,
            outgoing_addresses=outgoing_addresses,
        )
