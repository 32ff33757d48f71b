"""Time, ids, secrets and queues that tests hold in their hands."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from funnel.domain.crm import Credentials
from funnel.domain.errors import NotFound
from funnel.domain.ids import TenantId
from funnel.ports.system import Message

START = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@dataclass
class FakeClock:
    """Stands still until told otherwise, but for a microsecond at each look."""

    at: datetime = START
    slept: float = 0

    def now(self) -> datetime:
        self.at += timedelta(microseconds=1)
        return self.at

    def monotonic(self) -> float:
        return (self.at - START).total_seconds()

    def sleep(self, seconds: float) -> None:
        self.slept += seconds
        self.advance(seconds)

    def advance(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass
class FakeIds:
    """The same ids in each run."""

    count: int = 0

    def new_id(self) -> str:
        self.count += 1
        digits = hashlib.sha256(str(self.count).encode()).hexdigest()
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-8{digits[17:20]}-{digits[20:32]}"

    def new_token(self) -> str:
        self.count += 1
        return hashlib.sha256(f"token {self.count}".encode()).hexdigest()


@dataclass
class MemorySecrets:
    """Credentials by reference."""

    kept: dict[tuple[TenantId, str], Credentials] = field(default_factory=dict)

    def put(self, tenant: TenantId, name: str, credentials: Credentials) -> str:
        self.kept[tenant, f"secret/{name}"] = credentials
        return f"secret/{name}"

    def get(self, tenant: TenantId, ref: str) -> Credentials:
        if (tenant, ref) not in self.kept:
            raise NotFound("There are no such credentials.")
        return self.kept[tenant, ref]

    def delete(self, tenant: TenantId, ref: str) -> None:
        self.kept.pop((tenant, ref), None)


@dataclass
class MemoryQueue:
    """Messages with the time they are due."""

    clock: FakeClock
    waiting: list[tuple[datetime, int, Message]] = field(default_factory=list)
    sent: int = 0

    def send(self, message: Message, delay: int = 0) -> None:
        assert 0 <= delay <= 900
        self.sent += 1
        self.waiting.append((self.clock.at + timedelta(seconds=delay), self.sent, message))

    def next(self) -> Message | None:
        """The message due first, with the clock moved to when it is; None if there is none."""
        if not self.waiting:
            return None
        first = min(self.waiting, key=lambda entry: entry[:2])
        self.waiting.remove(first)
        self.clock.at = max(self.clock.at, first[0])
        return first[2]
