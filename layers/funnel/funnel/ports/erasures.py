"""Where it is kept that people were erased. What `ports/store.py` says of all stores holds here."""

from datetime import datetime
from typing import Protocol

from funnel.domain.ids import PersonId, TenantId
from funnel.domain.people.erasure import Erasure, Traces
from funnel.ports.listing import Listing


class ErasureStore(Protocol):
    """Proofs of erasures, and what carries them out."""

    def save_erasure(self, erasure: Erasure) -> Erasure:
        """Keep its marks, then write it if its version still stands; the stored one.

        Raises `Conflict`. Never removed.
        """

    def erasure(self, tenant: TenantId, person_id: PersonId) -> Erasure | None:
        """The proof of one erasure."""

    def erasures(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[Erasure]:
        """The proofs, in the order of the people's ids; consistent."""

    def marked_at(self, tenant: TenantId, mark: str) -> datetime | None:
        """When what a mark stands for was erased, by the erasure that did it last; consistent."""

    def lift(self, tenant: TenantId, mark: str) -> None:
        """Forget a mark: what it stands for comes in again. Nothing if there is none."""

    def purge(self, tenant: TenantId, traces: Traces) -> dict[str, int]:
        """Remove all rows there are of these, beside people and records themselves; how many.

        By kind: addresses, consents, history, activities, scores, pushes, mails, forms, prospects.
        May be repeated.
        """
