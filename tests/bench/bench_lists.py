"""Auto lists: what it takes for a person whose value changed, and for one whose lists stay.

Run by `make bench`, or as `PYTHONPATH=layers/funnel python -m tests.bench lists`.

A page of 500 people, each with a Lead and a Contact of one of 50 Accounts, in a canned endpoint.
Requests and rows are those that go to DynamoDB, CPU is of this process.
"""

import statistics
from dataclasses import replace

from funnel.adapters.dynamodb import DynamoStore
from funnel.domain.ids import Module, PersonId
from funnel.domain.sync.records import Link, Person, Unit
from funnel.usecases.app import App
from funnel.usecases.lists.list_people import list_people
from tests.bench.canned_dynamodb import TABLES, CannedDynamoDb
from tests.bench.costs import HEADS, TENANT, Cost, app_over, cost, record, sugar_id
from tests.bench.measuring import Target, table
from tests.fakes.store import MemoryStore
from tests.fakes.system import START

PEOPLE, ACCOUNTS, ROUNDS, CHUNK = 500, 50, 5, 200
MOST_REQUESTS, MOST_WRITES = 0.5, 4.0
IDS = [PersonId(f"person-{n:04}") for n in range(PEOPLE)]


def measure() -> tuple[str, list[Target]]:
    """The table, and what was asked for."""
    with CannedDynamoDb() as canned:
        store = DynamoStore(TABLES, canned.client())
        app = replace(app_over(store), sync=MemoryStore())
        costs = _costs(canned, store, app)
    rows = [one.row for one in costs]
    changed, same = costs[1], costs[2]
    return table(("a person", *HEADS), rows), [
        Target("auto lists: requests a changed person", changed.requests, MOST_REQUESTS),
        Target("auto lists: rows written a changed person", changed.writes, MOST_WRITES),
        Target("auto lists: rows written, lists unchanged", same.writes, 0),
    ]


def _costs(canned: CannedDynamoDb, store: DynamoStore, app: App) -> list[Cost]:
    _fill(store, "New")
    first = cost("new here", PEOPLE, canned, lambda: _work(app))
    changed = []
    for number in range(ROUNDS):
        _fill(store, ("Dead", "New")[number % 2], accounts=False)
        changed.append(cost("one value changed", PEOPLE, canned, lambda: _work(app)))
    same = [
        cost("looked at, nothing changed", PEOPLE, canned, lambda: _work(app))
        for _ in range(ROUNDS)
    ]
    return [first, _median(changed), _median(same)]


def _work(app: App) -> None:
    for start in range(0, PEOPLE, CHUNK):
        list_people(app, TENANT, IDS[start : start + CHUNK])


def _median(costs: list[Cost]) -> Cost:
    return replace(costs[0], seconds=statistics.median(one.seconds for one in costs))


def _fill(store: DynamoStore, status: str, *, accounts: bool = True) -> None:
    """Everybody has this lead status; what is here already is written over."""
    if accounts:
        made = [
            record(Module.ACCOUNTS, n, {"industry": f"Industry {n % 5}"}) for n in range(ACCOUNTS)
        ]
        store.commit(TENANT, [Unit(records=[one]) for one in made])
    units = []
    for number, person_id in enumerate(IDS):
        lead = record(Module.LEADS, number, {"status": status}, person_id=person_id)
        contact = record(
            Module.CONTACTS,
            number,
            {"lead_source": f"Source {number % 8}"},
            person_id=person_id,
            parent_id=sugar_id(number % ACCOUNTS),
        )
        links = tuple(Link(r.key, r.name, r.owner_id, "") for r in (lead, contact))
        person = Person(TENANT, person_id, {}, START, START, links=links, name="Ada")
        units.append(Unit(records=[lead, contact], people=[person]))
    store.commit(TENANT, units)
