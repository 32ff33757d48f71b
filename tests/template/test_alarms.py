"""Each alarm fires when it should, and not in the quiet, over what AWS documents and our code emits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest

from funnel.domain.campaigns.campaigns import Wait
from funnel.domain.errors import MailUnclear
from funnel.usecases.operating.measure import FIGURES
from tests.template.alarms import Alarm, Point, fires, fires_at_some_time
from tests.template.emitted import Measured
from tests.template.source import ROOT, of_type
from tests.unit.usecases.campaigns.campaigning import Campaigning, steps_of

pytestmark = pytest.mark.feature("G4")

ALARMS = of_type("AWS::CloudWatch::Alarm")
OURS = {"Fn::Sub": "Funnel/${Stage}"}
HOUR = 3600.0
DAY = 24 * HOUR


def steady(value: float, seconds: float = 2 * HOUR, every: float = 60) -> list[Point]:
    """So often one and the same value."""
    return [(DAY + at * every, value) for at in range(int(seconds / every))]


def once(value: float) -> list[Point]:
    """In one minute, and 0 around it."""
    around = [(at, 0.0) for at, _ in steady(0)]
    return [*around, (around[40][0], value)]


@dataclass(frozen=True)
class Documented:
    """A metric that AWS documents: its dimension, and what is trouble and what is none."""

    dimension: str
    trouble: list[Point]
    quiet: tuple[list[Point], ...]


DOCUMENTED: Mapping[tuple[str, str], Documented] = {
    ("AWS/SQS", "ApproximateNumberOfMessagesVisible"): Documented(
        "QueueName", steady(1), (steady(0), [])
    ),
    # A message that failed once is hidden for an hour at most.
    ("AWS/SQS", "ApproximateAgeOfOldestMessage"): Documented(
        "QueueName", steady(3700), (steady(3500), once(9000), steady(0), [])
    ),
    ("AWS/Lambda", "Errors"): Documented("FunctionName", once(1), (steady(0), [])),
    ("AWS/Lambda", "Throttles"): Documented("", steady(3), (steady(0), once(50), [])),
    ("AWS/Lambda", "IteratorAge"): Documented(
        "FunctionName", steady(4_000_000), (steady(30_000), once(9_000_000), [])
    ),
    ("AWS/DynamoDB", "WriteThrottleEvents"): Documented(
        "TableName", steady(50), (steady(0), once(5000), steady(1), [])
    ),
}
"""The dimension of `Throttles` is left out: CloudWatch has it for all functions together, too."""


def aws_alarms() -> list[str]:
    return [name for name, alarm in ALARMS.items() if alarm["Namespace"] != OURS]


@pytest.mark.parametrize("name", aws_alarms())
def test_an_alarm_on_a_metric_of_aws_fires_in_trouble_and_not_in_the_quiet(name: str) -> None:
    alarm = ALARMS[name]
    known = DOCUMENTED[alarm["Namespace"], alarm["MetricName"]]
    assert [one["Name"] for one in alarm.get("Dimensions", [])] == (
        [known.dimension] if known.dimension else []
    )
    assert fires_at_some_time(alarm, known.trouble)
    for quiet in known.quiet:
        assert not fires_at_some_time(alarm, quiet)


# Metrics of our own, from the function that emits them


class Deployment:
    """A tenant whose mail and campaigns are set up, connected to its Sugar."""

    def __init__(self, measured: Callable[..., Measured]) -> None:
        self.world = Campaigning()
        self.mailing = self.world.mailing
        self.clock = self.world.clock
        self.connection = self.world.world.connect()
        self.measured = measured(self.world.app)

    def hours(self, count: float, syncs: bool = True) -> None:
        """Let time pass, with the schedule's ticks."""
        for minute in range(int(count * 60)):
            self.clock.advance(60)
            if minute % 15 == 11:
                if syncs:
                    self._is_read()
                self.measured.tick("measure")
            if minute % 5 == 0:
                self.measured.tick("mail")
            self.measured.tick("campaigns")

    def _is_read(self) -> None:
        now = self.clock.now()
        self.world.world.change(synced_at=dict.fromkeys(self.connection.modules, now))


