"""Making people and finding them, on the pages and through the API."""

import re

import pytest

from funnel.domain.signing_in.tenants import Role
from tests.browser.world import EMPTY, FULL, World
from tests.unit.web.asking import Client, signed_in

PAGE, API = "/app/people/new", "/api/app/people"
TAKEN = "einkauf@bergmann-soehne.example"


@pytest.fixture
def marketer(world: World) -> Client:
    return signed_in(world, FULL, Role.MARKETER)


def test_a_marketer_makes_a_person_by_the_page(marketer: Client) -> None:
    form = marketer.get(PAGE)
    assert form.status == 200
    [key] = re.findall(r'name="key" value="([^"]+)"', form.text)
    sent = marketer.send(
        PAGE, key=key, email="new@x.test", **{"field.last_name": "Nyström", "field.title": " "}
    )
    assert sent.status == 303
    shown = marketer.get(sent.headers["Location"]).text
    assert "The person is saved." in shown
    assert "Not in Sugar. Made here by Mo Sandberg." in shown
    assert "Made here" in shown
    again = marketer.send(PAGE, key=key, email="new@x.test", **{"field.last_name": "Nyström"})
    assert again.headers["Location"] == sent.headers["Location"], "two clicks make one person"
    assert "Nyström" in marketer.get("/app/people?q=nystr").text


def test_a_form_with_a_mistake_keeps_what_was_typed(marketer: Client) -> None:
    sent = marketer.send(
        PAGE, key="k", email="", **{"field.birthdate": "soon", "field.city": "Ulm"}
    )
    assert sent.status == 400
    assert "Enter a date such as" in sent.text
    assert 'value="soon"' in sent.text
    assert 'value="Ulm"' in sent.text
    assert 'name="key" value="k"' in sent.text


def test_an_address_that_somebody_has_leads_there(marketer: Client) -> None:
    sent = marketer.send(PAGE, key="k", email=TAKEN.upper(), **{"field.last_name": "Other"})
    assert sent.status == 409
    assert "Anneliese Bergmann has this address already" in sent.text
    assert 'href="/app/people/anneliese"' in sent.text
    refused = marketer.call("POST", API, {"fields": {"last_name": "Other"}, "email": TAKEN})
    assert (refused.status, refused.json["error"]["code"]) == (409, "AddressTaken")


def test_the_api_makes_a_person_once_for_a_key(marketer: Client) -> None:
    wish = {"fields": {"last_name": "Nyström"}, "email": "new@x.test", "key": "k1"}
    first, second = marketer.call("POST", API, wish), marketer.call("POST", API, wish)
    assert (first.status, second.status) == (201, 201)
    assert first.json == second.json
    assert first.json["made_by"] == "Mo Sandberg"
    wrong = marketer.call("POST", API, {"fields": {"birthdate": "soon"}, "email": "a@x.test"})
    assert (wrong.status, wrong.json["error"]["field"]) == (400, "birthdate")


def test_people_are_filtered_on_the_page_and_by_the_api(marketer: Client) -> None:
    marketer.call("POST", API, {"fields": {"last_name": "Nyström"}, "email": "new@x.test"})
    page = marketer.get("/app/people?in_sugar=no")
    assert "Nyström" in page.text
    assert "Anneliese" not in page.text
    assert "1 filter" in page.text
    found = marketer.get(f"{API}?in_sugar=no&q=nyst").json
    assert [one["name"] for one in found["items"]] == ["Nyström"]
    assert marketer.get(f"{API}?in_sugar=yes&q=nyst").json["items"] == []
    none = marketer.get("/app/people?consent=invalid&owner=nobody").text
    assert "Nobody fits all of these filters." in none


@pytest.mark.parametrize("query", ["in_sugar=maybe", "consent=x", "score_from=high"])
def test_what_is_no_filter_is_refused_and_the_page_says_so(marketer: Client, query: str) -> None:
    assert marketer.get(f"{API}?{query}").status == 400
    page = marketer.get(f"/app/people?{query}")
    assert page.status == 400
    assert "notice bad" in page.text


def test_an_empty_list_says_what_to_do(world: World) -> None:
    page = signed_in(world, EMPTY, Role.MARKETER).get("/app/people").text
    assert "Nobody here yet" in page
    assert 'href="/app/people/new"' in page


def test_the_address_of_somebody_who_is_not_in_sugar_is_edited(marketer: Client) -> None:
    made = marketer.call("POST", API, {"fields": {"last_name": "Nyström"}, "email": "new@x.test"})
    page = f"/app/people/{made.json['person_id']}"
    assert 'value="new@x.test"' in marketer.get(f"{page}/edit").text
    was = {"was-email": "new@x.test"}
    taken = marketer.send(f"{page}/edit", email=TAKEN, **was)
    assert taken.status == 409
    assert 'href="/app/people/anneliese"' in taken.text
    assert marketer.send(f"{page}/edit", email="other@x.test", **was).status == 303
    assert "other@x.test" in marketer.get(page).text
    changed = marketer.call("PATCH", f"/api{page}", {"fields": {}, "email": "third@x.test"})
    assert changed.json["emails"] == ["third@x.test"]
    assert 'name="email"' not in marketer.get("/app/people/anneliese/edit").text
