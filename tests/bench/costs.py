"""What benches over the canned DynamoDB share: an app, rows, and what something cost."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from funnel.adapters.dynamodb import DynamoStore
from funnel.domain.ids import Module, RecordKey, SugarId, TenantId
from funnel.domain.sync.records import ReadStamp, State, SugarRecord
from funnel.usecases.app import App
from tests.bench.canned_dynamodb import CannedDynamoDb, Count
from tests.fakes.files import MemoryFiles
from tests.fakes.system import START, FakeClock, FakeIds, MemoryQueue, MemorySecrets

TENANT = TenantId("acme")
STAMP = ReadStamp(START, START, START)
READS = ("BatchGetItem", "GetItem", "Query")
HEADS = ("requests", "rows read", "rows written", "CPU, µs", "of the floor's speed")


@dataclass(frozen=True, slots=True)
class Cost:
    """What each of `number` took: requests, rows, capacity units, and `seconds` of this process.

    `floor` is what the same requests take alone.
    """

    name: str
    number: int
    requests: float
    reads: float
    writes: float
    seconds: float
    read_units: float = 0.0
    write_units: float = 0.0
    floor: float = 0.0

    @property
    def micros(self) -> float:
        """Microseconds of processor time."""
        return 1e6 * self.seconds

    @property
    def row(self) -> tuple[str, ...]:
        """As a row under `HEADS`."""
        figures = (f"{self.requests:.2f}", f"{self.reads:.1f}", f"{self.writes:.1f}")
        return (self.name, *figures, f"{self.micros:,.0f}", self.share)

    @property
    def share(self) -> str:
        """Of the floor's speed."""
        return f"{100 * self.floor / self.seconds:.0f} %"

    @property
    def row_with_units(self) -> tuple[str, ...]:
        """As a row with the capacity units before the processor time."""
        *figures, micros, share = self.row
        units = (f"{self.read_units:.1f}", f"{self.write_units:.1f}")
        return (*figures, *units, micros, share)


def cost(name: str, number: int, canned: CannedDynamoDb, work: Callable[[], object]) -> Cost:
    """What each of so many takes that this does."""
    canned.counts(), canned.written(), canned.units()
    with canned.recorder:
        began = time.process_time()
        work()
        seconds = time.process_time() - began
    counts, written, units = canned.counts(), canned.written(), canned.units()
    reads = sum(counts.get(one, Count(0, 0)).items for one in READS)
    requests = sum(one.requests for one in counts.values())
    floor = canned.recorder.floor()
    each = (requests, reads, sum(written.values()), seconds, units["read"], units["write"], floor)
    return Cost(name, number, *(value / number for value in each))


def app_over(store: DynamoStore, **more: Any) -> App:
    """The product over this store; the rest of its world is in memory."""
    clock = FakeClock()
    return App.over(
        store,
        secrets=MemorySecrets(),
        files=MemoryFiles(),
        queue=MemoryQueue(clock),
        clock=clock,
        ids=FakeIds(),
        **more,
    )


def record(module: Module, number: int, fields: dict[str, str], **more: str) -> SugarRecord:
    """A record as Sugar has it."""
    key = RecordKey(module, sugar_id(number))
    made = SugarRecord(TENANT, key, State.SYNCED, fields, STAMP, "d", "Ada Lovelace", START)
    return replace(made, **more)  # type: ignore[arg-type]


def sugar_id(number: int) -> SugarId:
    """The id of a record."""
    return SugarId(f"id-{number:05}")
