"""Bring the tables of a deployment back to a moment, in place.

    python -m scripts.restore begin   STACK MOMENT   stops what writes, restores each table beside it
    python -m scripts.restore copy    STACK MOMENT   makes the tables what they were, holds the pushes
    python -m scripts.restore go-on   STACK MOMENT   lets all functions run again

MOMENT is one of the last 35 days, such as 2026-11-29T10:00:00Z. Each step can be run again: it goes
on where it was. What `copy` undoes is written to a file here. Whose account and region it is, boto3 takes from where the AWS CLI does.
"""

import argparse
import base64
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from scripts.restoring.tables import Copier, NotTaken, Row

TABLE, FUNCTION = "AWS::DynamoDB::Table", "AWS::Lambda::Function"
NEVER_STOPPED = ("OperatorFunction", "AuthorizerFunction", "CollectFunction")
"""Who hold pushes, let people in, and put what is seen on sites into a queue."""
READERS = (
    "ScheduleFunction",
    "PullFunction",
    "TargetListsFunction",
    "PeopleFunction",
    "JobsFunction",
)
PAGES = ("SetupFunction", "MarketingFunction", "SignInFunction", "FunnelVisionFunction")
POLL_SECONDS = 15.0

Say = Callable[[str], None]


class Refused(Exception):
    """It cannot be done so; the text says why."""


