"""People of campaigns who are overdue are counted, logged with where they are, and an alarm stands on that."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import cast

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext

from funnel.domain.campaigns.campaigns import Campaign, Wait
from funnel.usecases.campaigns.keep_campaigns import pause_campaign
from funnel.usecases.campaigns.start_campaigns import COUNTED_EVERY, start_campaigns
from tests.fakes.world import TENANT
from tests.template.source import of_type
from tests.unit.usecases.campaigns.campaigning import Campaigning, steps_of

pytestmark = pytest.mark.feature("D9")
DOOR = Path(__file__).parents[4] / "functions/schedule/app.py"


def waiting(people: int = 2) -> tuple[Campaigning, Campaign]:
    world = Campaigning()
    world.on_list(world.ann, *(world.person(f"p{n}@example.test") for n in range(people - 1)))
    return world, world.run(world.draft(steps_of({"wait": Wait(60), "next": Wait(600)})))


def counted_next(world: Campaigning, seconds: int) -> None:
    """So much later, and on to the next minute in which they are counted."""
    world.clock.advance(seconds)
    world.clock.advance((-int(world.clock.now().timestamp())) % (COUNTED_EVERY * 60))


def test_who_is_overdue_by_an_hour_is_counted_and_the_log_says_where(
    caplog: pytest.LogCaptureFixture,
) -> None:
    world, campaign = waiting()
    counted_next(world, 3600 + 3300)
    assert start_campaigns(world.app)["late"] == 0
    world.clock.advance(60)
    assert start_campaigns(world.app)["late"] == 0, "they are counted every five minutes"
    counted_next(world, 240)
    assert start_campaigns(world.app)["late"] == 2
    (line,) = (one for one in caplog.records if one.message == "overdue")

    assert line.__dict__["campaign_id"] == campaign.campaign_id
    assert (line.__dict__["tenant"], line.__dict__["overdue"]) == (TENANT, 2)
    pause_campaign(world.app, TENANT, campaign.campaign_id, campaign.version, "Mo")
    assert start_campaigns(world.app)["late"] == 0


def test_the_alarm_stands_on_what_the_schedule_logs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Funnel/test")
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "schedule")
    world, _ = waiting()
    schedule = door()
    monkeypatch.setattr(schedule, "app", lambda: world.app)

    def logged() -> dict[str, object]:
        capsys.readouterr()
        schedule.handler({"kind": "campaigns"}, cast("LambdaContext", Context()))
        lines = capsys.readouterr().out.splitlines()
        (found,) = (line for line in map(json.loads, lines) if "_aws" in line)
        return cast("dict[str, object]", found)

    alarm = of_type("AWS::CloudWatch::Alarm")["CampaignsLateAlarm"]
    assert logged()[alarm["MetricName"]] == [0]
    counted_next(world, 3 * 3600)
    told = logged()
    assert told[alarm["MetricName"]] == [2]
    (named,) = alarm["Dimensions"]
    assert told[named["Name"]] == named["Value"]
    assert alarm["Namespace"] == {"Fn::Sub": "Funnel/${Stage}"}
    assert (alarm["Statistic"], alarm["Threshold"]) == ("Maximum", 0)


class Context:
    """What Lambda tells of an invocation."""

    function_name, memory_limit_in_mb = "schedule", 256
    invoked_function_arn = aws_request_id = "one"

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds."""
        return 60_000


def door() -> ModuleType:
    """The function's own module."""
    spec = importlib.util.spec_from_file_location("schedule_door", DOOR)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found
