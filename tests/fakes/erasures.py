"""Erasures in memory."""

from dataclasses import replace

from funnel.domain.erasure import Erasure, Traces
from funnel.domain.errors import Conflict
from funnel.domain.ids import PersonId, TenantId
from funnel.ports.listing import Listing
from tests.fakes.records import MemoryRecords


class MemoryErasures(MemoryRecords):
    """`ErasureStore` in memory. Of activities, scores and pushes the fakes hold little: not removed."""

    def __init__(self) -> None:
        super().__init__()
        self.proofs: dict[tuple[TenantId, PersonId], Erasure] = {}

    def save_erasure(self, erasure: Erasure) -> Erasure:
        """Keep its marks, then write it if its version still stands."""
        at = (erasure.tenant, erasure.person_id)
        with self._lock:
            marks = self.marks.setdefault(erasure.tenant, {})
            marks.update({mark: mark in erasure.opted_out for mark in erasure.marks})
            before = self.proofs.get(at)
            if (before.version if before else 0) != erasure.version:
                raise Conflict("Somebody else changed it meanwhile.", mend="Try again.")
            self.proofs[at] = replace(erasure, version=erasure.version + 1)
            return self.proofs[at]

    def erasure(self, tenant: TenantId, person_id: PersonId) -> Erasure | None:
        """The proof of one erasure."""
        with self._lock:
            return self.proofs.get((tenant, person_id))

    def erasures(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[Erasure]:
        """The proofs, in the order of the people's ids."""
        with self._lock:
            ids = sorted(one for at, one in self.proofs if at == tenant and one > cursor)
            more = len(ids) > limit
            found = [self.proofs[tenant, one] for one in ids[:limit]]
            return Listing(found, ids[limit - 1] if more else "")

    def lift(self, tenant: TenantId, mark: str) -> None:
        """Forget a mark; nothing if there is none."""
        with self._lock:
            self.marks.get(tenant, {}).pop(mark, None)

    def purge(self, tenant: TenantId, traces: Traces) -> dict[str, int]:
        """Remove all rows there are of these; how many, by kind."""
        with self._lock:
            return {
                **self._purge_addresses(tenant, traces.emails),
                "history": self._purge_history(tenant, [*traces.people, *map(str, traces.records)]),
                "activities": 0,
                "scores": 0,
                "pushes": 0,
            }
