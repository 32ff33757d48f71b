"""Importing and exporting people, on the pages and through the API."""

import json
import re
from collections.abc import Callable

import pytest

from funnel.domain.signing_in.tenants import Role
from tests.browser.world import EMPTY, FULL, World
from tests.unit.web.asking import Answer, Client, signed_in
from tests.unit.web.importing import API, checked, upload, work

TAKEN = "einkauf@bergmann-soehne.example"
CSV = f"Email;Surname;Size\r\nnew@x.test;Nyström;40\r\n{TAKEN};Other;\r\nnone;Nil;\r\n"


@pytest.fixture
def marketer(world: World) -> Client:
    return signed_in(world, FULL, Role.MARKETER)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_a_marketer_brings_a_file_looks_and_imports_it(
    world: World, marketer: Client, encoding: str
) -> None:
    sent = upload(marketer, CSV.encode(encoding))
    assert sent.status == 303
    where = sent.headers["Location"]
    shown = marketer.get(where).text
    assert "3 rows." in shown
    assert re.search(r'<option value="email" selected>', shown)
    assert "New person" in shown
    assert "Enter an email address" in shown
    assert 'href="/app/people/anneliese"' in shown
    looked = marketer.send(f"{where}/look", c0="email", c1="", c2="city").text
    assert "Nyström" not in looked.split("What it would do")[1]
    started = marketer.send(f"{where}/start", c0="email", c1="last_name", c2="")
    assert (started.status, started.headers["Location"]) == (303, where)
    assert "Importing." in marketer.get(where).text
    work(world)
    done = marketer.get(f"{where}/live").text
    assert "The import is done." in done
    assert "Rows left out, as CSV" in done
    assert "Nyström" in marketer.get("/app/people?q=nystr").text


@pytest.mark.parametrize(
    ("data", "name", "text"),
    [
        (b"", "", "Choose a file."),
        (b"", "a.csv", "The file is empty."),
        (b"a\0b", "a.csv", "This is no CSV file."),
        (b"a\n" + b"x" * 4_000_001, "a.csv", "more than 4 MB"),
    ],
)
def test_a_file_that_is_none_is_refused_with_why(
    marketer: Client, data: bytes, name: str, text: str
) -> None:
    sent = upload(marketer, data, name)
    assert sent.status in (400, 413)
    assert text in sent.text


def test_a_file_from_another_sites_form_is_refused(marketer: Client) -> None:
    assert upload(marketer, CSV.encode(), token="wrong").status == 403


def test_columns_that_cannot_be_are_said(marketer: Client) -> None:
    where = upload(marketer, CSV.encode()).headers["Location"]
    for step in ("look", "start"):
        sent = marketer.send(f"{where}/{step}", c0="city", c1="nose", c2="city")
        assert sent.status == 400
        assert "No column has an address or a name." in sent.text
        assert "There is no field “nose”." in sent.text
        assert "Two columns go into “city”." in sent.text


def test_the_api_imports_as_the_page_does(world: World, marketer: Client) -> None:
    brought = marketer.call("POST", API, {"title": "fair.csv", "text": CSV})
    assert (brought.status, brought.json["rows"], brought.json["started"]) == (201, 3, False)
    assert [one["field"] for one in brought.json["columns"]] == ["email", "last_name", ""]
    assert [row["kind"] for row in brought.json["preview"]] == ["create", "change", "skip"]
    one = f"{API}/{brought.json['job_id']}"
    wish = {"columns": ["email", "last_name", ""], "only_empty": True}
    looked = marketer.call("POST", f"{one}/look", wish)
    assert [row["kind"] for row in looked.json["preview"]] == ["create", "same", "skip"]
    assert marketer.call("POST", f"{one}/start", wish).status == 202
    work(world)
    done = marketer.get(one).json
    assert done["status"] == "done"
    assert done["counts"] == {"create": 1, "change": 0, "same": 1, "skip": 1}
    assert done["errors_url"].startswith("https://files.example/")
    again = marketer.call("POST", f"{one}/start", wish)
    assert again.json["counts"] == done["counts"], "started again it stays as it is"
    assert marketer.get(f"{API}/nothing").status == 404


def on_list(client: Client, list_id: str) -> set[str]:
    found = client.get(f"/api/app/lists/{list_id}/members").json["items"]
    return {one["person"]["email"] for one in found}


