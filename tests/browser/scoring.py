"""What people of the company did, their scores, and rules in every state."""

from dataclasses import replace
from datetime import datetime, timedelta

from funnel.domain.ids import TenantId
from funnel.domain.scoring.default_rules import DEFAULT_RULES, default_rules
from funnel.domain.scoring.rescoring import Rescoring
from funnel.domain.scoring.scoring import Rule
from funnel.domain.tracking.activities import Activity, ActivityKind, Signal, SubjectId
from funnel.usecases.app import App
from funnel.usecases.tracking.record_activities import record_activities

WHO = SubjectId("person-0")
WEBINAR = Rule(
    "webinar", "Öl & Gas <Webinar>", ActivityKind.EMAIL_CLICK, 12, email="Autumn*",
    link="*nordwind.example/webinar*", most=2, days=30,
)  # fmt: skip


def fill_scoring(app: App, tenants: tuple[TenantId, TenantId, TenantId], now: datetime) -> None:
    """One with a score of many reasons, one being re-scored, one without rules."""
    full, running, refused = tenants
    mine = replace(
        default_rules(full), rules=(*DEFAULT_RULES, WEBINAR), generation=1, tallied=1,
        changed_by="Mo Sandberg", changed_at=now - timedelta(days=3),
    )  # fmt: skip
    app.scoring.save_scoring_rules(mine)
    at = now - timedelta(days=3)
    done = Rescoring(full, 1, "Mo Sandberg", at, 5230, 5230, "", at + timedelta(minutes=2))
    app.scoring.save_rescoring(done)
    record_activities(app, full, WHO, _activities(full, now))
    app.scoring.save_scoring_rules(
        replace(mine, tenant=running, changed_at=now - timedelta(minutes=1))
    )
    begun = Rescoring(running, 1, "Mo Sandberg", now - timedelta(minutes=1), 5230, 1400, "x")
    app.scoring.save_rescoring(begun)
    app.scoring.save_scoring_rules(
        replace(mine, tenant=refused, rules=(), changed_at=now - timedelta(seconds=5))
    )


def _activities(tenant: TenantId, now: datetime) -> list[Activity]:
    """89 days of visits, two forms, mail, and a machine."""
    days = (
        (0, 9, "/"),
        (3, 2, "/pricing"),
        (40, 1, "/pricing"),
        (86, 4, "/blog"),
        (20, 1, "/careers"),
    )
    some = [
        _one(
            tenant, f"view-{ago}-{n}", ActivityKind.PAGE_VIEW, now - timedelta(days=ago), path=path
        )
        for ago, count, path in days
        for n in range(count)
    ]
    for ago in (0, 40):
        at = now - timedelta(days=ago)
        some.append(_one(tenant, f"form-{ago}", ActivityKind.FORM, at, form="Newsletter"))
    link = "https://nordwind.example/webinar/1"
    for n in range(5):
        at = now - timedelta(days=2, minutes=n)
        click = _one(
            tenant, f"click-{n}", ActivityKind.EMAIL_CLICK, at, email="Autumn news", link=link
        )
        some.append(replace(click, signal=Signal.SCANNER) if n == 4 else click)
    return some


def _one(tenant: TenantId, name: str, kind: ActivityKind, at: datetime, **about: str) -> Activity:
    return Activity(tenant, WHO, name, kind, at, about)
