"""How much mail a tenant's campaigns ask for ahead: no more than goes out in minutes, the rest waits at its step."""

import zlib
from datetime import datetime, timedelta

from funnel.domain.campaigns.campaigns import Campaign
from funnel.domain.campaigns.enrolments import Enrolment, StepNumbers
from funnel.domain.ids import TenantId
from funnel.usecases.app import App
from funnel.usecases.mail.mail_fitness import Barred

AHEAD = 120
"""Seconds of sending for which mail is asked for ahead."""

FEWEST_AHEAD = 200
_COUNTED_FOR = 10.0
_SOONEST, _LATEST = 60, 3600
"""Seconds after which whoever finds no room looks again."""


class AskAhead:
    """The room of one worker's turn, and who is `barred` in it.

    All parts of a tenant share the room by what each counts now and then.
    """

    def __init__(self, app: App, tenant: TenantId) -> None:
        self._app = app
        self._tenant = tenant
        self.barred = Barred(app, tenant)
        self._most = max(FEWEST_AHEAD, round(AHEAD * app.mail_rate))
        self._left = 0
        self._counted_at: float | None = None

    def take(self) -> bool:
        """Whether one more may be asked for, which is then taken as asked."""
        at = self._app.clock.monotonic()
        if self._counted_at is None or at >= self._counted_at + _COUNTED_FOR:
            now = self._app.clock.now()
            waiting = self._app.mails.count_due_mails(self._tenant, now, self._most)
            self._left, self._counted_at = self._most - waiting, at
        if self._left <= 0:
            return False
        self._left -= 1
        return True


def looks_again_at(app: App, campaign: Campaign, one: Enrolment, now: datetime) -> datetime:
    """When who found no room does so again: all who stand at the step are spread over the time they take."""
    numbers = app.campaigns.step_numbers(campaign.tenant, campaign.campaign_id)
    here = numbers.get(one.step, StepNumbers()).walking
    span = min(_LATEST - _SOONEST, here / app.mail_rate)
    place = zlib.crc32(f"{one.enrolment_id} {one.version}".encode()) / 2**32
    return now + timedelta(seconds=_SOONEST + round(span * place))
