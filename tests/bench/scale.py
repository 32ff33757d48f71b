"""The scale of design part 8 on paper: costs and quotas, from counts that were measured.

    python -m tests.bench.scale        # what docs/performance.md has under "At scale"

`scale.json` has the counts (`make bench ARGS=flows` prints them, and those of a mail `broadcasts`);
sizes of functions and how many there are at once are the template's.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from funnel.adapters.dynamodb.tables import DUE_PARTS
from tests.bench.measuring import table
from tests.template.source import TEMPLATE, functions, of_type

WRITE, READ, SECOND, SQS, HTTP, SES = 0.625, 0.125, 16.67, 0.40, 1.00, 100.0
"""Dollars a million: write and read units, GB-seconds, requests of SQS and of the HTTP API, mails."""

ROUND_TRIP, WHOLE = 4.0, 1769
"""Milliseconds that DynamoDB is waited for; megabytes that come with one whole processor."""

LEAD, VIEW, SCORE, MAIL = FLOWS = (
    "a new Lead",
    "a page view of a Lead",
    "a score told to Sugar",
    "a mail of a broadcast",
)
DOORS = {
    "collector": "collect",
    "worker": "activities",
    "relay": "scores",
    "drain": "push",
    "mail": "mail",
}
SHARED = {"collector": 2, "relay": 5}
"""Requests to DynamoDB of those that share a flow with a worker."""

WORDS = {LEAD: "Leads", VIEW: "page views", SCORE: "scores", MAIL: "mails"}
SUGAR_PACE = 20.0
"""Records a second that a SuiteCRM saves."""

AWS = "https://docs.aws.amazon.com"
DYNAMO = f"{AWS}/amazondynamodb/latest/developerguide"
COUNTS: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("scale.json").read_text())


@dataclass(frozen=True, slots=True)
class Load:
    """How many of each flow in a busy hour and in a month."""

    name: str
    hour: Mapping[str, float]
    month: Mapping[str, float]


LOADS = (
    Load(
        "one company, 100,000 people",
        {LEAD: 100_000, VIEW: 10_000, SCORE: 1_000, MAIL: 18_000},
        {LEAD: 100_000, VIEW: 1_000_000, SCORE: 100_000, MAIL: 400_000},
    ),
    Load(
        "1,000 tenants, 100 M people",
        {LEAD: 1_000_000, VIEW: 10_000_000, SCORE: 1_000_000, MAIL: 1_000_000},
        {LEAD: 100_000_000, VIEW: 1_000_000_000, SCORE: 100_000_000, MAIL: 400_000_000},
    ),
)


@dataclass(frozen=True, slots=True)
class Price:
    """Dollars of a million of a flow, by what they are paid for; units and GB-seconds in millions."""

    write: float
    read: float
    memory: float
    queue: float
    other: float

    @property
    def dollars(self) -> float:
        """All of it."""
        parts = (self.write * WRITE, self.read * READ, self.memory * SECOND)
        return sum(parts) + self.queue * SQS + self.other


def megabytes(door: str) -> int:
    """The size of a function."""
    size: int = functions()[door].get("MemorySize", TEMPLATE["Globals"]["Function"]["MemorySize"])
    return size


def door_of(flow: str, step: str) -> str:
    """Which function does a step of a flow."""
    return "pull" if flow == LEAD else DOORS[step]


def seconds(flow: str, step: str) -> float:
    """How long a function is busy with one: its processor's share, and waiting for DynamoDB."""
    counts = COUNTS[flow]
    share = min(1.0, megabytes(door_of(flow, step)) / WHOLE)
    shared = {name: SHARED[name] for name in counts["millis"] if name in SHARED}
    waits = shared.get(step, counts["requests"] - sum(shared.values()))
    if flow == LEAD:
        # Read and written a page at a time.
        waits = counts["requests"]
    millis = counts["millis"][step] / share + waits * ROUND_TRIP
    return float(millis / 1000)


def price(flow: str) -> Price:
    """What a million comes to."""
    counts = COUNTS[flow]
    memory = sum(
        seconds(flow, step) * megabytes(door_of(flow, step)) / 1024 for step in counts["millis"]
    )
    other = HTTP if flow == VIEW else SES if flow == MAIL else 0.0
    write, read = (sum(counts[kind].values()) for kind in ("write", "read"))
    return Price(write, read, memory, 3 * counts["messages"], other)


def prices() -> str:
    """A million of each."""
    rows = []
    for flow in FLOWS:
        one = price(flow)
        rows.append(
            (
                f"a million times {flow}",
                f"{COUNTS[flow]['requests']:.1f} M",
                f"{one.write:.1f} M",
                f"{one.read:.1f} M",
                f"{one.memory:.2f} M",
                f"{one.queue + (1 if flow == VIEW else 0):.1f} M",
                f"{one.dollars:.2f}",
            )
        )
    heads = ("", "requests to DynamoDB", "write units", "read units", "GB-seconds",
             "SQS, HTTP", "$")  # fmt: skip
    return table(heads, rows)


def loads() -> str:
    """Both points, an hour and a month."""
    rows = []
    for load in LOADS:
        for span, amounts in (("a busy hour", load.hour), ("a month", load.month)):
            cost = sum(price(flow).dollars * number / 1e6 for flow, number in amounts.items())
            numbers = [_count(amounts[flow]) for flow in FLOWS]
            rows.append((f"{load.name}: {span}", *numbers, f"{cost:,.0f}"))
    heads = ("", "new Leads", "page views", "scores told", "mails", "$")
    return table(heads, rows)


