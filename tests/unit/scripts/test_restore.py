"""A deployment's tables are brought back to a moment: stopped, restored beside, copied, held, and let go on."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
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
    for at in range(0, len(rows), 25):
        asked = [{"PutRequest": {"Item": one}} for one in rows[at : at + 25]]
        client.batch_write_item(RequestItems={name: asked})


def rows_of(client: Any, name: str) -> list[str]:
    pages = client.get_paginator("scan").paginate(TableName=name)
    return sorted(json.dumps(one, sort_keys=True) for page in pages for one in page["Items"])


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    with mock_aws():
        yield boto3.Session(region_name="eu-central-1")


def forget(name: str, row: Any) -> None:
    """Keep nothing of what is undone."""


def test_a_table_becomes_the_other_row_by_row_and_what_is_undone_is_kept(session: Any) -> None:
    client, kept = session.client("dynamodb"), list[str]()
    for name in ("then", "now"):
        table(client, name)
    put(client, "then", *(row(number) for number in range(230)))
    put(client, "now", *(row(number) for number in range(5, 200)))
    put(client, "now", *(row(number, "changed since") for number in range(40)))
    put(client, "now", *(row(number, "made since") for number in range(500, 640)))
    before = rows_of(client, "now")

    made = Copier(
        client, "then", "now", lambda name, one: kept.append(json.dumps(one, sort_keys=True))
    ).copy()

    assert made == Made(looked_at=230, written=40 + 30, deleted=140)
    assert rows_of(client, "now") == rows_of(client, "then")
    assert sorted(kept) == [one for one in before if "since" in one]
    assert Copier(client, "then", "now", forget).copy() == Made(looked_at=230)


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
        Copier(Busy(client, 0), "then", "now", forget).copy()
    assert rows_of(client, "now") == []
    Copier(Busy(client, 3), "then", "now", forget).copy()
    assert rows_of(client, "now") == rows_of(client, "then")
    assert waited
    assert max(waited) <= 20


class Deployment:
    """A stack of two tables and some functions, as AWS tells of it; DynamoDB is moto's."""

    def __init__(self, session: Any) -> None:
        self.dynamodb = session.client("dynamodb")
        self.stopped: set[str] = set()
        self.quiet: set[str] = set()
        self.asked: list[dict[str, str]] = []
        self.slept: list[float] = []
        self.answers: dict[str, dict[str, Any]] = {}
        self.tables = {one: f"funnel-{one}" for one in ("TenantsTable", "PeopleTable")}
        for name in self.tables.values():
            table(self.dynamodb, name)
        put(self.dynamodb, "funnel-TenantsTable", *TENANTS, row(1))
        self.dynamodb.restore_table_to_point_in_time = lambda **wish: table(
            self.dynamodb, wish["TargetTableName"]
        )
        self.first = THEN - timedelta(days=2)
        self.dynamodb.describe_continuous_backups = lambda **_: {
            "ContinuousBackupsDescription": {
                "PointInTimeRecoveryDescription": {
                    "EarliestRestorableDateTime": self.first,
                    "LatestRestorableDateTime": THEN + timedelta(days=1),
                }
            }
        }

    def client(self, service: str) -> Any:
        return self.dynamodb if service == "dynamodb" else self

    def get_paginator(self, name: str) -> Any:
        class Pages:
            paginate = staticmethod(getattr(self, name))

        return Pages

    # CloudFormation

    def list_stack_resources(self, **wish: str) -> Iterator[dict[str, Any]]:
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

    def list_event_source_mappings(self, **wish: str) -> Iterator[dict[str, Any]]:
        state = "Disabling" if short(wish) in self.quiet else "Enabled"
        yield {"EventSourceMappings": [{"UUID": f"of-{short(wish)}", "State": state}]}

    def update_event_source_mapping(self, **wish: Any) -> None:
        of = wish["UUID"].removeprefix("of-")
        assert wish["Enabled"] == (of in self.quiet), "AWS refuses what is just being switched"
        change = self.quiet.discard if wish["Enabled"] else self.quiet.add
        change(of)

    def get_function_configuration(self, **_: str) -> dict[str, int]:
        return {"Timeout": 900}

    def get_function_concurrency(self, **wish: str) -> dict[str, int]:
        return {"ReservedConcurrentExecutions": 0} if short(wish) in self.stopped else {}

    def put_function_concurrency(self, **wish: Any) -> None:
        assert wish["ReservedConcurrentExecutions"] == 0
        assert short(wish) in self.quiet, "its queue would hand out messages in vain"
        self.stopped.add(short(wish))

    def delete_function_concurrency(self, **wish: str) -> None:
        self.stopped.discard(short(wish))

    def invoke(self, **wish: Any) -> dict[str, Any]:
        assert wish["FunctionName"] == "funnel-OperatorFunction-x"
        self.asked.append(json.loads(wish["Payload"]))
        answer = self.answers.get(self.asked[-1]["tenant_id"], {"held_since": "now"})
        return {"Payload": BytesIO(json.dumps(answer).encode())}


