"""Where it is kept which records Sugar has named, and what comparing both sides found.

What `ports/store.py` says of all stores holds here too.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from funnel.domain.ids import ConnectionId, RecordKey, TenantId
from funnel.domain.sync.comparison import Comparison, Difference, DifferencePart
from funnel.domain.sync.hooks import HookCounts, Mark, MarkKind
from funnel.domain.sync.sync_previews import SyncPreview
from funnel.ports.listing import Listing


class HookStore(Protocol):
    """Marks on records that are to be looked at, bells, and what came by webhook."""

    def mark(
        self,
        tenant: TenantId,
        connection_id: ConnectionId,
        keys: Iterable[RecordKey],
        stamp: str,
        kind: MarkKind = MarkKind.NAMED,
    ) -> None:
        """Mark these records; a mark that is there takes the new stamp. Kept for a month."""

    def marked(
        self,
        tenant: TenantId,
        connection_id: ConnectionId,
        limit: int,
        cursor: str = "",
        kind: MarkKind = MarkKind.NAMED,
    ) -> Listing[Mark]:
        """The marks of a connection, read consistently. The last page may be empty."""

    def are_marked(
        self,
        tenant: TenantId,
        connection_id: ConnectionId,
        keys: Iterable[RecordKey],
        kind: MarkKind = MarkKind.NAMED,
    ) -> set[RecordKey]:
        """Which of these records are marked, read consistently."""

    def clear(
        self,
        tenant: TenantId,
        connection_id: ConnectionId,
        marks: Sequence[Mark],
        kind: MarkKind = MarkKind.NAMED,
    ) -> None:
        """Remove those of these marks whose stamp is unchanged."""

    def ring(
        self, tenant: TenantId, connection_id: ConnectionId, now: datetime, until: datetime
    ) -> bool:
        """Take the connection's one bell until then; False while somebody else's holds at `now`."""

    def hush(self, tenant: TenantId, connection_id: ConnectionId) -> None:
        """Give the bell free; nothing if it is."""

    def is_used(self, tenant: TenantId, signature: str) -> bool:
        """Whether this signature was remembered."""

    def remember(self, tenant: TenantId, signature: str, until: datetime) -> bool:
        """Remember a signature, hashed, until then; False if it was before."""

    def count_hook(
        self, tenant: TenantId, connection_id: ConnectionId, now: datetime, records: int | None
    ) -> None:
        """Count a webhook of the day, with the records it named; None for one that was refused."""

    def hook_counts(
        self, tenant: TenantId, connection_id: ConnectionId, now: datetime
    ) -> HookCounts:
        """What was counted on this day and the six before it."""


class ComparisonStore(Protocol):
    """The latest comparison of each tenant, and what it found."""

    def comparison(self, tenant: TenantId) -> Comparison | None:
        """The latest one. Kept for a month."""

    def save_comparison(self, comparison: Comparison) -> Comparison:
        """Write it if the version of the latest still stands; the stored one. Raises `Conflict`."""

    def put_differences(
        self, tenant: TenantId, comparison_id: str, part: str, items: Sequence[Difference]
    ) -> None:
        """Write what a step found, at most 500; in place of what it found before. Kept as long.

        A part in which nothing was found is none.
        """

    def differences(
        self, tenant: TenantId, comparison_id: str, limit: int, cursor: str = ""
    ) -> Listing[DifferencePart]:
        """Parts in the order of their names, read consistently."""


class PreviewStore(Protocol):
    """The latest preview of a full sync of each tenant."""

    def sync_preview(self, tenant: TenantId) -> SyncPreview | None:
        """The latest one. Kept for a week, as its files are."""

    def save_sync_preview(self, preview: SyncPreview) -> SyncPreview:
        """Write it if the version of the latest still stands; the stored one. Raises `Conflict`."""
