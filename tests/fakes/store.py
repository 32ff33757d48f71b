"""The whole store in memory."""

from tests.fakes.changes import MemoryChanges
from tests.fakes.erasures import MemoryErasures
from tests.fakes.lists import MemoryLists
from tests.fakes.pushes import MemoryPushes
from tests.fakes.sites import MemorySites
from tests.fakes.sync import MemorySync
from tests.fakes.tenants import MemoryTenants


class MemoryStore(
    MemoryErasures,
    MemorySync,
    MemoryTenants,
    MemoryLists,
    MemoryChanges,
    MemorySites,
    MemoryPushes,
):
    """All stores of `ports/` in one memory.

    `rows`, `errors`, `connections` and `writes` let a test look behind the ports.
    """
