"""Mapping fields of Sugar: read, tried, saved, and brought in by a full sync of that module."""

import pytest

from tests.stack.scene import Json, Scene, changes_in


def job_of(scene: Scene, path: str, body: Json | None = None) -> Json:
    """A job that was asked for, once it is done."""
    job = scene.job(scene.funnel.json("POST", path, body)["job_id"])
    assert job["status"] == "done", job["error"]
    result: Json = job["result"]
    return result


def mapping(scene: Scene, module: str = "Leads") -> Json:
    """A tab."""
    found: Json = scene.funnel.json("GET", f"/api/setup/mappings/{module}")
    return found


def wanted(tab: Json, *more: tuple[str, str]) -> Json:
    """The mapping of a tab, and fields beside it."""
    kept = [{k: m[k] for k in ("sugar_field", "field", "rule", "flow")} for m in tab["mappings"]]
    return {"mappings": kept + [{"sugar_field": s, "field": f} for s, f in more]}


@pytest.mark.feature("B10")
def test_a_custom_field_is_mapped_tried_and_comes_in_with_a_full_sync_of_its_module(
    connected: Scene,
) -> None:
    scene = connected
    lead = scene.company.create(
        "Leads", last_name="Ott", email1="ott@x.example", score_c="42", status="In Process"
    )
    scene.sync()
    assert job_of(scene, "/api/setup/mappings/Leads/read-fields")["fields"] > 50
    tab = mapping(scene)
    assert tab["is_standard"]
    score = next(one for one in tab["sugar_fields"] if one["name"] == "score_c")
    assert score["type"] == "whole number"
    status = next(one for one in tab["sugar_fields"] if one["name"] == "status")
    assert ["In Process", "In Process"] in status["options"]

    new = {"subject": "person", "label": "Grade", "type": "whole number"}
    field = scene.funnel.json("POST", "/api/setup/custom-fields", new)["name"]
    body = wanted(tab, ("score_c", field))
    seen = job_of(scene, "/api/setup/mappings/Leads/preview", body)
    (record,) = seen["records"]
    assert record["changes"] == [{"field": field, "before": None, "after": 42}]
    person = scene.people_by_link()[lead]["person_id"]
    assert field not in scene.fields(person)

    saved = scene.funnel.json("PUT", "/api/setup/mappings/Leads", body)
    assert (saved["needs_full_sync"], saved["is_standard"]) == (True, False)
    run = scene.sync("full", "Leads")
    assert [module["module"] for module in run["modules"]] == ["Leads"]
    assert scene.fields(person)[field] == 42
    assert not mapping(scene)["needs_full_sync"]
    found = next(one for one in scene.person(person)["fields"] if one["name"] == field)
    assert found["label"] == "Grade"
    # Nothing asks for it, which is looked up wherever something could; but a mapping goes into it.
    where = f"/api/setup/custom-fields/person/{field}"
    assert scene.funnel.json("GET", f"{where}/uses")["items"] == []
    assert scene.funnel.call("DELETE", where).status_code == 400


@pytest.mark.feature("B10")
@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (("nothing_c", "title"), "no field “nothing_c”"),
        (("status", "birthdate"), "takes date"),
        (("department", "title"), "go into “title”"),
        (("title", "nowhere"), "no field “nowhere” here"),
    ],
)
def test_what_cannot_be_mapped_is_refused_with_the_reason(
    connected: Scene, pair: tuple[str, str], said: str
) -> None:
    scene = connected
    job_of(scene, "/api/setup/mappings/Leads/read-fields")
    tab = mapping(scene)
    body = wanted(tab, pair)
    if pair[1] == "birthdate":
        body["mappings"] = [m for m in body["mappings"] if m.get("sugar_field") != "birthdate"]
    refused = scene.funnel.call("PUT", "/api/setup/mappings/Leads", body)
    assert refused.status_code == 400
    assert said in refused.json()["error"]["text"]
    assert mapping(scene)["mappings"] == tab["mappings"]


@pytest.mark.feature("F5")
def test_a_person_says_where_each_value_is_from(connected: Scene) -> None:
    scene = connected
    lead = scene.company.create("Leads", last_name="Ott", phone_home="1", email1="a@x.example")
    contact = scene.company.create("Contacts", last_name="Ott", title="CTO", email1="a@x.example")
    scene.sync()
    person = scene.person(scene.people_by_link()[lead]["person_id"])
    told = {
        one["field"]["name"]: (one["kind"], one["record"]["sugar_id"], one["sugar_field"])
        for one in person["sources"]
    }
    assert told["title"] == ("Sugar", contact, "title")
    assert told["phone_home"] == ("Sugar", lead, "phone_home")
    assert all(one["at"].endswith("Z") for one in person["sources"])


@pytest.mark.feature("C11")
def test_an_edit_here_stays_until_sugar_changes_the_same_field(connected: Scene) -> None:
    scene = connected
    lead = scene.company.create("Leads", last_name="Ott", title="CTO", email1="a@x.example")
    scene.sync()
    person = scene.people_by_link()[lead]["person_id"]
    path = f"/api/app/people/{person}"
    scene.funnel.json("PATCH", path, {"fields": {"title": "CEO", "city": "Ulm"}})
    scene.company.update("Leads", lead, department="Sales")
    scene.sync()
    fields = scene.fields(person)
    assert (fields["title"], fields["city"], fields["department"]) == ("CEO", "Ulm", "Sales")
    scene.company.update("Leads", lead, title="CFO")
    scene.sync()
    assert scene.fields(person)["title"] == "CFO"
    newest = scene.funnel.json("GET", f"{path}/history")["items"][0]
    assert changes_in(newest) == [
        {"field": "title", "before": "CEO", "after": "CFO", "rule": "both changed: Sugar wins"}
    ]
    wrong = scene.funnel.call("PATCH", path, {"fields": {"birthdate": "soon"}})
    assert (wrong.status_code, wrong.json()["error"]["field"]) == (400, "birthdate")
