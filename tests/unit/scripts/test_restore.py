"""A deployment's tables are brought back to a moment: stopped, restored beside, copied, held, and let go on."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from moto import mock_aws

from scripts import restore
from scripts.restore import PAGES, READERS, Refused, Restore
from scripts.restoring.tables import Copier, Made, NotTaken
from tests.template.source import of_type

THEN = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)
NEVER_STOPPED = {"OperatorFunction", "AuthorizerFunction", "CollectFunction"}
FUNCTIONS = ("PullFunction", "PushFunction", "MailFunction", "SetupFunction", *NEVER_STOPPED)


def table(client: Any, name: str) -> None:
    client.create_table(
        TableName=name,
        KeySchema=[
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
        AttributeDefinitions=[{"AttributeName": one, "AttributeType": "S"} for one in ("pk", "sk")],
        BillingMode="PAY_PER_REQUEST",
    )


def row(number: int, value: str = "as it was") -> dict[str, Any]:
    return {"pk": {"S": f"t{number % 7}"}, "sk": {"S": f"r{number}"}, "value": {"S": value}}


def put(client: Any, name: str, *rows: dict[str, Any]) -> None:
    for one in rows:
        client.put_item(TableName=name, Item=one)


def rows_of(client: Any, name: str) -> list[str]:
    pages = client.get_paginator("scan").paginate(TableName=name)
    return sorted(json.dumps(one, sort_keys=True) for page in pages for one in page["Items"])


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    with mock_aws():
        yield boto3.Session(region_name="eu-central-1")


def test_a_table_becomes_the_other_row_by_row(session: Any) -> None:
    client = session.client("dynamodb")
    for name in ("then", "now"):
        table(client, name)
    put(client, "then", *(row(number) for number in range(230)))
    put(client, "now", *(row(number) for number in range(5, 200)))
    put(client, "now", *(row(number, "changed since") for number in range(40)))
    put(client, "now", *(row(number, "made since") for number in range(500, 640)))

    made = Copier(client, "then", "now").copy()

    assert made == Made(looked_at=230, written=40 + 30, deleted=140)
    assert rows_of(client, "now") == rows_of(client, "then")
    assert Copier(client, "then", "now").copy() == Made(looked_at=230)


class Busy:
    """A DynamoDB that takes one row of a batch each time, or none."""

    def __init__(self, client: Any, takes: int) -> None:
        self._client = client
        self._takes = takes

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def batch_write_item(self, **wish: dict[str, list[Any]]) -> dict[str, Any]:
        ((name, requests),) = wish["RequestItems"].items()
        taken, left = requests[: self._takes], requests[self._takes :]
        if taken:
            self._client.batch_write_item(RequestItems={name: taken})
        return {"UnprocessedItems": {name: left} if left else {}}


def test_rows_that_were_left_over_are_sent_again_and_not_for_ever(
    session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("scripts.restoring.tables.time.sleep", waited.append)
    client = session.client("dynamodb")
    for name in ("then", "now"):
        table(client, name)
    put(client, "then", *(row(number) for number in range(9)))
    with pytest.raises(NotTaken, match="now does not take all rows: run it again"):
        Copier(Busy(client, 0), "then", "now").copy()
    assert rows_of(client, "now") == []
    Copier(Busy(client, 3), "then", "now").copy()
    assert rows_of(client, "now") == rows_of(client, "then")
    assert waited
    assert max(waited) <= 20


class Deployment:
    """A stack of three tables and some functions, as AWS tells of it; DynamoDB is moto's."""

    def __init__(self, session: Any) -> None:
        self.dynamodb = session.client("dynamodb")
        self.stopped: set[str] = set()
        self.asked: list[dict[str, str]] = []
        self.refuses = False
        self.tables = {one: f"funnel-{one}" for one in ("TenantsTable", "PeopleTable")}
        for name in self.tables.values():
            table(self.dynamodb, name)
        tenant = {"pk": {"S": "t-1"}, "sk": {"S": "tenant"}, "body": {"S": "{}"}}
        put(self.dynamodb, "funnel-TenantsTable", tenant, row(1))

    def client(self, service: str) -> Any:
        return self.dynamodb if service == "dynamodb" else self

    # CloudFormation

    def get_paginator(self, name: str) -> Any:
        assert name == "list_stack_resources"
        return self

    def paginate(self, **wish: str) -> Iterator[dict[str, Any]]:
        assert wish == {"StackName": "funnel"}
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

    def put_function_concurrency(self, **wish: Any) -> None:
        assert wish["ReservedConcurrentExecutions"] == 0
        self.stopped.add(wish["FunctionName"].split("-")[1])

    def delete_function_concurrency(self, **wish: str) -> None:
        self.stopped.discard(wish["FunctionName"].split("-")[1])

    def invoke(self, **wish: Any) -> dict[str, Any]:
        assert wish["FunctionName"] == "funnel-OperatorFunction-x"
        self.asked.append(json.loads(wish["Payload"]))
        answer = {"error": {"code": "NotFound"}} if self.refuses else {"held_since": "now"}

        class Body:
            def read(self) -> bytes:
                return json.dumps(answer).encode()

        return {"Payload": Body()}


