"""How fast a worker sends: the account's rate is shared by all tenants whose mail is being sent."""

from datetime import timedelta

from funnel.domain.ids import TenantId
from funnel.usecases.app import App

_LOOKED_FOR = 10.0
"""Seconds for which the share that was looked up holds."""

_NOTED_FOR = timedelta(seconds=30)
_FEWEST, _MOST = 4, 25
"""Mails that are made ready together: about two seconds' worth, so that an urgent one waits no longer."""


class Pace:
    """The share of one tenant, which only one worker at a time sends for."""

    def __init__(self, app: App, tenant: TenantId) -> None:
        self._app = app
        self._tenant = tenant
        self._share = app.mail_rate
        self._next_at = 0.0
        self._looked_at: float | None = None

    @property
    def batch(self) -> int:
        """How many mails to take at once."""
        return min(_MOST, max(_FEWEST, round(2 * self._share)))

    def look(self) -> None:
        """Say that this tenant sends, and see who else does; at most every ten seconds."""
        at = self._app.clock.monotonic()
        if self._looked_at is not None and at < self._looked_at + _LOOKED_FOR:
            return
        now = self._app.clock.now()
        self._app.mails.note_sender(self._tenant, now + _NOTED_FOR)
        others = set(self._app.mails.senders(now)) - {self._tenant}
        self._share = self._app.mail_rate / (1 + len(others))
        self._looked_at = at

    def wait(self) -> None:
        """Until the next mail may go."""
        clock = self._app.clock
        clock.sleep(max(0.0, self._next_at - clock.monotonic()))
        self._next_at = clock.monotonic() + 1 / self._share

    def end(self) -> None:
        """Leave what was shared to the others."""
        if self._looked_at is not None:
            self._app.mails.forget_sender(self._tenant)
