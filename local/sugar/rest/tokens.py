"""OAuth2 tokens: one for each user and platform, an access token and what renews it once."""

import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from local.sugar.clock import Clock

ACCESS_SECONDS = 3600
REFRESH_SECONDS = 14 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Grant:
    """What a sign-in gave."""

    user: str
    platform: str
    access: str
    refresh: str
    began: datetime


class Tokens:
    """All tokens of the server. A new one ends the one before, of the same user and platform."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[tuple[str, str], Grant] = {}
        self._ended: set[str] = set()
        self._lock = threading.Lock()

    def give(self, user: str, platform: str) -> Grant:
        """A new token in place of the one before."""
        grant = Grant(
            user, platform, secrets.token_hex(16), secrets.token_hex(16), self._clock.now()
        )
        with self._lock:
            self._kept[user, platform] = grant
        return grant

    def user_of(self, access: str) -> str | None:
        """Whose token this is; None for one that is over."""
        with self._lock:
            found = next((one for one in self._kept.values() if one.access == access), None)
            over = found is None or access in self._ended or self._old(found, ACCESS_SECONDS)
        return None if over or found is None else found.user

    def renew(self, refresh: str) -> Grant | None:
        """A new token for the one that renews; it is good for one use."""
        with self._lock:
            found = next((one for one in self._kept.values() if one.refresh == refresh), None)
        if found is None or self._old(found, REFRESH_SECONDS):
            return None
        return self.give(found.user, found.platform)

    def close(self, access: str) -> None:
        """End a token and what renews it."""
        with self._lock:
            self._kept = {k: one for k, one in self._kept.items() if one.access != access}

    def end_access(self) -> None:
        """End all access tokens, as an hour does; what renews them stays good."""
        with self._lock:
            self._ended |= {one.access for one in self._kept.values()}

    def expire_all(self) -> None:
        """End all tokens and what renews them."""
        with self._lock:
            self._kept.clear()

    def __len__(self) -> int:
        return len(self._kept)

    def _old(self, grant: Grant, seconds: int) -> bool:
        return self._clock.now() - grant.began > timedelta(seconds=seconds)
