"""Erasures in memory."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from funnel.domain.errors import Conflict
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.people.erasure import Erasure, Traces
from funnel.domain.tracking.activities import SubjectId
from funnel.ports.listing import Listing
from tests.fakes.activities import MemoryActivities
from tests.fakes.broadcasts import MemoryBroadcasts
from tests.fakes.emails import MemoryEmails
from tests.fakes.forms import MemoryForms
from tests.fakes.mails import MemoryMails
from tests.fakes.prospects import MemoryProspects
from tests.fakes.pushes import MemoryPushes
from tests.fakes.score_marks import MemoryScoreMarks


class MemoryErasures(
    MemoryProspects,
    MemoryScoreMarks,
    MemoryPushes,
    MemoryActivities,
    MemoryMails,
    MemoryEmails,
    MemoryBroadcasts,
    MemoryForms,
):
    """`ErasureStore` in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.proofs: dict[tuple[TenantId, PersonId], Erasure] = {}
        self.marked_times: dict[tuple[TenantId, str], datetime] = {}

    def save_erasure(self, erasure: Erasure) -> Erasure:
        """Keep its marks, then write it if its version still stands."""
        at = (erasure.tenant, erasure.person_id)
        with self._lock:
            marks = self.marks.setdefault(erasure.tenant, {})
            marks.update({mark: mark in erasure.opted_out for mark in erasure.marks})
            self.marked_times.update(
                {(erasure.tenant, m): erasure.marked_at for m in erasure.marks}
            )
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

    def marked_at(self, tenant: TenantId, mark: str) -> datetime | None:
        """When what a mark stands for was erased."""
        with self._lock:
            return self.marked_times[tenant, mark] if mark in self.marks.get(tenant, {}) else None

    def lift(self, tenant: TenantId, mark: str) -> None:
        """Forget a mark; nothing if there is none."""
        with self._lock:
            self.marks.get(tenant, {}).pop(mark, None)

    def purge(self, tenant: TenantId, traces: Traces) -> dict[str, int]:
        """Remove all rows there are of these; how many, by kind."""
        with self._lock:
            self._purge_audiences(tenant, traces.people)
            self._scored[tenant] -= set(map(SubjectId, traces.people))
            return {
                **self._purge_addresses(tenant, traces.emails),
                "history": self._purge_history(tenant, [*traces.people, *map(str, traces.records)]),
                "activities": sum(self._purge_done(tenant, one) for one in traces.subjects),
                "scores": sum(
                    self._scores.pop((tenant, one), None) is not None for one in traces.people
                ),
                "pushes": self._purge_pushes(tenant, traces.people),
                "mails": self._purge_mails(tenant, traces.people),
                "forms": self._purge_forms(tenant, traces.people),
                "prospects": sum(
                    self.prospect_rows.pop((tenant, key), None) is not None
                    for key in traces.records
                ),
            }

    def _purge_done(self, tenant: TenantId, subject: str) -> int:
        at = (tenant, SubjectId(subject))
        done = len(self._activities.pop(at, {}))
        return done + (self._tallies.pop(at, None) is not None)

    def _purge_pushes(self, tenant: TenantId, people: Iterable[PersonId]) -> int:
        gone = [
            at for at, one in self.pushes.items() if at[0] == tenant and one.person_id in people
        ]
        for at in gone:
            del self.pushes[at]
        marks = [at for one in people if (at := (tenant, one)) in self._score_marks]
        for mark in marks:
            del self._score_marks[mark]
            self._scores_due.put(mark)
        return len(gone) + len(marks)
