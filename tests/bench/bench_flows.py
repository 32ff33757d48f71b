"""The three flows that a deployment grows by, whole: capacity units, requests and processor time.

Run by `make bench`, or as `PYTHONPATH=layers/funnel python -m tests.bench flows`.

Against DynamoDB Local, with all that follows from each: lists, scores, panels. A new Lead of a sync; a
page view of a person who is in Sugar, from the collector to its score and the panel of its owner; a
score that Sugar is told, from the stream to what is read back. The Sugar is in memory, of this process.
`docs/performance.md` works its scale out from these by `tests/bench/scale.py`.
"""

import json
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from funnel.adapters.dynamodb import DynamoStore
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.pushing.score_marks import ScoreMoved
from funnel.domain.sync.runs import RunKind
from funnel.domain.tracking.hits import SiteKey
from funnel.domain.tracking.sites import Site
from funnel.ports.messages import Message
from funnel.usecases.pushing.relay_score import relay_score
from funnel.web.collecting import answer_collect
from tests.bench.capacity import Capacity
from tests.bench.measuring import Target, table
from tests.contract.storage import servers
from tests.fakes.store import MemoryStore
from tests.fakes.world import TENANT, World

LEADS, VISITORS, PAGES = 400, 10, 10
KEY = SiteKey("5e1f" * 8)
COLLECT, WORK, RELAY, DRAIN = "collector", "worker", "relay", "drain"


@dataclass(slots=True)
class Flow:
    """What one of a flow takes: units by table and index, requests, ms of processor time by function."""

    name: str
    read: dict[str, float] = field(default_factory=dict)
    write: dict[str, float] = field(default_factory=dict)
    requests: float = 0
    messages: float = 0
    millis: dict[str, float] = field(default_factory=dict)

    @property
    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "read": {name: round(units, 3) for name, units in sorted(self.read.items()) if units},
            "write": {name: round(units, 3) for name, units in sorted(self.write.items()) if units},
            "requests": round(self.requests, 2),
            "messages": round(self.messages, 2),
            "millis": {name: round(ms, 1) for name, ms in self.millis.items()},
        }


class Bench:
    """One company over DynamoDB Local."""

    def __init__(self, client: Any) -> None:
        store = DynamoStore(servers.create_tables(client), client, transaction=10)
        self._capacity = Capacity(client)
        self._world = World(store=cast("MemoryStore", store))
        self._sent: list[Message] = []
        self._number = 0
        send = self._world.queue.send

        def noted(message: Message, delay: int = 0) -> None:
            self._sent.append(message)
            send(message, delay)

        self._world.queue.send = noted  # type: ignore[method-assign]
        self._world.connect()
        self._world.sugar.put(
            Module.USERS, "u1", user_name="anna", last_name="Ott", status="Active"
        )
        self._world.change(read_only=False, user_id=SugarId("u1"))
        self._world.sync(RunKind.INITIAL)

    def leads(self) -> Flow:
        """A sync that brings new Leads."""
        for number in range(LEADS):
            self._world.clock.advance(1)
            self._world.sugar.put(
                Module.LEADS, f"l{number:04}", first_name="Ada", last_name=f"Byron {number}",
                email1=f"p{number}@example.test", assigned_user_id="u1", title="Head of freight",
                account_name="Acme", phone_work="+49 40 123456", description="A word. " * 60,
                primary_address_city="Hamburg", status="New", lead_source="Web Site",
            )  # fmt: skip
        self._world.clock.advance(3600)
        flow = Flow("a new Lead")
        return self._measured(flow, LEADS, {WORK: self._sync})

    def _sync(self) -> None:
        self._world.sync(RunKind.HOURLY)

    def page_views(self) -> Flow:
        """Page views of Leads."""
        world = self._world
        now = world.clock.now()

        site = Site(TENANT, KEY, "Shop", ("example.com",), now, daily_budget=10**6)
        world.app.sites.save_site(site)
        for number in range(VISITORS):
            self._hit(number, {"kind": "form", "fields": {"email": f"p{number}@example.test"}})
            self._hit(number, {})
        world.drain()

        def collect() -> None:
            for _ in range(PAGES):
                for number in range(VISITORS):
                    self._hit(number, {})

        steps = {COLLECT: collect, WORK: lambda: world.drain(5000)}
        return self._measured(Flow("a page view of a Lead"), VISITORS * PAGES, steps)

    def _hit(self, visitor: int, more: dict[str, Any]) -> None:
        self._world.clock.advance(31)
        self._number += 1
        now = int(self._world.clock.now().timestamp() * 1000)
        row = {
            "id": f"hit-{self._number:020}", "kind": "page view", "at": now - 100,
            "url": f"https://www.example.com/page/{self._number % 7}", "title": "A page of some interest",
            "referrer": "https://www.google.com/", **more,
        }  # fmt: skip
        body = {"browser": f"{visitor:020}", "sent": now, "hits": [row]}
        event = {
            "rawPath": f"/c/{KEY}",
            "headers": {
                "origin": "https://www.example.com",
                "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            },
            "requestContext": {"http": {"method": "POST", "sourceIp": f"198.51.100.{visitor}"}},
            "body": json.dumps(body),
            "isBase64Encoded": False,
        }
        answer = answer_collect(self._world.app, event)
        assert answer["statusCode"] == 202, answer

    def scores(self) -> Flow:
        """Scores of those who visited, told to Sugar."""
        world = self._world
        world.clock.advance(120)
        world.drain()
        leads = [RecordKey(Module.LEADS, SugarId(f"l{number:04}")) for number in range(VISITORS)]
        people = [one.person_id for one in world.app.records.records(TENANT, leads).values()]
        found = world.app.activities.scores(TENANT, people)
        moved = [one for one in found.values() if one.value]
        assert len(moved) == VISITORS, len(moved)

        def relay() -> None:
            for one in moved:
                relay_score(world.app, ScoreMoved(TENANT, one.person_id, 0, one.value))

        def drain() -> None:
            world.clock.advance(120)
            world.drain()

        return self._measured(
            Flow("a score told to Sugar"), len(moved), {RELAY: relay, DRAIN: drain}
        )

    def _measured(self, flow: Flow, number: int, steps: Mapping[str, Callable[[], object]]) -> Flow:
        self._capacity.clear()
        before = len(self._sent)
        for name, work in steps.items():
            began = time.process_time()
            work()
            flow.millis[name] = 1000 * (time.process_time() - began) / number
        flow.messages = (len(self._sent) - before) / number
        flow.requests = self._capacity.requests / number
        flow.read = {name: units / number for name, units in self._capacity.read.items()}
        flow.write = {name: units / number for name, units in self._capacity.write.items()}
        return flow


def flows() -> list[Flow]:
    """All three."""
    with (
        tempfile.TemporaryDirectory() as folder,
        servers.dynamodb_local(Path(folder)) as url,
    ):
        bench = Bench(servers.client_for(url))
        return [bench.leads(), bench.page_views(), bench.scores()]


def measure() -> tuple[str, list[Target]]:
    """The table."""
    rows = [
        (
            one.name,
            f"{one.requests:.1f}",
            f"{sum(one.read.values()):.1f}",
            f"{sum(one.write.values()):.1f}",
            ", ".join(f"{name} {ms:.1f}" for name, ms in one.millis.items()),
        )
        for one in flows()
    ]
    heads = ("one", "requests", "read units", "write units", "CPU, ms")
    return table(heads, rows), []


if __name__ == "__main__":
    print(json.dumps({one.name: one.plain for one in flows()}, indent=1))
