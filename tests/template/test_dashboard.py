"""The dashboard shows everything that exists, and nothing that does not."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from funnel.usecases.operating.measure import FIGURES
from scripts.dashboard import TEMPLATE as FILE
from scripts.dashboard import written
from tests.template.source import FUNCTION, RESOURCES, TEMPLATE, of_type

pytestmark = pytest.mark.feature("G4")

BODY: dict[str, Any] = json.loads(of_type("AWS::CloudWatch::Dashboard")["Dashboard"]["DashboardBody"]["Fn::Sub"])  # fmt: skip
QUEUE, TABLE = "AWS::SQS::Queue", "AWS::DynamoDB::Table"
KIND = {"QueueName": QUEUE, "FunctionName": FUNCTION, "TableName": TABLE}
NAMESPACE = {"QueueName": "AWS/SQS", "FunctionName": "AWS/Lambda", "TableName": "AWS/DynamoDB"}


def shown() -> Iterator[tuple[str, str, str, str]]:
    """Namespace, metric, dimension and its value of each line."""
    for widget in BODY["widgets"]:
        for namespace, metric, dimension, value, _ in widget["properties"]["metrics"]:
            yield namespace, metric, dimension, value


def names(dimension: str, metric: str = "") -> set[str]:
    """What is shown by this dimension, of this metric or any."""
    return {
        value.strip("${}").removesuffix(".QueueName")
        for _, name, by, value in shown()
        if by == dimension and metric in ("", name)
    }


def test_everything_that_is_shown_exists() -> None:
    for namespace, metric, dimension, value in shown():
        if dimension == "service":
            assert (namespace, value) == ("Funnel/${Stage}", "schedule")
            assert metric in FIGURES
        else:
            assert namespace == NAMESPACE[dimension]
            assert re.fullmatch(r"\$\{\w+(\.QueueName)?\}", value)
    for dimension, kind in KIND.items():
        assert {RESOURCES[name]["Type"] for name in names(dimension)} == {kind}


def test_everything_that_exists_is_shown() -> None:
    queues = set(of_type(QUEUE))
    dead = {name for name in queues if name.endswith("DeadLetters")}
    assert names("QueueName", "ApproximateNumberOfMessagesVisible") == queues
    assert names("QueueName", "ApproximateAgeOfOldestMessage") == queues - dead
    for metric in ("Errors", "Throttles", "Invocations", "Duration"):
        assert names("FunctionName", metric) == set(of_type(FUNCTION))
    for metric in ("WriteThrottleEvents", "ReadThrottleEvents", "ConsumedWriteCapacityUnits"):
        assert names("TableName", metric) == set(of_type(TABLE))
    assert {metric for _, metric, by, _ in shown() if by == "service"} == set(FIGURES)


def test_every_metric_that_an_alarm_stands_on_is_shown() -> None:
    alarms = of_type("AWS::CloudWatch::Alarm").values()
    assert {alarm["MetricName"] for alarm in alarms} <= {metric for _, metric, _, _ in shown()}


def test_nothing_lies_over_anything_else_or_beyond_the_edge() -> None:
    places = {(widget["x"], widget["y"]) for widget in BODY["widgets"]}
    assert len(places) == len(BODY["widgets"])
    for widget in BODY["widgets"]:
        assert widget["x"] % widget["width"] == widget["y"] % widget["height"] == 0
        assert widget["x"] + widget["width"] <= 24
        assert widget["properties"]["title"]


def test_it_is_what_its_script_writes() -> None:
    """`python -m scripts.dashboard` brings it up to date."""
    text = FILE.read_text()
    assert written(text, FIGURES) == text


def test_its_address_is_an_output() -> None:
    assert "${Dashboard}" in TEMPLATE["Outputs"]["DashboardUrl"]["Value"]["Fn::Sub"]
