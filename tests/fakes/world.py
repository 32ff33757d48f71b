"""A whole Funnel in memory: its ports, one connected tenant, and a worker that takes messages."""

from concurrent.futures import Executor
from dataclasses import dataclass, field, replace

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import Credentials
from funnel.domain.ids import ConnectionId, Module, TenantId
from funnel.domain.sync.runs import RunKind
from funnel.ports.messages import Message
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import change_connection
from funnel.usecases.kept_sessions import KeptSessions
from funnel.usecases.sync.start_run import start_run
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.files import MemoryFiles
from tests.fakes.mailer import MemoryMailer, PlainCleaner
from tests.fakes.store import MemoryStore
from tests.fakes.sugar import ENDPOINT, ModelConnector, ModelSugar
from tests.fakes.system import FakeClock, FakeIds, MemoryQueue, MemorySecrets

TENANT = TenantId("acme")


@dataclass
class World:
    """Everything, with the fakes in reach."""

    clock: FakeClock = field(default_factory=FakeClock)
    store: MemoryStore = field(default_factory=MemoryStore)
    ids: FakeIds = field(default_factory=FakeIds)
    secrets: MemorySecrets = field(default_factory=MemorySecrets)
    files: MemoryFiles = field(default_factory=MemoryFiles)
    mailer: MemoryMailer = field(default_factory=MemoryMailer)
    page_size: int = 500
    background: Executor | None = None

    def __post_init__(self) -> None:
        self.sugar = ModelSugar(self.clock)
        self.queue = MemoryQueue(self.clock)
        self.app = App.over(
            self.store,
            secrets=self.secrets,
            files=self.files,
            queue=self.queue,
            clock=self.clock,
            ids=self.ids,
            crm=ModelConnector(self.sugar),
            background=self.background,
            mailer=self.mailer,
            cleaner=PlainCleaner(),
            public_url="https://funnel.example.test",
            sessions=KeptSessions(self.clock),
        )

    def connect(self) -> Connection:
        """Connect the tenant to its Sugar."""
        credentials = Credentials("api", self.sugar.password, "https://crm.example.test")
        return self.store.save_connection(
            Connection(
                tenant=TENANT,
                connection_id=ConnectionId("0badcafe-0000-4000-8000-000000000001"),
                endpoint=ENDPOINT,
                user_name="api",
                secret_ref=self.secrets.put(TENANT, "sugar-1", credentials),
                credential_version=1,
                created_at=self.clock.now(),
                requests_per_second=1e9,
                page_sizes=dict.fromkeys(Module, self.page_size) if self.page_size != 500 else {},
            )
        )

    def forget_session(self) -> None:
        """Let the next who meets Sugar sign in, as an execution environment that is new."""
        assert self.app.sessions is not None
        self.app.sessions.forget(TENANT)

    def change(self, **changes: object) -> None:
        """Change settings of the connection."""
        change_connection(self.app, TENANT, lambda c: replace(c, **changes))  # type: ignore[arg-type]

    def sync(self, kind: RunKind = RunKind.HOURLY) -> None:
        """A run from its start until nothing is left to do."""
        start_run(self.app, TENANT, kind)
        self.drain()

    def drain(self, most: int = 500) -> None:
        """Take messages until there are none."""
        for _ in range(most):
            message = self.queue.pop_next()
            if message is None:
                return
            self.handle(message)
        raise AssertionError("The messages do not come to an end.")

    def handle(self, message: Message) -> None:
        """As a Lambda would."""
        handle_message(self.app, message, self.ids.new_id(), lambda: 600.0)