def test_whom_an_import_brings_is_put_on_the_list_that_is_chosen_or_named(
    world: World, marketer: Client
) -> None:
    fair = marketer.call("POST", "/api/app/lists", {"key": "f", "name": "Fair <b>"}).json["list_id"]
    where = upload(marketer, CSV.encode()).headers["Location"]
    columns = {"c0": "email", "c1": "last_name", "c2": "city"}
    assert f'<option value="{fair}">Fair &lt;b&gt;</option>' in marketer.get(where).text
    looked = marketer.send(f"{where}/look", **columns, list=fair).text
    assert f'<option value="{fair}" selected>' in looked
    both = {**columns, "c1": "email", "list": fair, "new_list": "Another"}
    refused = marketer.send(f"{where}/start", **both)
    assert refused.status == 400
    assert "Two columns go into “email”." in refused.text
    assert 'id="new_list-error" role="alert"' in refused.text
    assert 'value="Another"' in refused.text
    long = marketer.send(f"{where}/start", **{**columns, "new_list": "x" * 121})
    assert 'id="new_list-error" role="alert"' in long.text
    assert re.search(r'id="c2".*?<option value="city" selected>', long.text), "as it was sent"
    assert marketer.send(f"{where}/start", **columns, list=fair).status == 303
    work(world)
    done = marketer.get(f"{where}/live").text
    assert f'is on the list <a href="/app/lists/{fair}">Fair &lt;b&gt;</a>' in done
    assert on_list(marketer, fair) == {"new@x.test", TAKEN}
    where = upload(marketer, CSV.encode()).headers["Location"]
    sent = {**columns, "c1": "", "c2": "", "new_list": " Late  comers "}
    for _ in range(2):
        assert marketer.send(f"{where}/start", **sent).status == 303
    work(world)
    told = marketer.get(f"/api{where}").json
    assert (told["list"]["name"], told["done"]) == ("Late comers", 3)
    assert on_list(marketer, told["list"]["list_id"]) == {"new@x.test", TAKEN}
    items = marketer.get("/api/app/lists?q=Late&show=manual").json["items"]
    assert [one["name"] for one in items] == ["Late comers"]


def test_the_api_puts_whom_an_import_brings_on_a_list_and_refuses_one_that_cannot_be(
    world: World, marketer: Client
) -> None:
    lists = "/api/app/lists"
    old = marketer.call("POST", lists, {"key": "o", "name": "Old"}).json["list_id"]
    marketer.call("PATCH", f"{lists}/{old}", {"status": "retired"})
    brought = marketer.call("POST", API, {"title": "fair.csv", "text": CSV}).json
    one, wish = f"{API}/{brought['job_id']}", {"columns": ["email", "last_name", ""]}
    assert brought["list"] is None
    bad = {"columns": ["city", "", ""], "list": old}
    error = marketer.call("POST", f"{one}/start", bad).json["error"]
    assert [each["field"] for each in (error, *error["others"])] == ["columns", "list"]
    for missing in ("nobodys", "status-new"):
        assert marketer.call("POST", f"{one}/start", {**wish, "list": missing}).status == 404
    assert not marketer.get(one).json["started"]
    marketer.call("PATCH", f"{lists}/{old}", {"status": "active"})
    begun = marketer.call("POST", f"{one}/start", {**wish, "list": old})
    assert (begun.status, begun.json["list"]) == (202, {"list_id": old, "name": "Old"})
    marketer.call("PATCH", f"{lists}/{old}", {"status": "retired"})
    work(world)
    done = marketer.get(one).json
    assert (done["status"], done["note"]["text"]) == ("failed", "This list is retired.")
    assert done["done"] == 0, "nobody is brought without being put on it"


def test_a_key_opts_nobody_out_by_an_import_without_the_scope_for_it(world: World) -> None:
    admin = signed_in(world, FULL)

    def keyed(*scopes: str) -> Callable[[str, object], Answer]:
        wish = {"key": scopes[-1], "name": "Shop", "scopes": scopes}
        text = admin.call("POST", "/api/setup/keys", wish).json["text"]
        bearer, kind = f"Bearer {text}", "application/json"
        return lambda path, body: Client(world).ask(
            "POST", path, json.dumps(body).encode(), authorization=bearer, content_type=kind
        )

    people, both = keyed("people:write"), keyed("people:write", "consent:write")
    brought = people(API, {"title": "f.csv", "text": "email,gone\nsommer@berg.example,yes\n"})
    one = f"{API}/{brought.json['job_id']}"
    wish = {"columns": ["email", "email_opt_out"]}
    refused = people(f"{one}/start", wish)
    assert refused.status == 403
    assert "consent:write" in refused.json["error"]["text"]
    assert not admin.get(one).json["started"]
    listed = people(f"{one}/start", {"columns": ["email", ""], "new_list": "Fair"})
    assert (listed.status, "lists:write" in listed.json["error"]["text"]) == (403, True)
    assert people(f"{one}/start", {"columns": ["email", ""]}).status == 202
    work(world)
    other = both(API, {"title": "g.csv", "text": "email,gone\nsommer@berg.example,yes\n"})
    assert both(f"{API}/{other.json['job_id']}/start", wish).status == 202


