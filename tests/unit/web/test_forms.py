"""Forms as pages and JSON."""

import pytest

from funnel.domain.forms.forms import FormId
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.forms.limit_confirmations import not_sent
from funnel.usecases.forms.limit_form_actions import MOST_TOLD
from tests.browser.emails import OFFER
from tests.browser.forms import NEWS, OLD, QUOTE
from tests.browser.tracking import SHOP
from tests.browser.world import EMPTY, FULL, World
from tests.unit.web.asking import Client, signed_in

EMAIL = {"name": "email", "label": "Address", "widget": "email"}
WORDS = {"site": SHOP, "name": "Fair", "fields": [EMAIL]}
TYPED = {
    "site": SHOP, "name": "Fair", "fields.0.name": "email", "fields.0.label": "Address",
    "fields.0.widget": "email", "fields.1.name": "custom_region", "fields.1.label": "Region",
    "fields.1.widget": "choice", "fields.1.options": "North\r\n\r\nSouth", "fields.1.required": "yes",
    "sync": "yes", "sync.module": "Contacts", "sync.owner": "existing", "sync.task.kind": "Call",
    "sync.task.subject": "Hello", "sync.task.days": "2", "sync.task.at": "08:30",
    "timezone": "Europe/Berlin",
}  # fmt: skip


def test_a_form_is_built_on_its_page_and_is_the_same_by_json(world: World) -> None:
    client = signed_in(world, FULL, Role.MARKETER)
    assert client.send("/app/forms/new", **TYPED).status == 400
    added = client.send("/app/forms/new", key="k", **TYPED)
    place = added.headers["Location"].partition("?")[0]
    assert client.send("/app/forms/new", key="k", **TYPED).headers["Location"].startswith(place)
    found = client.call("GET", f"/api{place}").json
    assert found["form"]["fields"][1] == {
        "name": "custom_region", "label": "Region", "widget": "choice", "required": True,
        "hint": "", "options": ["North", "South"], "preset": "", "from_query": "",
    }  # fmt: skip
    assert found["form"]["sync"]["task"] == {
        "kind": "Call", "subject": "Hello", "days": 2, "at": "08:30", "priority": "Medium"
    }  # fmt: skip
    assert found["address"].endswith(f"/f/{found['form_id']}")
    page = client.get(place)
    assert "&lt;iframe src=" in page.text
    changed = client.send(place, version="1", **{**TYPED, "name": "Fair & more"})
    assert changed.headers["Location"] == f"{place}?saved=changed"
    late = client.send(place, version="1", **{**TYPED, "name": "Mine"})
    assert (late.status, 'name="version" value="2"' in late.text) == (409, True)
    put = {"version": 2, "form": client.call("GET", f"/api{place}").json["form"]}
    assert client.call("PUT", f"/api{place}", put).json["version"] == 2, "nothing has changed"
    put["form"]["fields"] = []
    refused = client.call("PUT", f"/api{place}", put)
    assert (refused.status, refused.json["error"]["field"]) == (400, "fields")
    assert client.send(f"{place}/delete").status == 303
    assert client.call("GET", f"/api{place}").status == 404


def test_all_that_is_wrong_with_a_form_is_said_at_once(world: World) -> None:
    client = signed_in(world, FULL, Role.MARKETER)
    wrong = {"name": " ", "redirect": "https://elsewhere.example/", "fields.1.label": " "}
    page = client.send("/app/forms/new", key="all", **{**TYPED, **wrong})
    assert page.status == 400
    for name in wrong:
        assert f'class="field-error" id="e-{name}" role="alert"' in page.text, name
    assert page.text.count(" autofocus") == 1


def test_by_json_a_form_is_added_copied_put_out_of_use_and_removed(world: World) -> None:
    client = signed_in(world, FULL, Role.MARKETER)
    assert client.call("POST", "/api/app/forms", {"key": "", "form": WORDS}).status == 400
    added = client.call("POST", "/api/app/forms", {"key": "k", "form": WORDS})
    assert added.status == 201
    place = f"/api/app/forms/{added.json['form_id']}"
    assert client.call("POST", f"{place}/copy", {"key": ""}).status == 400
    copy = client.call("POST", f"{place}/copy", {"key": "c"}).json
    assert copy["form"] == {**added.json["form"], "name": "Copy of Fair"}
    alike = client.call("POST", f"{place}/copy", {"key": "k"}).json
    assert alike["form"] == copy["form"], "the key that it was added under is no copy's"
    off = client.call("POST", f"{place}/active", {"active": False}).json
    assert (off["active"], client.get(f"/f/{off['form_id']}").status) == (False, 404)
    left = client.call("DELETE", place).json["items"]
    assert added.json["form_id"] not in [one["form_id"] for one in left]
    assert client.call("DELETE", f"/api/app/forms/{QUOTE}").status == 400, (
        "something was sent by it"
    )
    names = [one["name"] for one in client.call("GET", "/api/app/form-choices").json["fields"]]
    assert names[:2] == ["email", "consent"]
    assert "custom_region" in names


