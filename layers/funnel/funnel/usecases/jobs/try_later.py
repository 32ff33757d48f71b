"""How long to wait before something that failed is tried again."""

from funnel.domain.errors import SugarBusy, Transient

MOST_ATTEMPTS = 4
_FIRST_DELAY = 30
_LONGEST_DELAY = 900


def delay_of(attempt: int, error: Transient) -> int:
    """Seconds to wait after so many tries in a row have failed: twice as long each time.

    At least as long as Sugar asks for, and no longer than a message can wait.
    """
    asked = int(error.retry_after) if isinstance(error, SugarBusy) else 0
    return min(_LONGEST_DELAY, max(asked, _FIRST_DELAY << attempt))
