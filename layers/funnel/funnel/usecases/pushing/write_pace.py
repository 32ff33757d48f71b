"""How many records are written to Sugar at once, by the time the last ones took."""

MOST, LEAST = 500, 10
_QUICK, _SLOW = 5.0, 20.0
"""Seconds of one write. A SuiteCRM saves some 20 a second, a SugarCRM CE 500 (`docs/sugar.md`)."""


class WritePace:
    """Doubles while writes are quick, halves when one is slow. `rate` is in records a second."""

    def __init__(self, size: int, rate: float) -> None:
        self.size = min(MOST, max(LEAST, size))
        self.rate = rate

    def took(self, rows: int, seconds: float) -> None:
        """Learn from a write of so many records."""
        if seconds > _SLOW:
            self.size = max(LEAST, self.size // 2)
        elif rows >= self.size and seconds < _QUICK:
            self.size = min(MOST, self.size * 2)
        if rows >= LEAST and seconds > 0:
            self.rate = round(rows / seconds, 1)

    def failed(self) -> None:
        """Learn from a write that was not answered."""
        self.size = max(LEAST, self.size // 2)

    def differs_from(self, size: int, rate: float) -> bool:
        """Whether it is worth remembering instead of these."""
        return size != self.size or not rate / 2 <= self.rate <= rate * 2
