"""The product in memory before a simulated Sugar that is reached over HTTP."""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import chain, repeat

from funnel.adapters.sugar import SugarConnector
from funnel.adapters.system import SystemClock
from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import Credentials, Endpoint
from funnel.domain.ids import ConnectionId, Module, RecordKey, SugarId, TenantId
from funnel.domain.sync.runs import Run, RunKind, RunStatus
from funnel.ports.messages import Message
from funnel.usecases.app import App
from funnel.usecases.sync.start_run import start_run
from funnel.usecases.work.handle_message import handle_message
from local.sugar.simulator import SugarSimulator
from tests.fakes.files import MemoryFiles
from tests.fakes.store import MemoryStore
from tests.fakes.system import FakeIds, MemorySecrets

TENANT = TenantId("acme")


class JumpingClock(SystemClock):
    """The true time, and what was slept through."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def now(self) -> datetime:
        """Now, that much later."""
        return super().now() + timedelta(seconds=self._ahead)

    def monotonic(self) -> float:
        """Seconds, that much later."""
        return super().monotonic() + self._ahead

    def sleep(self, seconds: float) -> None:
        """Be that much later at once."""
        self._ahead += max(0.0, seconds)


class Queue:
    """Messages in the order they were sent."""

    def __init__(self) -> None:
        self.messages: deque[tuple[Message, int]] = deque()

    def send(self, message: Message, delay: int = 0) -> None:
        """Keep it."""
        self.messages.append((message, delay))


class SugarWorld:
    """One tenant, connected to one endpoint of a simulated Sugar, and a worker."""

    def __init__(self, simulator: SugarSimulator, endpoint: str, *modules: Module) -> None:
        self.store = MemoryStore()
        self.clock = JumpingClock()
        self._ids = FakeIds()
        self._queue = Queue()
        secrets = MemorySecrets()
        connector = SugarConnector(clock=self.clock, allow=["127.0.0.1"])
        self.app = App.over(
            self.store,
            secrets=secrets,
            files=MemoryFiles(),
            queue=self._queue,
            clock=self.clock,
            ids=self._ids,
            crm=connector,
        )
        found: Endpoint = connector.detect(simulator.endpoint(endpoint))
        credentials = Credentials("admin", "admin", simulator.url)
        self.store.save_connection(
            Connection(
                tenant=TENANT,
                connection_id=ConnectionId(self._ids.new_id()),
                endpoint=found,
                user_name="admin",
                secret_ref=secrets.put(TENANT, "sugar-1", credentials),
                credential_version=1,
                created_at=self.clock.now(),
                modules=modules,
                requests_per_second=1e6,
            )
        )

    def sync(self, *, steps_a_worker: int = 1_000_000) -> tuple[Run, int]:
        """An initial run to its end, and how many workers it took."""
        run = start_run(self.app, TENANT, RunKind.INITIAL)
        assert run is not None
        workers = 0
        while self._queue.messages:
            message, delay = self._queue.messages.popleft()
            self.clock.sleep(delay)
            workers += 1
            handle_message(self.app, message, self._ids.new_id(), _seconds(steps_a_worker))
            current = self.store.run(TENANT, run.run_id)
            if current and current.status is RunStatus.STALLED:
                self.clock.sleep(3600)
                start_run(self.app, TENANT, RunKind.HOURLY)
        done = self.store.run(TENANT, run.run_id)
        assert done is not None
        return done, workers

    def missing(self, module: Module, ids: list[str]) -> set[str]:
        """Which of these are not here."""
        keys = {RecordKey(module, SugarId(i)) for i in ids}
        return {key.sugar_id for key in keys - set(self.store.records(TENANT, keys))}


def _seconds(steps: int) -> Callable[[], float]:
    """Time for so many steps, then none."""
    left = chain(repeat(60.0, steps), repeat(0.0))
    return lambda: next(left)
