"""Where broadcasts and whom they are for are kept. What `ports/store.py` says of stores holds."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from funnel.domain.broadcasts.broadcasts import AudienceRow, Broadcast, BroadcastId, LeftOut
from funnel.domain.emails.emails import Email
from funnel.domain.ids import PersonId, TenantId
from funnel.ports.listing import Listing


class BroadcastStore(Protocol):
    """Broadcasts, the email of each as it was scheduled, and its audience."""

    def list_broadcasts(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[Broadcast]:
        """Listing: all of a tenant, the one that was made last first."""

    def broadcasts(
        self, tenant: TenantId, ids: Iterable[BroadcastId]
    ) -> dict[BroadcastId, Broadcast]:
        """The broadcasts with these ids that are there; consistent."""

    def save_broadcast(self, broadcast: Broadcast, email: Email | None = None) -> Broadcast:
        """Write it if its version still stands, with its email where that is given; the stored one.

        Raises `Conflict`.
        """

    def delete_broadcast(self, broadcast: Broadcast) -> None:
        """Remove it if its version still stands. Raises `Conflict`."""

    def broadcast_email(self, tenant: TenantId, broadcast_id: BroadcastId) -> Email | None:
        """The email as it was when the broadcast was scheduled."""

    def due_broadcasts(self, now: datetime, limit: int) -> list[tuple[TenantId, BroadcastId]]:
        """Listing across tenants, for the schedule: what is to be worked on by now, the oldest first."""

    def put_audience(
        self,
        tenant: TenantId,
        broadcast_id: BroadcastId,
        rows: Iterable[AudienceRow],
        until: datetime,
    ) -> None:
        """Put these in the audience, or keep why they get no mail; may be repeated. Kept until then."""

    def audience(
        self, tenant: TenantId, broadcast_id: BroadcastId, limit: int, cursor: str = ""
    ) -> Listing[AudienceRow]:
        """A page of the audience by person id; consistent."""

    def audience_size(self, tenant: TenantId, broadcast_id: BroadcastId) -> int:
        """How many people are in the audience; consistent."""

    def left_out(
        self,
        tenant: TenantId,
        broadcast_id: BroadcastId,
        why: LeftOut,
        limit: int,
        cursor: str = "",
    ) -> Listing[PersonId]:
        """Listing: who gets no mail for this reason, by person id."""
