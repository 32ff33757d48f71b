"""The product as one worker that dies now and then, on the real engine of DynamoDB and a simulated Sugar.

Both are behind proxies that fail. Time is the test's own, so that minutes of waiting cost nothing.
"""

import heapq
import itertools
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

from funnel.adapters.dynamodb import DynamoStore
from funnel.adapters.sugar import SugarConnector
from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import Credentials
from funnel.domain.ids import ConnectionId, TenantId
from funnel.ports.messages import Message
from funnel.usecases.app import App
from funnel.usecases.kept_sessions import KeptSessions
from funnel.usecases.operating.tick import tick
from funnel.usecases.work.handle_message import handle_message
from local.faults.aws import AwsFaults
from local.faults.proxy import FaultProxy
from local.faults.sugar import SugarFaults
from local.sugar.clock import Clock as SugarClock
from local.sugar.simulator import SugarSimulator
from tests.contract.storage import servers
from tests.fakes.faulty import Crash, Moment, Plan, faulty
from tests.fakes.files import MemoryFiles
from tests.fakes.mailer import MemoryMailer, PlainCleaner
from tests.fakes.system import FakeClock, FakeIds, MemorySecrets
from tests.soak.tables import Tables

TENANT = TenantId("acme")
TRIES, HIDDEN = 5, 3600
"""Of template.yaml: how often a message is tried, and how long it is hidden meanwhile."""

DEATHS = 0.004
"""Of calls of a port."""

KINDS = ("watch", "hourly", "target_lists", "mail", "campaigns", "scores", "segments", "measure")


class Chances(Plan):
    """A worker that may die at any call, before it or after."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._random = Random(seed)
        self.dying = False
        self.deaths = 0
        self._dead = False

    def count(self, name: str) -> bool:
        """Whether this call is the last."""
        if self._dead:
            raise Crash
        if not self.dying or self._random.random() > DEATHS:
            return False
        self.moment = self._random.choice(list(Moment))
        return True

    def fail(self, moment: Moment) -> None:
        """Die at the moment that was chosen."""
        if moment is self.moment:
            self._dead = True
            self.deaths += 1
            raise Crash

    def revive(self) -> None:
        """Another worker is there."""
        self._dead = False


@dataclass
class Deliveries:
    """SQS: messages by when they can be seen, each tried some times, then a dead letter."""

    clock: FakeClock
    dead: list[Message] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    _heap: list[tuple[datetime, int, Message, int]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def send(self, message: Message, delay: int = 0) -> None:
        """Take it."""
        self._push(message, delay, 0)

    def _push(self, message: Message, delay: float, tries: int) -> None:
        at = self.clock.now() + timedelta(seconds=delay)
        heapq.heappush(self._heap, (at, next(self._numbers), message, tries))

    def work_off(self, work: Callable[[Message], bool], until: datetime) -> int:
        """Deliver all that can be seen by then, one after another; how many."""
        delivered = 0
        while self._heap and self._heap[0][0] <= until:
            at, _, message, tries = heapq.heappop(self._heap)
            if at > self.clock.now():
                self.clock.set(at)
            delivered += 1
            if not work(message):
                if tries + 1 == TRIES:
                    self.dead.append(message)
                else:
                    self._push(message, HIDDEN, tries + 1)
        if until > self.clock.now():
            self.clock.set(until)
        return delivered

    def redrive(self) -> int:
        """What an operator does; how many."""
        count = len(self.dead)
        while self.dead:
            self.send(self.dead.pop())
        return count


@dataclass
class OneWorker:
    """The product, and what goes wrong with it."""

    store: DynamoStore
    sugar: SugarSimulator
    clock: FakeClock
    queue: Deliveries
    app: App
    mortal: App
    chances: Chances
    proxies: Sequence[FaultProxy]
    tables: Tables
    connector: SugarConnector
    mailer: MemoryMailer

    def fail(self, failing: bool) -> None:
        """Let all go wrong from now on, or nothing more."""
        self.chances.dying = failing
        for proxy in self.proxies:
            proxy.failing = failing

    def run(self, minutes: float, every: float = 5) -> None:
        """So much time, with the schedule's ticks every so many minutes and all that comes of them."""
        end = self.clock.now() + timedelta(minutes=minutes)
        while self.clock.now() < end:
            for kind in KINDS:
                self._alive(kind, lambda k=kind: tick(self.mortal, k, lambda: 50.0))  # type: ignore[misc]
            self.queue.work_off(self._work, min(end, self.clock.now() + timedelta(minutes=every)))

    def until_done(self, what: Callable[[App], Any]) -> Any:
        """A person presses until it is answered."""
        found: list[Any] = []
        for _ in range(200):
            if self._alive("a person", lambda: found.append(what(self.mortal))):
                return found[0]
            self.clock.advance(1)
        raise AssertionError(f"It is not done in 200 tries: {self.queue.failures[-3:]}")

    def _work(self, message: Message) -> bool:
        name = type(message).__name__
        return self._alive(
            name, lambda: handle_message(self.mortal, message, self.app.ids.new_id(), lambda: 400.0)
        )

    def _alive(self, what: str, work: Callable[[], object]) -> bool:
        try:
            work()
        except Crash:
            self.chances.revive()
            return False
        except Exception as error:  # noqa: BLE001 - the queue brings back whatever failed
            self.queue.failures.append(f"{what}: {type(error).__name__} {error}"[:300])
            return False
        return True


