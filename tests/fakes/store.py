"""The whole store in memory."""

from tests.fakes.changes import MemoryChanges
from tests.fakes.records import MemoryRecords
from tests.fakes.sync import MemorySync
from tests.fakes.tenants import MemoryTenants


class MemoryStore(MemoryRecords, MemorySync, MemoryTenants, MemoryChanges):
    """`RecordStore`, `SyncStore` and `TenantStore` in one memory.

    `rows`, `errors`, `connections` and `writes` let a test look behind the ports.
    """
