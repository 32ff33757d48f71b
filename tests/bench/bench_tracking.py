"""What a hit costs: processor time, rows read and written, messages; collector and worker apart.

Run by `make bench`, or as `PYTHONPATH=layers/funnel python -m tests.bench.bench_tracking`.

Against DynamoDB Local, through the product's own client; its requests are counted as they leave.
Processor time is ours, with botocore's, and without the engine's.
"""

import json
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from funnel.adapters.dynamodb import DynamoStore
from funnel.domain.companies.companies import Evidence, NetworkOwner
from funnel.domain.companies.network_names import NetworkKind
from funnel.domain.ids import TenantId
from funnel.domain.tracking.hits import SiteKey
from funnel.domain.tracking.sites import Site
from funnel.ports.messages import Message
from funnel.usecases.app import App
from funnel.usecases.work.handle_message import handle_message
from funnel.web.collecting import answer_collect
from tests.bench.floor import Recorder
from tests.bench.measuring import Target, table
from tests.contract.storage import servers
from tests.fakes.companies import FakeLookup
from tests.fakes.files import MemoryFiles
from tests.fakes.system import FakeIds, MemorySecrets

COMPANY = NetworkOwner("Harbour Cranes AS", NetworkKind.COMPANY, Evidence.RANGE)
TENANT, KEY = TenantId("acme"), SiteKey("5e1f" * 8)
FORM: dict[str, Any] = {"kind": "form", "fields": {"last_name": "Brandt"}}
MANY = 200
MOST_CPU = 8.0
"""Milliseconds of a hit in the collector: with 512 MB a third of a processor, so under 25 ms each."""


class Clock:
    """The time it is."""

    def now(self) -> datetime:
        """Now."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that go forward."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


@dataclass
class Queue:
    """Keeps what is sent."""

    sent: list[Message] = field(default_factory=list)

    def send(self, message: Message, delay: int = 0) -> None:
        """Keep it."""
        self.sent.append(message)


@dataclass(slots=True)
class Cost:
    """Of one hit: milliseconds of processor time, and what went to the store and the queue."""

    name: str
    millis: float
    reads: float
    writes: float
    messages: float
    share: float
    """Per cent of the floor's speed: the same requests to DynamoDB alone."""


class Counting:
    """Rows that are read and written, as the client's requests name them."""

    def __init__(self, client: Any) -> None:
        self.rows: Counter[str] = Counter()
        client.meta.events.register("provide-client-params.dynamodb.*", self._note)

    def _note(self, params: dict[str, Any], model: Any, **_: object) -> None:
        match model.name:
            case "BatchGetItem":
                self.rows["reads"] += sum(len(t["Keys"]) for t in params["RequestItems"].values())
            case "GetItem" | "Query":
                self.rows["reads"] += 1
            case "TransactWriteItems":
                # Each row of a transaction is written twice over.
                self.rows["writes"] += 2 * len(params["TransactItems"])
            case "BatchWriteItem":
                self.rows["writes"] += sum(len(t) for t in params["RequestItems"].values())
            case _:
                self.rows["writes"] += 1


def measure() -> tuple[str, list[Target]]:
    """The table, and what it must be."""
    with (
        tempfile.TemporaryDirectory() as folder,
        servers.dynamodb_local(Path(folder)) as url,
    ):
        client = servers.client_for(url)
        store = DynamoStore(servers.create_tables(client), client, transaction=10)
        costs = _measure(store, Counting(client), Recorder(client))
    rows = [
        (
            c.name,
            f"{c.millis:.2f}",
            f"{c.reads:.2f}",
            f"{c.writes:.2f}",
            f"{c.messages:.2f}",
            f"{c.share:.0f} %",
        )
        for c in costs
    ]
    one = costs[0]
    found = [
        Target("collector, CPU of a hit sent alone", one.millis, MOST_CPU, " ms"),
        Target("collector, rows read a hit", one.reads, 1),
        Target("collector, rows written a hit", one.writes, 1),
        Target(
            "worker, rows written more for a company's visit",
            _of(costs, "first page of a new visitor, from").writes
            - _of(costs, "first page of a new visitor").writes,
            1,
        ),
    ]
    heads = ("a hit", "CPU, ms", "rows read", "rows written", "messages", "of the floor's speed")
    return table(heads, rows), found