@dataclass(frozen=True, slots=True)
class Restore:
    """The steps for one stack and moment; what is undone is kept in a file in `folder`."""

    stack: str
    moment: datetime
    session: Any
    say: Say
    folder: Path
    sleep: Callable[[float], None] = time.sleep

    def begin(self) -> None:
        """Stop what writes, and restore every table to one of another name.

        Raises `Refused` before anything is stopped where a table cannot be brought to that moment.
        """
        for table in self._tables():
            self._refuse_what_cannot_be(table)
        stopping = [name for name in self._stopped_ones() if not self._is_stopped(name)]
        for name in self._stopped_ones():
            self._stop(name)
        self.say(f"{self.stack}: what writes is stopped; queues keep what comes meanwhile.")
        ends = time.monotonic() + max(map(self._longest, stopping), default=0)
        for table in self._tables():
            self._restore(table)
        for table in self._tables():
            self._wait_for(self._beside(table))
            self.say(f"{table}: is there as it was at {self.moment.isoformat()}")
        self.sleep(max(0.0, ends - time.monotonic()))
        self.say(f"Next: copy, or go-on to leave all as it is. Both with {self.moment.isoformat()}")

    def copy(self) -> None:
        """Make each table what it was, hold the pushes of each tenant, let reading go on.

        Raises `Refused` where `begin` has not come to its end or something runs again, and `NotTaken`.
        """
        for table in self._tables():
            if self._state(self._beside(table)) != "ACTIVE":
                raise Refused(f"{self._beside(table)} is not there yet: run begin, to its end.")
        running = [name for name in self._stopped_ones() if not self._is_stopped(name)]
        if running:
            raise Refused(f"{', '.join(running)} may write: run begin, which stops them.")
        with self._kept() as keep:
            for table in self._tables():
                made = Copier(self._client("dynamodb"), self._beside(table), table, keep).copy()
                self.say(
                    f"{table}: {made.looked_at} rows, {made.written} written, {made.deleted} deleted"
                )
        self.say(
            f"What was there before: {self._file}. It holds data of people: delete it in the end."
        )
        refused = [why for tenant in self._tenants() if (why := self._hold(tenant))]
        if refused:
            raise Refused("Not held, and nothing runs yet; run copy again:\n" + "\n".join(refused))
        self._let_run((*READERS, *PAGES))
        self.say(
            "Pages and reading go on. Do again what people asked for since (erasures, opt-outs, "
            "revoked keys); for each tenant a full sync, Compare, and Repair; pause broadcasts and "
            "campaigns that ran since. Next: go-on"
        )

    def go_on(self) -> None:
        """Let all functions run again."""
        self._let_run(tuple(self._functions()))
        self.say("All functions run again: look at the dead letters, and send them again.")
        self.say("Delete the tables beside once you are content:")
        for table in self._tables():
            self.say(f"  {self._beside(table)}")

    # Tables

    def _refuse_what_cannot_be(self, table: str) -> None:
        told = self._client("dynamodb").describe_continuous_backups(TableName=table)
        recovery = told["ContinuousBackupsDescription"].get("PointInTimeRecoveryDescription", {})
        first, last = (recovery.get(f"{edge}RestorableDateTime") for edge in ("Earliest", "Latest"))
        if first is None or last is None or not first <= self.moment <= last:
            raise Refused(
                f"{table} can be brought to a moment from {first} to {last}. Nothing was stopped."
            )

    def _restore(self, table: str) -> None:
        if not self._state(self._beside(table)):
            self._client("dynamodb").restore_table_to_point_in_time(
                SourceTableName=table,
                TargetTableName=self._beside(table),
                RestoreDateTime=self.moment,
            )

    def _wait_for(self, table: str) -> None:
        while (state := self._state(table)) != "ACTIVE":
            if not state:
                raise Refused(f"{table} is gone again: run begin once more, or go-on.")
            self.sleep(POLL_SECONDS)

    def _state(self, table: str) -> str:
        """What DynamoDB says of a table, "" if there is none."""
        dynamodb = self._client("dynamodb")
        try:
            found = dynamodb.describe_table(TableName=table)
        except dynamodb.exceptions.ResourceNotFoundException:
            return ""
        return str(found["Table"]["TableStatus"])

    def _beside(self, table: str) -> str:
        return f"{table}-at-{self.moment:%Y%m%d-%H%M%S}"

    @property
    def _file(self) -> Path:
        return self.folder / f"{self.stack}-undone-{self.moment:%Y%m%d-%H%M%S}.jsonl"

    @contextmanager
    def _kept(self) -> Iterator[Callable[[str, Row], None]]:
        """Writes rows that are undone to a file for its owner alone; run again, it is added to."""
        lock = threading.Lock()
        descriptor = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as file:

            def keep(table: str, row: Row) -> None:
                line = json.dumps({"table": table, "row": row}, default=_as_base64)
                with lock:
                    file.write(line + "\n")
                    file.flush()

            yield keep

    # Functions

    def _stopped_ones(self) -> list[str]:
        return [name for logical, name in self._functions().items() if logical not in NEVER_STOPPED]

    def _is_stopped(self, function: str) -> bool:
        told = self._client("lambda").get_function_concurrency(FunctionName=function)
        return bool(told.get("ReservedConcurrentExecutions") == 0)

    def _longest(self, function: str) -> float:
        """Seconds for which what runs already may go on."""
        told = self._client("lambda").get_function_configuration(FunctionName=function)
        return float(told["Timeout"])

    def _stop(self, function: str) -> None:
        """Its queues first: what they hand out in vain would count as tries, and be given up."""
        self._switch(function, on=False)
        self._client("lambda").put_function_concurrency(
            FunctionName=function, ReservedConcurrentExecutions=0
        )

    def _let_run(self, which: tuple[str, ...]) -> None:
        for logical, name in self._functions().items():
            if logical in which and logical not in NEVER_STOPPED:
                self._client("lambda").delete_function_concurrency(FunctionName=name)
                self._switch(name, on=True)

    def _switch(self, function: str, *, on: bool) -> None:
        """Its queues and streams; AWS refuses to switch one that is just being switched."""
        functions = self._client("lambda")
        pages = functions.get_paginator("list_event_source_mappings").paginate(
            FunctionName=function
        )
        for mapping in (one for page in pages for one in page["EventSourceMappings"]):
            if mapping["State"] not in (
                ("Enabled", "Enabling") if on else ("Disabled", "Disabling")
            ):
                functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=on)

    # Tenants

    def _hold(self, tenant: str) -> str:
        """Hold what is written to the tenant's Sugar; why that failed, or ""."""
        told = self._operate({"action": "after_restore", "tenant_id": tenant})
        code = told.get("error", {}).get("code", "") if "error" in told else ""
        if not code:
            self.say(f"tenant {tenant}: nothing is written to Sugar until both sides are compared")
        elif code == "NotFound":
            self.say(f"tenant {tenant}: has no Sugar, so there is nothing to hold")
        else:
            return f"tenant {tenant}: {told}"
        return ""

    def _tenants(self) -> Iterator[str]:
        (table,) = [
            one for logical, one in self._of_type(TABLE).items() if logical == "TenantsTable"
        ]
        pages = (
            self._client("dynamodb")
            .get_paginator("scan")
            .paginate(
                TableName=table,
                FilterExpression="sk = :tenant",
                ProjectionExpression="pk",
                ExpressionAttributeValues={":tenant": {"S": "tenant"}},
            )
        )
        for page in pages:
            yield from (row["pk"]["S"] for row in page["Items"])

    def _operate(self, wish: dict[str, str]) -> dict[str, Any]:
        name = self._functions()["OperatorFunction"]
        reply = self._client("lambda").invoke(FunctionName=name, Payload=json.dumps(wish).encode())
        told: dict[str, Any] = json.loads(reply["Payload"].read() or b"{}")
        return {"error": {"code": "Unhandled", **told}} if reply.get("FunctionError") else told

    def _functions(self) -> dict[str, str]:
        return self._of_type(FUNCTION)

    def _tables(self) -> list[str]:
        return sorted(self._of_type(TABLE).values())

    def _of_type(self, kind: str) -> dict[str, str]:
        """Logical id to name."""
        pages = self._client("cloudformation").get_paginator("list_stack_resources")
        return {
            one["LogicalResourceId"]: one["PhysicalResourceId"]
            for page in pages.paginate(StackName=self.stack)
            for one in page["StackResourceSummaries"]
            if one["ResourceType"] == kind
        }

    def _client(self, service: str) -> Any:
        return self.session.client(service)


def _as_base64(value: bytes) -> str:
    return base64.b64encode(value).decode()


def moment(text: str) -> datetime:
    """A moment with its zone. Raises `ValueError`."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("a moment needs its zone, such as Z")
    return found.astimezone(UTC)


def main(arguments: list[str]) -> int:
    """Do one step; 0 when it came to its end."""
    parser = argparse.ArgumentParser(
        description="Bring the tables of a deployment back to a moment."
    )
    parser.add_argument("step", choices=("begin", "copy", "go-on"))
    parser.add_argument("stack")
    parser.add_argument("moment", type=moment)
    wish = parser.parse_args(arguments)

    def say(text: str) -> None:
        print(text, flush=True)

    restore = Restore(wish.stack, wish.moment, boto3.Session(), say, Path.cwd())
    steps = {"begin": restore.begin, "copy": restore.copy, "go-on": restore.go_on}
    try:
        steps[wish.step]()
    except (Refused, NotTaken, ClientError, BotoCoreError) as why:
        print(why, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