@pytest.fixture
def deployment(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Deployment:
    return Deployment(lambda app: Measured(app, monkeypatch, capsys))


def nothing_is_read(deployment: Deployment) -> None:
    deployment.hours(9, syncs=False)


def nobody_sends(deployment: Deployment) -> None:
    deployment.mailing.ask()
    deployment.hours(2)


def an_answer_is_lost(deployment: Deployment) -> None:
    deployment.mailing.mailer.fails = [MailUnclear("lost")]
    deployment.mailing.ask()
    deployment.mailing.deliver()
    deployment.clock.advance(timedelta(minutes=31).total_seconds())
    deployment.mailing.deliver()
    deployment.hours(2)


def nobody_walks(deployment: Deployment) -> None:
    world = deployment.world
    world.on_list(world.ann)
    world.run(world.draft(steps_of({"wait": Wait(60)})))
    deployment.hours(4)


TROUBLES: Mapping[str, Callable[[Deployment], None]] = {
    "PullsStaleAlarm": nothing_is_read,
    "MailsLateAlarm": nobody_sends,
    "MailsUnclearAlarm": an_answer_is_lost,
    "CampaignsLateAlarm": nobody_walks,
}


def emitted(deployment: Deployment, alarm: Alarm) -> list[Point]:
    """The points of the alarm's metric, of just its dimensions."""
    found = deployment.measured.metrics[alarm["MetricName"]]
    assert found.dimensions == {one["Name"]: one["Value"] for one in alarm["Dimensions"]}
    return found.points


@pytest.mark.parametrize("name", [n for n, a in ALARMS.items() if a["Namespace"] == OURS])
def test_an_alarm_on_a_metric_of_ours_fires_in_trouble(name: str, deployment: Deployment) -> None:
    TROUBLES[name](deployment)
    assert fires_at_some_time(ALARMS[name], emitted(deployment, ALARMS[name]))


def test_the_alarms_on_metrics_of_ours_are_still_in_the_quiet(deployment: Deployment) -> None:
    deployment.mailing.ask()
    deployment.world.world.drain()
    deployment.hours(5)
    for name in TROUBLES:
        points = emitted(deployment, ALARMS[name])
        assert points
        assert not fires_at_some_time(ALARMS[name], points), name


def test_all_metrics_of_ours_are_emitted_and_no_others(deployment: Deployment) -> None:
    deployment.world.world.change(read_only=False)
    deployment.hours(1.5)
    assert set(deployment.measured.metrics) == set(FIGURES)


# What holds of all of them


@pytest.mark.parametrize("name", ALARMS)
def test_an_alarm_has_a_way_to_act_on_it_and_tells_whoever_wants_to_know(name: str) -> None:
    rows = (ROOT / "docs/operations.md").read_text().splitlines()
    (row,) = (one for one in rows if one.startswith(f"| `{name}` |"))
    assert all(cell.strip() for cell in row.strip("|").split("|"))
    alarm = ALARMS[name]
    assert alarm["AlarmActions"]["Fn::If"][0] == "HasAlarmTopic"
    assert alarm["AlarmDescription"]
    assert alarm["Namespace"] != OURS or alarm["MetricName"] in FIGURES


def test_every_queue_of_dead_letters_and_every_other_is_watched() -> None:
    watched = {
        (alarm["MetricName"], alarm["Dimensions"][0]["Value"]["Fn::GetAtt"][0])
        for alarm in ALARMS.values()
        if alarm["Namespace"] == "AWS/SQS"
    }
    queues = of_type("AWS::SQS::Queue")
    dead = {name for name in queues if name.endswith("DeadLetters")}
    assert watched == {("ApproximateNumberOfMessagesVisible", name) for name in dead} | {
        ("ApproximateAgeOfOldestMessage", name) for name in set(queues) - dead
    }


def test_every_table_and_function_is_watched() -> None:
    throttled = {
        alarm["Dimensions"][0]["Value"]["Ref"]
        for alarm in ALARMS.values()
        if alarm["Namespace"] == "AWS/DynamoDB"
    }
    assert throttled == set(of_type("AWS::DynamoDB::Table"))
    failing = {
        alarm["Dimensions"][0]["Value"]["Ref"]
        for alarm in ALARMS.values()
        if alarm["MetricName"] == "Errors"
    }
    assert failing == set(of_type("AWS::Serverless::Function"))


# The evaluator itself

THREE = {
    "Statistic": "Maximum", "Period": 300, "EvaluationPeriods": 3, "Threshold": 5,
    "ComparisonOperator": "GreaterThanThreshold", "TreatMissingData": "notBreaching",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "points", "is_alarm"),
    [
        ({}, [(0, 6), (300, 6), (600, 6)], True),
        ({}, [(0, 6), (300, 5), (600, 6)], False),
        ({}, [(0, 6), (600, 6)], False),
        ({"TreatMissingData": "breaching"}, [(0, 6), (600, 6)], True),
        ({"DatapointsToAlarm": 2}, [(0, 6), (600, 6)], True),
        ({"Statistic": "Sum"}, [(0, 3), (10, 3), (300, 6), (600, 6)], True),
        ({"Statistic": "Average"}, [(0, 3), (10, 3), (300, 6), (600, 6)], False),
        ({"Statistic": "Minimum"}, [(0, 6), (10, 3), (300, 6), (600, 6)], False),
        (
            {"ComparisonOperator": "GreaterThanOrEqualToThreshold"},
            [(0, 5), (300, 5), (899, 5)],
            True,
        ),
        ({"ComparisonOperator": "LessThanThreshold"}, [(0, 4), (300, 4), (600, 4)], True),
        ({"EvaluationPeriods": 1}, [(899, 6)], True),
        ({"EvaluationPeriods": 1}, [(900, 6)], False),
    ],
)
def test_an_alarm_is_evaluated_as_cloudwatch_documents_it(
    changes: dict[str, object], points: list[Point], is_alarm: bool
) -> None:
    assert fires(THREE | changes, points, 900) is is_alarm
