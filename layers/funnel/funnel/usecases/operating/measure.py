"""How the deployment stands, in a few figures over all tenants: the worst of them, and the sum.

What is asked of a tenant is bounded, so that a tick costs the same whatever is behind with whom. The
figures are told one by one in docs/operations.md.
"""

import logging
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from funnel.domain.connecting.connections import Connection
from funnel.domain.ids import PULLED_MODULES, Module, TenantId
from funnel.usecases.app import App
from funnel.usecases.connecting.connections_due import tenants_due
from funnel.usecases.jobs.passing import passing_newer

logger = logging.getLogger(__name__)

STALE = timedelta(hours=3)
"""A connection that was not read for so long has missed at least two of its hourly runs."""

OVERDUE = timedelta(hours=1)
"""What should have been written to Sugar so long ago."""

MAIL_LATE = timedelta(minutes=15)
MOST = 100
"""Rows of a kind that are looked at of one tenant."""

MOST_COUNTED = 1_000
"""Rows of a kind that are counted of one tenant."""

CONNECTION_FIGURES = (
    *(f"PullAge{module.value}" for module in PULLED_MODULES),
    *("Connections", "PullsStale", "PullsStalePercent", "SugarBudgetAhead"),
    *("PushesOverdue", "PushesOverdueWorst", "ScoresWaiting"),
    *("ErrorsOpen", "ErrorsOpenWorst", "ErrorsNew", "MailsUnclear"),
)
MAIL_FIGURES = ("MailsLate", "MailsLateWorst")
FIGURES = (*CONNECTION_FIGURES, *MAIL_FIGURES, "CampaignsLate")
"""All metrics of our own, by their names in CloudWatch."""

_GOLDEN = 0.618033988749895


@dataclass
class Figures:
    """Sums and worst values by name."""

    values: dict[str, float] = field(default_factory=dict)

    def add(self, name: str, value: float) -> None:
        """To the sum."""
        self.values[name] = self.values.get(name, 0) + value

    def worst(self, name: str, value: float) -> None:
        """The largest counts."""
        self.values[name] = max(self.values.get(name, 0), value)


def measure(
    app: App, quarter: int, seconds_left: Callable[[], float] = lambda: math.inf
) -> dict[str, float]:
    """The figures of the connections of a quarter of an hour (0 to 3); none where there is none.

    Who is paused, or only reads, is left out of what that stops. Those for whom there was no time are
    first next time, for each hour begins elsewhere.
    """
    now = app.clock.now()
    figures = Figures()
    tenants = turned(list(tenants_due(app, quarter)), int(now.timestamp()) // 3600)
    for looked, tenant in enumerate(tenants):
        if seconds_left() <= 0:
            logger.warning("connections not measured", extra={"left": len(tenants) - looked})
            break
        with passing_newer(tenant):
            connection = app.sync.connection(tenant)
            if connection is not None:
                _measure(app, connection, now, figures)
    values = figures.values
    if values.get("Connections"):
        values["PullsStalePercent"] = 100 * values["PullsStale"] / values["Connections"]
    return values


def turned(tenants: list[TenantId], hour: int) -> list[TenantId]:
    """In which order they are looked at in this hour: the place to begin moves by the golden section."""
    at = int(len(tenants) * (hour * _GOLDEN % 1))
    return [*tenants[at:], *tenants[:at]]


def _measure(app: App, connection: Connection, now: datetime, figures: Figures) -> None:
    tenant = connection.tenant
    _of_the_report(app, tenant, now, figures)
    figures.add("MailsUnclear", len(app.mails.unclear_mails(tenant, MOST).items))
    if connection.pause is not None:
        return
    ages = {module: _age(connection, module, now) for module in connection.modules}
    for module, age in ages.items():
        if module in PULLED_MODULES:
            figures.worst(f"PullAge{module.value}", age.total_seconds())
    figures.add("Connections", 1)
    figures.add("PullsStale", int(any(age > STALE for age in ages.values())))
    reserved = app.sync.reserved_until(tenant)
    ahead = (reserved - now).total_seconds() if reserved else 0.0
    figures.worst("SugarBudgetAhead", max(0.0, ahead))
    if not connection.read_only:
        _of_pushes(app, connection, now, figures)


def _age(connection: Connection, module: Module, now: datetime) -> timedelta:
    return now - connection.synced_at.get(module, connection.created_at)


def _of_the_report(app: App, tenant: TenantId, now: datetime, figures: Figures) -> None:
    rows = app.records.list_errors(tenant, MOST).items
    figures.add("ErrorsOpen", len(rows))
    figures.worst("ErrorsOpenWorst", len(rows))
    figures.add("ErrorsNew", sum(one.first_seen > now - OVERDUE for one in rows))


def _of_pushes(app: App, connection: Connection, now: datetime, figures: Figures) -> None:
    tenant = connection.tenant
    intents = app.pushes.due_intents(tenant, MOST).items
    consents = app.records.due_consents(tenant, MOST).items
    overdue = _overdue((one.due_at for one in intents), now) + _overdue(
        (one.due_at for one in consents), now
    )
    figures.add("PushesOverdue", overdue)
    figures.worst("PushesOverdueWorst", overdue)
    waiting = app.score_marks.count_scores_to_tell(tenant, connection.connection_id, MOST_COUNTED)
    figures.add("ScoresWaiting", waiting)


def _overdue(moments: Iterable[datetime | None], now: datetime) -> int:
    return sum(one is not None and one < now - OVERDUE for one in moments)


def measure_mail(
    app: App, seconds_left: Callable[[], float] = lambda: math.inf
) -> dict[str, float]:
    """How much mail should have gone out a quarter of an hour ago: of all, and of the worst off."""
    now = app.clock.now()
    figures = Figures({"MailsLate": 0, "MailsLateWorst": 0})
    for tenant in app.mails.tenants_with_due_mails(now):
        if seconds_left() <= 0:
            break
        with passing_newer(tenant):
            late = len(app.mails.due_mails(tenant, now - MAIL_LATE, MOST))
            figures.add("MailsLate", late)
            figures.worst("MailsLateWorst", late)
    return figures.values
