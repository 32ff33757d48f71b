"""Changed scores on their way to Sugar: requests, and seconds, of one company and of fifty.

Run by `make bench ARGS=scores`. Sugar is the simulated one; ours are kept in memory, so that what is
measured is the push, not the store.
"""

import sys
import time
from collections import Counter
from datetime import timedelta

from funnel.adapters.sugar import SugarConnector
from funnel.adapters.system import SystemClock
from funnel.domain.connections import Connection
from funnel.domain.crm import Credentials, Dialect, Endpoint
from funnel.domain.ids import ConnectionId, Module, RecordKey, SugarId, TenantId
from funnel.domain.runs import RunKind
from funnel.domain.score_marks import ScoreMoved
from funnel.domain.scores import SCORE_FIELD, Score, ScoreLine
from funnel.domain.tallies import ScoreChange
from funnel.ports.system import PushDue, Relist
from funnel.usecases.app import App
from funnel.usecases.handle_message import handle_message
from funnel.usecases.relay_score import relay_score
from funnel.usecases.start_run import start_run
from local.sugar.simulator import SugarSimulator
from tests.bench.funnel import Queue
from tests.bench.measuring import Target, table, targets
from tests.fakes.files import MemoryFiles
from tests.fakes.store import MemoryStore
from tests.fakes.system import FakeIds, MemorySecrets

CHANGES, TENANTS = 1000, 50
MOST_CALLS, MOST_CALLS_A_TENANT = 15, 4
MODULES = (Module.LEADS, Module.CONTACTS)
WITH_RECORDS = ("set_entries", "get_entry_list")
TENANT = TenantId("bench")


class Pushing:
    """One company: a Sugar with as many Leads as Contacts, all of them here."""

    def __init__(self, sugar: SugarSimulator, people: int) -> None:
        self._sugar = sugar
        for module in MODULES:
            for number in range(people // 2):
                email = f"p{number}@{module.lower()}.example"
                sugar.company.create(module, last_name=f"P{number}", email1=email)
        store, secrets, clock = MemoryStore(), MemorySecrets(), SystemClock()
        self._store, self._queue, self._clock = store, Queue(), clock
        self._app = App.over(
            store, secrets=secrets, files=MemoryFiles(), queue=self._queue, clock=clock, ids=FakeIds(),
            crm=SugarConnector(clock=clock, allow=["127.0.0.1"]), score_hold=timedelta(0),
        )  # fmt: skip
        ref = secrets.put(TENANT, "sugar", Credentials("admin", "admin", sugar.url))
        endpoint = Endpoint(sugar.endpoint("v4_1"), sugar.url, Dialect.V4_1, "", "", "")
        store.save_connection(
            Connection(
                tenant=TENANT,
                connection_id=ConnectionId("0badcafe-0000-4000-8000-000000000001"),
                endpoint=endpoint,
                user_name="admin",
                secret_ref=ref,
                credential_version=1,
                created_at=clock.now(),
                read_only=False,
                modules=MODULES,
                requests_per_second=1e6,
            )
        )
        start_run(self._app, TENANT, RunKind.INITIAL, MODULES)
        self._work()

    def _work(self) -> None:
        while self._queue.messages:
            message = self._queue.messages.popleft()
            if not isinstance(message, Relist):
                handle_message(self._app, message, "worker", lambda: 600.0)

    def first_pull(self) -> int:
        """What the first pull wrote."""
        return self._sugar.log.methods.get("set_entries", 0)

    def push(self) -> tuple[Counter[str], float]:
        """Change everybody's score and tell Sugar; the requests by method, and seconds."""
        self._sugar.log.clear()
        keys = [
            RecordKey(module, SugarId(one))
            for module in MODULES
            for one in self._sugar.company.ids(module)
        ]
        for number, key in enumerate(keys):
            self._score(key, number + 1)
        began = time.monotonic()
        self._queue.messages.clear()
        handle_message(self._app, PushDue(TENANT), "worker", lambda: 600.0)
        seconds = time.monotonic() - began
        for number, key in enumerate(keys):
            held = self._sugar.company.get(key.module, key.sugar_id) or {}
            assert held[SCORE_FIELD] == str(number + 1), key
        return Counter(self._sugar.log.methods), seconds

    def _score(self, key: RecordKey, value: int) -> None:
        person_id = self._store.records(TENANT, [key])[key].person_id
        score = Score(TENANT, person_id, (ScoreLine("v", "V", 1, value),), self._clock.now())
        self._store.write(TENANT, [ScoreChange((), score=score)])
        relay_score(self._app, ScoreMoved(TENANT, person_id, 0, value))


def measure() -> tuple[str, list[Target]]:
    """The table, and what is asked of it."""
    with SugarSimulator() as sugar:
        one = Pushing(sugar, CHANGES)
        first = one.first_pull()
        calls, seconds = one.push()
    spread: Counter[str] = Counter()
    longest = 0.0
    for _ in range(TENANTS):
        with SugarSimulator() as sugar:
            asked, took = Pushing(sugar, CHANGES // TENANTS).push()
            spread += asked
            longest = max(longest, took)
    rows = [
        _row(f"{CHANGES:,} changes of one company", calls, 1, seconds),
        _row(f"the same spread over {TENANTS}, each", spread, TENANTS, longest),
    ]
    heads = ["telling Sugar", "all requests", "written", "read back", "signing in, fields", "took"]
    records = sum(spread[name] for name in WITH_RECORDS) / TENANTS
    found = [
        Target(f"{CHANGES:,} score changes: requests, all", calls.total(), MOST_CALLS),
        Target(
            f"spread over {TENANTS} tenants: requests with records, each",
            records,
            MOST_CALLS_A_TENANT,
        ),
        Target("writes of a first pull", first, 0),
    ]
    return table(heads, rows), found


def _row(name: str, calls: Counter[str], of: int, seconds: float) -> list[str]:
    written, read = (calls[one] / of for one in WITH_RECORDS)
    every = calls.total() / of
    return [
        name, f"{every:g}", f"{written:g}", f"{read:g}", f"{every - written - read:g}",
        f"{seconds:.1f} s",
    ]  # fmt: skip


if __name__ == "__main__":
    told, reached = measure()
    print(f"{told}\n\n{targets(reached)}")
    sys.exit(int(not all(one.met for one in reached)))
