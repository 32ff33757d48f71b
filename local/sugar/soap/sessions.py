"""Sessions: given at sign-in, bound to the caller's network, gone after a while."""

import secrets
import string
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from local.sugar.clock import Clock

_LETTERS = string.ascii_lowercase + string.digits


def network_of(address: str) -> str:
    """The part of an IPv4 address a session is bound to: its /24."""
    return address.rpartition(".")[0] or address


@dataclass(slots=True)
class _Session:
    user: str
    network: str
    used: datetime


class Sessions:
    """All open sessions of the server."""

    def __init__(self, clock: Clock, seconds: int) -> None:
        self._clock = clock
        self._life = timedelta(seconds=seconds)
        self._open: dict[str, _Session] = {}
        self._lock = threading.Lock()

    def open(self, user: str, address: str) -> str:
        """Start a session and answer its id: 26 letters and digits."""
        session = "".join(secrets.choice(_LETTERS) for _ in range(26))
        with self._lock:
            self._open[session] = _Session(user, network_of(address), self._clock.now())
        return session

    def user_of(self, session: str, address: str) -> str | None:
        """Whose session this is; None if there is no such session for this caller."""
        with self._lock:
            found = self._open.get(session)
            if found is None or found.network != network_of(address):
                return None
            now = self._clock.now()
            if now - found.used > self._life:
                del self._open[session]
                return None
            found.used = now
            return found.user

    def close(self, session: str) -> None:
        """End a session."""
        with self._lock:
            self._open.pop(session, None)

    def expire_all(self) -> None:
        """End all sessions, as a restart of the server does."""
        with self._lock:
            self._open.clear()

    def users(self) -> set[str]:
        """Whose sessions are open."""
        with self._lock:
            return {one.user for one in self._open.values()}

    def __len__(self) -> int:
        return len(self._open)
