"""Time, ids, secrets and queues in memory."""

import itertools
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from typing import Any, TypeVar

from funnel.domain.crm import Credentials, Token
from funnel.domain.errors import NotFound
from funnel.domain.ids import TenantId
from funnel.ports.messages import Message

T = TypeVar("T")
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class FakeClock:
    """A clock that moves only when told to; sleeping moves it."""

    def __init__(self, start: datetime = START) -> None:
        self._start = self._now = start
        self.slept = 0.0

    def now(self) -> datetime:
        """Now, UTC."""
        return self._now

    def monotonic(self) -> float:
        """Seconds since the start; setting the clock back does not turn it back."""
        return max(0.0, (self._now - self._start).total_seconds())

    def sleep(self, seconds: float) -> None:
        """Move on by so many seconds, and count them."""
        self.slept += max(0.0, seconds)
        self.advance(max(0.0, seconds))

    def advance(self, seconds: float) -> None:
        """Move on by so many seconds."""
        self._now += timedelta(seconds=seconds)

    def set(self, moment: datetime) -> None:
        """Make it this moment, UTC."""
        if moment < self._now:
            self._start -= self._now - moment
        self._now = moment


class FakeIds:
    """Ids and tokens that count up, the same in each run."""

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._ids = itertools.count(1)
        self._tokens = itertools.count(1)

    def new_id(self) -> str:
        """The next id, in the form of a UUID."""
        return f"{self._seed:08x}-0000-4000-8000-{next(self._ids):012x}"

    def new_token(self) -> str:
        """The next token, as long as a real one."""
        return f"token-{self._seed:08x}-{next(self._tokens):028d}"


class AtOnce(Executor):
    """Does what is to be done meanwhile at once: before all that follows, the same in each run."""

    def submit(self, work: Callable[..., T], /, *arguments: Any, **named: Any) -> Future[T]:
        """A future that has ended."""
        future: Future[T] = Future()
        try:
            future.set_result(work(*arguments, **named))
        except BaseException as error:  # noqa: BLE001 - a future keeps whatever it was
            future.set_exception(error)
        return future


class MemorySecrets:
    """Credentials by reference."""

    def __init__(self) -> None:
        self._kept: dict[str, Credentials] = {}
        self._tokens: dict[str, Token] = {}

    def ref(self, tenant: TenantId, name: str) -> str:
        """The reference of a name."""
        return f"funnel/test/{tenant}/{name}"

    def put(self, tenant: TenantId, name: str, credentials: Credentials) -> str:
        """Keep the credentials under the tenant and name."""
        ref = self.ref(tenant, name)
        self._kept[ref] = credentials
        return ref

    def get(self, tenant: TenantId, ref: str) -> Credentials:
        """The credentials; `NotFound` also where the reference is another tenant's."""
        if not ref.startswith(f"funnel/test/{tenant}/") or ref not in self._kept:
            raise NotFound("There are no credentials.")
        return self._kept[ref]

    def delete(self, tenant: TenantId, ref: str) -> None:
        """Forget them and their token; another tenant's stay."""
        if ref.startswith(f"funnel/test/{tenant}/"):
            self._kept.pop(ref, None)
            self._tokens.pop(ref, None)

    def put_token(self, tenant: TenantId, ref: str, token: Token) -> None:
        """Keep the token; `NotFound` where the reference is another tenant's."""
        if not ref.startswith(f"funnel/test/{tenant}/"):
            raise NotFound("There are no credentials.")
        self._tokens[ref] = token

    def token(self, tenant: TenantId, ref: str) -> Token | None:
        """The token; None also where the reference is another tenant's."""
        return self._tokens.get(ref) if ref.startswith(f"funnel/test/{tenant}/") else None

    def put_key(self, tenant: TenantId, name: str, key: str) -> str:
        """Keep a key under the tenant and name."""
        return self.put(tenant, name, Credentials("", key))

    def get_key(self, tenant: TenantId, ref: str) -> str:
        """The key; `NotFound` also where the reference is another tenant's."""
        return self.get(tenant, ref).password

    @property
    def refs(self) -> list[str]:
        """All references that are kept, in order."""
        return sorted(self._kept)


@dataclass(frozen=True, slots=True)
class Due:
    """A message and when it arrives."""

    at: datetime
    message: Message


class MemoryQueue:
    """Messages by due time; those due at the same time in the order they were sent."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self._heap: list[tuple[datetime, int, Message]] = []
        self._sent = itertools.count()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._heap)

    def send(self, message: Message, delay: int = 0) -> None:
        """Hold it until it is due. Raises `ValueError` for a delay over 900 seconds."""
        if not 0 <= delay <= 900:
            raise ValueError(f"a message can wait 0 to 900 seconds, not {delay}")
        due = self._clock.now() + timedelta(seconds=delay)
        with self._lock:
            heappush(self._heap, (due, next(self._sent), message))

    def pop(self) -> Message | None:
        """The next message that is due now, taken away; None if there is none."""
        with self._lock:
            if not self._heap or self._heap[0][0] > self._clock.now():
                return None
            return heappop(self._heap)[2]

    def pop_next(self) -> Message | None:
        """The next message, the clock moved on to when it is due; None if there is none."""
        if not self._heap:
            return None
        due = self._heap[0][0]
        if due > self._clock.now():
            self._clock.set(due)
        return self.pop()

    @property
    def waiting(self) -> list[Due]:
        """All messages, in the order they arrive."""
        return [Due(at, message) for at, _, message in sorted(self._heap, key=lambda e: e[:2])]