def test_what_was_sent_comes_by_json_and_as_a_file_that_no_spreadsheet_runs(
    admin: Client, world: World
) -> None:
    first, second = admin.call("GET", f"/api/app/forms/{QUOTE}/sent").json["items"]
    assert first["person"] == "Anneliese Bergmann"
    assert {one["state"] for one in first["actions"]} == {"done"}
    assert admin.call("POST", f"/api/app/forms/{QUOTE}/sent/{second['place']}/again").status == 200
    assert admin.call("POST", f"/api/app/forms/{QUOTE}/sent/1.no/again").status == 404
    (sub, *_) = world.store.submissions(FULL, QUOTE, 1).items
    sub.values["company"] = "=1+1"  # type: ignore[index]
    text = admin.get(f"/app/forms/{QUOTE}/sent.csv").text
    assert "'=1+1" in text
    assert "Last name" in text.splitlines()[0]
    assert admin.get(f"/api/app/forms/{QUOTE}/sent.csv").text == text


@pytest.mark.parametrize("path", ["", "/sent", "/sent.csv"])
def test_forms_of_another_company_are_not_there(newcomer: Client, world: World, path: str) -> None:
    client = signed_in(world, EMPTY)
    for one in (QUOTE, NEWS, OLD):
        assert client.get(f"/app/forms/{one}{path}").status == 404
        assert client.call("GET", f"/api/app/forms/{one}{path}").status == 404
    assert newcomer.get(f"/app/forms/{QUOTE}{path}").status != 200


def test_a_name_of_a_form_or_field_is_never_markup(admin: Client, world: World) -> None:
    evil = '"><img src=x onerror=alert(1)>'
    typed = {**TYPED, "name": evil, "fields.0.label": evil, "fields.1.options": evil, "title": evil}
    place = admin.send("/app/forms/new", key="x", **typed).headers["Location"].partition("?")[0]
    form_id = place.rpartition("/")[2]
    for path in (place, "/app/forms", f"{place}/sent", f"/f/{form_id}"):
        assert "<img src=x" not in admin.get(path).text, path
    assert "<img src=x" not in admin.send("/app/forms/preview", **typed).text
    assert "<img src=x" not in admin.call("GET", f"/api{place}").json["html"]
    assert world.store.form(FormId(form_id)) is not None


def test_a_confirmation_that_is_gone_and_an_unknown_form_say_so_as_pages(admin: Client) -> None:
    for path in (f"/f/{NEWS}/confirm/1.x.y", "/f/" + "0" * 32, f"/f/{OLD}"):
        answer = admin.get(path)
        assert answer.status == 404
        assert "There is nothing here" in answer.text
    script = admin.get("/f/embed.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert script.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_an_email_that_is_gone_cannot_be_chosen(admin: Client) -> None:
    form = {**WORDS, "confirm": OFFER}
    assert admin.call("POST", "/api/app/forms", {"key": "a", "form": form}).status == 201
    refused = admin.call("POST", "/api/app/forms", {"key": "b", "form": {**form, "confirm": "x"}})
    assert refused.json["error"]["field"] == "confirm"


@pytest.mark.feature("D7")
def test_an_admin_is_told_how_many_confirmations_did_not_go_out_today(
    world: World, admin: Client
) -> None:
    tenant, who = FULL, not_sent(world.app)
    for path in ("/app", "/app/forms"):
        assert "not sent" not in admin.get(path).text
    world.store.count_try(tenant, who, world.app.clock.now(), 12)
    for path in ("/app", "/app/forms"):
        assert "Today 12 emails to confirm a form were not sent" in admin.get(path).text


@pytest.mark.feature("D7")
def test_who_builds_a_form_reads_how_often_an_address_is_told_of(admin: Client) -> None:
    page = admin.get("/app/forms/new").text
    assert f"are told of {MOST_TOLD} forms a day (UTC) at most" in page


GERMAN = {"accept-language": "de-DE"}


def test_a_form_speaks_its_own_language_whatever_the_browser_likes(admin: Client) -> None:
    form = {**WORDS, "confirm": OFFER}
    english = admin.call("POST", "/api/app/forms", {"key": "e", "form": {**form, "language": "en"}})
    german = admin.call("POST", "/api/app/forms", {"key": "d", "form": {**form, "language": "de"}})
    for made, said, thanks in (
        (english, ">Send<", "One thing is left: open the email"),
        (german, ">Senden<", "Eines fehlt noch: Öffnen Sie die E-Mail"),
    ):
        place = f"/f/{made.json['form_id']}"
        for headers in ({}, GERMAN):
            page = admin.get(place, **headers).text
            assert said in page
            assert "Deutsch" not in page, "there is no other language to choose"
            assert thanks in admin.get(f"{place}?sent=yes", **headers).text
    assert ">Senden<" in admin.get(f"/f/{SHOP}", **GERMAN).text


def test_whoever_builds_a_form_is_told_what_it_does_not_do(admin: Client) -> None:
    unproven, incomplete, unassigned = "Anybody can tick", "Sugar takes nobody", "Somebody new is"
    asks = {"fields.2.name": "consent", "fields.2.label": "Yes", "fields.2.widget": "consent"}
    told = admin.send("/app/forms/preview", **TYPED, **asks).text
    assert all(one in told for one in (unproven, incomplete, unassigned))
    filled: dict[str, str] = {}
    for number, name in enumerate(("last_name", "company"), 3):
        at = f"fields.{number}."
        filled |= {
            f"{at}name": name,
            f"{at}label": name,
            f"{at}widget": "line",
            f"{at}required": "yes",
        }
    mended = {"confirm": OFFER, "sync.owner": "chosen", "sync.owners": "u1"}
    told = admin.send("/app/forms/preview", **{**TYPED, **asks, **filled, **mended}).text
    assert not any(one in told for one in (unproven, incomplete, unassigned))
    assert "Good to know" not in told
