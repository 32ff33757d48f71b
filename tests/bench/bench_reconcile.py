"""Both sides of 100,000 Leads compared: requests, rows, seconds, and memory at its most.

Run by `make bench ARGS=reconcile`, or as `PYTHONPATH=layers/funnel python -m
tests.bench.bench_reconcile`. Sugar is the simulated one; ours are kept in memory, so that what is
measured is comparing, not the store.
"""

import sys
import time
import tracemalloc

from funnel.adapters.sugar import SugarConnector
from funnel.adapters.system import SystemClock
from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import Credentials
from funnel.domain.ids import ConnectionId, Module, TenantId
from funnel.domain.sync.runs import JobStatus, RunKind
from funnel.ports.marketing_messages import Relist
from funnel.usecases.app import App
from funnel.usecases.sync.compare import start_comparison
from funnel.usecases.sync.start_run import start_run
from funnel.usecases.work.handle_message import handle_message
from tests.bench.funnel import Queue
from tests.bench.measuring import Target, table, targets
from tests.bench.simulated import Asked, SimulatedSugar
from tests.fakes.files import MemoryFiles
from tests.fakes.store import MemoryStore
from tests.fakes.system import FakeIds, MemorySecrets

PEOPLE, RECORDS = 166_667, 100_000
TENANT = TenantId("large")
MOST_MIB, MOST_REQUESTS = 64, 200


class Reconciling:
    """One tenant whose Leads are here."""

    def __init__(self, sugar: SimulatedSugar) -> None:
        self._sugar = sugar
        store, secrets, clock = MemoryStore(), MemorySecrets(), SystemClock()
        self._store, self._queue = store, Queue()
        connector = SugarConnector(clock=clock, allow=["127.0.0.1"])
        self._app = App.over(
            store,
            secrets=secrets,
            files=MemoryFiles(),
            queue=self._queue,
            clock=clock,
            ids=FakeIds(),
            crm=connector,
        )
        ref = secrets.put(TENANT, "sugar-1", Credentials("admin", "admin", sugar.url))
        store.save_connection(
            Connection(
                tenant=TENANT,
                connection_id=ConnectionId("0badcafe-0000-4000-8000-000000000001"),
                endpoint=connector.detect(sugar.url),
                user_name="admin",
                secret_ref=ref,
                credential_version=1,
                created_at=clock.now(),
                modules=(Module.LEADS,),
                requests_per_second=1e6,
            )
        )
        start_run(self._app, TENANT, RunKind.INITIAL, (Module.LEADS,))
        self._work()

    def _work(self) -> None:
        while self._queue.messages:
            message = self._queue.messages.popleft()
            if not isinstance(message, Relist):
                handle_message(self._app, message, "worker", lambda: 600.0)

    def compare(self) -> tuple[float, Asked]:
        """Compare, to the end; seconds, and what Sugar was asked."""
        self._sugar.asked()
        began = time.monotonic()
        start_comparison(self._app, TENANT, "bench")
        self._work()
        found = self._store.comparison(TENANT)
        assert found is not None
        assert found.status is JobStatus.DONE, found
        leads = next(m for m in found.modules if m.module is Module.LEADS)
        assert leads.there >= RECORDS * 0.9, leads
        return time.monotonic() - began, self._sugar.asked()


def measure() -> tuple[str, list[Target]]:
    """The table, and what is asked of it."""
    with SimulatedSugar("--people", str(PEOPLE)) as sugar:
        reconciling = Reconciling(sugar)
        seconds, asked = reconciling.compare()
        tracemalloc.start()
        before, _ = tracemalloc.get_traced_memory()
        reconciling.compare()
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    mib = (peak - before) / 1024**2
    rows = [
        [
            f"{RECORDS:,} Leads",
            f"{asked.requests}",
            f"{asked.rows:,}",
            f"{seconds:.0f} s",
            f"{mib:.0f} MiB",
        ]
    ]
    text = table(["comparing", "requests", "rows", "took", "memory at its most"], rows)
    found = [
        Target("memory of comparing 100,000", mib, MOST_MIB, " MiB"),
        Target("requests of comparing 100,000", asked.requests, MOST_REQUESTS),
    ]
    return text, found


if __name__ == "__main__":
    told, reached = measure()
    print(f"{told}\n\n{targets(reached)}")
    sys.exit(int(not all(one.met for one in reached)))
