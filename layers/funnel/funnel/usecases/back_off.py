"""How long to wait before trying again, and how often."""

from funnel.domain.errors import SugarBusy, Transient

MOST_ATTEMPTS = 6
_FIRST_DELAY = 15
_LONGEST_DELAY = 900


def delay_after(attempt: int, error: Transient) -> int:
    """Seconds after so many tries before this one: twice as long each time, or as Sugar asks."""
    asked = int(error.retry_after) if isinstance(error, SugarBusy) else 0
    return min(_LONGEST_DELAY, max(asked, _FIRST_DELAY << attempt))
