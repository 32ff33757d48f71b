"""Intents to push a person, in memory."""

import threading
from collections.abc import Iterable
from dataclasses import replace

from funnel.adapters.dynamodb.tables import moment
from funnel.domain.errors import Conflict
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.pushing.pushes import PushIntent
from funnel.ports.store import Listing
from tests.fakes.listing import page_of


class MemoryPushes:
    """`IntentStore` in memory."""

    def __init__(self) -> None:
        super().__init__()
        self._pushes_lock = threading.RLock()
        self.pushes: dict[tuple[TenantId, str], PushIntent] = {}

    def save_intent(self, intent: PushIntent) -> PushIntent:
        """Write it if its version still stands."""
        with self._pushes_lock:
            key = (intent.tenant, intent.intent_id)
            stored = self.pushes.get(key)
            if (stored.version if stored else 0) != intent.version:
                raise Conflict("Somebody else changed it meanwhile.")
            after = replace(intent, version=intent.version + 1)
            self.pushes[key] = after
            return after

    def forget_intent(self, intent: PushIntent) -> None:
        """Remove it if its version still stands."""
        with self._pushes_lock:
            self.save_intent(intent)
            del self.pushes[intent.tenant, intent.intent_id]

    def intents(self, tenant: TenantId, ids: Iterable[str]) -> dict[str, PushIntent]:
        """The intents with these ids that are there."""
        found = {one: self.pushes.get((tenant, one)) for one in ids}
        return {one: intent for one, intent in found.items() if intent is not None}

    def due_intents(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[PushIntent]:
        """What is to be done, by when it is due."""
        rows = [
            (f"{int(not one.is_urgent)}#{moment(one.due_at)}#{one.intent_id}", one)
            for (whose, _), one in self.pushes.items()
            if whose == tenant and one.due_at is not None
        ]
        return page_of(rows, limit, cursor)

    def pushes_of(
        self, tenant: TenantId, person_id: PersonId, limit: int, cursor: str = ""
    ) -> Listing[PushIntent]:
        """What was asked for a person, newest first."""
        rows = [
            (f"{moment(one.asked_at)}#{one.intent_id}", one)
            for (whose, _), one in self.pushes.items()
            if whose == tenant and one.person_id == person_id
        ]
        return page_of(rows, limit, cursor, newest=True)
