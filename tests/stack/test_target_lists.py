"""Target Lists on the deployed stack: made, filled, renamed, emptied, deleted and restored in Sugar."""

import pytest

from local.stack.client import wait_for
from tests.stack.scene import SECONDS, Json, Scene


def row(scene: Scene, name: str) -> Json:
    """One list as the page shows it; {} if it is not here."""
    found: list[Json] = scene.funnel.json("GET", "/api/app/target-lists")["items"]
    return next((one for one in found if one["name"] == name), {})


def read_until(scene: Scene, name: str, **wanted: object) -> Json:
    """Press the button, and wait until the list is as it should be."""
    press(scene)
    return wait_for(
        lambda: row(scene, name),
        lambda one: all(one.get(key) == value for key, value in wanted.items()),
        f"the list {name} with {wanted}",
        SECONDS,
    )


def press(scene: Scene) -> None:
    """The button refuses a second round within some seconds: until it does not."""
    wait_for(
        lambda: {"status": scene.funnel.call("POST", "/api/app/target-lists/round").status_code},
        lambda answer: answer["status"] == 202,
        "the button to work again",
        SECONDS,
    )


@pytest.mark.feature("B9")
def test_a_target_list_follows_sugar_from_being_made_to_being_deleted(scene: Scene) -> None:
    company = scene.company
    scene.connect()
    lead = company.create("Leads", last_name="Ott", email1="ott@x.test")
    target = company.create("Prospects", last_name="Pia", email1="pia@x.test")
    fair = company.create("ProspectLists", name="Fair", list_type="default")
    company.link("ProspectLists", fair, "leads", lead)
    company.link("ProspectLists", fair, "prospects", target)
    made = read_until(scene, "Fair", members=2, status="active")
    assert made["source"]["suppresses"] is False
    assert made["source"]["waiting_count"] == 1, "the lead is newer than the last sync"
    people = scene.funnel.json("GET", "/api/app/people?q=pia@x.test")["items"]
    assert [link["module"] for one in people for link in one["links"]] == ["Prospects"]

    company.unlink("ProspectLists", fair, "leads", lead)
    company.update("ProspectLists", fair, name="Trade fair", list_type="exempt")
    renamed = read_until(scene, "Trade fair", members=1, status="active")
    assert renamed["list_id"] == made["list_id"]
    assert renamed["source"]["suppresses"] is True
    assert row(scene, "Fair") == {}

    company.unlink("ProspectLists", fair, "prospects", target)
    read_until(scene, "Trade fair", members=0, status="active")

    company.delete("ProspectLists", fair)
    read_until(scene, "Trade fair", status="retired")

    company.restore("ProspectLists", fair)
    company.link("ProspectLists", fair, "leads", lead)
    back = read_until(scene, "Trade fair", members=1, status="active")
    assert back["list_id"] == made["list_id"]
