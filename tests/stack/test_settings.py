"""A connection's settings: pause, read-only, filters, modules, quiet hours."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.stack.scene import Scene


@pytest.mark.feature("A8")
def test_a_paused_connection_starts_nothing_and_goes_on_when_resumed(connected: Scene) -> None:
    scene = connected
    scene.first_round()
    lead = scene.company.create("Leads", last_name="While paused")
    paused = scene.settings(paused=True)["pause"]
    assert paused["reason"] == "admin"
    scene.sugar.log.clear()
    assert scene.hourly() is None
    refused = scene.funnel.call("POST", "/api/setup/sync", {"kind": "incremental"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "ConnectionPaused")
    assert refused.json()["error"]["mend"]
    assert scene.sugar.log.requests == 0
    assert scene.settings(paused=False)["pause"] is None
    scene.sync()
    assert lead in scene.people_by_link()


@pytest.mark.feature("A8")
def test_a_run_that_is_paused_on_its_way_goes_on_where_it_was(scene: Scene) -> None:
    from local.sugar.web.trouble import Trouble

    leads = {scene.company.create("Leads", last_name=f"Lead {n}") for n in range(5)}
    slow = Trouble("slow", None, methods=("get_entry_list",), seconds=2)
    scene.sugar.troubles.add(slow)
    run = scene.begin()
    scene.settings(paused=True)
    assert scene.ended(run["run_id"])["status"] == "paused"
    scene.sugar.troubles.clear()
    scene.settings(paused=False)
    assert scene.ended(run["run_id"])["status"] == "done"
    assert leads <= set(scene.people_by_link())


@pytest.mark.feature("A8")
def test_nothing_is_written_to_sugar_until_an_admin_says_so(connected: Scene) -> None:
    scene = connected
    state = scene.funnel.connection()
    assert state is not None
    assert state["read_only"] is True
    scene.sync("full")
    wrote = {m for m in scene.sugar.log.methods if m.startswith("set_")}
    assert wrote == set()
    assert scene.settings(read_only=False)["read_only"] is False


@pytest.mark.feature("A8")
def test_a_filter_lets_in_what_it_names_and_its_end_the_rest(connected: Scene) -> None:
    scene = connected
    new = scene.company.create("Leads", last_name="New", status="New")
    dead = scene.company.create("Leads", last_name="Dead", status="Dead")
    only_new = [{"field": "status", "operator": "is", "values": ["New"]}]
    scene.settings(conditions={"Leads": only_new})
    scene.sync()
    assert set(scene.people_by_link()) == {new}
    scene.settings(conditions={"Leads": []})
    scene.sync()
    assert set(scene.people_by_link()) == {new, dead}


@pytest.mark.feature("A8")
def test_a_module_left_out_is_not_read(connected: Scene) -> None:
    scene = connected
    scene.settings(modules=["Users", "Accounts", "Leads"])
    scene.company.create("Contacts", last_name="Not asked for")
    scene.sugar.log.clear()
    run = scene.sync("full")
    assert [module["module"] for module in run["modules"]] == ["Users", "Accounts", "Leads"]
    asked = {one.module for one in scene.sugar.log.last(1000)}
    assert not asked & {"Contacts", "Opportunities"}
    wanted = {"kind": "full", "modules": ["Contacts"]}
    refused = scene.funnel.call("POST", "/api/setup/sync", wanted)
    assert refused.status_code == 400
    assert "Contacts is switched off" in refused.json()["error"]["text"]


@pytest.mark.feature("A8")
def test_in_quiet_hours_no_scheduled_run_starts_but_an_asked_one_does(connected: Scene) -> None:
    scene, now = connected, datetime.now(UTC)
    around = [f"{now + timedelta(hours=hours):%H:%M}" for hours in (-2, 2)]
    scene.settings(quiet_hours={"start": around[0], "end": around[1]})
    assert scene.hourly() is None
    assert scene.sync()["kind"] == "manual"
    scene.settings(quiet_hours={"start": around[1], "end": around[0]})
    run = scene.hourly()
    assert run is not None
    assert (run["kind"], run["status"]) == ("hourly", "done")