@contextmanager
def one_worker(folder: Path, seed: int, product: str = "suitecrm") -> Iterator[OneWorker]:
    """All of it; nothing fails at first."""
    with ExitStack() as parts:
        engine = parts.enter_context(servers.dynamodb_local(folder))
        direct = servers.client_for(engine)
        tables = servers.create_tables(direct)
        clock = FakeClock()
        sugar = parts.enter_context(
            SugarSimulator(product, None, None, seed=seed, clock=SugarClock(clock.now))
        )
        before_aws = _proxy(parts, engine, AwsFaults(seed, lambda: clock.monotonic()))
        before_sugar = _proxy(parts, sugar.url, SugarFaults(seed + 1))
        store = DynamoStore(
            tables,
            servers.client_for(_url(before_aws)),
            sleep=clock.sleep,
            transaction=10,
        )
        queue, ids, secrets = Deliveries(clock), FakeIds(), MemorySecrets()
        connector = SugarConnector(clock=clock, allow=["127.0.0.1"])
        mailer = MemoryMailer()
        app = App.over(
            store, secrets=secrets, files=MemoryFiles(), queue=queue, clock=clock, ids=ids,
            crm=connector, mailer=mailer, cleaner=PlainCleaner(),
            public_url="https://funnel.example.test", sessions=KeptSessions(clock),
        )  # fmt: skip
        credentials = Credentials("api", "api", _url(before_sugar))
        store.save_connection(
            Connection(
                tenant=TENANT,
                connection_id=ConnectionId("0badcafe-0000-4000-8000-000000000001"),
                endpoint=connector.detect(_url(before_sugar)),
                user_name="api",
                secret_ref=secrets.put(TENANT, "sugar-1", credentials),
                credential_version=1,
                created_at=clock.now(),
                read_only=False,
                default_company="Unknown",
                requests_per_second=1e6,
            )
        )
        chances = Chances(seed)
        mortal = replace(
            app,
            **{
                one.name: faulty(getattr(app, one.name), chances, one.name)
                for one in fields(app)
                if getattr(app, one.name) is store
            },
        )
        names = servers.NAMES
        rows = Tables(direct, lambda name: names[name], TENANT, clock.now)
        yield OneWorker(
            store, sugar, clock, queue, app, mortal, chances, (before_aws, before_sugar),
            rows, connector, mailer,
        )  # fmt: skip


def _proxy(parts: ExitStack, behind: str, decide: Any) -> FaultProxy:
    proxy = FaultProxy(0, urlsplit(behind).netloc, decide)
    threading.Thread(target=proxy.serve_forever, args=(0.05,), daemon=True).start()
    parts.callback(proxy.server_close)
    parts.callback(proxy.shutdown)
    return proxy


def _url(proxy: FaultProxy) -> str:
    return f"http://127.0.0.1:{proxy.server_address[1]}"
