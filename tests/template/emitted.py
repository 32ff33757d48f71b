"""The metrics of our own, as the function that writes them really logs them."""

import importlib.util
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any, cast

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext

from funnel.usecases.app import App
from tests.template.alarms import Point
from tests.template.source import ROOT

NAMESPACE = "Funnel/test"


@dataclass(frozen=True)
class Emitted:
    """Of one metric and its dimensions, all points."""

    dimensions: Mapping[str, str]
    points: list[Point]


class Context:
    """What Lambda tells of an invocation."""

    function_name, memory_limit_in_mb = "schedule", 256
    invoked_function_arn = aws_request_id = "one"

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds."""
        return 60_000


@cache
def schedule_door() -> ModuleType:
    """The function's own module."""
    spec = importlib.util.spec_from_file_location(
        "measured_schedule_door", ROOT / "functions/schedule/app.py"
    )
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


class Measured:
    """Ticks of the schedule over an app, and what they log."""

    def __init__(
        self, app: App, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", NAMESPACE)
        monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "schedule")
        self._door = schedule_door()
        monkeypatch.setattr(self._door, "app", lambda: app)
        self._app, self._capsys = app, capsys
        self.metrics: dict[str, Emitted] = {}

    def tick(self, kind: str) -> None:
        """One tick; its metrics are kept under the time of the app's clock."""
        self._capsys.readouterr()
        self._door.handler({"kind": kind}, cast("LambdaContext", Context()))
        at = self._app.clock.now().timestamp()
        for line in self._capsys.readouterr().out.splitlines():
            told = json.loads(line)
            if "_aws" in told:
                self._keep(told, at)

    def _keep(self, told: dict[str, Any], at: float) -> None:
        for directive in told["_aws"]["CloudWatchMetrics"]:
            assert directive["Namespace"] == NAMESPACE
            (names,) = directive["Dimensions"]
            dimensions = {name: told[name] for name in names}
            for metric in directive["Metrics"]:
                name = metric["Name"]
                emitted = self.metrics.setdefault(name, Emitted(dimensions, []))
                assert emitted.dimensions == dimensions, "each set of dimensions is paid for"
                values = told[name] if isinstance(told[name], list) else [told[name]]
                emitted.points.extend((at, value) for value in values)
