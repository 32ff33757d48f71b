"""What FunnelVision costs: its page and panels against a handler that does nothing, both by the door.

Run by `make bench`, or as `PYTHONPATH=layers/funnel python -m tests.bench.bench_vision`.

Against DynamoDB Local, with 1,000 and with 20,000 prospects of the rep; its requests are counted as
they leave. Time is what a rep waits for without the network, processor time is ours.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from aws_lambda_powertools.utilities.typing import LambdaContext

from funnel.adapters.dynamodb import DynamoStore, Tables
from funnel.adapters.dynamodb.prospects import prospect_item
from funnel.adapters.dynamodb.requests import chunks
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId
from funnel.domain.scoring.trends import TrendDay
from funnel.domain.sync.records import ReadStamp, State, SugarRecord, Unit
from funnel.domain.vision.prospect_visits import SeenPage, SeenVisit
from funnel.domain.vision.prospects import Prospect, Reason
from funnel.usecases.app import App
from funnel.web.asked import Asked
from funnel.web.door import Door
from funnel.web.replies import Reply
from funnel.web.room import Room
from funnel.web.vision.door import ROOMS
from tests.bench.bench_tracking import Clock, Counting, Queue
from tests.bench.measuring import Target, table
from tests.browser.site import event_of
from tests.browser.world import FULL, connection
from tests.contract.storage import servers
from tests.fakes.dashlets import dashlet_token, vision_address
from tests.fakes.files import MemoryFiles
from tests.fakes.system import FakeIds, MemorySecrets

FEW, MANY = 1_000, 20_000
TIMES = 60
MOST_CPU = 60.0
"""Milliseconds: with 1,024 MB under a fifth of a second, where there is half a processor."""

REP = SugarId("sarah")
empty = Room(needs=None)


@empty.page("GET", "/vision/<_tenant>/<_connection>/nothing")
def nothing(_asked: Asked, _tenant: str, _connection: str) -> Reply:
    """What every door does at least."""
    return Reply(200, "nothing")


@dataclass(slots=True)
class Cost:
    """Of one request: milliseconds that it takes, and of our processor time; rows read; bytes."""

    name: str
    millis: float
    cpu: float
    reads: float
    size: int


def measure() -> tuple[str, list[Target]]:
    """The table, and what it must be."""
    costs = []
    with (
        tempfile.TemporaryDirectory() as folder,
        servers.dynamodb_local(Path(folder)) as url,
    ):
        client = servers.client_for(url)
        tables = servers.create_tables(client)
        store = DynamoStore(tables, client, transaction=10)
        app = _app(store)
        counting, filled = Counting(client), 0
        for people in (FEW, MANY):
            _fill(client, tables, filled, people)
            filled = people
            costs += _measure(app, counting, people)
    rows = [
        (c.name, f"{c.millis:.2f}", f"{c.cpu:.2f}", f"{c.reads:g}", f"{c.size:,}") for c in costs
    ]
    by_name = {one.name: one for one in costs}
    few, many = (
        by_name[f"all panels, {FEW:,} prospects"],
        by_name[f"all panels, {MANY:,} prospects"],
    )
    least = by_name[f"a handler that does nothing, {MANY:,} prospects"]
    found = [
        Target(
            "panels, requests to DynamoDB at 20,000 prospects, as at 1,000", many.reads, few.reads
        ),
        Target(
            "panels, processor time beyond a handler that does nothing",
            many.cpu - least.cpu,
            MOST_CPU,
            " ms",
        ),
    ]
    heads = ("a request", "ms", "CPU, ms", "requests to DynamoDB", "bytes")
    return table(heads, rows), found


def _app(store: DynamoStore) -> App:
    app = App.over(
        store,
        secrets=MemorySecrets(),
        files=MemoryFiles(),
        queue=Queue(),
        clock=Clock(),
        ids=FakeIds(),
    )
    store.save_connection(replace(connection(FULL), signing_keys=()))
    now = datetime.now(UTC)
    for user, boss in ((REP, ""), *((SugarId(f"rep-{n:02}"), REP) for n in range(5))):
        record = SugarRecord(
            FULL, RecordKey(Module.USERS, user), State.SYNCED, {"status": "Active"},
            ReadStamp(now, now, now), "d", f"User {user}", now, parent_id=SugarId(boss),
        )  # fmt: skip
        assert store.commit(FULL, [Unit(records=[record])]) == [True]
    return app


def _fill(client: Any, tables: Tables, since: int, until: int) -> None:
    """Prospects of the rep, each with a score, reasons, a month's trend and a visit."""
    now = datetime.now(UTC)
    day = now.toordinal()
    page = SeenPage(now, "https://nordwind.example/pricing", "Pricing")
    visit = SeenVisit("v", now, now, {"source": "direct"}, (page,) * 5)
    plain = Prospect(
        FULL, RecordKey(Module.LEADS, SugarId("x")), PersonId("p"), "Ada Brandt", "Acme", None, REP,
        1, now, tuple(TrendDay(day - n, 40 - n) for n in range(30, -1, -1)),
        (Reason("Looked at prices", 3, 15),) * 3, (visit,), now,
    )  # fmt: skip
    rows = [
        replace(
            plain,
            key=RecordKey(Module.LEADS, SugarId(f"l{n:05}")),
            score=10 + n % 800,
            seen_at=now - timedelta(seconds=n),
        )
        for n in range(since, until)
    ]
    for part in chunks(rows, 25):
        puts = [{"PutRequest": {"Item": prospect_item(row)}} for row in part]
        client.batch_write_item(RequestItems={tables.vision: puts})


def _measure(app: App, counting: Counting, people: int) -> list[Cost]:
    door = Door(app, (*ROOMS, empty))
    address = vision_address(app, FULL)
    token = dashlet_token(app, FULL, REP)
    headers = {"authorization": f"Bearer {token}"}
    costs, tag = [], ""
    for name, path in (
        ("a handler that does nothing", "/nothing"),
        ("the page", ""),
        ("all panels", "/panels"),
        ("all panels, unchanged", "/panels"),
    ):
        more = {"if-none-match": tag} if "unchanged" in name else {}
        event = event_of("GET", address + path, headers | more)

        def ask(event: dict[str, Any] = event) -> dict[str, Any]:
            return door.answer(event, cast("LambdaContext", None))

        reply = ask()
        assert reply["statusCode"] == (304 if more else 200)
        tag = reply["headers"].get("ETag", "")
        before = counting.rows["reads"]
        ask()
        reads = counting.rows["reads"] - before
        millis, cpu = _timed(ask)
        size = len(str(reply.get("body") or "").encode())
        costs.append(Cost(f"{name}, {people:,} prospects", millis, cpu, reads, size))
    return costs


def _timed(ask: Callable[[], object]) -> tuple[float, float]:
    """The median of both, in milliseconds."""
    walls, cpus = [], []
    for _ in range(TIMES):
        wall, cpu = time.perf_counter(), time.process_time()
        ask()
        walls.append(1_000 * (time.perf_counter() - wall))
        cpus.append(1_000 * (time.process_time() - cpu))
    return statistics.median(walls), statistics.median(cpus)


if __name__ == "__main__":
    print(measure()[0])
