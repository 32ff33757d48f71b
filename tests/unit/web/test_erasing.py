"""Erasing a person on the page and through the API."""

from funnel.domain.signing_in.tenants import Role
from tests.browser.world import EMPTY, FULL, World
from tests.unit.web.asking import Client, signed_in
from tests.unit.web.importing import work

PERSON = "anneliese"
EMAIL = "einkauf@bergmann-soehne.example"
PAGE, API = f"/app/people/{PERSON}", f"/api/app/people/{PERSON}"


def test_an_admin_erases_after_typing_who_it_is(world: World, admin: Client) -> None:
    assert f'href="{PAGE}/erase"' in admin.get(PAGE).text
    shown = admin.get(f"{PAGE}/erase").text
    assert "This cannot be undone" in shown
    assert "Nothing is deleted in Sugar." in shown
    slip = admin.send(f"{PAGE}/erase", confirm="somebody")
    assert slip.status == 400
    assert f"Type: {EMAIL}" in slip.text
    sent = admin.send(f"{PAGE}/erase", confirm=EMAIL.upper())
    assert sent.status == 303
    where = sent.headers["Location"]
    assert "It waits for its turn." in admin.get(where).text
    work(world)
    done = admin.get(f"{where}/live").text
    assert "Erased." in done
    assert "History entries" in done
    gone = admin.get(PAGE)
    assert gone.status == 404
    assert "erased on request" in gone.text
    assert "Ada Brandt" in admin.get("/app/erasures").text
    assert "Anneliese" not in admin.get("/app/people?q=anneliese").text.split("</form>")[-1]


def test_the_api_erases_and_shows_the_proofs(world: World, admin: Client) -> None:
    slip = admin.call("POST", f"{API}/erase", {"confirm": "x"})
    assert (slip.status, slip.json["error"]["field"]) == (400, "confirm")
    begun = admin.call("POST", f"{API}/erase", {"confirm": EMAIL})
    assert (begun.status, begun.json["status"]) == (202, "queued")
    work(world)
    done = admin.get(f"/api/app/erasures/{begun.json['job_id']}").json
    assert done["status"] == "done"
    proofs = admin.get("/api/app/erasures").json["items"]
    proof = next(one for one in proofs if one["person_id"] == PERSON)
    assert proof["by"] == "Ada Brandt"
    assert proof["counts"] == done["counts"]
    again = {"fields": {"last_name": "Bergmann"}, "email": EMAIL}
    refused = admin.call("POST", "/api/app/people", again)
    assert (refused.status, refused.json["error"]["code"]) == (409, "WasErased")
    assert admin.call("POST", "/api/app/people", {**again, "anew": True}).status == 201


def test_a_form_asks_before_somebody_erased_is_made_again(world: World, admin: Client) -> None:
    admin.send(f"{PAGE}/erase", confirm=EMAIL)
    work(world)
    asked = admin.send("/app/people/new", key="k", email=EMAIL)
    assert asked.status == 409
    assert 'name="anew"' in asked.text
    assert admin.send("/app/people/new", key="k", email=EMAIL, anew="yes").status == 303


def test_only_admins_erase(world: World) -> None:
    marketer = signed_in(world, FULL, Role.MARKETER)
    assert f"{PAGE}/erase" not in marketer.get(PAGE).text
    assert marketer.get(f"{PAGE}/erase").status == 403
    assert marketer.send(f"{PAGE}/erase", confirm=EMAIL).status == 403
    assert marketer.call("POST", f"{API}/erase", {"confirm": EMAIL}).status == 403
    assert marketer.get("/app/erasures").status == 403


def test_where_nobody_was_erased_the_page_says_so(world: World) -> None:
    assert "Nobody was erased yet" in signed_in(world, EMPTY).get("/app/erasures").text
