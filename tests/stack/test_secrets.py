"""The password is in Secrets Manager, and nowhere else."""

import hashlib
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import requests

from tests.stack.scene import API_USER, Scene, eventually

if TYPE_CHECKING:
    from local.stack.stack import Stack

CANARY = "canary-Gelb&<Vogel>-1"
REFUSED = "canary-Gelb&<Vogel>-2"
NEWER = "canary-Gelb&<Vogel>-3"


def spellings() -> set[str]:
    """Each password as it is, as Sugar is sent it, and as JSON and HTML write it."""
    found: set[str] = set()
    for password in (CANARY, REFUSED, NEWER):
        found |= {password, hashlib.md5(password.encode()).hexdigest()}
        found |= {json.dumps(password)[1:-1], password.replace("&", "&amp;").replace("<", "&lt;")}
        found.add(password.replace("&", "\\u0026").replace("<", "\\u003c"))
    return found


def logged(stack: "Stack") -> Iterator[str]:
    """Every line of every log group."""
    logs = stack.client("logs")
    for page in logs.get_paginator("describe_log_groups").paginate():
        for group in page["logGroups"]:
            for events in logs.get_paginator("filter_log_events").paginate(
                logGroupName=group["logGroupName"]
            ):
                yield from (event["message"] for event in events["events"])


def stored(stack: "Stack") -> Iterator[str]:
    """Every item of every table."""
    dynamodb = stack.client("dynamodb")
    for table in dynamodb.list_tables()["TableNames"]:
        for page in dynamodb.get_paginator("scan").paginate(TableName=table):
            yield from (repr(item) for item in page["Items"])


def queued(stack: "Stack") -> Iterator[str]:
    """Every message that waits in any queue, the dead-letter queues too."""
    sqs = stack.client("sqs")
    for queue in sqs.list_queues().get("QueueUrls", []):
        found = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, VisibilityTimeout=0)
        yield from (message["Body"] for message in found.get("Messages", []))


def secrets_of(scene: Scene) -> list[str]:
    """The secrets that are kept for a tenant, each as text."""
    secrets = scene.stack.client("secretsmanager")
    names = [
        secret["Name"]
        for page in secrets.get_paginator("list_secrets").paginate()
        for secret in page["SecretList"]
        if scene.tenant_id in secret["Name"]
    ]
    return [secrets.get_secret_value(SecretId=name)["SecretString"] for name in names]


@pytest.mark.feature("A4")
def test_no_password_is_in_a_log_a_table_a_queue_or_an_answer(scene: Scene) -> None:
    answers: list[str] = []

    def keep(reply: requests.Response, *_: object, **__: object) -> None:
        answers.append(f"{reply.headers}{reply.text}")

    scene.funnel.http.hooks["response"].append(keep)
    scene.company.set_password(API_USER, CANARY)
    assert scene.connect(password=CANARY)["status"] == "done"
    assert scene.job(scene.start_test(password=REFUSED))["status"] == "failed"
    scene.company.set_password(API_USER, NEWER)
    scene.ended(scene.funnel.start_sync("full")["run_id"])
    assert scene.new_password(REFUSED)["status"] == "failed"
    assert scene.new_password(NEWER)["status"] == "done"
    for page in ("/setup/connection", "/setup/sync", "/setup/connect", "/api/setup/connection"):
        assert scene.funnel.call("GET", page).status_code == 200

    # What a test that failed was given is forgotten once its outcome is there.
    eventually(
        "only the last is kept",
        lambda: [json.loads(one)["password"] for one in secrets_of(scene)] == [NEWER],
    )

    lines, items = list(logged(scene.stack)), list(stored(scene.stack))
    files = [path.read_text(errors="replace") for path in scene.stack.state.logs.iterdir()]
    # What is searched does hold what else there is to say of this tenant.
    assert any(scene.tenant_id in line for line in lines)
    assert any(scene.tenant_id in item for item in items)
    assert len(answers) > 10
    for text in (*lines, *items, *queued(scene.stack), *answers, *files):
        assert not [one for one in spellings() if one in text], text[:500]
