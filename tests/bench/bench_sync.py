"""Whole runs against the simulated Sugar: their time beside a bare fetch, their rows and requests.

Run by `make bench`, or as `PYTHONPATH=layers/funnel python -m tests.bench.bench_sync`.

The fetch reads the very pages that the run before it read, by the same reader, and does nothing
with them: it counts nothing, plans nothing and keeps nothing. The simulated Sugar answers at the
pace that was measured on real ones (500 rows in about 0.27 s); how it is when the server takes no
time at all is told beside it.
"""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from funnel.domain.ids import PULLED_MODULES, Module
from funnel.domain.sync.runs import Run, RunKind
from local.sugar.demo.build import Size, build
from local.sugar.simulator import SugarSimulator
from tests.bench.canned_dynamodb import TABLES, CannedDynamoDb
from tests.bench.funnel import Funnel
from tests.bench.measuring import Target, in_turn, medians, table, targets
from tests.bench.simulated import Asked, SimulatedSugar

PEOPLE_FOR_10000_LEADS = "16667"
PAGE, ROUNDS = 500, 3
KEPT = (TABLES.records, TABLES.people, TABLES.sync_errors, TABLES.history)


@dataclass(frozen=True, slots=True)
class Cost:
    """What an initial run of some modules cost."""

    name: str
    records: int
    full_pages: int
    asked: Asked
    run: Run

    @property
    def rows_share(self) -> float:
        """Rows read for each record."""
        return self.asked.rows / self.records

    @property
    def requests_share(self) -> float:
        """Requests for each full page."""
        return self.asked.requests / self.full_pages


def initial(
    name: str, funnel: Funnel, sugar: SimulatedSugar, tenant: str, modules: Sequence[Module]
) -> Cost:
    """An initial run and what it asked of Sugar."""
    sugar.asked()
    run = funnel.sync(funnel.connect(tenant, modules), RunKind.INITIAL)
    asked = sugar.asked()
    counts = [sugar.records(module.value) for module in modules]
    pages = sum(-(-count // PAGE) for count in counts)
    return Cost(name, sum(counts), pages, asked, run)


def beside_a_fetch(canned: CannedDynamoDb, *options: str) -> tuple[dict[str, float], Cost]:
    """Seconds of an initial run of 10,000 Leads, and of reading its pages alone."""
    with SimulatedSugar("--people", PEOPLE_FOR_10000_LEADS, *options) as sugar:
        funnel = Funnel(canned, sugar.url)
        leads = (Module.LEADS,)
        cost = initial("10,000 Leads", funnel, sugar, f"count {options}", leads)
        reads = funnel.take_reads()

        def sync(number: int) -> None:
            funnel.sync(funnel.connect(f"{number} {options}", leads), RunKind.INITIAL)

        ways: dict[str, Callable[[int], object]] = {
            "sync": sync,
            "fetch": lambda _: funnel.fetch(reads),
        }
        return medians(in_turn(ways, ROUNDS, time.perf_counter)), cost


def demo_company(canned: CannedDynamoDb) -> tuple[Cost, Asked, int]:
    """An initial run of the demo company; then, of the same at rest, an hourly one.

    What that asked, and how many rows of records, people, errors and history it wrote.
    """
    with SimulatedSugar() as sugar:
        funnel = Funnel(canned, sugar.url)
        cost = initial("the demo company, all modules", funnel, sugar, "demo", PULLED_MODULES)
    with SugarSimulator() as simulator:
        build(simulator.sugar, 7, Size())
        put_to_rest(simulator)
        funnel = Funnel(canned, simulator.url)
        tenant = funnel.connect("still")
        funnel.sync(tenant, RunKind.INITIAL)
        simulator.log.clear()
        canned.written()
        funnel.sync(tenant, RunKind.HOURLY)
        asked = Asked.of_log(simulator.log.summary(1))
        return cost, asked, sum(canned.written().get(name, 0) for name in KEPT)


def put_to_rest(simulator: SugarSimulator) -> None:
    """Rows without a date, or with one to come, are read each hour: give them one long past."""
    database = simulator.sugar.world.database
    for module in PULLED_MODULES:
        name = simulator.sugar.world.modules[module.value].table
        database.run(
            f"UPDATE {name} SET date_modified = '2026-01-01 00:00:00'"
            " WHERE date_modified IS NULL OR date_modified > datetime('now', '-1 day')"
        )


def measure() -> tuple[str, list[Target]]:
    """The tables, and what was to be reached."""
    with CannedDynamoDb() as canned:
        paced, leads = beside_a_fetch(canned, "--real-pace")
        quick, _ = beside_a_fetch(canned)
        demo, still, rows_written = demo_company(canned)
    times = [
        (name, f"{took['sync']:.1f}", f"{took['fetch']:.1f}", f"{took['sync'] / took['fetch']:.2f}")
        for name, took in (("at the pace of a real server", paced), ("as fast as it can", quick))
    ]
    costs = [
        (
            cost.name,
            f"{cost.records:,}",
            f"{cost.asked.rows:,}",
            f"{cost.rows_share:.3f}",
            str(cost.full_pages),
            str(cost.asked.requests),
            f"{cost.requests_share:.2f}",
        )
        for cost in (leads, demo)
    ]
    asked = [(call, str(count)) for call, count in still.calls.items()]
    text = "\n\n".join(
        (
            table(["initial sync of 10,000 Leads, Sugar", "sync s", "fetch s", "times"], times),
            table(["", "records", "rows read", "each", "full pages", "requests", "a page"], costs),
            table(["an hourly run without a change", "requests"], asked),
        )
    )
    found = [
        Target("initial sync, of a bare fetch", paced["sync"] / paced["fetch"], 1.5, " x"),
        Target("rows read a record, 10,000 Leads", leads.rows_share, 1.1),
        Target("requests a full page, 10,000 Leads", leads.requests_share, 4),
        Target("rows read a record, demo company", demo.rows_share, 1.1),
        Target(
            "no change: requests of any module", max(still.of(m.value) for m in PULLED_MODULES), 2
        ),
        Target("no change: rows written", rows_written, 0),
    ]
    return text, found


if __name__ == "__main__":
    told, reached = measure()
    print(f"{told}\n\n{targets(reached)}")
    sys.exit(not all(one.met for one in reached))
