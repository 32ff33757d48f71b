"""Reading a field list and trying a mapping die at every call: each comes to an end, nothing is kept."""

import pytest

from funnel.domain.ids import JobId, Module
from funnel.domain.mapping.mapping import STANDARD_MAPPINGS
from funnel.usecases.connecting.connect import job_of
from funnel.usecases.mapping.map_fields import WantedMapping
from funnel.usecases.mapping.mapping_jobs import request_field_list, request_preview
from tests.fakes.faulty import Moment, Plan
from tests.fakes.world import TENANT
from tests.faults.dying import kill_points
from tests.faults.scene import Scene, synced

WANTED = [WantedMapping(m.sugar_field, m.field) for m in STANDARD_MAPPINGS[Module.LEADS][:5]]
KINDS = ("field list", "mapping preview")


def worked(kind: str, plan: Plan, at: int = 0) -> tuple[Scene, JobId, int]:
    """A synced company and a job asked for, worked off by workers of whom one dies; rows before."""
    scene = Scene(plan, synced())
    before = scene.world.store.writes
    plan.calls.clear()
    plan.at, plan.happened, plan.revived = at, False, False
    if kind == "field list":
        job = request_field_list(scene.world.app, TENANT, "Ada", Module.LEADS)
    else:
        job = request_preview(scene.world.app, TENANT, "Ada", Module.LEADS, WANTED)
    while message := scene.world.queue.pop_next():
        scene.deliver(message)
    return scene, JobId(job.job_id), before


CALLS = {kind: worked(kind, Plan())[0].plan.calls for kind in KINDS}


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("kind", KINDS)
def test_a_job_that_dies_anywhere_ends_and_changes_no_record(kind: str, moment: Moment) -> None:
    assert len(CALLS[kind]) > 5
    for at in kill_points(CALLS[kind]):
        scene, job_id, before = worked(kind, Plan(moment=moment), at)
        assert scene.plan.happened
        job = job_of(scene.world.app, TENANT, job_id)
        assert job.status.value in {"done", "failed"}, at
        assert scene.world.store.writes == before
        assert scene.world.store.field_list(TENANT, Module.LEADS) is not None