def there_again(deployment: Deployment) -> None:
    """What AWS makes in some minutes: the tables beside, with what was in them then."""
    put(deployment.dynamodb, "funnel-PeopleTable-at-20261128-100000", row(1), row(2))
    tenant = {"pk": {"S": "t-1"}, "sk": {"S": "tenant"}, "body": {"S": "{}"}}
    put(deployment.dynamodb, "funnel-TenantsTable-at-20261128-100000", tenant)


@pytest.mark.feature("G7")
def test_a_deployment_is_brought_back_step_by_step_and_each_step_can_be_repeated(
    session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    deployment, said = Deployment(session), list[str]()
    put(deployment.dynamodb, "funnel-PeopleTable", row(2, "since"), row(3))
    monkeypatch.setattr(
        deployment.dynamodb,
        "restore_table_to_point_in_time",
        lambda **wish: table(deployment.dynamodb, wish["TargetTableName"]),
    )
    steps = Restore("funnel", THEN, deployment, said.append, poll_seconds=0)

    with pytest.raises(Refused, match="run begin"):
        steps.copy()
    for _ in range(2):
        steps.begin()
    assert deployment.stopped == {"PullFunction", "PushFunction", "MailFunction", "SetupFunction"}
    there_again(deployment)

    deployment.refuses = True
    with pytest.raises(Refused, match="NotFound"):
        steps.copy()
    assert "PullFunction" in deployment.stopped
    deployment.refuses = False
    steps.copy()
    assert deployment.asked[-1] == {"action": "after_restore", "tenant_id": "t-1"}
    assert deployment.stopped == {"PushFunction", "MailFunction"}
    assert rows_of(deployment.dynamodb, "funnel-PeopleTable") == rows_of(
        deployment.dynamodb, "funnel-PeopleTable-at-20261128-100000"
    )
    for _ in range(2):
        steps.go_on()
    assert deployment.stopped == set()
    assert "  funnel-PeopleTable-at-20261128-100000" in said


def test_the_functions_and_keys_it_knows_are_those_of_the_template() -> None:
    functions = set(of_type("AWS::Serverless::Function"))
    assert {*READERS, *PAGES, *restore.NEVER_STOPPED} <= functions
    for name, one in of_type("AWS::DynamoDB::Table").items():
        keys = [key["AttributeName"] for key in one["KeySchema"]]
        assert keys == ["pk", "sk"], name


@pytest.mark.parametrize("text", ["yesterday", "2026-11-28T10:00:00"])
def test_a_moment_that_is_none_is_refused_before_anything_is_done(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        restore.main(["begin", "funnel", text])
    assert "MOMENT" in capsys.readouterr().err.upper()
