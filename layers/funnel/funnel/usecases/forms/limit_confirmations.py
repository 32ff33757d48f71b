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


def count_confirmation(app: App, tenant: TenantId, email: str, key: str) -> None:
    """Count this one among those of today, once. Raises `MailRefused` beyond a bound.

    `key` names what it is for: asked for again, because a worker or the store broke down, it is the same.
    """
    now = app.clock.now()
    end, one = now + _LIFE, short_name(key)
    to_one = derived_id("confirmations", email, now.date().isoformat())
    if not app.sites.count_once(tenant, to_one, one, end, MOST_TO_AN_ADDRESS):
        raise MailRefused(f"{MOST_TO_AN_ADDRESS} such emails went to this address today already.")
    of_all = derived_id("confirmations of all", now.date().isoformat())
    if not app.sites.count_once(tenant, of_all, one, end, MOST_OF_A_DAY):
        app.sites.count_try(tenant, not_sent(app), end)
        logger.warning("no more confirmations today", extra={"tenant": tenant})
        raise MailRefused(
            f"{MOST_OF_A_DAY:,} emails to confirm a form went out today (UTC) already.",
            mend="If these are real people, try it again tomorrow.",
        )


def refused_today(app: App, tenant: TenantId) -> int:
    """How many were refused today for all that went out: where it is no 0, an admin has to know."""
    return app.sites.tries_of(tenant, not_sent(app))


def not_sent(app: App) -> str:
    """By which name those of today are counted that were refused for all that went out."""
    return derived_id("confirmations not sent", app.clock.now().date().isoformat())


def short_name(key: str) -> str:
    """What a key is counted by: a thousand of them take little room in a row."""
    return derived_id("counted once", key).replace("-", "")[:16]
