"""Where the rows of FunnelVision's panels are kept. What `ports/store.py` says of stores holds."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from funnel.domain.ids import PersonId, RecordKey, SugarId, TenantId
from funnel.domain.vision.prospects import Prospect
from funnel.ports.listing import Found


class ProspectStore(Protocol):
    """Prospects, by their Lead or Contact; by owner and score; by owner and last visit."""

    def prospect(self, tenant: TenantId, key: RecordKey) -> Prospect | None:
        """The prospect that is this Lead or Contact."""

    def prospects_of(
        self, tenant: TenantId, keys: Iterable[RecordKey]
    ) -> dict[RecordKey, Prospect]:
        """The prospects that are these; those without a row are absent."""

    def save_prospects(
        self, tenant: TenantId, rows: Sequence[Prospect], people: Mapping[PersonId, int]
    ) -> list[bool]:
        """Write each if its version still stands (0: if there is none); which were written.

        `people` are the versions of the people they follow from: one who was changed since, or is no
        more, gets no row that is new. A row that is there goes with the person it is of: once it is
        removed, none of its versions stands. Rows are independent of each other, no two of one record.
        A row written before and repeated is told False. Raises `ValueError` for one of another
        tenant.
        """

    def remove_prospects(self, tenant: TenantId, rows: Sequence[Prospect]) -> list[bool]:
        """Remove each if its version still stands; which were removed."""

    def prospects_hot(
        self, tenant: TenantId, owner: SugarId, limit: int, cursor: str = "", least: int = 0
    ) -> Found[Prospect]:
        """Listing: an owner's prospects that have a score of at least this, the highest first.

        A place is the same in the lists of all owners, so that one cursor goes on in several.
        """

    def prospects_seen(
        self,
        tenant: TenantId,
        owner: SugarId,
        limit: int,
        cursor: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Found[Prospect]:
        """Listing: an owner's prospects that were on a site, the latest first.

        With `since` those seen then or later, with `until` those seen before. Places as above.
        """
