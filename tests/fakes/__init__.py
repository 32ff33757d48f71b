"""In-memory stand-ins for the ports."""

from tests.fakes.store import MemoryStore
from tests.fakes.system import START, FakeClock, FakeIds, MemoryQueue, MemorySecrets

__all__ = ["START", "FakeClock", "FakeIds", "MemoryQueue", "MemorySecrets", "MemoryStore"]
