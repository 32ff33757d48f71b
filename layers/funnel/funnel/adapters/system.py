"""The machine's own clock and randomness."""

import secrets
import time
import uuid
from datetime import UTC, datetime


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Now, UTC, with microseconds."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that only go forward."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait; not at all for nothing or less."""
        if seconds > 0:
            time.sleep(seconds)


class SystemIds:
    """Ids and tokens from the operating system's randomness."""

    def new_id(self) -> str:
        """A random UUID."""
        return str(uuid.uuid4())

    def new_token(self) -> str:
        """256 random bits as URL-safe text."""
        return secrets.token_urlsafe(32)
