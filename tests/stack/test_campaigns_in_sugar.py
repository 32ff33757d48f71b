"""A campaign is started, and its people arrive on its Target List in the simulated Sugar."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.stack.scene import Json, Scene, eventually, new_scene

if TYPE_CHECKING:
    from local.stack.stack import Stack

WAIT: Json = {"step_id": "pause", "settings": {"kind": "wait", "minutes": 1440}, "next": ""}
SYNC: Json = {
    "step_id": "sync",
    "settings": {
        "kind": "sync",
        "module": "Leads",
        "task_kind": "Call",
        "task_subject": "Say hello",
    },
    "next": "pause",
}


@pytest.fixture
def scene(stack: "Stack", request: pytest.FixtureRequest) -> Iterator[Scene]:
    """A tenant connected to a Sugar with one Lead, which may be written to."""
    with new_scene(stack, request.node.name[:100]) as made:
        made.company.create("Leads", last_name="There", email1="there@x.example")
        assert made.connect()["status"] == "done"
        made.settings(read_only=False)
        yield made


def started(scene: Scene) -> str:
    """A campaign that runs and is synced with Sugar; its id."""
    made = scene.funnel.json("POST", "/api/app/campaigns", {"key": "k", "name": "Spring"})
    here = f"/api/app/campaigns/{made['campaign_id']}"
    wanted = {
        "version": made["version"],
        "name": "Spring",
        "start": {"comes": "nobody"},
        "first": "sync",
        "steps": [SYNC, WAIT],
        "sync": True,
    }
    changed = scene.funnel.json("PUT", here, wanted)
    scene.funnel.json("POST", f"{here}/start", {"version": changed["version"]})
    return str(made["campaign_id"])


@pytest.mark.feature("C1")
@pytest.mark.feature("C2")
@pytest.mark.feature("C5")
@pytest.mark.feature("C10")
def test_the_people_of_a_campaign_arrive_on_its_target_list_in_sugar(scene: Scene) -> None:
    company = scene.company
    person = {
        "email": "new@x.example",
        "fields": {"last_name": "New", "company": "Acme"},
        "key": "n",
    }
    new = str(scene.funnel.json("POST", "/api/app/people", person)["person_id"])
    (there,) = (row["person_id"] for row in scene.all("people") if row["person_id"] != new)
    here = f"/api/app/campaigns/{started(scene)}"
    walks = [
        scene.funnel.json("POST", f"{here}/people", {"person_id": one, "key": one})
        for one in (there, new)
    ]

    def members() -> list[str]:
        lists = company.ids("ProspectLists")
        return sorted(company.linked("ProspectLists", lists[0], "leads")) if lists else []

    eventually("both are on it", lambda: len(members()) == 2)
    (campaign,) = company.ids("Campaigns")
    told = company.get("Campaigns", campaign) or {}
    assert (told["name"], told["status"]) == ("Spring", "Active")
    assert company.linked("Campaigns", campaign, "prospectlists") == company.ids("ProspectLists")
    assert members() == sorted(company.ids("Leads"))
    eventually("each has a task", lambda: len(company.ids("Tasks")) == 2)
    eventually(
        "it says so", lambda: scene.funnel.json("GET", f"{here}/sugar")["state"] == "in step"
    )
    assert campaign in scene.funnel.json("GET", f"{here}/sugar")["campaign_url"]

    look = scene.funnel.json("POST", f"{here}/sugar/looks", {"step": "sync"})["job_id"]
    path = f"{here}/sugar/looks/{look}"
    eventually("the look ends", lambda: scene.funnel.json("GET", path)["status"] == "done")
    found = scene.funnel.json("GET", path)
    assert (found["looked"], found["counts"]["skip"]) == (2, 2)
    assert {one["name"] for one in found["people"]} == {"New", "There"}

    scene.funnel.call("DELETE", f"{here}/walks/{walks[0]['enrolment_id']}")
    eventually("who is taken out is off the list", lambda: len(members()) == 1)
    assert len(company.ids("Campaigns")) == len(company.ids("ProspectLists")) == 1
    assert scene.errors() == []
