"""Where files are kept that people bring or fetch: for seven days, each tenant's apart."""

from typing import Protocol

from funnel.domain.ids import TenantId


class Files(Protocol):
    """Files by name. All methods raise `StoreBusy` when nothing answers."""

    def put(self, tenant: TenantId, name: str, data: bytes, content_type: str) -> None:
        """Keep a file in place of the one before."""

    def get(self, tenant: TenantId, name: str) -> bytes:
        """The file. Raises `NotFound` if there is none, or no longer."""

    def link(self, tenant: TenantId, name: str, title: str, seconds: int) -> str:
        """An address from which whoever has it fetches the file, as `title`, for so long."""
