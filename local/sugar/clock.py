"""The server's clock: real, fixed, or skewed. All times are UTC."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

#: How Sugar writes a time: UTC, one second of resolution.
SUGAR_TIME = "%Y-%m-%d %H:%M:%S"


def as_sugar(moment: datetime) -> str:
    """Write a time as Sugar does."""
    return moment.astimezone(UTC).strftime(SUGAR_TIME)


def from_sugar(text: str) -> datetime:
    """Read a time Sugar wrote."""
    return datetime.strptime(text, SUGAR_TIME).replace(tzinfo=UTC)


class Clock:
    """Answers the server's time. `fix` freezes it, `skew` shifts it, `advance` moves it on."""

    def __init__(self, source: Callable[[], datetime] | None = None) -> None:
        self._source = source or (lambda: datetime.now(UTC))
        self._fixed: datetime | None = None
        self._skew = timedelta()
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """The present moment, as this server believes it."""
        with self._lock:
            return (self._fixed or self._source()) + self._skew

    @property
    def fixed(self) -> datetime | None:
        """Where the clock stands still, if it does."""
        return self._fixed

    def text(self) -> str:
        """The present moment as Sugar writes it."""
        return as_sugar(self.now())

    def fix(self, moment: datetime | None) -> None:
        """Stand still at `moment`; None lets time run again."""
        with self._lock:
            self._fixed = moment

    def skew(self, seconds: float) -> None:
        """Run `seconds` ahead of (or, negative, behind) the true time."""
        with self._lock:
            self._skew = timedelta(seconds=seconds)

    def advance(self, seconds: float) -> None:
        """Move on by `seconds`: a fixed clock stays fixed, later."""
        with self._lock:
            if self._fixed is None:
                self._skew += timedelta(seconds=seconds)
            else:
                self._fixed += timedelta(seconds=seconds)
