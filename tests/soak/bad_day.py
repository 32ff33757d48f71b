"""A stack on a bad day: proxies that fail before AWS and Sugar, and workers that are killed."""

import contextlib
import json
import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

import requests

from local.stack import ROOT, ports
from local.stack.processes import Child, clean_environment
from local.stack.stack import Options, Stack
from local.sugar.simulator import SugarSimulator
from tests.soak.tables import Tables

KILLED_EVERY = 8.0
"""Seconds, on the average."""

BUSY_SECONDS = 2.0
"""Of a processor, after which a worker has begun its work: one that only starts has nothing to lose."""

SEEN_AGAIN = "60"
"""Seconds after which a message comes again whose worker died: an hour on AWS."""


class Proxy:
    """One proxy, a program of its own."""

    def __init__(self, kind: str, behind: str, folder: Path, seed: int) -> None:
        port = ports.free(0, "", print)
        self.url = f"http://127.0.0.1:{port}"
        command = ["-m", "local.faults", kind, "--port", str(port), "--seed", str(seed)]
        self._child = Child(
            f"The {kind} proxy",
            [ROOT / ".venv/bin/python", *command, "--behind", urlsplit(behind).netloc],
            log=folder / "logs" / f"proxy-{kind}.log",
            cwd=ROOT,
            env=clean_environment(folder / f"proxy-{kind}"),
        )
        self._child.wait_until(self._answers, 20)

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.url}/_faults", timeout=2).ok
        except requests.RequestException:
            return False

    def fail(self, failing: bool) -> None:
        """Begin to let requests go wrong, or stop it."""
        requests.post(f"{self.url}/_faults/{'on' if failing else 'off'}", timeout=30)

    def counts(self) -> dict[str, int]:
        """Requests by what went wrong."""
        told: dict[str, int] = requests.get(f"{self.url}/_faults", timeout=30).json()["counts"]
        return told

    def stop(self) -> None:
        """End it."""
        self._child.stop()


@dataclass
class BadDay:
    """The stack, its Sugar, and what goes wrong with both."""

    stack: Stack
    sugar: SugarSimulator
    before_aws: Proxy
    before_sugar: Proxy
    seed: int
    killed: int = 0
    ahead: float = 0
    _stopping: threading.Event = field(default_factory=threading.Event)
    _killer: threading.Thread | None = None

    def begin(self) -> None:
        """Let all go wrong from now on."""
        for proxy in (self.before_aws, self.before_sugar):
            proxy.fail(True)
        self._stopping.clear()
        self._killer = threading.Thread(target=self._kill, daemon=True)
        self._killer.start()

    def end(self) -> None:
        """Let all be well again."""
        self._stopping.set()
        if self._killer:
            self._killer.join()
        for proxy in (self.before_aws, self.before_sugar):
            proxy.fail(False)

    def _kill(self) -> None:
        chance = Random(self.seed)
        while not self._stopping.wait(chance.expovariate(1 / KILLED_EVERY)):
            workers = sorted(functions_of(self.stack.aws.guard))
            if workers:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(chance.choice(workers), signal.SIGKILL)
                    self.killed += 1

    def be_ahead(self, seconds: float) -> None:
        """Have the functions' clock ahead by so much."""
        self.ahead = seconds
        self.stack.aws.be_ahead(seconds)

    def tables(self, tenant: str) -> Tables:
        """The rows of a tenant."""

        def now() -> datetime:
            return datetime.now(UTC) + timedelta(seconds=self.ahead)

        return Tables(self.stack.client("dynamodb"), self.physical, tenant, now)

    def physical(self, logical_id: str) -> str:
        """The name of a table, or the address of a queue, that the template declares."""
        found = self.stack.client("cloudformation").describe_stack_resource(
            StackName="funnel-local", LogicalResourceId=logical_id
        )
        name: str = found["StackResourceDetail"]["PhysicalResourceId"]
        return name

    def tick(self, kind: str) -> None:
        """One tick of the schedule; that it may fail is part of the day."""
        # Workers wait for each other here: a tick may take as long as a function lives.
        self.stack.aws.client("lambda", read_timeout=960).invoke(
            FunctionName=self.physical("ScheduleFunction"),
            Payload=json.dumps({"kind": kind}).encode(),
        )


def functions_of(above: int) -> Iterator[int]:
    """The processes below this one that run a function of ours, and have begun to work."""
    parents: dict[int, int] = {}
    busy: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                stat = (entry / "stat").read_text().rpartition(")")[2].split()
                parents[int(entry.name)] = int(stat[1])
                busy[int(entry.name)] = (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
    for process in parents:
        ancestor: int | None = process
        while ancestor and ancestor != above:
            ancestor = parents.get(ancestor)
        if ancestor and busy[process] > BUSY_SECONDS:
            with contextlib.suppress(OSError):
                line = Path(f"/proc/{process}/cmdline").read_bytes()
                if b"ministack-lambda-" in line and b"_worker.py" in line:
                    yield process


@contextlib.contextmanager
def bad_day(folder: Path, seed: int) -> Iterator[BadDay]:
    """A stack whose functions see AWS, and a Sugar, through proxies; all is well at first."""
    with contextlib.ExitStack() as parts:
        proxies: list[Proxy] = []

        def before_aws(url: str) -> str:
            proxies.append(Proxy("aws", url, folder, seed))
            parts.callback(proxies[0].stop)
            return proxies[0].url

        options = Options(
            folder / "stack",
            web_port=0,
            sugar_port=0,
            site_port=0,
            mail_port=0,
            before_aws=before_aws,
        )
        port = ports.free(0, "", print)
        sugar_proxy = Proxy("sugar", f"http://127.0.0.1:{port}", folder, seed + 1)
        parts.callback(sugar_proxy.stop)
        sugar = parts.enter_context(
            SugarSimulator("suitecrm", None, None, seed=seed, port=port, site_url=sugar_proxy.url)
        )
        stack = parts.enter_context(Stack(options))
        bring_messages_back_soon(stack)
        tick_by_hand(stack)
        yield BadDay(stack, sugar, proxies[0], sugar_proxy, seed)


def bring_messages_back_soon(stack: Stack) -> None:
    """Nobody waits an hour here for the message of a worker that died."""
    sqs: Any = stack.client("sqs")
    for queue in sqs.list_queues()["QueueUrls"]:
        sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": SEEN_AGAIN})


def tick_by_hand(stack: Stack) -> None:
    """The local AWS's own schedule is taken away: a run of it may wait for a quarter of an hour."""
    scheduler = stack.client("scheduler")
    for one in scheduler.list_schedules()["Schedules"]:
        scheduler.delete_schedule(Name=one["Name"], GroupName=one["GroupName"])
