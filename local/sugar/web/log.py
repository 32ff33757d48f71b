"""What was asked of the server: the last requests, and counters."""

import threading
from collections import Counter, deque
from dataclasses import asdict, dataclass

_KEPT = 5000


@dataclass(frozen=True, slots=True)
class Request:
    """One SOAP request as it was answered."""

    at: str
    endpoint: str
    method: str
    module: str
    status: int
    rows: int
    bytes: int
    milliseconds: float


class RequestLog:
    """The last requests and counts of all."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: deque[Request] = deque(maxlen=_KEPT)
        self._methods: Counter[str] = Counter()
        self._modules: Counter[str] = Counter()
        self._rows: Counter[str] = Counter()

    def add(self, request: Request) -> None:
        """Note a request."""
        with self._lock:
            self._last.append(request)
            self._methods[request.method] += 1
            self._modules[f"{request.method} {request.module}".strip()] += 1
            self._rows[request.method] += request.rows

    def clear(self) -> None:
        """Forget all requests and begin counting at zero."""
        with self._lock:
            for kept in (self._last, self._methods, self._modules, self._rows):
                kept.clear()

    @property
    def methods(self) -> dict[str, int]:
        """Requests by method."""
        with self._lock:
            return dict(self._methods)

    @property
    def requests(self) -> int:
        """How many requests there were."""
        with self._lock:
            return self._methods.total()

    @property
    def rows(self) -> int:
        """How many records were handed out."""
        with self._lock:
            return self._rows.total()

    def last(self, count: int = 100) -> list[Request]:
        """The last requests, the newest last."""
        with self._lock:
            return list(self._last)[-count:]

    def summary(self, count: int = 100) -> dict[str, object]:
        """Counters and the last requests, as JSON takes them."""
        with self._lock:
            return {
                "requests": self._methods.total(),
                "rows": self._rows.total(),
                "methods": dict(self._methods),
                "calls": dict(self._modules),
                "rows_by_method": dict(self._rows),
                "last": [asdict(one) for one in list(self._last)[-count:]],
            }
