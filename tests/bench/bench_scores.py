"""Changed scores on their way to Sugar: requests, and seconds, of one company and of fifty.

An execution environment that is warm has a session from before; one that is cold signs in. What is
known of fields is kept with the connection, so that only the first drain in an hour asks for it.

Run by `make bench ARGS=scores`. Sugar is the simulated one; ours are kept in memory, so that what is
measured is the push, not the store.
"""

import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta

from funnel.adapters.sugar import SugarConnector
from funnel.adapters.system import SystemClock
from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import Credentials, Dialect, Endpoint
from funnel.domain.ids import ConnectionId, Module, RecordKey, SugarId, TenantId
from funnel.domain.mapping.score_fields import SCORE_FIELD
from funnel.domain.pushing.score_marks import ScoreMoved
from funnel.domain.scoring.scores import Score, ScoreLine
from funnel.domain.scoring.tallies import ScoreChange
from funnel.domain.sync.runs import RunKind
from funnel.ports.marketing_messages import Relist
from funnel.ports.sync_messages import PushDue
from funnel.usecases.app import App
from funnel.usecases.kept_sessions import KeptSessions
from funnel.usecases.pushing.relay_score import relay_score
from funnel.usecases.sync.start_run import start_run
from funnel.usecases.work.handle_message import handle_message
from local.sugar.simulator import SugarSimulator
from tests.bench.funnel import Queue
from tests.bench.measuring import Target, table, targets
from tests.fakes.files import MemoryFiles
from tests.fakes.store import MemoryStore
from tests.fakes.system import FakeIds, MemorySecrets

CHANGES, TENANTS = 1000, 50
MOST_CALLS, MOST_CALLS_A_TENANT, MOST_CALLS_COLD = 15, 4, 5
MODULES = (Module.LEADS, Module.CONTACTS)
WITH_RECORDS = ("set_entries", "get_entry_list")
TENANT = TenantId("bench")


class Pushing:
    """One company: a Sugar with as many Leads as Contacts, all of them here."""

    def __init__(self, sugar: SugarSimulator, people: int) -> None:
        self._sugar, self._round = sugar, 0
        for module in MODULES:
            for number in range(people // 2):
                email = f"p{number}@{module.lower()}.example"
                sugar.company.create(module, last_name=f"P{number}", email1=email)
        store, secrets, clock = MemoryStore(), MemorySecrets(), SystemClock()
        self._store, self._queue, self._clock = store, Queue(), clock
        self._app = App.over(
            store, secrets=secrets, files=MemoryFiles(), queue=self._queue, clock=clock, ids=FakeIds(),
            crm=SugarConnector(clock=clock, allow=["127.0.0.1"]), score_hold=timedelta(0),
            sessions=KeptSessions(clock),
        )  # fmt: skip
        ref = secrets.put(TENANT, "sugar-1", Credentials("admin", "admin", sugar.url))
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

    def go_cold(self) -> None:
        """Go on in an execution environment that is new."""
        self._app = replace(self._app, sessions=KeptSessions(self._clock))

    def push(self) -> tuple[Counter[str], float]:
        """Change everybody's score and tell Sugar; the requests by method, and seconds."""
        self._sugar.log.clear()
        keys = [
            RecordKey(module, SugarId(one))
            for module in MODULES
            for one in self._sugar.company.ids(module)
        ]
        self._round += 1
        for number, key in enumerate(keys):
            self._score(key, number + self._round)
        began = time.monotonic()
        self._queue.messages.clear()
        handle_message(self._app, PushDue(TENANT), "worker", lambda: 600.0)
        seconds = time.monotonic() - began
        for number, key in enumerate(keys):
            held = self._sugar.company.get(key.module, key.sugar_id) or {}
            assert held[SCORE_FIELD] == str(number + self._round), key
        return Counter(self._sugar.log.methods), seconds

    def _score(self, key: RecordKey, value: int) -> None:
        person_id = self._store.records(TENANT, [key])[key].person_id
        lines = (ScoreLine("v", "V", 1, value),)
        before = self._store.scores(TENANT, [person_id]).get(person_id)
        version = before.version if before else 0
        score = Score(TENANT, person_id, lines, self._clock.now(), version=version)
        self._store.write(TENANT, [ScoreChange((), score=score)])
        relay_score(self._app, ScoreMoved(TENANT, person_id, 0, value))


def measure() -> tuple[str, list[Target]]:
    """The table, and what is asked of it."""
    with SugarSimulator() as sugar:
        one = Pushing(sugar, CHANGES)
        first = one.first_pull()
        one.go_cold()
        calls, seconds = one.push()
    spread = {name: (Counter[str](), 0.0) for name in ("first", "cold", "warm")}
    for _ in range(TENANTS):
        with SugarSimulator() as sugar:
            of_one = Pushing(sugar, CHANGES // TENANTS)
            for name, (asked, longest) in spread.items():
                if name != "warm":
                    of_one.go_cold()
                more, took = of_one.push()
                spread[name] = (asked + more, max(longest, took))
    each = f"the same spread over {TENANTS}, each"
    rows = [
        _row(f"{CHANGES:,} changes of one company, the first of the hour", calls, 1, seconds),
        _row(f"{each}, the first of the hour", spread["first"][0], TENANTS, spread["first"][1]),
        _row(f"{each}, in a new environment", spread["cold"][0], TENANTS, spread["cold"][1]),
        _row(f"{each}, in one that is warm", spread["warm"][0], TENANTS, spread["warm"][1]),
    ]
    heads = ["telling Sugar", "all requests", "written", "read back", "signing in, fields", "took"]
    cold, warm = (spread[name][0].total() / TENANTS for name in ("cold", "warm"))
    over = f"spread over {TENANTS} tenants: requests, all, each"
    found = [
        Target(f"{CHANGES:,} score changes: requests, all", calls.total(), MOST_CALLS),
        Target(f"{over}, warm", warm, MOST_CALLS_A_TENANT),
        Target(f"{over}, cold", cold, MOST_CALLS_COLD),
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
