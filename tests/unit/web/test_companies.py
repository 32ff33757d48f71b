"""Companies by page and by JSON, for marketers, and for reps by their token."""

import json
from dataclasses import replace
from typing import Any

import pytest

from funnel.domain.companies.companies import company_key
from tests.browser.companies import EVIL, key_of
from tests.browser.world import EMPTY, FULL, World
from tests.fakes.dashlets import dashlet_token, vision_address
from tests.unit.web.asking import Client, signed_in

MOREAU = key_of("Moreau et Fils SA")
FJORDNETT = key_of("Fjordnett Telecom AS")
PROVIDER = "internet provider"


@pytest.fixture
def marketer(world: World) -> Client:
    return signed_in(world, FULL)


def test_a_marketer_sees_companies_what_is_left_out_and_the_databases(marketer: Client) -> None:
    page = marketer.get("/app/companies").text
    for text in (
        "Harbour Cranes AS",
        "Fjordnett Telecom AS",
        "Internet provider",
        "ipinfo company",
        "broken",
    ):
        assert text in page
    assert EVIL not in page
    assert page.index("Harbour Cranes AS") < page.index("Fjordnett Telecom AS")
    one = marketer.get(f"/app/companies/{key_of('Harbour Cranes AS')}").text
    assert "Anneliese Bergmann" in one


def test_a_company_whose_visitors_are_all_known_is_not_said_to_have_no_visits(
    marketer: Client, world: World
) -> None:
    said = "All who came are known by now"
    assert said not in marketer.get("/app/companies").text
    company, _ = world.app.companies.company(FULL, MOREAU)
    assert company
    known = tuple(replace(one, known=True) for one in company.visits)
    world.app.companies.save_company(replace(company, visits=known), world.app.clock.now())
    assert said in marketer.get("/app/companies").text


def test_what_a_marketer_says_stands_by_page_and_json_alike(marketer: Client) -> None:
    marketer.send(f"/app/companies/{MOREAU}", kind=PROVIDER, name="Moreau Net")
    found = marketer.get(f"/api/app/companies/{MOREAU}").json
    assert (found["kind"], found["name"], found["evidence"]) == (PROVIDER, "Moreau Net", "said")
    assert MOREAU in [
        one["key"] for one in marketer.get("/api/app/companies/networks").json["items"]
    ]
    said = marketer.get("/api/app/companies/corrections").json["items"]
    assert [(one["organisation"], one["counts"], len(one["said"])) for one in said] == [
        ("Moreau et Fils SA", True, 1)
    ]
    assert said[0]["said"][0]["by"] == "Ada Brandt"
    assert "Moreau Net" in marketer.get("/app/companies").text
    for _ in range(2):
        back = marketer.call("PUT", f"/api/app/companies/{MOREAU}", {"kind": "", "name": ""}).json
    assert (back["kind"], back["name"], back["said"]) == ("company", "Moreau et Fils SA", None)
    (one,) = marketer.get("/api/app/companies/corrections").json["items"]
    assert (one["counts"], len(one["said"])) == (False, 2)


def test_what_is_no_kind_or_no_name_is_refused_by_its_field(marketer: Client) -> None:
    for body, field in (
        ({"kind": "unknown"}, "kind"),
        ({"kind": "x"}, "kind"),
        ({"name": "x" * 101}, "name"),
    ):
        reply = marketer.call("PUT", f"/api/app/companies/{MOREAU}", body)
        assert (reply.status, reply.json["error"]["field"]) == (400, field)
    assert marketer.send(f"/app/companies/{MOREAU}", kind="", name="x" * 101).status == 400
    for key in ("nonsense", company_key("Nobody Ltd")):
        assert marketer.call("PUT", f"/api/app/companies/{key}", {"kind": "company"}).status == 404
        assert marketer.get(f"/api/app/companies/{key}").status == 404


def test_no_tenant_sees_or_corrects_anothers(world: World) -> None:
    other = signed_in(world, EMPTY)
    assert other.get("/api/app/companies").json["items"] == []
    assert other.get("/api/app/companies").json["nothing"] == "no site"
    assert other.get(f"/api/app/companies/{MOREAU}").status == 404
    assert other.call("PUT", f"/api/app/companies/{MOREAU}", {"kind": PROVIDER}).status == 404
    assert other.get("/api/app/companies/corrections").json["items"] == []


def test_a_rep_says_it_by_json_too_and_only_with_a_token(world: World, marketer: Client) -> None:
    base = f"/api{vision_address(world.app, FULL)}"
    token = {"authorization": f"Bearer {dashlet_token(world.app, FULL, 'sarah')}"}

    nobody = Client(world)

    def ask(method: str, path: str, body: object = None, headers: Any = token) -> Any:
        raw = json.dumps(body).encode() if body is not None else b""
        return nobody.ask(method, base + path, raw, content_type="application/json", **headers)

    found = ask("GET", "/panels/companies?days=30&order=visits").json
    assert found["items"][0]["name"] == "Harbour Cranes AS"
    assert (found["order"], found["hidden_visits"]) == ("visits", 41)
    assert ask("GET", "/panels/companies?days=1").json["hidden_visits"] < 41
    said = ask("POST", f"/companies/{FJORDNETT}", {"kind": "company"}).json
    assert (said["kind"], said["said"]["by"]) == ("company", "Sarah Okafor")
    again = ask("POST", f"/companies/{FJORDNETT}", {"kind": "company"}).json
    assert again["said"] == said["said"]
    assert [one["name"] for one in ask("GET", "/networks?days=30").json["items"]] == [
        "Skyrack Hosting Ltd"
    ]
    for method, path in (
        ("GET", "/panels/companies"),
        ("GET", "/networks"),
        ("POST", f"/companies/{MOREAU}"),
    ):
        assert ask(method, path, {} if method == "POST" else None, {}).status == 401


def test_a_minute_later_nothing_has_changed_and_nothing_is_written(
    world: World, marketer: Client
) -> None:
    writes = world.store.company_writes
    marketer.call("PUT", f"/api/app/companies/{MOREAU}", {"kind": "", "name": ""})
    assert world.store.company_writes == writes
