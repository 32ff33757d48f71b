"""Auto lists: what it takes for a person whose value changed, and for one whose lists stay.

Run by `make bench`, or as `PYTHONPATH=layers/funnel python -m tests.bench lists`.

A page of 500 people, each with a Lead and a Contact of one of 50 Accounts, in a canned endpoint.
Requests and rows are those that go to DynamoDB, CPU is of this process.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from funnel.adapters.dynamodb import DynamoStore
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, TenantId
from funnel.domain.records import Link, Person, ReadStamp, State, SugarRecord, Unit
from funnel.usecases.app import App
from funnel.usecases.list_people import list_people
from tests.bench.canned_dynamodb import TABLES, CannedDynamoDb, Count
from tests.bench.measuring import Target, table
from tests.fakes.files import MemoryFiles
from tests.fakes.store import MemoryStore
from tests.fakes.system import START, FakeClock, FakeIds, MemoryQueue, MemorySecrets

PEOPLE, ACCOUNTS, ROUNDS, CHUNK = 500, 50, 5, 200
TENANT = TenantId("acme")
READS = ("BatchGetItem", "GetItem", "Query")
MOST_REQUESTS, MOST_WRITES = 0.5, 4.0
STAMP = ReadStamp(START, START, START)
IDS = [PersonId(f"person-{n:04}") for n in range(PEOPLE)]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one person took."""

    name: str
    requests: float
    reads: float
    writes: float
    micros: float


def measure() -> tuple[str, list[Target]]:
    """The table, and what was asked for."""
    with CannedDynamoDb() as canned:
        store = DynamoStore(TABLES, canned.client())
        app = _app(store)
        costs = _costs(canned, store, app)
    rows = [
        (
            one.name,
            f"{one.requests:.2f}",
            f"{one.reads:.1f}",
            f"{one.writes:.1f}",
            f"{one.micros:,.0f}",
        )
        for one in costs
    ]
    heads = ("a person", "requests", "rows read", "rows written", "CPU, µs")
    changed, same = costs[1], costs[2]
    return table(heads, rows), [
        Target("auto lists: requests a changed person", changed.requests, MOST_REQUESTS),
        Target("auto lists: rows written a changed person", changed.writes, MOST_WRITES),
        Target("auto lists: rows written, lists unchanged", same.writes, 0),
    ]


def _costs(canned: CannedDynamoDb, store: DynamoStore, app: App) -> list[Cost]:
    _fill(store, "New")
    first = _cost("new here", canned, lambda: _work(app))
    changed = []
    for number in range(ROUNDS):
        _fill(store, ("Dead", "New")[number % 2], accounts=False)
        changed.append(_cost("one value changed", canned, lambda: _work(app)))
    same = [_cost("looked at, nothing changed", canned, lambda: _work(app)) for _ in range(ROUNDS)]
    return [first, _median(changed), _median(same)]


def _work(app: App) -> None:
    for start in range(0, PEOPLE, CHUNK):
        list_people(app, TENANT, IDS[start : start + CHUNK])


def _cost(name: str, canned: CannedDynamoDb, work: Callable[[], None]) -> Cost:
    canned.counts(), canned.written()
    began = time.process_time()
    work()
    seconds = time.process_time() - began
    counts, written = canned.counts(), canned.written()
    reads = sum(counts.get(name, Count(0, 0)).items for name in READS)
    requests = sum(one.requests for one in counts.values())
    each = (requests, reads, sum(written.values()), seconds * 1e6)
    return Cost(name, *(value / PEOPLE for value in each))


def _median(costs: list[Cost]) -> Cost:
    return replace(costs[0], micros=statistics.median(one.micros for one in costs))


def _fill(store: DynamoStore, status: str, *, accounts: bool = True) -> None:
    """Everybody has this lead status; what is here already is written over."""
    if accounts:
        made = [
            _record(Module.ACCOUNTS, n, {"industry": f"Industry {n % 5}"}) for n in range(ACCOUNTS)
        ]
        store.commit(TENANT, [Unit(records=[one]) for one in made])
    units = []
    for number, person_id in enumerate(IDS):
        lead = _record(Module.LEADS, number, {"status": status}, person_id=person_id)
        contact = _record(
            Module.CONTACTS,
            number,
            {"lead_source": f"Source {number % 8}"},
            person_id=person_id,
            parent_id=SugarId(f"id-{number % ACCOUNTS:04}"),
        )
        links = tuple(Link(r.key, r.name, r.owner_id, "") for r in (lead, contact))
        person = Person(TENANT, person_id, {}, START, START, links=links, name="Ada")
        units.append(Unit(records=[lead, contact], people=[person]))
    store.commit(TENANT, units)


def _record(module: Module, number: int, fields: dict[str, str], **more: str) -> SugarRecord:
    key = RecordKey(module, SugarId(f"id-{number:04}"))
    return SugarRecord(
        TENANT,
        key,
        State.SYNCED,
        fields,
        STAMP,
        "d",
        "Ada Lovelace",
        START,
        **more,  # type: ignore[arg-type]
    )


def _app(store: DynamoStore) -> App:
    clock = FakeClock()
    app = App.over(
        store,
        secrets=MemorySecrets(),
        files=MemoryFiles(),
        queue=MemoryQueue(clock),
        clock=clock,
        ids=FakeIds(),
    )
    return replace(app, sync=MemoryStore())
