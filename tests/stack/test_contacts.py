"""Contacts: made, found, imported and exported on the deployed stack, and joined by Sugar's."""

import urllib.request
from urllib.parse import quote

import pytest

from local.stack.client import first_form, wait_for
from tests.stack.scene import SECONDS, Json, Scene

CSV = "Email;Nachname;Ort\r\nann@x.example;Müller;Köln\r\nlea@x.example;Ott;Ulm\r\nnone;Nil;\r\n"


def done(scene: Scene, what: str) -> Json:
    """An import or export, once it has ended."""
    return wait_for(
        lambda: scene.funnel.json("GET", f"/api/app/{what}"),
        lambda job: job["status"] in {"done", "failed"},
        "a job about people",
        SECONDS,
    )


def fetched(url: str) -> str:
    """A file, as whoever has its address gets it."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=60) as reply:
        return str(reply.read().decode("utf-8-sig"))


@pytest.mark.feature("D1")
def test_a_person_made_here_is_found_by_words_and_joined_by_the_lead_that_comes(
    connected: Scene,
) -> None:
    scene = connected
    wish = {"fields": {"first_name": "Ann", "last_name": "Müller"}, "email": "ann@x.example"}
    made = scene.funnel.json("POST", "/api/app/people", {**wish, "key": "k1"})
    again = scene.funnel.json("POST", "/api/app/people", {**wish, "key": "k1"})
    assert again["person_id"] == made["person_id"]
    taken = scene.funnel.call("POST", "/api/app/people", wish)
    assert taken.status_code == 409
    for query in ("mull", "muller an", "ann@x.ex", "x.example"):
        assert [one["name"] for one in scene.all("people", quote(query))] == ["Ann Müller"]
    outside = scene.funnel.json("GET", "/api/app/people?in_sugar=no")
    assert [one["name"] for one in outside["items"]] == ["Ann Müller"]
    lead = scene.company.create(
        "Leads", last_name="Mueller", email1="Ann@X.example", account_name="Acme Works"
    )
    scene.sync()
    assert scene.people_by_link()[lead]["person_id"] == made["person_id"]
    fields = scene.fields(made["person_id"])
    assert (fields["last_name"], fields["company"]) == ("Müller", "Acme Works")
    assert [one["name"] for one in scene.all("people", "works")] == ["Ann Müller"]
    assert scene.funnel.json("GET", "/api/app/people?in_sugar=no")["items"] == []
    found = scene.funnel.json("GET", "/api/app/people?q=acme&score_to=0&consent=yes")
    assert [one["person_id"] for one in found["items"]] == [made["person_id"]]


@pytest.mark.feature("D1")
def test_people_are_imported_and_exported_through_files(connected: Scene) -> None:
    scene = connected
    scene.company.create("Leads", last_name="Ott", email1="lea@x.example")
    scene.sync()
    form = f"{scene.funnel.base_url}/app/imports/new"
    token = first_form(scene.funnel.http.get(form, timeout=60).text).fields["form_token"]
    sent = scene.funnel.http.post(
        form,
        data={"form_token": token},
        files={"file": ("fair.csv", CSV.encode("cp1252"), "text/csv")},
        timeout=60,
        allow_redirects=False,
    )
    assert sent.status_code == 303, sent.text
    brought = scene.funnel.json("GET", f"/api{sent.headers['Location']}")
    assert [row["kind"] for row in brought["preview"]] == ["create", "same", "skip"]
    one = f"imports/{brought['job_id']}"
    columns = [column["field"] for column in brought["columns"]]
    assert columns[:2] == ["email", "last_name"]
    scene.funnel.json("POST", f"/api/app/{one}/start", {"columns": [*columns[:2], "city"]})
    after = done(scene, one)
    assert after["counts"] == {"create": 1, "change": 1, "same": 0, "skip": 1}
    left_out = fetched(after["errors_url"])
    assert "none;" not in left_out
    assert "Enter an email address" in left_out
    begun = scene.funnel.json("POST", "/api/app/exports?q=x.example")
    export = done(scene, f"exports/{begun['job_id']}")
    (file,) = export["files"]
    text = fetched(file["url"])
    assert export["rows"] == file["rows"] == 2
    assert "ann@x.example" in text
    assert "Köln" in text
    (person,) = scene.all("people", "lea%40x.example")
    assert scene.fields(person["person_id"])["city"] == "Ulm"


@pytest.mark.feature("D1")
def test_who_is_erased_is_gone_and_sugar_does_not_bring_them_back(connected: Scene) -> None:
    scene = connected
    lead = scene.company.create("Leads", last_name="Zyx", email1="zyx@x.example")
    scene.sync()
    (person,) = scene.all("people", "zyx")
    path = f"/api/app/people/{person['person_id']}"
    scene.funnel.json("PATCH", path, {"fields": {"city": "Ulm"}})
    slip = scene.funnel.call("POST", f"{path}/erase", {"confirm": "zyx"})
    assert slip.status_code == 400
    begun = scene.funnel.json("POST", f"{path}/erase", {"confirm": "zyx@x.example"})
    erased = done(scene, f"erasures/{begun['job_id']}")
    assert erased["status"] == "done", erased
    assert erased["counts"]["records"] == 1
    assert erased["counts"]["history"] >= 1
    assert scene.funnel.call("GET", path).status_code == 404
    scene.company.update("Leads", lead, title="CEO")
    scene.company.create("Leads", last_name="Zyx", email1="ZYX@x.example")
    scene.sync("full")
    assert scene.all("people") == []
    assert {(g["own"][0]["code"], g["root"]["name"]) for g in scene.errors()} == {("Erased", "")}
    (proof,) = scene.funnel.json("GET", "/api/app/erasures")["items"]
    assert proof["counts"] == erased["counts"]
