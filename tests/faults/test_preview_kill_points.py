"""Looking what a full sync would do dies at every call of every port; nothing is written all the same."""

import pytest

from funnel.domain.csv_files import read_csv
from funnel.domain.sync.runs import JobStatus
from funnel.domain.sync.sync_previews import SyncPreview, Would
from funnel.usecases.sync import preview_steps
from funnel.usecases.sync.preview_sync import preview_of, start_preview
from tests.fakes.faulty import Crash, Moment, Plan
from tests.fakes.world import TENANT
from tests.faults.dying import kill_points
from tests.faults.scene import Scene, dying, moved

Told = set[tuple[str, ...]]


def look(plan: Plan, at: int = 0) -> tuple[Scene, int]:
    """Somebody asks, again if nothing comes of it; and how much was written before."""
    scene = Scene(plan, moved())
    writes = scene.world.store.writes
    dying(plan, at)
    try:
        start_preview(scene.mortal, TENANT, "Ada", (), {})
    except Crash:
        plan.revived = True
        start_preview(scene.mortal, TENANT, "Ada", (), {})
    scene.drain()
    return scene, writes


def told(scene: Scene) -> Told:
    """What the files say."""
    preview = preview_of(scene.world.app, TENANT)
    assert preview.status is JobStatus.DONE, preview.note
    rows: list[tuple[str, ...]] = []
    for one in preview.files:
        found = read_csv(scene.world.files.get(TENANT, one.name)).rows
        assert len(found) == one.rows
        rows += [row.cells for row in found]
    assert len(rows) == len(set(rows)), "something was told twice"
    return set(rows)


def counted(preview: SyncPreview) -> list[dict[Would, int]]:
    """The counts of each module."""
    return [dict(one.counts) for one in preview.modules]


@pytest.fixture(autouse=True)
def small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a few records are several files, and several saves."""
    monkeypatch.setattr(preview_steps, "_PART", 8)


@pytest.mark.parametrize("moment", Moment)
def test_a_look_that_dies_anywhere_tells_the_same_and_writes_nothing(moment: Moment) -> None:
    whole, _ = look(Plan())
    expected = told(whole)
    counts = counted(preview_of(whole.world.app, TENANT))
    assert len(preview_of(whole.world.app, TENANT).files) > 2
    for at in kill_points(whole.plan.calls):
        scene, writes = look(Plan(moment=moment), at)
        where = f"call {at}, {scene.plan.calls[at - 1]}, {moment}"
        assert scene.plan.happened, where
        assert told(scene) == expected, where
        assert counted(preview_of(scene.world.app, TENANT)) == counts, where
        assert scene.world.store.writes == writes, where
        assert scene.redelivered <= 2, where
