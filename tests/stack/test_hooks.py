"""What people save in Sugar is here within seconds."""

import pytest
import requests

from local.sugar.funnel_module import Entered
from tests.stack.scene import Scene, eventually


def aim(scene: Scene) -> Entered:
    """Make a key as an admin does, and enter it in Sugar."""
    target = Entered(**scene.funnel.json("POST", "/api/setup/hooks/key"))
    scene.company.enter_module(target)
    return target


def names(scene: Scene) -> set[str]:
    """The names of all people here."""
    return {row["name"] for row in scene.all("people")}


@pytest.mark.feature("B12")
def test_what_people_save_and_delete_in_sugar_is_here_within_seconds(connected: Scene) -> None:
    scene = connected
    aim(scene)
    runs = len(scene.runs())
    lead = scene.company.create("Leads", last_name="Quick")
    eventually("the new lead", lambda: "Quick" in names(scene))
    scene.company.update("Leads", lead, last_name="Quicker")
    eventually("the change", lambda: "Quicker" in names(scene))
    scene.company.delete("Leads", lead)
    eventually("the deletion", lambda: "Quicker" not in names(scene))
    assert len(scene.runs()) == runs
    counts = scene.funnel.json("GET", "/api/setup/hooks")["counts"]
    # One that was answered late was sent again.
    assert counts["accepted"] >= 3
    assert counts["records"] >= 3
    assert counts["refused"] == 0


@pytest.mark.feature("B12")
def test_a_burst_folds_into_few_readings(connected: Scene) -> None:
    scene = connected
    aim(scene)
    leads = [scene.company.create("Leads", last_name=f"L{i}") for i in range(150)]
    scene.sugar.log.clear()
    for _ in range(4):
        for lead in leads:
            scene.company.update("Leads", lead, title="Head")
    eventually("all of them", lambda: len(names(scene)) == 150)
    scene.stack_is_idle()
    assert scene.sugar.log.requests < 60


@pytest.mark.feature("B12")
def test_a_webhook_that_is_not_signed_right_is_refused_alike(connected: Scene) -> None:
    scene = connected
    target = aim(scene)
    ours = target.at("hooks/sugar")
    stranger = ours.rsplit("/", 1)[0] + "/00000000-0000-4000-8000-000000000000"
    told = {
        (reply.status_code, reply.text)
        for address in (ours, stranger)
        for headers in (
            {},
            {"X-Funnel-Time": "1", "X-Funnel-Key": target.kid, "X-Funnel-Signature": "0" * 64},
        )
        if (reply := requests.post(address, json={}, headers=headers, timeout=60)) is not None
    }
    assert len(told) == 1
    assert told.pop()[0] == 401