def _of(costs: list[Cost], name: str) -> Cost:
    return next(one for one in costs if name in one.name)


def _measure(store: DynamoStore, counting: Counting, recorder: Recorder) -> list[Cost]:
    queue = Queue()
    app = App.over(
        store,
        secrets=MemorySecrets(),
        files=MemoryFiles(),
        queue=queue,
        clock=Clock(),
        ids=FakeIds(),
    )
    site = Site(TENANT, KEY, "Shop", ("example.com",), app.clock.now(), daily_budget=10**6)
    store.save_site(site)

    def cost(name: str, work: Callable[[int], object], hits: int = 1) -> Cost:
        work(-1)
        counting.rows.clear()
        queue.sent.clear()
        with recorder:
            began = time.process_time()
            for number in range(MANY):
                work(number)
            spent = time.process_time() - began
        all_hits = MANY * hits
        return Cost(
            name,
            spent / all_hits * 1000,
            counting.rows["reads"] / all_hits,
            counting.rows["writes"] / all_hits,
            len(queue.sent) / all_hits,
            100 * recorder.floor() / spent,
        )

    def collect(number: int, hits: int = 1, browser: str = "", **more: Any) -> None:
        answer = answer_collect(app, _event(number, hits, browser, **more))
        assert answer["statusCode"] == 202, answer

    companies = replace(app, company_lookup=FakeLookup({"192.0.2.7": COMPANY}))

    def written(
        name: str, browser: str = "", known: bool = False, by: App = app, **more: Any
    ) -> Cost:
        queue.sent.clear()
        if known:
            collect(-2, 1, browser, email="known@example.test", **FORM)
            work_off(queue.sent.pop(), by)
        for number in range(-1, MANY):
            collect(number, 1, browser.format(number=number + 1), **more)
        messages = iter(list(queue.sent))
        return cost(name, lambda _: work_off(next(messages), by))

    def work_off(message: Message, by: App) -> None:
        handle_message(by, message, "worker", lambda: 600.0)

    return [
        cost("collector, a hit sent alone", collect),
        cost("collector, of ten sent at once", lambda number: collect(number, 10), 10),
        written("worker, first page of a new visitor"),
        written("worker, next page of a visitor nobody knows", "one"),
        written("worker, next page of a known person", "two", known=True),
        written("worker, form that makes a person", email="{number}@example.test", **FORM),
        written("worker, next page of such a visitor, from a company", "three", by=companies),
        written(
            "worker, first page of a new visitor, from a company", "four{number}", by=companies
        ),
    ]


def _event(number: int, hits: int, browser: str, email: str = "", **more: Any) -> dict[str, Any]:
    now = int(time.time() * 1000)
    name = (browser or f"{number + 1}").rjust(20, "0")
    ip = f"198.51.100.{(number + 2) % 250}" if email else "192.0.2.7"
    if email:
        more = {**more, "fields": {**more["fields"], "email": email.format(number=number)}}
    rows = [
        {
            "id": f"hit-{name}-{number}-{at}", "kind": "page view",
            # As far apart as people click: a burst would be looked into as a machine's.
            "at": now - (MANY - number) * 60_000 - at,
            "url": f"https://www.example.com/page/{at}", "title": "A page of some interest",
            "referrer": "https://www.google.com/", **more,
        }
        for at in range(hits)
    ]  # fmt: skip
    body = json.dumps({"browser": name, "sent": now, "hits": rows})
    return {
        "rawPath": f"/c/{KEY}",
        "headers": {"origin": "https://www.example.com", "user-agent": "Mozilla/5.0 Firefox/140.0"},
        # Ten forms of one network are taken.
        "requestContext": {"http": {"method": "POST", "sourceIp": ip}},
        "body": body,
        "isBase64Encoded": False,
    }


if __name__ == "__main__":
    print(measure()[0])
