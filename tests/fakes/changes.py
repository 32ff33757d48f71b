"""Marks, bells, signatures, counts and comparisons in memory."""

import hashlib
import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from funnel.domain.errors import Conflict
from funnel.domain.ids import ConnectionId, RecordKey, TenantId
from funnel.domain.sync.comparison import Comparison, Difference, DifferencePart
from funnel.domain.sync.hooks import HookCounts, Mark, MarkKind
from funnel.domain.sync.sync_previews import SyncPreview
from funnel.ports.store import Listing

MOST_DIFFERENCES = 500
_Of = tuple[TenantId, ConnectionId]
_Kept = tuple[TenantId, ConnectionId, MarkKind]


class MemoryChanges:
    """`HookStore`, `ComparisonStore` and `PreviewStore` in memory."""

    def __init__(self) -> None:
        super().__init__()
        self._changes_lock = threading.RLock()
        self._marks: dict[_Kept, dict[RecordKey, str]] = {}
        self._bells: dict[_Of, datetime] = {}
        self._signatures: set[tuple[TenantId, str]] = set()
        self._hooks: dict[tuple[TenantId, ConnectionId, date], HookCounts] = {}
        self._comparisons: dict[TenantId, Comparison] = {}
        self._previews: dict[TenantId, SyncPreview] = {}
        self._parts: dict[tuple[TenantId, str], dict[str, DifferencePart]] = {}

    def mark(
        self,
        tenant: TenantId,
        connection_id: ConnectionId,
        keys: Iterable[RecordKey],
        stamp: str,
        kind: MarkKind = MarkKind.NAMED,
    ) -> None:
        """Mark these records."""
        with self._changes_lock:
            marks = self._marks.setdefault((tenant, connection_id, kind), {})
            marks.update(dict.fromkeys(keys, stamp))

    def marked(
        self,
        tenant: TenantId,
        connection_id: ConnectionId,
        limit: int,
        cursor: str = "",
        kind: MarkKind = MarkKind.NAMED,
    ) -> Listing[Mark]:
        """The marks of a connection."""
        with self._changes_lock:
            marks = self._marks.get((tenant, connection_id, kind), {})
            rest = sorted((str(k), Mark(k, s)) for k, s in marks.items() if str(k) > cursor)
            more = rest[limit - 1][0] if len(rest) > limit else ""
            return Listing([mark for _, mark in rest[:limit]], more)

    def are_marked(
        self,
        tenant: TenantId,
        connection_id: ConnectionId,
        keys: Iterable[RecordKey],
        kind: MarkKind = MarkKind.NAMED,
    ) -> set[RecordKey]:
        """Which of these records are marked."""
        with self._changes_lock:
            marks = self._marks.get((tenant, connection_id, kind), {})
            return {key for key in keys if key in marks}

    def clear(
        self,
        tenant: TenantId,
        connection_id: ConnectionId,
        marks: Sequence[Mark],
        kind: MarkKind = MarkKind.NAMED,
    ) -> None:
        """Remove those of these marks whose stamp is unchanged."""
        with self._changes_lock:
            kept = self._marks.get((tenant, connection_id, kind), {})
            for mark in marks:
                if kept.get(mark.key) == mark.stamp:
                    del kept[mark.key]

    def ring(
        self, tenant: TenantId, connection_id: ConnectionId, now: datetime, until: datetime
    ) -> bool:
        """Take the connection's one bell until then."""
        with self._changes_lock:
            held = self._bells.get((tenant, connection_id))
            if held is not None and held > now:
                return False
            self._bells[tenant, connection_id] = until
            return True

    def hush(self, tenant: TenantId, connection_id: ConnectionId) -> None:
        """Give the bell free."""
        self._bells.pop((tenant, connection_id), None)

    def is_used(self, tenant: TenantId, signature: str) -> bool:
        """Whether this signature was remembered."""
        return (tenant, _hashed(signature)) in self._signatures

    def remember(self, tenant: TenantId, signature: str, until: datetime) -> bool:
        """Remember a signature."""
        with self._changes_lock:
            new = not self.is_used(tenant, signature)
            self._signatures.add((tenant, _hashed(signature)))
            return new

    def count_hook(
        self, tenant: TenantId, connection_id: ConnectionId, now: datetime, records: int | None
    ) -> None:
        """Count a webhook of the day."""
        with self._changes_lock:
            at = (tenant, connection_id, now.date())
            old = self._hooks.get(at, HookCounts())
            if records is None:
                new = replace(old, refused=old.refused + 1)
            else:
                new = HookCounts(old.accepted + 1, old.refused, old.records + records, now)
            self._hooks[at] = new

    def hook_counts(
        self, tenant: TenantId, connection_id: ConnectionId, now: datetime
    ) -> HookCounts:
        """What was counted on this day and the six before it."""
        days = [now.date() - timedelta(days=n) for n in range(7)]
        found = [c for d in days if (c := self._hooks.get((tenant, connection_id, d)))]
        return HookCounts(
            sum(c.accepted for c in found),
            sum(c.refused for c in found),
            sum(c.records for c in found),
            max((c.last_at for c in found if c.last_at), default=None),
        )

    def comparison(self, tenant: TenantId) -> Comparison | None:
        """The latest one."""
        return self._comparisons.get(tenant)

    def save_comparison(self, comparison: Comparison) -> Comparison:
        """Write it if the version of the latest still stands."""
        with self._changes_lock:
            stored = self._comparisons.get(comparison.tenant)
            if (stored.version if stored else 0) != comparison.version:
                raise Conflict("Somebody else changed it meanwhile.")
            after = replace(comparison, version=comparison.version + 1)
            self._comparisons[comparison.tenant] = after
            return after

    def sync_preview(self, tenant: TenantId) -> SyncPreview | None:
        """The latest one."""
        with self._changes_lock:
            return self._previews.get(tenant)

    def save_sync_preview(self, preview: SyncPreview) -> SyncPreview:
        """Write it if the version of the latest still stands."""
        with self._changes_lock:
            before = self._previews.get(preview.tenant)
            if (before.version if before else 0) != preview.version:
                raise Conflict("Somebody else changed it meanwhile.")
            after = replace(preview, version=preview.version + 1)
            self._previews[preview.tenant] = after
            return after

    def put_differences(
        self, tenant: TenantId, comparison_id: str, part: str, items: Sequence[Difference]
    ) -> None:
        """Write what a step found."""
        if len(items) > MOST_DIFFERENCES:
            raise ValueError(f"at most {MOST_DIFFERENCES} differences a part, not {len(items)}")
        with self._changes_lock:
            parts = self._parts.setdefault((tenant, comparison_id), {})
            parts.pop(part, None)
            if items:
                parts[part] = DifferencePart(part, tuple(items))

    def differences(
        self, tenant: TenantId, comparison_id: str, limit: int, cursor: str = ""
    ) -> Listing[DifferencePart]:
        """Parts in the order of their names."""
        with self._changes_lock:
            parts = self._parts.get((tenant, comparison_id), {})
            rest = [parts[name] for name in sorted(parts) if name > cursor]
            return Listing(rest[:limit], rest[limit - 1].part if len(rest) > limit else "")


def _hashed(signature: str) -> str:
    return hashlib.sha256(signature.lower().encode()).hexdigest()
