"""What CloudWatch makes of an alarm's definition and the points of its metric.

As documented: points are put into periods, each gets the statistic, the last `EvaluationPeriods` are
looked at, and it is an alarm where `DatapointsToAlarm` of them (all, if it is not said) breach. Missing
ones are as `TreatMissingData` says; `breaching` and `notBreaching` are known here.
"""

from collections.abc import Callable, Mapping, Sequence
from statistics import fmean
from typing import Any

Alarm = Mapping[str, Any]
Point = tuple[float, float]
"""Seconds, and a value."""

STATISTICS: Mapping[str, Callable[[Sequence[float]], float]] = {
    "Average": fmean,
    "Maximum": max,
    "Minimum": min,
    "Sum": sum,
    "SampleCount": len,
}
COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "GreaterThanThreshold": lambda value, threshold: value > threshold,
    "GreaterThanOrEqualToThreshold": lambda value, threshold: value >= threshold,
    "LessThanThreshold": lambda value, threshold: value < threshold,
    "LessThanOrEqualToThreshold": lambda value, threshold: value <= threshold,
}
MISSING = {"breaching": True, "notBreaching": False}


def fires(alarm: Alarm, points: Sequence[Point], now: float) -> bool:
    """Whether it is an alarm at the end of the period that ends by `now`."""
    period, count = int(alarm["Period"]), int(alarm["EvaluationPeriods"])
    end = now // period * period
    breaching = [
        _breaches(alarm, [v for at, v in points if begin <= at < begin + period])
        for begin in (end - (number + 1) * period for number in range(count))
    ]
    return sum(breaching) >= int(alarm.get("DatapointsToAlarm", count))


def fires_at_some_time(alarm: Alarm, points: Sequence[Point]) -> bool:
    """Whether it is an alarm at the end of any period that these points are in, or the next."""
    period = int(alarm["Period"])
    ends = {(at // period + 1) * period for at, _ in points}
    return any(fires(alarm, points, end) for end in ends)


def _breaches(alarm: Alarm, values: Sequence[float]) -> bool:
    if not values:
        return MISSING[alarm["TreatMissingData"]]
    value = STATISTICS[alarm["Statistic"]](values)
    return COMPARISONS[alarm["ComparisonOperator"]](value, float(alarm["Threshold"]))
