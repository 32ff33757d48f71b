"""Rows that are read together have no order: a score may be older than the tally it is written with."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from funnel.domain.ids import PersonId, TenantId
from funnel.domain.scoring.scores import Score
from funnel.domain.tracking.activities import Activity, ActivityKind, Signal, SubjectId
from funnel.ports.batches import Batch, BatchRead, BatchStore
from funnel.usecases.segments.follow_scores import rescore_people
from funnel.usecases.tracking.label_signals import record_labelled
from funnel.usecases.tracking.relabel_activity import relabel
from tests.fakes.world import TENANT
from tests.unit.usecases.scoring.scoring import VIEW, with_rules
from tests.unit.usecases.vision.test_project_people import Office

pytestmark = pytest.mark.feature("E1")


class TornOnce:
    """Gives, once, the scores as they were before the last write."""

    def __init__(self, batches: BatchStore, older: Mapping[PersonId, Score]) -> None:
        self._batches = batches
        self._older = [older]

    def read_batch(self, tenant: TenantId, batch: Batch) -> BatchRead:
        found = self._batches.read_batch(tenant, batch)
        return replace(found, scores=self._older.pop()) if batch.scores and self._older else found


@pytest.mark.parametrize("seen_before", [0, 2])
def test_points_are_taken_back_though_the_score_was_read_as_it_was_before_them(
    seen_before: int,
) -> None:
    office = Office()
    with_rules(office.world, VIEW)
    app, store, person = office.world.app, office.world.store, office.person()

    def seen(name: str) -> Activity:
        at, about = office.world.clock.now(), {"visit": "w", "path": f"/{name}"}
        one = Activity(TENANT, SubjectId(person), name, ActivityKind.PAGE_VIEW, at, about)
        record_labelled(app, TENANT, one.subject, [one])
        return one

    for number in range(seen_before):
        seen(f"p{number}")
    older = store.scores(TENANT, [person])
    last = seen("last")
    torn = replace(app, batches=TornOnce(store, older))
    relabel(torn, TENANT, last.subject, last.activity_id, last.at, Signal.SCANNER, "x", by="")
    score = store.scores(TENANT, [person])[person]
    assert score.value == seen_before * VIEW.points
    assert rescore_people(app, TENANT, [person]) == 0
