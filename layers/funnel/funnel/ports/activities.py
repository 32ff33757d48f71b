"""Where activities, their tallies and scores are kept. What `ports/store.py` says of stores holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from funnel.domain.ids import PersonId, TenantId
from funnel.domain.scoring.scores import Score
from funnel.domain.scoring.tallies import ChangeOutcome, ScoreChange, Tally
from funnel.domain.tracking.activities import Activity, SubjectId
from funnel.ports.listing import Listing


@dataclass(frozen=True, slots=True)
class DueScore:
    """A person whose score time alone has changed."""

    tenant: TenantId
    person_id: PersonId


class ActivityStore(Protocol):
    """Activities, what they come to, and the scores of people."""

    def write(self, tenant: TenantId, changes: Sequence[ScoreChange]) -> list[ChangeOutcome]:
        """Write changes, each whole or not at all; no row is in two of them.

        A person whose tally is written for the first time is listed by `scored_people` from then on.
        Only `record_activities`, `relabel`, `rescore_people` and what they stand on write.
        """

    def activity(
        self, tenant: TenantId, subject: SubjectId, activity_id: str, at: datetime
    ) -> Activity | None:
        """One activity; None if it is not here."""

    def written(
        self,
        tenant: TenantId,
        subjects: Iterable[SubjectId],
        moments: Iterable[tuple[str, datetime]],
    ) -> set[tuple[str, datetime]]:
        """Which activities, each by its id and moment, are here under any of these subjects."""

    def list_activities(
        self, tenant: TenantId, subject: SubjectId, limit: int, cursor: str = ""
    ) -> Listing[Activity]:
        """A page of what a subject did, newest first; consistent."""

    def newest_activities(
        self, tenant: TenantId, subjects: Iterable[SubjectId], limit: int
    ) -> dict[SubjectId, Listing[Activity]]:
        """The first page of each of these."""

    def tallies(self, tenant: TenantId, subjects: Iterable[SubjectId]) -> dict[SubjectId, Tally]:
        """The tallies of these; of a subject without one, an empty one of version 0."""

    def scores(self, tenant: TenantId, people: Iterable[PersonId]) -> dict[PersonId, Score]:
        """The scores of these people; those who have none, and so 0, are absent."""

    def subjects(self, tenant: TenantId, person_id: PersonId) -> list[SubjectId]:
        """All whose activities are this person's, directly or by others: its own id first."""

    def attach(self, tenant: TenantId, person_id: PersonId, subject: SubjectId) -> PersonId:
        """Have a subject belong to this person; whom it belonged to before, "" for nobody.

        May be repeated. No score changes by it: `attach_subject` does both, for both people. A person
        who has `MOST_SUBJECTS` gets no further visitor. Raises `WasErased` for a person who was erased, whenever that
        was, and `StoreBusy` when others keep changing the same.
        """

    def detach(self, tenant: TenantId, subject: SubjectId) -> PersonId:
        """Have a subject belong to nobody; whom it belonged to before. As `attach`."""

    def scored_people(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[PersonId]:
        """Everybody who has a tally, merged people too, in an order that never changes; consistent."""

    def count_scored(self, tenant: TenantId) -> int:
        """How many these are."""

    def due_scores(self, until: datetime, limit: int, cursor: str = "") -> Listing[DueScore]:
        """Listing: of all tenants the scores whose `recheck_at` is not after this, in its order."""
