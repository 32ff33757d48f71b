"""Count tries to sign in, and refuse one too many."""

import math
from datetime import datetime

from funnel.domain.errors import Conflict, StoreBusy, TooManyTries
from funnel.domain.ids import TenantId
from funnel.domain.signing_in.tries import OF_A_SOURCE, OF_A_USER, Limit, Tries, free_at, with_try
from funnel.usecases.app import App

_AGAIN = 12


def count_try(app: App, tenant: TenantId, who: str, try_id: str, limit: Limit) -> None:
    """Count a try before it is made; the same one again is not counted again.

    Raises `TooManyTries`, upon which it must not be made, and `StoreBusy`.
    """
    for _ in range(_AGAIN):
        now = app.clock.now()
        before = app.sync.tries(tenant, who)
        if try_id in before.at:
            return
        refuse_too_many(before, limit, now)
        try:
            app.sync.save_tries(with_try(before, try_id, limit, now))
        except Conflict:
            continue
        return
    raise StoreBusy("Others keep signing in under the same name.", mend="Try again.")


def refuse_too_many(tries: Tries, limit: Limit, now: datetime) -> None:
    """Raise `TooManyTries`, saying when the next try may be made, unless that is now."""
    free = free_at(tries, limit, now)
    if free is None:
        return
    seconds = math.ceil((free - now).total_seconds())
    minutes = math.ceil(seconds / 60)
    text = "Very many people are signing in at this moment."
    if limit is OF_A_USER:
        text = f"This user name was tried {limit.most} times within 15 minutes."
    if limit is OF_A_SOURCE:
        text = f"From your network {limit.most} people tried to sign in within a minute."
    wait = "a minute" if minutes == 1 else f"{minutes} minutes"
    raise TooManyTries(text, mend=f"Try again in {wait}.", retry_after=seconds)
