"""A stack as AWS tells of it: its Lambda functions in memory, its tables in moto's DynamoDB."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from scripts.restoring.functions import NEVER_STOPPED

THEN = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)
STAMP = "20261128-100000"
FUNCTIONS = (
    *("PullFunction", "PushFunction", "MailFunction", "SetupFunction", "PeopleFunction"),
    *NEVER_STOPPED,
)
STOPPED = set(FUNCTIONS) - set(NEVER_STOPPED)


class Stack:
    """Is the session that a restore asks. `tables` are names by logical id.

    `restore` makes the table beside another one, `answer` is what the operator's function says. Each
    change that is asked of AWS is counted by `on_change`, which may fail.
    """

    def __init__(
        self,
        session: Any,
        tables: Mapping[str, str],
        restore: Callable[[str, str], None],
        answer: Callable[[dict[str, Any]], dict[str, Any]],
    ) -> None:
        self.dynamodb = session.client("dynamodb")
        self.tables, self.answer = tables, answer
        self.stopped: set[str] = set()
        self.quiet: set[str] = set()
        self.asked: list[dict[str, Any]] = []
        self.listed = False
        self.first = THEN - timedelta(days=2)
        self.dynamodb.restore_table_to_point_in_time = lambda **wish: restore(
            wish["SourceTableName"], wish["TargetTableName"]
        )
        self.dynamodb.describe_continuous_backups = lambda **_: {
            "ContinuousBackupsDescription": {
                "PointInTimeRecoveryDescription": {
                    "EarliestRestorableDateTime": self.first,
                    "LatestRestorableDateTime": THEN + timedelta(days=1),
                }
            }
        }

    def client(self, service: str) -> Any:
        """Of AWS."""
        return self.dynamodb if service == "dynamodb" else self

    def get_paginator(self, name: str) -> Any:
        """Its pages are those of the method."""

        class Pages:
            paginate = staticmethod(getattr(self, name))

        return Pages

    # CloudFormation

    def list_stack_resources(self, **wish: str) -> Iterator[dict[str, Any]]:
        """Tables and functions, a page each. AWS lets nobody ask often."""
        assert wish == {"StackName": "funnel"}
        assert not self.listed
        self.listed = True
        kinds = {
            "AWS::DynamoDB::Table": self.tables,
            "AWS::Lambda::Function": {one: f"funnel-{one}-x" for one in FUNCTIONS},
        }
        for kind, names in kinds.items():
            yield {
                "StackResourceSummaries": [
                    {"ResourceType": kind, "LogicalResourceId": a, "PhysicalResourceId": b}
                    for a, b in names.items()
                ]
            }

    # Lambda

    def list_event_source_mappings(self, **wish: str) -> Iterator[dict[str, Any]]:
        """One queue for each function."""
        state = "Disabling" if short(wish) in self.quiet else "Enabled"
        yield {"EventSourceMappings": [{"UUID": f"of-{short(wish)}", "State": state}]}

    def update_event_source_mapping(self, **wish: Any) -> None:
        """AWS refuses what is just being switched."""
        of = wish["UUID"].removeprefix("of-")
        assert wish["Enabled"] == (of in self.quiet), "AWS refuses what is just being switched"
        change = self.quiet.discard if wish["Enabled"] else self.quiet.add
        change(of)

    def get_function_configuration(self, **_: str) -> dict[str, int]:
        """A quarter of an hour."""
        return {"Timeout": 900}

    def get_function_concurrency(self, **wish: str) -> dict[str, int]:
        """0 for one that is stopped."""
        return {"ReservedConcurrentExecutions": 0} if short(wish) in self.stopped else {}

    def put_function_concurrency(self, **wish: Any) -> None:
        """Stop it."""
        assert wish["ReservedConcurrentExecutions"] == 0
        assert short(wish) in self.quiet, "its queue would hand out messages in vain"
        self.stopped.add(short(wish))

    def delete_function_concurrency(self, **wish: str) -> None:
        """Let it run."""
        self.stopped.discard(short(wish))

    def invoke(self, **wish: Any) -> dict[str, Any]:
        """The operator's function."""
        assert wish["FunctionName"] == "funnel-OperatorFunction-x"
        self.asked.append(json.loads(wish["Payload"]))
        answer = self.answer(self.asked[-1])
        return {"Payload": BytesIO(json.dumps(answer).encode())}


def short(wish: Mapping[str, Any]) -> str:
    """A function's logical id."""
    return str(wish["FunctionName"].split("-")[1])
