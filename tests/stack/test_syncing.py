"""The first sync, the hourly one, and the one an admin asks for."""

from typing import TYPE_CHECKING

import pytest

from local.stack.client import wait_for
from local.sugar.web.trouble import Trouble
from tests.stack.scene import SECONDS, Scene, make_old, new_scene, populate

if TYPE_CHECKING:
    from local.stack.stack import Stack


@pytest.mark.feature("B1")
def test_saving_the_connection_brings_in_everything_or_reports_it(scene: Scene) -> None:
    populate(scene, people=250)
    run = scene.connect()
    assert (run["kind"], run["status"], run["note"]) == ("initial", "done", None)
    assert [m["module"] for m in run["modules"]] == [
        *("Users", "Accounts", "Leads", "Contacts", "Opportunities"),
    ]
    assert run["share"] == 1
    there, here, held = scene.there(), scene.here(), scene.held()
    assert held
    assert there - here <= held
    assert here <= there


@pytest.mark.feature("B2")
def test_the_requests_and_rows_of_an_hourly_run_follow_the_changes(stack: "Stack") -> None:
    asked = {people: requests_and_rows(stack, people) for people in (60, 300)}
    assert asked[60] == asked[300]


def requests_and_rows(stack: "Stack", people: int) -> tuple[int, int, int]:
    """Of hourly runs: requests with no change, and requests and rows that five changes add."""
    with new_scene(stack, f"{people} people") as scene:
        populate(scene, people)
        make_old(scene)
        assert scene.connect()["status"] == "done"
        # The first one settles what the first sync has left to be looked at again.
        scene.hourly()
        idle = scene.hourly()
        assert idle is not None
        assert idle["changed"] == 0
        asked = {module["module"]: module["requests"] for module in idle["modules"]}
        # The server's time counts with the first module, and signing in, where no session is kept.
        assert asked.pop("Users") in {2, 3}
        assert asked == {"Accounts": 1, "Leads": 2, "Contacts": 2, "Opportunities": 1}
        requests = sum(asked.values())
        for lead in scene.company.ids("Leads")[:5]:
            scene.company.update("Leads", lead, description="Changed")
        run = scene.hourly()
        assert run is not None
        assert run["changed"] == 5
        others = (one for one in run["modules"] if one["module"] != "Users")
        more = sum(module["requests"] for module in others) - requests
        rows = [sum(module["done"] for module in one["modules"]) for one in (idle, run)]
        return requests, more, rows[1] - rows[0]


@pytest.mark.feature("B3")
def test_a_full_sync_shows_its_progress_and_another_wish_waits_for_it(scene: Scene) -> None:
    populate(scene, people=60)
    assert scene.connect()["status"] == "done"
    slow = Trouble("slow", None, methods=("get_entry_list",), seconds=0.8)
    scene.sugar.troubles.add(slow)
    run_id = scene.funnel.start_sync("full")["run_id"]
    assert scene.funnel.start_sync("full", "Leads")["run_id"] == run_id
    seen = []

    def look() -> dict[str, object]:
        seen.append(scene.funnel.call("GET", "/api/setup/runs/current"))
        return scene.run(run_id)

    ended = wait_for(look, lambda run: run["status"] == "done", "the full sync", SECONDS)
    going = [reply.json() for reply in seen if reply.status_code == 200]
    counted = [run for run in going if run["run_id"] == run_id and run["expected"] is not None]
    assert {run["expected"] for run in counted} >= {ended["done"]}
    assert [run["done"] for run in counted] == sorted(run["done"] for run in counted)
    assert any(0 < run["share"] < 1 for run in counted)
    assert any(run["rate"] and run["seconds_left"] is not None for run in counted)
    assert all(run["queued_again"] for run in counted)
    scene.sugar.troubles.clear()
    # The wish that came meanwhile is a run of its own, after this one.
    after = wait_for(
        lambda: scene.runs()[0], lambda r: r["run_id"] != run_id, "the next run", SECONDS
    )
    assert after["kind"] == "full"
    assert [module["module"] for module in after["modules"]] == ["Leads"]
    assert scene.ended(after["run_id"])["status"] == "done"


@pytest.mark.feature("B3")
def test_a_sync_of_one_module_reads_that_module(connected: Scene) -> None:
    scene = connected
    scene.company.create("Leads", last_name="One")
    scene.company.create("Contacts", last_name="Two")
    run = scene.sync("full", "Leads")
    assert [module["module"] for module in run["modules"]] == ["Leads"]
    assert [row["name"] for row in scene.all("people")] == ["One"]
    assert scene.funnel.call("GET", "/api/setup/runs/current").status_code == 204


@pytest.mark.feature("B3")
def test_a_cancelled_sync_stops_keeps_what_it_has_and_makes_way(scene: Scene) -> None:
    populate(scene, people=60)
    slow = Trouble("slow", None, methods=("get_entry_list",), seconds=2)
    scene.sugar.troubles.add(slow)
    run = scene.begin()
    wait_for(
        lambda: scene.run(run["run_id"]), lambda now: now["done"] > 0, "the first records", SECONDS
    )
    scene.funnel.json("POST", "/api/setup/runs/current/cancel")
    assert scene.ended(run["run_id"])["status"] == "cancelled"
    kept = scene.here()
    assert kept
    assert kept < scene.there()
    none = scene.funnel.call("POST", "/api/setup/runs/current/cancel")
    assert (none.status_code, none.json()["error"]["code"]) == (404, "NotFound")
    scene.sugar.troubles.clear()
    scene.sync()
    assert scene.there() - scene.here() <= scene.held()
