"""Activities, tallies, scores and the rules of scoring in memory."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from funnel.domain.errors import Conflict, WasErased
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.scoring.default_rules import default_rules
from funnel.domain.scoring.rescoring import Rescoring
from funnel.domain.scoring.scores import Score
from funnel.domain.scoring.scoring import ScoringRules
from funnel.domain.scoring.tallies import NOBODY, ChangeOutcome, ScoreChange, Tally, family, moved
from funnel.domain.sync.records import Person
from funnel.domain.tracking.activities import Activity, SubjectId
from funnel.ports.activities import DueScore
from funnel.ports.store import Listing

_Place = tuple[datetime, str]


class MemoryActivities:
    """`ActivityStore` and `ScoringStore` in memory. Every method is one step.

    `score_writes` counts the scores that were written, `score_rows` all rows of scoring.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.RLock()
        self.score_writes = 0
        self.score_rows = 0
        self._activities: dict[tuple[TenantId, SubjectId], dict[_Place, Activity]]
        self._activities = defaultdict(dict)
        self._tallies: dict[tuple[TenantId, SubjectId], Tally] = {}
        self._scores: dict[tuple[TenantId, PersonId], Score] = {}
        self._scored: dict[TenantId, set[SubjectId]] = defaultdict(set)
        self._scoring_rules: dict[TenantId, ScoringRules] = {}
        self._rescorings: dict[TenantId, Rescoring] = {}

    def write(self, tenant: TenantId, changes: Sequence[ScoreChange]) -> list[ChangeOutcome]:
        """Write changes, each whole or not at all."""
        with self._lock:
            if any(change.tenants - {tenant} for change in changes):
                raise ValueError("a change holds a row of another tenant")
            return [self._write(tenant, change) for change in changes]

    def activity(
        self, tenant: TenantId, subject: SubjectId, activity_id: str, at: datetime
    ) -> Activity | None:
        """One activity."""
        return self._activities[tenant, subject].get((at, activity_id))

    def written(
        self,
        tenant: TenantId,
        subjects: Iterable[SubjectId],
        moments: Iterable[tuple[str, datetime]],
    ) -> set[tuple[str, datetime]]:
        """Which activities are here under any of these subjects."""
        asked, whose = list(moments), list(subjects)
        return {
            (activity_id, at)
            for activity_id, at in asked
            if any((at, activity_id) in self._activities[tenant, one] for one in whose)
        }

    def list_activities(
        self, tenant: TenantId, subject: SubjectId, limit: int, cursor: str = ""
    ) -> Listing[Activity]:
        """A page of what a subject did, newest first."""
        with self._lock:
            rows = self._activities[tenant, subject]
            places = sorted(rows, reverse=True)
            start = next(
                (n for n, at in enumerate(places) if not cursor or _text(at) < cursor), None
            )
            found = places[start:] if start is not None else []
            more = len(found) > limit
            page = [rows[at] for at in found[:limit]]
        return Listing(page, _text(found[limit - 1]) if more else "")

    def newest_activities(
        self, tenant: TenantId, subjects: Iterable[SubjectId], limit: int
    ) -> dict[SubjectId, Listing[Activity]]:
        """The first page of each of these."""
        return {one: self.list_activities(tenant, one, limit) for one in subjects}

    def tallies(self, tenant: TenantId, subjects: Iterable[SubjectId]) -> dict[SubjectId, Tally]:
        """The tallies of these."""
        with self._lock:
            return {s: self._tallies.get((tenant, s), Tally(tenant, s)) for s in subjects}

    def scores(self, tenant: TenantId, people: Iterable[PersonId]) -> dict[PersonId, Score]:
        """The scores of these people."""
        with self._lock:
            found = {p: self._scores.get((tenant, p)) for p in people}
        return {p: score for p, score in found.items() if score is not None}

    def subjects(self, tenant: TenantId, person_id: PersonId) -> list[SubjectId]:
        """All whose activities are this person's."""
        with self._lock:
            root = self.tallies(tenant, [SubjectId(person_id)])[SubjectId(person_id)]
            return list(family(lambda ids: self.tallies(tenant, ids), root))

    def attach(self, tenant: TenantId, person_id: PersonId, subject: SubjectId) -> PersonId:
        """Have a subject belong to this person."""
        with self._lock:
            change, before = moved(lambda ids: self.tallies(tenant, ids), subject, person_id)
            if change and self._is_erased(tenant, change.of):
                raise WasErased("The person was erased on request.")
            self.write(tenant, [change] if change else [])
            return before

    def detach(self, tenant: TenantId, subject: SubjectId) -> PersonId:
        """Have a subject belong to nobody."""
        return self.attach(tenant, NOBODY, subject)

    def _is_erased(self, tenant: TenantId, person_id: PersonId) -> bool:
        people: Mapping[tuple[TenantId, PersonId], Person] = getattr(self, "_people", {})
        person = people.get((tenant, person_id))
        return person is not None and person.erased

    def scored_people(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[PersonId]:
        """Everybody who has a tally."""
        with self._lock:
            found = sorted(s for s in self._scored[tenant] if s > cursor)
        page = [PersonId(one) for one in found[:limit]]
        return Listing(page, page[-1] if len(found) > limit else "")

    def count_scored(self, tenant: TenantId) -> int:
        """How many these are."""
        with self._lock:
            return len(self._scored[tenant])

    def due_scores(self, until: datetime, limit: int, cursor: str = "") -> Listing[DueScore]:
        """The scores that time alone has changed."""
        with self._lock:
            due = sorted(
                (f"{score.recheck_at.isoformat()}#{tenant}#{person_id}", tenant, person_id)
                for (tenant, person_id), score in self._scores.items()
                if score.recheck_at is not None and score.recheck_at <= until
            )
        found = [one for one in due if one[0] > cursor]
        page = [DueScore(tenant, person_id) for _, tenant, person_id in found[:limit]]
        return Listing(page, found[limit - 1][0] if len(found) > limit else "")

    def scoring_rules(self, tenant: TenantId) -> ScoringRules:
        """The tenant's rules."""
        return self._scoring_rules.get(tenant) or default_rules(tenant)

    def save_scoring_rules(self, rules: ScoringRules) -> ScoringRules:
        """Write them if their version still stands."""
        with self._lock:
            if self.scoring_rules(rules.tenant).version != rules.version:
                raise Conflict("Somebody else changed it meanwhile.")
            stored = replace(rules, version=rules.version + 1)
            self._scoring_rules[rules.tenant] = stored
            return stored

    def rescoring(self, tenant: TenantId) -> Rescoring | None:
        """How far the last re-score is."""
        return self._rescorings.get(tenant)

    def save_rescoring(self, rescoring: Rescoring) -> Rescoring:
        """Write it if its version still stands."""
        with self._lock:
            before = self._rescorings.get(rescoring.tenant)
            if (before.version if before else 0) != rescoring.version:
                raise Conflict("Somebody else changed it meanwhile.")
            stored = replace(rescoring, version=rescoring.version + 1)
            self._rescorings[rescoring.tenant] = stored
            return stored

    def _write(self, tenant: TenantId, change: ScoreChange) -> ChangeOutcome:
        here = frozenset(
            one.activity_id
            for one in change.activities
            if self._version(self.activity(tenant, one.subject, one.activity_id, one.at))
            != one.version
        )
        stands = all(
            self._version(self._tallies.get((tenant, one.subject))) == one.version
            for one in change.tallies
        )
        stands = stands and not self._is_erased(tenant, change.of)
        score = change.score
        if score is not None:
            stored = self._scores.get((tenant, score.person_id))
            stands = stands and self._version(stored) == score.version
        if here or not stands:
            return ChangeOutcome(written=False, here=here)
        for one in change.activities:
            place = (one.at, one.activity_id)
            self._activities[tenant, one.subject][place] = replace(one, version=one.version + 1)
        for tally in change.tallies:
            self._tallies[tenant, tally.subject] = replace(tally, version=tally.version + 1)
        self._scored[tenant] |= set(change.people)
        if score is not None:
            self.score_writes += 1
            self._scores[tenant, score.person_id] = replace(score, version=score.version + 1)
        self.score_rows += len(change.activities) + len(change.tallies) + bool(score)
        self.score_rows += len(change.people)
        return ChangeOutcome(written=True)

    @staticmethod
    def _version(row: Activity | Tally | Score | None) -> int:
        return row.version if row else 0


def _text(place: _Place) -> str:
    return f"{place[0].isoformat(timespec='microseconds')}#{place[1]}"
