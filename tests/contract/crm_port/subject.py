"""What the suite runs on: one adapter, opened on one dialect of a simulated Sugar."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime

from funnel.adapters.sugar import Caps, SugarConnector, Timeouts
from funnel.domain.crm import Credentials, CrmRow, Dialect, Endpoint, Window
from funnel.domain.ids import Module
from funnel.ports.crm import Crm, CrmConnector, Hooks
from local.sugar.simulator import SugarSimulator
from local.sugar.web.trouble import Trouble

LOOPBACK = ("127.0.0.0/8",)
EVERYTHING = Window(undated=True)
NOON = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)


class RunningClock:
    """The true time; nobody sleeps on it."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        raise AssertionError("the adapter never sleeps by itself")


REST_NAMES = {
    "login": "oauth2/token password",
    "logout": "oauth2/logout",
    "get_entries_count": "filter/count",
    "get_entry_list": "filter",
    "get_module_fields": "metadata",
    "get_relationships": "link/filter",
    "set_entry": "create",
}
"""What the requests of SOAP are over REST."""


@dataclass
class Subject:
    """A simulated Sugar and the way to it."""

    sugar: SugarSimulator
    dialect: Dialect
    outcomes: list[tuple[str, float, int]] = field(default_factory=list)
    opened: list[Crm] = field(default_factory=list)

    def connector(
        self,
        *,
        timeouts: Timeouts | None = None,
        caps: Caps | None = None,
        before_request: Callable[[], None] = lambda: None,
        sign_in_guard: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> CrmConnector:
        return SugarConnector(
            clock=RunningClock(),
            allow=LOOPBACK,
            timeouts=timeouts or Timeouts(connect=5, read=10, total=20),
            caps=caps,
            hooks=Hooks(before_request, lambda *told: self.outcomes.append(told), sign_in_guard),
        )

    @property
    def endpoint(self) -> Endpoint:
        url = self.sugar.endpoint(self.dialect.value)
        return Endpoint(url, self.sugar.url, self.dialect, "", "", "")

    def open(
        self,
        user: str = "admin",
        password: str | None = None,
        connector: CrmConnector | None = None,
    ) -> Crm:
        credentials = Credentials(user, user if password is None else password, self.sugar.url)
        crm = (connector or self.connector()).open(self.endpoint, credentials)
        self.opened.append(crm)
        return crm

    def trouble(self, kind: str, /, *, methods: tuple[str, ...] = (), **more: object) -> None:
        named = tuple(map(self.named, methods))
        self.sugar.troubles.add(Trouble(kind, methods=named, **more))  # type: ignore[arg-type]

    def requests(self, method: str) -> int:
        return self.sugar.log.methods.get(self.named(method), 0)

    def named(self, method: str) -> str:
        """The request by the name it has in this dialect."""
        return REST_NAMES.get(method, method) if self.dialect.is_rest else method


def one(rows: list[CrmRow]) -> CrmRow:
    assert len(rows) == 1
    return rows[0]


def read_all(crm: Crm, module: Module, fields: tuple[str, ...]) -> list[CrmRow]:
    return crm.read(module, EVERYTHING, 10_000, fields=fields).rows
