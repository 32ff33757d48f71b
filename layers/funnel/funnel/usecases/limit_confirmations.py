"""How many emails to confirm a form go out: anybody can enter anybody's address, time and again."""

import logging
from datetime import timedelta

from funnel.domain.errors import MailRefused
from funnel.domain.ids import TenantId, derived_id
from funnel.usecases.app import App

logger = logging.getLogger(__name__)

MOST_TO_AN_ADDRESS, MOST_OF_A_DAY = 3, 1_000
"""In a day (UTC): to one address, and of a company to all."""

_LIFE = timedelta(days=2)


def count_confirmation(app: App, tenant: TenantId, email: str) -> None:
    """Count one more of today. Raises `MailRefused` beyond a bound.

    One that is asked for again, because a worker died, counts again: rather too few go out.
    """
    now = app.clock.now()
    end = now + _LIFE
    to_one = derived_id("confirmations", email, now.date().isoformat())
    if app.sites.count_try(tenant, to_one, end) > MOST_TO_AN_ADDRESS:
        raise MailRefused(f"{MOST_TO_AN_ADDRESS} such emails went to this address today already.")
    if app.sites.count_try(tenant, of_all(app), end) > MOST_OF_A_DAY:
        logger.warning("no more confirmations today", extra={"tenant": tenant})
        raise MailRefused(
            f"{MOST_OF_A_DAY:,} emails to confirm a form went out today (UTC) already.",
            mend="If these are real people, try it again tomorrow.",
        )


def refused_today(app: App, tenant: TenantId) -> int:
    """How many were refused today for all that went out: where it is no 0, an admin has to know."""
    return max(0, app.sites.tries_of(tenant, of_all(app)) - MOST_OF_A_DAY)


def of_all(app: App) -> str:
    """By which name those of today are counted."""
    return derived_id("confirmations of all", app.clock.now().date().isoformat())
