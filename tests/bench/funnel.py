"""The product on the canned endpoint: real ports, a real clock, and a worker that takes messages."""

from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from funnel.adapters.dynamodb import DynamoStore
from funnel.adapters.sugar import SugarConnector
from funnel.adapters.sugar_soap.crm import SoapCrm
from funnel.adapters.system import SystemClock, SystemIds
from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import Condition, Credentials, Endpoint, Page, Window
from funnel.domain.ids import PULLED_MODULES, ConnectionId, Module, TenantId
from funnel.domain.sync.runs import Run, RunKind, RunStatus
from funnel.ports.crm import Hooks
from funnel.ports.marketing_messages import Relist
from funnel.ports.messages import Message
from funnel.ports.sync_messages import ReadTargetLists
from funnel.usecases.app import App
from funnel.usecases.sync.start_run import start_run
from funnel.usecases.work.handle_message import handle_message
from tests.bench.canned_dynamodb import TABLES, CannedDynamoDb
from tests.fakes.files import MemoryFiles
from tests.fakes.system import MemorySecrets


@dataclass(frozen=True, slots=True)
class Read:
    """One page as it was asked for."""

    module: Module
    window: Window
    limit: int
    fields: Sequence[str]


class _Noted(SoapCrm):
    """Notes the pages that are read."""

    reads: list[Read]

    def read(
        self,
        module: Module,
        window: Window,
        limit: int,
        *,
        fields: Sequence[str],
        conditions: Sequence[Condition] = (),
    ) -> Page:
        """Read a page, and note it."""
        self.reads.append(Read(module, window, limit, fields))
        return super().read(module, window, limit, fields=fields, conditions=conditions)


class _Connector(SugarConnector):
    """Opens endpoints that note their pages in `reads`."""

    def __init__(self, clock: SystemClock) -> None:
        super().__init__(clock=clock, allow=["127.0.0.1"])
        self.reads: list[Read] = []

    def open(
        self, endpoint: Endpoint, credentials: Credentials, hooks: Hooks | None = None
    ) -> SoapCrm:
        """The endpoint, noting."""
        crm = super().open(endpoint, credentials, hooks)
        crm.__class__ = _Noted
        assert isinstance(crm, _Noted)
        crm.reads = self.reads
        return crm


@dataclass
class Queue:
    """Messages in the order they were sent, whatever their delay."""

    messages: deque[Message] = field(default_factory=deque)

    def send(self, message: Message, delay: int = 0) -> None:
        """Keep it."""
        self.messages.append(message)


class Funnel:
    """Connects tenants to a Sugar and carries out their runs."""

    def __init__(self, canned: CannedDynamoDb, url: str) -> None:
        self._clock = SystemClock()
        self._connector = _Connector(self._clock)
        self._secrets = MemorySecrets()
        self._queue = Queue()
        self._ids = SystemIds()
        store = DynamoStore(TABLES, canned.client())
        self.app = App.over(
            store,
            secrets=self._secrets,
            files=MemoryFiles(),
            queue=self._queue,
            clock=self._clock,
            ids=self._ids,
            crm=self._connector,
            background=ThreadPoolExecutor(1),
        )
        self.endpoint = self._connector.detect(url)
        parts = urlsplit(url)
        self._credentials = Credentials("admin", "admin", f"{parts.scheme}://{parts.netloc}")

    def connect(self, tenant: str, modules: Sequence[Module] = PULLED_MODULES) -> TenantId:
        """A new tenant, connected."""
        name = TenantId(tenant)
        self.app.sync.save_connection(
            Connection(
                tenant=name,
                connection_id=ConnectionId(self._ids.new_id()),
                endpoint=self.endpoint,
                user_name="admin",
                secret_ref=self._secrets.put(name, "sugar-1", self._credentials),
                credential_version=1,
                created_at=self._clock.now(),
                modules=tuple(modules),
                requests_per_second=1e6,
            )
        )
        return name

    def sync(self, tenant: TenantId, kind: RunKind) -> Run:
        """A run, and all that follows from it, to the end."""
        run = start_run(self.app, tenant, kind)
        assert run is not None
        while self._queue.messages:
            message = self._queue.messages.popleft()
            if isinstance(message, (Relist, ReadTargetLists)):
                # Another worker's time; bench_lists and bench_target_lists measure it.
                continue
            handle_message(self.app, message, self._ids.new_id(), lambda: 600.0)
        done = self.app.sync.run(tenant, run.run_id)
        assert done is not None
        assert done.status is RunStatus.DONE, done
        return done

    def take_reads(self) -> list[Read]:
        """The pages read since this was last asked."""
        reads = list(self._connector.reads)
        self._connector.reads.clear()
        return reads

    def fetch(self, reads: Sequence[Read]) -> int:
        """Read the same pages again, and nothing else; how many rows came."""
        crm = SugarConnector(clock=self._clock, allow=["127.0.0.1"]).open(
            self.endpoint, self._credentials
        )
        rows = 0
        for read in reads:
            page = crm.read(read.module, read.window, read.limit, fields=read.fields)
            rows += len(page.rows)
        crm.sign_out()
        return rows
