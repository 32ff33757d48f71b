"""How long what failed waits before it is tried again, by a message of our own."""

from funnel.domain.errors import FunnelError, SugarBusy

_MOST_ATTEMPTS = 6
_FIRST_DELAY = 15
_LONGEST_DELAY = 900


def delay_after(attempt: int, error: FunnelError) -> int | None:
    """Seconds to wait after so many tries in a row came to nothing; None for no further one.

    Twice as long each time, and at least as long as Sugar asks for.
    """
    if attempt >= _MOST_ATTEMPTS:
        return None
    asked = int(error.retry_after) if isinstance(error, SugarBusy) else 0
    doubled: int = _FIRST_DELAY * 2**attempt
    return min(_LONGEST_DELAY, max(asked, doubled))