@dataclass(frozen=True, slots=True)
class Quota:
    """A limit, how much of it the busy hour takes, by which flow it grows, and what then."""

    name: str
    limit: float
    unit: str
    used: float
    flow: str
    then: str

    @property
    def share(self) -> float:
        """Of the limit."""
        return self.used / self.limit


def quotas() -> list[Quota]:
    """All that bound the larger point in its busy hour, those that are met first before others."""
    second = {flow: number / 3600 for flow, number in LOADS[1].hour.items()}
    busy = {
        "activities": second[VIEW] * seconds(VIEW, "worker"),
        "collect": second[VIEW] * seconds(VIEW, "collector"),
        # Each page view changes a score; Sugar is told once of all in a minute.
        "scores": second[VIEW] * seconds(SCORE, "relay"),
        "push": second[SCORE] / SUGAR_PACE,
        "pull": second[LEAD] * seconds(LEAD, "worker"),
        "mail": second[MAIL] * seconds(MAIL, "mail"),
    }
    write = COUNTS[VIEW]["write"]
    views, mails = second[VIEW], second[MAIL]
    hottest = max(write, key=lambda name: float(write[name]))
    activities, collect, push, mail = (
        _default(name)
        for name in ("ActivitiesConcurrency", "CollectConcurrency", "PushConcurrency", "MailRate")
    )
    found = [
        Quota("`MailRate`, ours", mail, "mails/s", mails, MAIL, "raise it, as SES allows"),
        Quota(
            f"[SES, rate of a new account]({AWS}/ses/latest/dg/quotas.html)",
            14, "mails/s", mails, MAIL, "ask AWS for more",
        ),
        Quota(
            "`ActivitiesConcurrency`, ours", activities, "at once", busy["activities"], VIEW,
            "raise it; until then page views wait in their queue, 14 days at the most",
        ),
        Quota(
            "the route `/c/`, ours", _route("ANY /c/{proxy+}"), "requests/s", views, VIEW,
            "raise it in the template; until then the site's script tries again",
        ),
        Quota(
            "`PushConcurrency`, ours; SuiteCRMs of 20 records a second", push, "at once",
            busy["push"], SCORE, "raise it; until then scores wait, the highest go first",
        ),
        Quota(
            "`CollectConcurrency`, ours", collect, "at once", busy["collect"], VIEW,
            "raise it; until then the site's script tries again",
        ),
        Quota(
            f"[Lambda, executions at once of an account]({AWS}/lambda/latest/dg/"
            "gettingstarted-limits.html)",
            1000, "at once", sum(busy.values()), VIEW, "ask AWS for more; tens of thousands are given",
        ),
        Quota(
            f"[DynamoDB, a table or index on demand]({DYNAMO}/ServiceQuotas.html), `{hottest}`",
            40_000, "write units/s", views * write[hottest], VIEW, "ask AWS for more",
        ),
        Quota(
            f"[DynamoDB, a new table or index]({DYNAMO}/on-demand-capacity-mode.html), `{hottest}`",
            4_000, "write units/s", views * write[hottest], VIEW,
            "it doubles within half an hour; before a launch, warm it",
        ),
        Quota(
            f"[DynamoDB, a partition]({DYNAMO}/bp-partition-key-design.html): `scores.due`, "
            f"{DUE_PARTS} parts",
            1_000, "write units/s", views * write["scores.due"] / DUE_PARTS, VIEW,
            "more parts: a number in the code",
        ),
        Quota(
            f"[API Gateway, an account]({AWS}/apigateway/latest/developerguide/limits.html)",
            10_000, "requests/s", views, VIEW, "ask AWS for more",
        ),
    ]  # fmt: skip
    return sorted(found, key=lambda one: -one.share)


def met() -> str:
    """Which is met first, and at what load of an hour."""
    rows = [
        (
            one.name,
            f"{one.limit:,.0f} {one.unit}",
            f"{one.used:,.0f}",
            f"{100 * one.share:,.0f} %",
            f"{_count(LOADS[1].hour[one.flow] / one.share)} {WORDS[one.flow]}",
            one.then,
        )
        for one in quotas()
    ]
    heads = ("quota", "limit", "taken", "of it", "met at, in an hour", "then")
    return table(heads, rows)


def one_tenant() -> str:
    """What one tenant can reach by itself: a partition of its own."""
    write = COUNTS[VIEW]["write"]
    parts = (
        ("the prospects of one owner, `vision.seen`", 1_000 / write["vision.seen"]),
        ("the counter of one site, `marketing`", 1_000.0),
    )
    rows = [(name, f"{views:,.0f}", _count(3600 * views)) for name, views in parts]
    return table(("a partition of", "page views/s", "an hour"), rows)


def report() -> str:
    """All tables."""
    return "\n\n".join((prices(), loads(), met(), one_tenant()))


def _route(key: str) -> float:
    (stage,) = of_type("AWS::ApiGatewayV2::Stage").values()
    return float(stage["RouteSettings"][key]["ThrottlingRateLimit"])


def _default(parameter: str) -> float:
    return float(TEMPLATE["Parameters"][parameter]["Default"])


def _count(number: float) -> str:
    return f"{round(number / 1e6, 1):,g} M" if number >= 1e6 else f"{number:,.0f}"


if __name__ == "__main__":
    print(report())
