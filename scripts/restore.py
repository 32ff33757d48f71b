"""Bring the tables of a deployment back to a moment, in place.

    python -m scripts.restore begin   STACK MOMENT   stops what writes, restores each table beside it
    python -m scripts.restore copy    STACK MOMENT   makes the tables what they were, holds the pushes
    python -m scripts.restore go-on   STACK MOMENT   lets all functions run again

MOMENT is one of the last 35 days, such as 2026-11-29T10:00:00Z. Each step can be run again: it goes
on where it was. Whose account and region it is, boto3 takes from where the AWS CLI does.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from scripts.restoring.tables import Copier, NotTaken

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
    """The steps for one stack and moment."""

    stack: str
    moment: datetime
    session: Any
    say: Say
    poll_seconds: float = POLL_SECONDS

    def begin(self) -> None:
        """Stop what writes, and restore every table to one of another name. Raises `Refused`."""
        names = self._functions()
        for logical, name in names.items():
            if logical not in NEVER_STOPPED:
                self._client("lambda").put_function_concurrency(
                    FunctionName=name, ReservedConcurrentExecutions=0
                )
        self.say(f"{self.stack}: what writes is stopped; queues keep what comes meanwhile.")
        for table in self._tables():
            self._restore(table)
        for table in self._tables():
            self._wait_for(self._beside(table))
            self.say(f"{table}: is there as it was at {self.moment.isoformat()}")
        self.say("Next: copy")

    def copy(self) -> None:
        """Make each table what it was, hold the pushes of each tenant, let reading go on.

        Raises `Refused` where `begin` has not come to its end, and `NotTaken`.
        """
        dynamodb = self._client("dynamodb")
        for table in self._tables():
            if self._state(self._beside(table)) != "ACTIVE":
                raise Refused(f"{self._beside(table)} is not there yet: run begin, to its end.")
        for table in self._tables():
            made = Copier(dynamodb, self._beside(table), table).copy()
            self.say(
                f"{table}: {made.looked_at} rows, {made.written} written, {made.deleted} deleted"
            )
        for tenant in self._tenants():
            self._operate({"action": "after_restore", "tenant_id": tenant})
            self.say(f"tenant {tenant}: nothing is written to Sugar until both sides are compared")
        self._let_run((*READERS, *PAGES))
        self.say(
            "Reading goes on. For each tenant: a full sync, then Compare, and Repair; pause broadcasts "
            "and campaigns that ran since. Next: go-on"
        )

    def go_on(self) -> None:
        """Let all functions run again."""
        self._let_run(tuple(self._functions()))
        self.say("All functions run again. Delete the tables beside once you are content:")
        for table in self._tables():
            self.say(f"  {self._beside(table)}")

    def _restore(self, table: str) -> None:
        dynamodb = self._client("dynamodb")
        if self._state(self._beside(table)):
            return
        try:
            dynamodb.restore_table_to_point_in_time(
                SourceTableName=table,
                TargetTableName=self._beside(table),
                RestoreDateTime=self.moment,
            )
        except ClientError as error:
            raise Refused(f"{table}: {error}") from error

    def _wait_for(self, table: str) -> None:
        while self._state(table) != "ACTIVE":
            time.sleep(self.poll_seconds)

    def _state(self, table: str) -> str:
        """What DynamoDB says of a table, "" if there is none."""
        try:
            found = self._client("dynamodb").describe_table(TableName=table)
        except self._client("dynamodb").exceptions.ResourceNotFoundException:
            return ""
        return str(found["Table"]["TableStatus"])

    def _beside(self, table: str) -> str:
        return f"{table}-at-{self.moment:%Y%m%d-%H%M%S}"

    def _let_run(self, which: tuple[str, ...]) -> None:
        for logical, name in self._functions().items():
            if logical in which and logical not in NEVER_STOPPED:
                self._client("lambda").delete_function_concurrency(FunctionName=name)

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

    def _operate(self, wish: dict[str, str]) -> None:
        name = self._functions()["OperatorFunction"]
        reply = self._client("lambda").invoke(FunctionName=name, Payload=json.dumps(wish).encode())
        told = json.loads(reply["Payload"].read() or b"{}")
        if reply.get("FunctionError") or "error" in told:
            raise Refused(f"{wish}: {told}")

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

    restore = Restore(wish.stack, wish.moment, boto3.Session(), say)
    steps = {"begin": restore.begin, "copy": restore.copy, "go-on": restore.go_on}
    try:
        steps[wish.step]()
    except (Refused, NotTaken, ClientError, BotoCoreError) as why:
        print(why, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
