"""Both sides compared, and repaired."""

from typing import Any

import pytest

from local.stack.client import wait_for
from tests.stack.scene import SECONDS, Scene, make_old, populate


def ended(scene: Scene) -> dict[str, Any]:
    """The comparison, once it has ended; it must have succeeded."""
    found: dict[str, Any] = wait_for(
        lambda: scene.funnel.json("GET", "/api/setup/comparison"),
        lambda one: one["status"] in {"done", "failed"},
        "the comparison",
        SECONDS,
    )
    assert (found["status"], found["note"]) == ("done", None), found
    return found


def told(found: dict[str, Any]) -> set[tuple[str, str, str]]:
    """Id, difference and reason of what differs and was not held back."""
    return {
        (one["record"]["sugar_id"], one["kind"], one["reason"])
        for one in found["items"]
        if one["reason"] != "reported"
    }


@pytest.mark.feature("B13")
def test_both_sides_are_compared_and_exactly_what_differs_is_repaired(scene: Scene) -> None:
    populate(scene, people=60)
    make_old(scene)
    assert scene.connect()["status"] == "done"
    scene.funnel.json("POST", "/api/setup/comparison")
    found = ended(scene)
    assert told(found) == set()
    leads = scene.company.ids("Leads")
    counts = {m["module"]: m for m in found["modules"]}
    for module in ("Users", "Accounts", "Leads", "Contacts", "Opportunities"):
        assert counts[module]["there"] == len(scene.company.ids(module))
    assert counts["Leads"]["here"] == len(leads)

    changed, deleted, pruned = leads[:3]
    new = scene.company.create("Leads", last_name="Unseen")
    scene.company.update("Leads", changed, title="Changed")
    scene.company.delete("Leads", deleted)
    scene.company.delete("Leads", pruned)
    scene.company.prune("Leads", pruned)
    scene.funnel.json("POST", "/api/setup/comparison")
    assert told(ended(scene)) == {
        (new, "only there", "just now"),
        (changed, "another time", "just now"),
        (deleted, "deleted there", "just now"),
        (pruned, "only here", "unknown"),
    }
    rows = scene.funnel.call("GET", "/api/setup/comparison.csv").text
    assert all(one in rows for one in (new, changed, deleted, pruned))

    scene.funnel.json("POST", "/api/setup/comparison/repair")
    assert told(ended(scene)) == {(pruned, "only here", "not visible")}
    assert "Unseen" in {row["name"] for row in scene.all("people")}
    assert ("Leads", pruned) in scene.held()
