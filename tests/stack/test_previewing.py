"""What a full sync would do, told before it does it."""

import urllib.request

import pytest

from funnel.domain.csv_files import read_csv
from local.stack.client import wait_for
from tests.stack.scene import SECONDS, Scene, populate

HERE = "/api/setup/sync/preview"


@pytest.mark.feature("C10")
def test_a_full_sync_is_looked_at_first_and_then_does_what_was_told(scene: Scene) -> None:
    populate(scene, people=60)
    assert scene.connect()["status"] == "done"
    held_before = scene.held()
    changed, deleted = scene.company.ids("Leads")[:2]
    scene.company.update("Leads", changed, title="Foreseen")
    scene.company.delete("Leads", deleted)
    made = scene.company.create("Leads", last_name="Foreseen")
    held = scene.company.create("Accounts", name="Nobody's", assigned_user_id="")

    scene.funnel.json("POST", HERE, {"modules": ["Accounts", "Leads"]})
    found = wait_for(
        lambda: scene.funnel.json("GET", HERE),
        lambda one: one["status"] in {"done", "failed"},
        "the look",
        SECONDS,
    )

    assert (found["status"], found["note"]) == ("done", None), found
    accounts, leads = found["modules"]
    assert [leads[one] for one in ("created", "changed", "deleted", "held")] == [1, 1, 1, 0]
    assert leads["fields"] == {"title": 1}
    assert accounts["reasons"] == {"OwnerMissing": 1}
    with urllib.request.urlopen(found["files"][0]["url"], timeout=60) as reply:
        rows = {one.cells[1]: one.cells[3:] for one in read_csv(reply.read()).rows}
    assert (rows[changed][1], rows[changed][3]) == ("title", "Foreseen")
    assert rows[made][0] == "would be new here"
    assert rows[deleted][0] == "would be marked as deleted"
    assert rows[held][-1] == "OwnerMissing"
    assert scene.held() == held_before
    assert "Foreseen" not in {row["name"] for row in scene.all("people")}

    scene.funnel.json("POST", "/api/setup/sync", {"kind": "full", "modules": ["Accounts", "Leads"]})
    run = wait_for(
        lambda: scene.funnel.json("GET", "/api/setup/runs")["items"][0],
        lambda one: one["kind"] == "full" and one["status"] == "done",
        "the full sync",
        SECONDS,
    )
    done = {one["module"]: one for one in run["modules"]}
    assert [done["Leads"][one] for one in ("changed", "deleted", "held")] == [2, 1, 0]
    assert ("Accounts", held) in scene.held()
