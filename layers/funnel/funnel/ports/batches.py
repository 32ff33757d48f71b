"""Rows of several kinds read in one request. What `ports/store.py` says of stores holds."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from funnel.domain.ids import PersonId, RecordKey, TenantId
from funnel.domain.scoring.scores import Score
from funnel.domain.scoring.scoring import ScoringRules
from funnel.domain.scoring.tallies import Tally
from funnel.domain.sync.records import Person, SugarRecord
from funnel.domain.tracking.activities import SubjectId
from funnel.domain.vision.prospects import Prospect


@dataclass(frozen=True, slots=True)
class Batch:
    """What to read, each kind by what it is kept under. With `rules` those of the score as well."""

    people: Collection[PersonId] = ()
    records: Collection[RecordKey] = ()
    tallies: Collection[SubjectId] = ()
    scores: Collection[PersonId] = ()
    prospects: Collection[RecordKey] = ()
    rules: bool = False


@dataclass(frozen=True, slots=True)
class BatchRead:
    """What was there. Tallies are there of all that were asked for, as `ActivityStore.tallies` has them."""

    people: Mapping[PersonId, Person] = field(default_factory=dict)
    records: Mapping[RecordKey, SugarRecord] = field(default_factory=dict)
    tallies: Mapping[SubjectId, Tally] = field(default_factory=dict)
    scores: Mapping[PersonId, Score] = field(default_factory=dict)
    prospects: Mapping[RecordKey, Prospect] = field(default_factory=dict)
    rules: ScoringRules | None = None
    """The usual ones, with version 0, while nothing was saved; None where they were not asked for."""


class BatchStore(Protocol):
    """All that lies by a key, whatever it is."""

    def read_batch(self, tenant: TenantId, batch: Batch) -> BatchRead:
        """Consistent row by row, and in no order: of two rows that are written together one may be older."""