def short(wish: Mapping[str, Any]) -> str:
    """A function's logical id."""
    return str(wish["FunctionName"].split("-")[1])


TENANTS = [
    {"pk": {"S": name}, "sk": {"S": "tenant"}, "body": {"S": "{}"}} for name in ("t-1", "t-2")
]
STOPPED = {"PullFunction", "PushFunction", "MailFunction", "SetupFunction"}
BESIDE = "funnel-PeopleTable-at-20261128-100000"


@pytest.fixture
def deployment(session: Any) -> Deployment:
    """What is there now; of the people, one was changed and one made since."""
    made = Deployment(session)
    put(made.dynamodb, "funnel-PeopleTable", row(2, "since"), row(3, "since"))
    return made


def there_again(deployment: Deployment) -> None:
    """What AWS makes in some minutes: the tables beside, with what was in them then."""
    put(deployment.dynamodb, BESIDE, row(1), row(2))
    put(deployment.dynamodb, "funnel-TenantsTable-at-20261128-100000", *TENANTS)


def steps_for(deployment: Deployment, said: list[str], folder: Path) -> Restore:
    return Restore("funnel", THEN, deployment, said.append, folder, deployment.slept.append)


@pytest.mark.feature("G7")
def test_a_deployment_is_brought_back_step_by_step_and_each_step_can_be_repeated(
    deployment: Deployment, tmp_path: Path
) -> None:
    said = list[str]()
    steps = steps_for(deployment, said, tmp_path)

    with pytest.raises(Refused, match="run begin"):
        steps.copy()
    for _ in range(2):
        steps.begin()
    assert deployment.stopped == deployment.quiet == STOPPED
    assert deployment.slept[0] > 890, "what ran already may go on until its time is out"
    assert deployment.slept[1] == 0
    there_again(deployment)

    deployment.answers["t-1"] = {"error": {"code": "Unavailable"}}
    with pytest.raises(Refused, match="t-1"):
        steps.copy()
    assert {wish["tenant_id"] for wish in deployment.asked} == {"t-1", "t-2"}
    assert deployment.stopped == STOPPED
    deployment.answers["t-1"] = {"error": {"code": "NotFound"}}
    steps.copy()
    assert "tenant t-1: has no Sugar, so there is nothing to hold" in said
    assert deployment.asked[-1] == {"action": "after_restore", "tenant_id": "t-2"}
    assert deployment.stopped == deployment.quiet == {"PushFunction", "MailFunction"}
    people = rows_of(deployment.dynamodb, "funnel-PeopleTable")
    assert people == rows_of(deployment.dynamodb, BESIDE)
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o077 == 0
    kept = [json.loads(line) for line in file.read_text().splitlines()]
    undone = sorted(one["row"]["sk"]["S"] for one in kept if "People" in one["table"])
    assert undone == ["r2", "r3"]

    put(deployment.dynamodb, "funnel-PeopleTable", row(9, "after it"))
    with pytest.raises(Refused, match=r"SetupFunction.*may write: run begin"):
        steps.copy()
    for _ in range(2):
        steps.go_on()
    assert deployment.stopped == deployment.quiet == set()
    assert f"  {BESIDE}" in said
    assert json.dumps(row(9, "after it"), sort_keys=True) in rows_of(
        deployment.dynamodb, "funnel-PeopleTable"
    )


def test_a_moment_that_cannot_be_come_back_to_stops_nothing(
    deployment: Deployment, tmp_path: Path
) -> None:
    deployment.first = THEN + timedelta(hours=1)
    with pytest.raises(Refused, match="Nothing was stopped"):
        steps_for(deployment, [], tmp_path).begin()
    assert deployment.stopped == set()


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
