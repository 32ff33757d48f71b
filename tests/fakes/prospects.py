"""What FunnelVision's panels show of prospects, in memory."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from funnel.domain.ids import PersonId, RecordKey, SugarId, TenantId
from funnel.domain.vision.prospects import Prospect, hot_place, score_place
from funnel.ports.listing import Found
from tests.fakes.records import MemoryRecords

_At = tuple[TenantId, RecordKey]


class MemoryProspects(MemoryRecords):
    """`ProspectStore` in memory. `prospect_writes` counts the rows that were written or removed."""

    def __init__(self) -> None:
        super().__init__()
        self.prospect_rows: dict[_At, Prospect] = {}
        self.prospect_writes = 0

    def prospect(self, tenant: TenantId, key: RecordKey) -> Prospect | None:
        """The prospect that is this Lead or Contact."""
        return self.prospect_rows.get((tenant, key))

    def prospects_of(
        self, tenant: TenantId, keys: Iterable[RecordKey]
    ) -> dict[RecordKey, Prospect]:
        """The prospects that are these."""
        with self._lock:
            found = {key: self.prospect_rows.get((tenant, key)) for key in keys}
            return {key: row for key, row in found.items() if row is not None}

    def save_prospects(
        self, tenant: TenantId, rows: Sequence[Prospect], people: Mapping[PersonId, int]
    ) -> list[bool]:
        """Write each if its version still stands; one that is new, if the person's does too."""
        _check(tenant, rows)
        with self._lock:
            return [self._save_prospect(row, people[row.person_id]) for row in rows]

    def remove_prospects(self, tenant: TenantId, rows: Sequence[Prospect]) -> list[bool]:
        """Remove each if its version still stands."""
        _check(tenant, rows)
        with self._lock:
            return [self._remove_prospect(row) for row in rows]

    def prospects_hot(
        self, tenant: TenantId, owner: SugarId, limit: int, cursor: str = "", least: int = 0
    ) -> Found[Prospect]:
        """An owner's prospects that have a score, the highest first."""
        low = score_place(least)
        rows = {hot_place(one): one for one in self._owned(tenant, owner)}
        return _page({at: one for at, one in rows.items() if at and at >= low}, limit, cursor)

    def prospects_seen(
        self,
        tenant: TenantId,
        owner: SugarId,
        limit: int,
        cursor: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Found[Prospect]:
        """An owner's prospects that were on a site, the latest first."""
        rows = {
            f"{one.seen_at.isoformat(timespec='microseconds')}#{one.key}": one
            for one in self._owned(tenant, owner)
            if one.seen_at
            and (since is None or one.seen_at >= since)
            and (until is None or one.seen_at < until)
        }
        return _page(rows, limit, cursor)

    def _owned(self, tenant: TenantId, owner: SugarId) -> list[Prospect]:
        with self._lock:
            rows = [one for at, one in self.prospect_rows.items() if at[0] == tenant]
        return [one for one in rows if one.owner and one.owner == owner]

    def _save_prospect(self, row: Prospect, person: int) -> bool:
        behind = self._people.get((row.tenant, row.person_id))
        is_anothers = behind is None or behind.version != person
        if not self._is_current(row) or (is_anothers and not row.version):
            return False
        self.prospect_rows[row.tenant, row.key] = replace(row, version=row.version + 1)
        self.prospect_writes += 1
        return True

    def _remove_prospect(self, row: Prospect) -> bool:
        if not self._is_current(row):
            return False
        del self.prospect_rows[row.tenant, row.key]
        self.prospect_writes += 1
        return True

    def _is_current(self, row: Prospect) -> bool:
        stored = self.prospect_rows.get((row.tenant, row.key))
        return (stored.version if stored else 0) == row.version


def _check(tenant: TenantId, rows: Iterable[Prospect]) -> None:
    if any(row.tenant != tenant for row in rows):
        raise ValueError("a prospect is of another tenant")


def _page(rows: Mapping[str, Prospect], limit: int, cursor: str) -> Found[Prospect]:
    places = sorted((at for at in rows if not cursor or at < cursor), reverse=True)
    page = places[:limit]
    more = page[-1] if len(places) > limit else ""
    return Found([rows[at] for at in page], page, more, len(page))
