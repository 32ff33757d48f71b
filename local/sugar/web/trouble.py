"""Faults on request: what a client must survive, made to happen on the next calls."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

#: Kind -> what happens. `count` calls are hit (None: all, until cleared).
KINDS = {
    "slow": "the answer takes `seconds`",
    "cut": "the connection ends after `fraction` of the body",
    "status": "HTTP `code` with a short HTML body, nothing done",
    "expire": "all sessions end before the call; of REST, the tokens that renew them too",
    "expire_access": "all access tokens of REST end before the call; what renews them stays",
    "lose_reply": "the call is done, then the connection ends without a word",
    "drop": "the connection ends before anything is done",
    "html": "an HTML page with HTTP 200 instead of XML, nothing done",
    "invalid_xml": "the reply's XML, or JSON, is broken",
    "control": "the reply holds a control character XML does not allow",
    "dtd": "the reply begins with a DOCTYPE and uses its entity",
    "huge": "the first value of the reply is `bytes` long",
    "redirect": "HTTP 302 to `location`, nothing done",
}


@dataclass(slots=True)
class Trouble:
    """One fault asked for: its kind, how often, on which methods and endpoints (empty: all)."""

    kind: str
    count: int | None = 1
    methods: tuple[str, ...] = ()
    endpoints: tuple[str, ...] = ()
    after: int = 0
    seconds: float = 1.0
    fraction: float = 0.5
    code: int = 503
    bytes: int = 200 * 1024 * 1024
    location: str = "http://127.0.0.1:9/"

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown trouble {self.kind!r}; known: {', '.join(KINDS)}")


@dataclass(slots=True)
class Troubles:
    """All faults that wait to happen."""

    _waiting: list[Trouble] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, trouble: Trouble) -> None:
        """Let a fault happen from now on."""
        with self._lock:
            self._waiting.append(trouble)

    def clear(self) -> None:
        """Forget all faults."""
        with self._lock:
            self._waiting.clear()

    def waiting(self) -> list[Trouble]:
        """What is still to happen."""
        with self._lock:
            return list(self._waiting)

    def take(self, endpoint: str, method: str) -> dict[str, Trouble]:
        """The faults that hit this call, by kind; each is counted as used."""
        with self._lock:
            hit = dict(self._matching(endpoint, method))
            self._waiting = [one for one in self._waiting if one.count is None or one.count > 0]
        return hit

    def _matching(self, endpoint: str, method: str) -> Iterator[tuple[str, Trouble]]:
        for one in self._waiting:
            if one.methods and method not in one.methods:
                continue
            if one.endpoints and endpoint not in one.endpoints:
                continue
            if one.after > 0:
                one.after -= 1
                continue
            if one.count is not None:
                one.count -= 1
            yield one.kind, one
