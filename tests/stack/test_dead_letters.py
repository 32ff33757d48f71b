"""A message that was given up is looked at, mended and sent again by the operator, on the deployed stack."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from local.stack.client import wait_for
from local.stack.errors import StackError
from tests.stack.scene import SECONDS, Json, Scene, eventually, new_scene

if TYPE_CHECKING:
    from local.stack.stack import Stack

QUEUE = "TargetListsDeadLetters"
SOURCE = "TargetListsQueue"


@pytest.fixture
def scene(stack: "Stack", request: pytest.FixtureRequest) -> Iterator[Scene]:
    """A connected tenant with a Target List that has not been read."""
    with new_scene(stack, request.node.name[:100]) as made:
        assert made.connect()["status"] == "done"
        made.first_round()
        made.company.create("ProspectLists", name="From Sugar", list_type="default")
        yield made


def do(scene: Scene, action: str, **wish: str) -> Json:
    return scene.stack.operator.do({"action": action, "queue": QUEUE, **wish})


def mine(scene: Scene) -> list[Json]:
    """The dead letters of this tenant, or of nobody."""
    found: list[Json] = do(scene, "look_at_dead_letters")["messages"]
    return [one for one in found if one["tenant"] in ("", scene.tenant_id)]


def count(scene: Scene) -> int:
    queues = scene.stack.operator.do({"action": "dead_letters"})["queues"]
    (one,) = (queue for queue in queues if queue["queue"] == QUEUE)
    return int(one["count"]) + int(one["in_hand"])


def give_up(scene: Scene, body: str) -> None:
    """What the queue does with a message after its last try."""
    scene.stack.client("sqs").send_message(QueueUrl=scene.physical(QUEUE), MessageBody=body)


def lists(scene: Scene) -> set[str]:
    return {one["name"] for one in scene.funnel.json("GET", "/api/app/lists")["items"]}


def given_up(scene: Scene) -> Json:
    """This tenant's dead letter, once there is one."""
    found = wait_for(
        lambda: {"mine": mine(scene)}, lambda told: bool(told["mine"]), "a dead letter", SECONDS
    )
    (seen,) = found["mine"]
    letter: Json = seen
    return letter


@contextmanager
def without_rights(scene: Scene, function: str) -> Iterator[None]:
    """A function whose role lost its policies, as by a hand in the console."""
    file = scene.stack.aws.policies
    before = file.read_text()
    file.write_text(json.dumps(json.loads(before) | {scene.physical(function): []}))
    try:
        yield
    finally:
        file.write_text(before)


@contextmanager
def seen_again_soon(scene: Scene) -> Iterator[None]:
    """What failed is tried again after a second: on AWS, after an hour."""
    sqs, queue = scene.stack.client("sqs"), scene.physical(SOURCE)
    name = "VisibilityTimeout"
    before = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=[name])["Attributes"]
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={name: "1"})
    # Whoever had asked for messages before, which lasts two seconds, would hide one for that hour.
    time.sleep(5)
    try:
        yield
    finally:
        sqs.set_queue_attributes(QueueUrl=queue, Attributes={name: before[name]})


@pytest.mark.feature("G4")
def test_what_fails_time_and_again_is_given_up_by_the_queue_mended_and_sent_again(
    scene: Scene,
) -> None:
    sqs, queue = scene.stack.client("sqs"), scene.physical(SOURCE)
    asked = json.dumps({"type": "read_target_lists", "tenant": scene.tenant_id})
    with without_rights(scene, "TargetListsFunction"), seen_again_soon(scene):
        sqs.send_message(QueueUrl=queue, MessageBody=asked)
        seen = given_up(scene)
        assert seen["type"] == "ReadTargetLists"
        # Sent again before the cause is mended, it comes back.
        assert do(scene, "redrive_dead_letters", message_id=seen["message_id"])["moved"] == 1
        seen = given_up(scene)
        assert "From Sugar" not in lists(scene)
    assert do(scene, "redrive_dead_letters", message_id=seen["message_id"])["moved"] == 1
    eventually("the lists are read", lambda: "From Sugar" in lists(scene))
    assert mine(scene) == []


@pytest.mark.feature("G4")
def test_what_was_given_up_is_seen_and_sent_again_and_then_done(scene: Scene) -> None:
    before = count(scene)
    give_up(scene, json.dumps({"type": "read_target_lists", "tenant": scene.tenant_id}))
    (seen,) = mine(scene)
    assert (seen["type"], seen["goes_back_to"]) == ("ReadTargetLists", "TargetListsQueue")
    assert seen["age_seconds"] >= 0
    assert count(scene) == before + 1
    answer = do(scene, "redrive_dead_letters", message_id=seen["message_id"])
    assert (answer["moved"], answer["left"]) == (1, before)
    eventually("the lists are read", lambda: "From Sugar" in lists(scene))
    assert mine(scene) == []


@pytest.mark.feature("G4")
def test_a_poison_message_is_given_up_and_dropped_with_a_reason(connected: Scene) -> None:
    scene = connected
    before = count(scene)
    give_up(scene, '{"type": "no such thing", "tenant": "lovelace@x.example"}')
    (seen,) = mine(scene)
    assert (seen["type"], seen["tenant"]) == ("unreadable", "")
    assert "lovelace" not in json.dumps(seen)
    with pytest.raises(StackError, match="why"):
        do(scene, "drop_dead_letter", message_id=seen["message_id"])
    for dropped in (1, 0):
        answer = do(
            scene, "drop_dead_letter", message_id=seen["message_id"], reason="sent by a test"
        )
        assert answer["dropped"] == dropped
    assert count(scene) == before


@pytest.mark.feature("G4")
def test_the_same_can_be_done_where_make_run_runs(stack: "Stack") -> None:
    command = [sys.executable, "-m", "local.stack", "operate", "--state"]
    folder = str(stack.state.folder)
    done = subprocess.run(
        [*command, folder, '{"action": "dead_letters"}'],
        capture_output=True, text=True, env=dict(os.environ), check=True,
    )  # fmt: skip
    queues = {one["queue"] for one in json.loads(done.stdout)["queues"]}
    assert {"PullDeadLetters", "ScheduleDeadLetters", QUEUE} <= queues
    refused = subprocess.run(
        [*command, folder, '{"action": "drop_dead_letter", "queue": "None"}'],
        capture_output=True, text=True, env=dict(os.environ), check=False,
    )  # fmt: skip
    assert refused.returncode == 1
    assert "There is no queue" in refused.stdout