def test_people_found_are_exported_and_what_is_exported_can_be_imported(
    world: World, marketer: Client
) -> None:
    sent = marketer.send("/app/exports?q=einkauf%40berg")
    assert sent.status == 303
    where = sent.headers["Location"]
    assert "Writing." in marketer.get(where).text
    work(world)
    page = marketer.get(f"{where}/live").text
    assert "The export is done." in page
    assert "File 1" in page
    [text] = [data.decode() for (_, name), data in world.files.kept.items() if "exports" in name]
    header, *rows = text.removeprefix("\ufeff").splitlines()
    assert header.startswith("Email,Other email addresses,Opted out,Salutation,First name")
    assert TAKEN in text
    begun = marketer.call("POST", "/api/app/exports?q=einkauf%40berg")
    assert begun.status == 202
    brought = marketer.call("POST", API, {"title": "back.csv", "text": text})
    assert {row["kind"] for row in brought.json["preview"]} == {"same"}
    assert len(rows) == brought.json["rows"]


def test_no_tenant_sees_anothers_import(world: World, marketer: Client) -> None:
    where = upload(marketer, CSV.encode()).headers["Location"]
    other = signed_in(world, EMPTY, Role.MARKETER)
    assert other.get(where).status == 404
    assert other.get(f"/api{where}").status == 404


def test_the_look_says_which_rows_are_of_one_new_person(marketer: Client) -> None:
    text = "email,last name\nsame@dup.example,One\nother@dup.example,Two\nsame@dup.example,Three\n"
    brought = marketer.call("POST", "/api/app/imports", {"title": "dups.csv", "text": text})
    rows = brought.json["preview"]
    assert [row["kind"] for row in rows] == ["create", "create", "change"]
    assert rows[2]["why"] == f"Changes whom line {rows[0]['line']} makes."


def test_an_export_that_says_whom_in_its_body_is_refused(marketer: Client) -> None:
    told = marketer.call("POST", "/api/app/exports", {"q": "sommer"})
    assert (told.status, told.json["error"]["field"]) == (400, "q")


def test_the_look_says_whose_row_is_left_out_and_takes_dates_of_german_spreadsheets(
    marketer: Client,
) -> None:
    text = "email;last name;birthday\nnone;One;\ntwo@x.example;Two;31.2.1980\nsix@x.example;Six;1.2.1980\n"
    brought = marketer.call("POST", "/api/app/imports", {"title": "de.csv", "text": text})
    rows = brought.json["preview"]
    assert [(row["kind"], row["who"]) for row in rows] == [
        ("skip", "none"),
        ("skip", "two@x.example"),
        ("create", "six@x.example"),
    ]
    born = {change["field"]: change["after"] for change in rows[2]["changes"]}["birthdate"]
    assert born == "1980-02-01"


def test_whoever_has_no_name_is_called_by_the_address(world: World, marketer: Client) -> None:
    body = {"key": "k", "email": "only@address.example", "fields": {}}
    made = marketer.call("POST", "/api/app/people", body).json["person_id"]
    assert "<h1>only@address.example</h1>" in marketer.get(f"/app/people/{made}").text


def test_a_file_that_is_being_imported_is_not_at_the_same_time_once_more(
    world: World, marketer: Client
) -> None:
    text = "Email;Turnover\n" + "".join(f"p{at}@x.test;1.250\n" for at in range(3))
    columns = {"c0": "email", "c1": "custom_turnover"}
    first, second = (upload(marketer, text.encode()).headers["Location"] for _ in range(2))
    assert marketer.send(f"{first}/start", **columns, numbers="point").status == 303
    wish = {**columns, "numbers": "comma", "new_list": "Fair"}
    refused = marketer.send(f"{second}/start?lang=de", **wish)
    assert (refused.status, checked(refused.text)) == (409, "comma")
    assert "Diese Datei wird bereits importiert: „fair.csv“, begonnen von" in refused.text
    assert "Warten Sie, bis das beendet ist" in refused.text
    assert 'value="Fair"' in refused.text, "as it was sent"
    body = {"columns": list(columns.values()), "numbers": "comma"}
    error = marketer.call("POST", f"/api{second}/start", body)
    assert (error.status, error.json["error"]["code"]) == (409, "Conflict")
    assert error.json["error"]["mend"] == "Wait until that has ended, then import again."
    assert not marketer.get(f"/api{second}").json["started"]
    assert marketer.get("/api/app/lists?q=Fair&show=manual").json["items"] == [], "no list is made"
    assert marketer.send(f"{first}/start", **columns, numbers="point").status == 303, "harmless"
    work(world)
    world.clock.advance(1)
    assert marketer.send(f"{second}/start", **wish).status == 303
    work(world)
    counts = [marketer.get(f"/api{one}").json["counts"] for one in (first, second)]
    assert [(one["create"], one["change"]) for one in counts] == [(3, 0), (0, 3)]
