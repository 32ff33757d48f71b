"""Writes the body of the dashboard into template.yaml: `python -m scripts.dashboard`.

Everything on it is read from the template, and from the names of our own metrics; a test holds it to both.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "template.yaml"
WIDTH, HEIGHT = 8, 6
COLUMNS = 24 // WIDTH
QUEUE, TABLE, FUNCTION = "AWS::SQS::Queue", "AWS::DynamoDB::Table", "AWS::Serverless::Function"
INDENT = " " * 8

Metric = list[object]
Widget = dict[str, object]

OWN_ROWS: Sequence[tuple[str, Callable[[str], bool]]] = (
    ("Age of the last pull, the worst by module", lambda name: name.startswith("PullAge")),
    ("Connections, and how many are stale", lambda name: name in {"Connections", "PullsStale"}),
    ("Share of stale connections", lambda name: name == "PullsStalePercent"),
    ("Seconds for which Sugar's budget is spent ahead", lambda name: name.endswith("Ahead")),
    (
        "To be written to Sugar",
        lambda name: name.startswith("Pushes") or name == "ScoresWaiting",
    ),
    ("The error report", lambda name: name.startswith("Errors")),
    ("Mail that is late, or unclear", lambda name: name.startswith("Mails")),
    ("People who are late in campaigns", lambda name: name == "CampaignsLate"),
)


def resources(template: str) -> Iterator[tuple[str, str]]:
    """Logical id and type of each resource, in the order of the template."""
    body = template[template.index("\nResources:") :]
    yield from re.findall(r"^  (\w+):\n    Type: (\S+)$", body, re.MULTILINE)


def dashboard(template: str, figures: Sequence[str]) -> str:
    """The body, as `Fn::Sub` takes it."""
    of: dict[str, list[str]] = {}
    for name, kind in resources(template):
        of.setdefault(kind, []).append(name)
    queues = [name for name in of[QUEUE] if not name.endswith("DeadLetters")]
    dead = [name for name in of[QUEUE] if name.endswith("DeadLetters")]
    widgets = [
        *(
            _graph(title, [_own(name) for name in figures if belongs(name)], "Maximum", period=900)
            for title, belongs in OWN_ROWS
        ),
        _graph("Given up", [_queue("ApproximateNumberOfMessagesVisible", one) for one in dead]),
        _graph("Oldest message", [_queue("ApproximateAgeOfOldestMessage", one) for one in queues]),
        _graph("Messages", [_queue("ApproximateNumberOfMessagesVisible", one) for one in queues]),
        *(
            _graph(
                f"Functions: {words}", [_function(metric, one) for one in of[FUNCTION]], statistic
            )
            for words, metric, statistic in (
                ("errors", "Errors", "Sum"),
                ("throttles", "Throttles", "Sum"),
                ("invocations", "Invocations", "Sum"),
                ("longest run", "Duration", "Maximum"),
                ("at once", "ConcurrentExecutions", "Maximum"),
            )
        ),
        _graph("Relay of scores", [_function("IteratorAge", "ScoresFunction")]),
        *(
            _graph(f"Tables: {words}", [_table(metric, one) for one in of[TABLE]], "Sum")
            for words, metric in (
                ("writes refused for going too fast", "WriteThrottleEvents"),
                ("reads refused for going too fast", "ReadThrottleEvents"),
                ("units written", "ConsumedWriteCapacityUnits"),
                ("units read", "ConsumedReadCapacityUnits"),
            )
        ),
    ]
    for number, widget in enumerate(widgets):
        widget |= {
            "x": number % COLUMNS * WIDTH, "y": number // COLUMNS * HEIGHT,
            "width": WIDTH, "height": HEIGHT,
        }  # fmt: skip
    return json.dumps({"widgets": widgets}, separators=(",", ":"))


def _graph(
    title: str, metrics: list[Metric], statistic: str = "Maximum", period: int = 300
) -> Widget:
    properties = {
        "title": title, "region": "${AWS::Region}", "stat": statistic, "period": period,
        "view": "timeSeries", "metrics": metrics,
    }  # fmt: skip
    return {"type": "metric", "properties": properties}


def _own(name: str) -> Metric:
    return ["Funnel/${Stage}", name, "service", "schedule", {"label": name}]


def _queue(metric: str, name: str) -> Metric:
    return ["AWS/SQS", metric, "QueueName", f"${{{name}.QueueName}}", {"label": name}]


def _function(metric: str, name: str) -> Metric:
    return ["AWS/Lambda", metric, "FunctionName", f"${{{name}}}", {"label": name}]


def _table(metric: str, name: str) -> Metric:
    return ["AWS/DynamoDB", metric, "TableName", f"${{{name}}}", {"label": name}]


def written(template: str, figures: Sequence[str]) -> str:
    """The template with the body of today in it."""
    begin = template.index("      DashboardBody: !Sub >-\n")
    start = template.index("\n", begin) + 1
    end = template.index("\n", start)
    return template[:start] + INDENT + dashboard(template, figures) + template[end:]


def main() -> int:
    """Write it."""
    sys.path.insert(0, str(ROOT / "layers/funnel"))
    from funnel.usecases.operating.measure import FIGURES

    TEMPLATE.write_text(written(TEMPLATE.read_text(), FIGURES))
    return 0


if __name__ == "__main__":
    sys.exit(main())
