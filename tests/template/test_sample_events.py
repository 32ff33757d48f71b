"""Rules for the sample events."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.template.source import ROOT, functions, of_type

SAMPLES = sorted((ROOT / "events").glob("*.json"))


def event(path: Path) -> Any:
    """A sample, read."""
    return json.loads(path.read_text())


def door(path: Path) -> str:
    """The door a sample is for: the first word of its name."""
    return path.name.split(".")[0]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_for_a_door_that_exists_and_says_its_case(path: Path) -> None:
    assert len(path.name.split(".")) == 3
    assert door(path) in functions()


def test_every_door_has_a_sample() -> None:
    assert {door(path) for path in SAMPLES} == set(functions())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_comes_from_what_wakes_its_door(path: Path) -> None:
    sample = event(path)
    function = functions()[door(path)]
    kinds = {e["Type"] for e in function.get("Events", {}).values()}
    if "SQS" in kinds:
        assert {record["eventSource"] for record in sample["Records"]} == {"aws:sqs"}
        assert all(json.loads(record["body"]) for record in sample["Records"])
    elif "DynamoDB" in kinds:
        assert {record["eventSource"] for record in sample["Records"]} == {"aws:dynamodb"}
        assert all(record["dynamodb"]["SequenceNumber"] for record in sample["Records"])
    elif "ScheduleV2" in kinds:
        inputs = [json.loads(e["Properties"]["Input"]) for e in function["Events"].values()]
        assert sample in inputs
    elif door(path) == "operate":
        assert sample["action"]
    else:
        keys = {route["RouteKey"] for route in of_type("AWS::ApiGatewayV2::Route").values()}
        assert sample["version"] == "2.0"
        assert sample["routeKey"] in keys
        assert sample["requestContext"]["routeKey"] == sample["routeKey"]
