"""Broadcasts and their audiences in memory."""

import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from funnel.adapters.dynamodb.tables import moment
from funnel.domain.broadcasts.broadcasts import AudienceRow, Broadcast, BroadcastId, LeftOut
from funnel.domain.emails.emails import Email
from funnel.domain.errors import Conflict
from funnel.domain.ids import PersonId, TenantId
from funnel.ports.listing import Listing
from tests.fakes.listing import page_of

_Of = tuple[TenantId, BroadcastId]


class MemoryBroadcasts:
    """`BroadcastStore` in memory. Nothing is forgotten by time."""

    def __init__(self) -> None:
        super().__init__()
        self._broadcasts_lock = threading.RLock()
        self._broadcasts: dict[_Of, Broadcast] = {}
        self._broadcast_emails: dict[_Of, Email] = {}
        self._audiences: dict[_Of, dict[PersonId, AudienceRow]] = defaultdict(dict)

    def list_broadcasts(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[Broadcast]:
        """All of a tenant, the one that was made last first."""
        with self._broadcasts_lock:
            rows = [
                (f"{moment(one.created_at)}#{one.broadcast_id}", one)
                for (whose, _), one in self._broadcasts.items()
                if whose == tenant
            ]
        return page_of(rows, limit, cursor, newest=True)

    def broadcasts(
        self, tenant: TenantId, ids: Iterable[BroadcastId]
    ) -> dict[BroadcastId, Broadcast]:
        """The broadcasts with these ids that are there."""
        return {
            one: self._broadcasts[tenant, one] for one in ids if (tenant, one) in self._broadcasts
        }

    def save_broadcast(self, broadcast: Broadcast, email: Email | None = None) -> Broadcast:
        """Write it if its version still stands, with its email where that is given."""
        with self._broadcasts_lock:
            self._check_broadcast(broadcast)
            after = replace(broadcast, version=broadcast.version + 1)
            key = (broadcast.tenant, broadcast.broadcast_id)
            self._broadcasts[key] = after
            if email is not None:
                self._broadcast_emails[key] = email
            return after

    def delete_broadcast(self, broadcast: Broadcast) -> None:
        """Remove it if its version still stands."""
        with self._broadcasts_lock:
            self._check_broadcast(broadcast)
            self._broadcasts.pop((broadcast.tenant, broadcast.broadcast_id), None)

    def broadcast_email(self, tenant: TenantId, broadcast_id: BroadcastId) -> Email | None:
        """The email as it was when the broadcast was scheduled."""
        return self._broadcast_emails.get((tenant, broadcast_id))

    def due_broadcasts(self, now: datetime, limit: int) -> list[tuple[TenantId, BroadcastId]]:
        """What is to be worked on by now, over all tenants."""
        due = [
            (one.due_at, *key)
            for key, one in self._broadcasts.items()
            if one.due_at is not None and one.due_at <= now
        ]
        return [(tenant, broadcast_id) for _, tenant, broadcast_id in sorted(due)[:limit]]

    def put_audience(
        self,
        tenant: TenantId,
        broadcast_id: BroadcastId,
        rows: Iterable[AudienceRow],
        until: datetime,
    ) -> None:
        """Put these in the audience, or keep why they get no mail."""
        with self._broadcasts_lock:
            self._audiences[tenant, broadcast_id].update({row.person_id: row for row in rows})

    def audience(
        self, tenant: TenantId, broadcast_id: BroadcastId, limit: int, cursor: str = ""
    ) -> Listing[AudienceRow]:
        """A page of the audience by person id."""
        with self._broadcasts_lock:
            rows = list(self._audiences[tenant, broadcast_id].items())
        return page_of([(str(person_id), row) for person_id, row in rows], limit, cursor)

    def audience_size(self, tenant: TenantId, broadcast_id: BroadcastId) -> int:
        """How many people are in the audience."""
        return len(self._audiences[tenant, broadcast_id])

    def left_out(
        self,
        tenant: TenantId,
        broadcast_id: BroadcastId,
        why: LeftOut,
        limit: int,
        cursor: str = "",
    ) -> Listing[PersonId]:
        """Who gets no mail for this reason, by person id."""
        with self._broadcasts_lock:
            rows = self._audiences[tenant, broadcast_id].values()
            found = [(str(row.person_id), row.person_id) for row in rows if row.left is why]
        return page_of(found, limit, cursor)

    def _check_broadcast(self, broadcast: Broadcast) -> None:
        stored = self._broadcasts.get((broadcast.tenant, broadcast.broadcast_id))
        if (stored.version if stored else 0) != broadcast.version:
            raise Conflict("Somebody else changed this broadcast meanwhile.")

    def _purge_audiences(self, tenant: TenantId, people: Iterable[PersonId]) -> int:
        gone = 0
        for (whose, _), rows in self._audiences.items():
            for person_id in people if whose == tenant else ():
                gone += rows.pop(person_id, None) is not None
        return gone
