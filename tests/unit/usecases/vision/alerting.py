"""A rep with prospects of a score and visits, and mail that can be sent, over a world in memory."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from funnel.domain.ids import Module, PersonId, RecordKey, SugarId
from funnel.domain.scoring.trends import TrendDay, day_of
from funnel.domain.sync.records import ReadStamp, State, SugarRecord, Unit
from funnel.domain.vision.alerts import Alert, Alerts, AlertSettings, set_to
from funnel.domain.vision.prospect_visits import SeenPage, SeenVisit
from funnel.domain.vision.prospects import Prospect, Reason
from funnel.ports.mailer import Outgoing
from funnel.usecases.app import App
from funnel.usecases.vision.change_alerts import AlertsView, change_alerts
from funnel.usecases.vision.start_alerts import start_alerts
from tests.fakes.world import TENANT, World
from tests.unit.usecases.mail.mailing import settle_sender

REP, OTHER = SugarId("u1"), SugarId("u2")
ADDRESS = "rep@sender.test"
ALL = tuple(Alert)


def lead(number: int) -> RecordKey:
    return RecordKey(Module.LEADS, SugarId(f"l{number}"))


@dataclass
class Alerting:
    """The world, and what a test does with a rep's prospects; rows are written as they are wanted."""

    world: World = field(default_factory=World)

    def __post_init__(self) -> None:
        self.app: App = self.world.app
        self.clock, self.store = self.world.clock, self.world.store
        self.world.connect()
        settle_sender(self.world)
        self.user()

    def user(self, **changes: object) -> None:
        """The rep's User, as it was read."""
        key = RecordKey(Module.USERS, REP)
        before = self.store.records(TENANT, [key]).get(key)
        now = self.clock.now()
        fields: dict[str, Any] = {
            "email1": ADDRESS,
            "status": "Active",
            "last_name": "Rep",
            **changes,
        }
        stamp = ReadStamp(now, now, now)
        record = SugarRecord(
            TENANT, key, State.SYNCED, fields, stamp, "d", "Rep", now,
            version=before.version if before else 0,
        )  # fmt: skip
        assert self.store.commit(TENANT, [Unit(records=[record])]) == [True]

    def prospect(self, number: int) -> Prospect | None:
        return self.store.prospect(TENANT, lead(number))

    def put(self, number: int, score: int = 0, **changes: object) -> None:
        """A prospect as it is from now on."""
        before = self.prospect(number)
        row = before or Prospect(
            TENANT, lead(number), PersonId(f"p{number}"), f"Lead {number}", "Acme", owner=REP
        )
        reasons = (Reason("Sent a form", 3, 30),)
        now = self.clock.now()
        trend = (TrendDay(day_of(now) - 30, 0), TrendDay(day_of(now), score))
        after = replace(row, score=score, **{"reasons": reasons, "trend": trend, **changes})  # type: ignore[arg-type]
        self.store.prospect_rows[TENANT, after.key] = after

    def visit(
        self, number: int, name: str, at: datetime | None = None, score: int | None = None
    ) -> None:
        """A visit that began then, or just now."""
        at = at or self.clock.now()
        before = self.prospect(number)
        pages = (SeenPage(at, "https://s.test/pricing", "/pricing", "Pricing"),)
        kept = before.visits if before else ()
        visits = (SeenVisit(name, at, at, {}, pages), *kept)[:3]
        was = before.score if before else 0
        self.put(number, was if score is None else score, visits=visits, seen_at=at)

    def switch(self, *on: Alert, **changes: object) -> AlertsView:
        said: dict[str, object] = {"threshold": 60, "hour": 8, "zone": "UTC", **changes}
        return change_alerts(self.app, TENANT, REP, on=on, **said)  # type: ignore[arg-type]

    def begin(self, *on: Alert, **changes: object) -> None:
        """Switch on, with the first look, which only remembers."""
        self.switch(*on, **changes)
        self.round(1)

    def round(self, minutes: float = 16) -> list[Outgoing]:
        """The schedule's next round; what came of it."""
        before = len(self.world.mailer.sent)
        self.clock.advance(minutes * 60)
        start_alerts(self.app)
        self.world.drain()
        return self.world.mailer.sent[before:]

    @property
    def alerts(self) -> Alerts:
        return self.store.alerts(TENANT, REP)


def blank(on: tuple[Alert, ...], now: datetime, **changes: object) -> Alerts:
    settings = AlertSettings(on, **changes)  # type: ignore[arg-type]
    return set_to(Alerts(TENANT, REP), settings, now)
