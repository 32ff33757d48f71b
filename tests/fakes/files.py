"""Files in memory."""

from funnel.domain.errors import NotFound
from funnel.domain.ids import TenantId


class MemoryFiles:
    """`Files` in memory; `kept` lets a test look behind the port."""

    def __init__(self) -> None:
        self.kept: dict[tuple[TenantId, str], bytes] = {}

    def put(self, tenant: TenantId, name: str, data: bytes, content_type: str) -> None:
        """Keep a file in place of the one before."""
        assert content_type
        self.kept[tenant, name] = bytes(data)

    def get(self, tenant: TenantId, name: str) -> bytes:
        """The file."""
        found = self.kept.get((tenant, name))
        if found is None:
            raise NotFound("This file is not here any more; files are kept for seven days.")
        return found

    def link(self, tenant: TenantId, name: str, title: str, seconds: int) -> str:
        """An address that leads nowhere."""
        return f"https://files.example/{tenant}/{name}?as={title}&for={seconds}"
