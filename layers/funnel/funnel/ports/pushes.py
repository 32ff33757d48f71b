"""What is to be done in Sugar for people, and what became of it."""

from collections.abc import Iterable
from typing import Protocol

from funnel.domain.ids import PersonId, TenantId
from funnel.domain.pushing.pushes import PushIntent
from funnel.ports.listing import Listing


class IntentStore(Protocol):
    """Intents to push a person, kept as the push log for 13 months once they are done."""

    def save_intent(self, intent: PushIntent) -> PushIntent:
        """Write it if its version still stands; the stored one. Raises `Conflict`."""

    def forget_intent(self, intent: PushIntent) -> None:
        """Remove it, in its person's log too, if its version still stands. Raises `Conflict`."""

    def intents(self, tenant: TenantId, ids: Iterable[str]) -> dict[str, PushIntent]:
        """The intents with these ids that are there."""

    def due_intents(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[PushIntent]:
        """Listing: what is to be done, urgent things first, by when it is due, also of times to come."""

    def pushes_of(
        self, tenant: TenantId, person_id: PersonId, limit: int, cursor: str = ""
    ) -> Listing[PushIntent]:
        """Listing: what was asked for a person, newest first."""
