"""A Target List of 100,000 members: its requests, its writes and the memory it takes.

Run by `make bench`, or as `PYTHONPATH=layers/funnel python -m tests.bench.bench_target_lists`.

Sugar is simulated in a process of its own. What is stored is kept in this one, and is there before
the readings that are measured: memory is told as how far this process grew at most.
"""

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from funnel.adapters.sugar import SugarConnector
from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import Credentials
from funnel.domain.ids import PULLED_MODULES, ConnectionId, ListId, MemberKey, TenantId
from funnel.domain.lists.lists import Member
from funnel.ports.store import Listing
from funnel.ports.sync_messages import ReadTargetLists
from funnel.usecases.app import App
from funnel.usecases.work.handle_message import handle_message
from tests.bench.funnel import Queue
from tests.bench.measuring import Target, table, targets
from tests.fakes.files import MemoryFiles
from tests.fakes.store import MemoryStore
from tests.fakes.system import FakeIds, MemorySecrets
from tests.soak.sugar_world import JumpingClock

MEMBERS, CHANGES = 100_000, 10
MOST_MIB, CONSTANT = 128, 6
TENANT = TenantId("acme")


class _Store(MemoryStore):
    """The fake, with its members in order as a table has them: a page costs what it holds."""

    def __init__(self) -> None:
        super().__init__()
        self._order: dict[ListId, list[MemberKey]] = defaultdict(list)
        self.member_writes = self.state_writes = self.rows_read = 0
        self._moment = datetime(2026, 3, 2, tzinfo=UTC)

    def members(
        self,
        tenant: TenantId,
        list_id: ListId,
        limit: int,
        cursor: str = "",
        *,
        since: str = "",
        until: str = "",
    ) -> Listing[Member]:
        """A page of members."""
        keys = self._order[list_id]
        begin = bisect_left(keys, MemberKey(cursor + "\0" if cursor else since))
        end = bisect_left(keys, MemberKey(until)) if until else len(keys)
        page = keys[begin : min(end, begin + limit)]
        self.rows_read += len(page)
        now = self._moment
        return Listing([Member(k, now) for k in page], page[-1] if begin + limit < end else "")

    def put_members(self, tenant: TenantId, list_id: ListId, members: Iterable[Member]) -> None:
        """Put these on a list."""
        keys = self._order[list_id]
        for member in members:
            self._moment = member.since
            self.member_writes += 1
            at = bisect_left(keys, member.key)
            if at == len(keys) or keys[at] != member.key:
                insort(keys, member.key)

    def remove_members(self, tenant: TenantId, list_id: ListId, keys: Iterable[MemberKey]) -> None:
        """Take these off a list."""
        there = self._order[list_id]
        for key in keys:
            self.member_writes += 1
            at = bisect_left(there, key)
            if at < len(there) and there[at] == key:
                del there[at]

    def save_list(self, people_list):  # type: ignore[no-untyped-def]
        """Count it."""
        self.state_writes += 1
        return super().save_list(people_list)

    def save_list_reading(self, reading):  # type: ignore[no-untyped-def]
        """Count it."""
        self.state_writes += 1
        return super().save_list_reading(reading)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one round cost."""

    name: str
    requests: int
    members_read: int
    member_writes: int
    state_writes: int
    seconds: float
    mib: float


class _Sugar:
    """The simulated Sugar of `large_list`."""

    def __enter__(self) -> "_Sugar":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.large_list", str(MEMBERS)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=20)

    def call(self, path: str, body: object = None) -> object:
        """Its control page."""
        data = None if body is None else json.dumps(body).encode()
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"{self.url}/_simulator/{path}", data, timeout=60) as reply:
            return json.load(reply)

    def requests(self) -> int:
        """How many there were since this was last asked."""
        told = self.call("log?last=1")
        assert isinstance(told, dict)
        self.call("log/clear", {})
        return sum(told["calls"].values())


def measure() -> tuple[str, list[Target]]:
    """The first reading, one without a change, and one with ten."""
    with _Sugar() as sugar:
        store = _Store()
        app = _app(store, sugar.url)
        first = _round("first reading", app, store, sugar)
        still = _round("nothing changed", app, store, sugar)
        listed = sugar.call("linked/ProspectLists/large/leads")
        everybody = sugar.call("records/Leads")
        assert isinstance(listed, list)
        assert isinstance(everybody, list)
        spare = sorted(set(everybody) - set(listed))[: CHANGES // 2]
        about = {"module": "ProspectLists", "id": "large", "link": "leads"}
        sugar.call("link", {**about, "others": spare})
        sugar.call("unlink", {**about, "others": listed[:: MEMBERS // 5][: CHANGES // 2]})
        sugar.requests()
        changed = _round("10 members changed", app, store, sugar)
    costs = (first, still, changed)
    rows = [
        (
            one.name,
            f"{one.requests:,}",
            f"{one.members_read:,}",
            f"{one.member_writes:,}",
            f"{one.state_writes:,}",
            f"{one.seconds:.1f}",
            f"{one.mib:.0f}",
        )
        for one in costs
    ]
    heads = (
        f"a Target List of {MEMBERS:,}", "requests", "member rows read", "member rows written",
        "other rows written", "s", "MiB more at most",
    )  # fmt: skip
    writes = changed.member_writes + changed.state_writes
    return table(heads, rows), [
        Target("target list, 10 of 100,000 changed: rows written", writes, CHANGES + CONSTANT),
        Target(
            "target list, nothing changed: rows written",
            still.member_writes + still.state_writes,
            0,
        ),
        Target("target list: memory of the first reading", first.mib, MOST_MIB, " MiB"),
        Target("target list: memory of a later reading", changed.mib, MOST_MIB, " MiB"),
        Target("target list, nothing changed: requests", still.requests, 2 * MEMBERS / 5_000 + 10),
    ]


def _round(name: str, app: App, store: _Store, sugar: _Sugar) -> Cost:
    sugar.requests()
    before = (store.rows_read, store.member_writes, store.state_writes)
    Path("/proc/self/clear_refs").write_text("5")
    resident, began = _resident("VmRSS"), time.perf_counter()
    queue = app.queue
    assert isinstance(queue, Queue)
    queue.send(ReadTargetLists(TENANT))
    while queue.messages:
        handle_message(app, queue.messages.popleft(), app.ids.new_id(), lambda: 600.0)
    seconds, most = time.perf_counter() - began, _resident("VmHWM")
    after = (store.rows_read, store.member_writes, store.state_writes)
    read, members, state = (b - a for a, b in zip(before, after, strict=True))
    return Cost(name, sugar.requests(), read, members, state, seconds, most - resident)


def _app(store: _Store, url: str) -> App:
    clock, secrets, ids = JumpingClock(), MemorySecrets(), FakeIds()
    connector = SugarConnector(clock=clock, allow=["127.0.0.1"])
    store.save_connection(
        Connection(
            tenant=TENANT,
            connection_id=ConnectionId(ids.new_id()),
            endpoint=connector.detect(url),
            user_name="admin",
            secret_ref=secrets.put(TENANT, "sugar-1", Credentials("admin", "admin", url)),
            credential_version=1,
            created_at=clock.now(),
            modules=PULLED_MODULES,
            requests_per_second=1e6,
        )
    )
    return App.over(
        store,
        secrets=secrets,
        files=MemoryFiles(),
        queue=Queue(),
        clock=clock,
        ids=ids,
        crm=connector,
    )


def _resident(which: str) -> float:
    """Linux: resident memory now (`VmRSS`) or at its most (`VmHWM`), in MiB."""
    told = Path("/proc/self/status").read_text()
    found = re.search(rf"{which}:\s+(\d+)", told)
    assert found
    return float(found[1]) / 1024


def main() -> int:
    """Print the table and the targets; 1 where one is missed."""
    text, found = measure()
    print(f"{text}\n\n{targets(found)}")
    return int(not all(one.met for one in found))


if __name__ == "__main__":
    sys.exit(main())
