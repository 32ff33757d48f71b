"""How an import reads the numbers of its file, and when it asks."""

import pytest

from funnel.domain.signing_in.tenants import Role
from tests.browser.world import FULL, World
from tests.unit.web.asking import Client, signed_in
from tests.unit.web.importing import API, checked, upload, work


@pytest.fixture
def marketer(world: World) -> Client:
    return signed_in(world, FULL, Role.MARKETER)


@pytest.mark.parametrize(
    ("cells", "language", "style"),
    [
        (("1.250,50", "1.250"), "en", "comma"),
        (("1,250.50", "1.250"), "de-DE", "point"),
        (("1.250",), "de-DE", "comma"),
        (("1.250",), "de-CH", "point"),
        (("1.250",), "en-GB", "point"),
        (("1250",), "de-DE", ""),
    ],
)
def test_the_page_chooses_how_numbers_are_written_by_the_file_or_else_by_the_region(
    marketer: Client, cells: tuple[str, ...], language: str, style: str
) -> None:
    rows = "".join(f"p{at}@x.test;{cell}\n" for at, cell in enumerate(cells))
    where = upload(marketer, f"Email;Turnover\n{rows}".encode()).headers["Location"]
    assert checked(marketer.get(where, accept_language=language).text) == style


@pytest.mark.parametrize(
    ("cell", "style"), [("1.250e17", "point"), ("1,250e17", "comma"), ("1.250e99", "")]
)
def test_a_number_that_no_field_takes_in_one_style_is_looked_at(
    marketer: Client, cell: str, style: str
) -> None:
    where = upload(marketer, f"Email;Turnover\none@x.test;{cell}\n".encode()).headers["Location"]
    shown = marketer.get(where)
    assert (shown.status, checked(shown.text)) == (200, style)
    looked = marketer.send(f"{where}/look", c0="email", c1="custom_turnover", numbers="comma")
    assert looked.status == 200


def test_numbers_that_were_not_asked_about_at_first_are_before_the_import(
    world: World, marketer: Client
) -> None:
    """Umsatz is not guessed and has more than numbers, so that it makes no difference at first."""
    text = "Email;Umsatz\none@x.test;1.250\ntwo@x.test;1.250,50\nsix@x.test;k. A.\n"
    where = upload(marketer, text.encode()).headers["Location"]
    assert 'name="numbers"' not in marketer.get(where).text
    columns = {"c0": "email", "c1": "custom_turnover"}
    refused = marketer.send(f"{where}/start", **columns, new_list="Fair")
    assert (refused.status, checked(refused.text)) == (400, "comma")
    assert 'id="numbers-error" role="alert"' in refused.text
    assert 'value="Fair"' in refused.text, "as it was sent"
    assert not marketer.get(f"/api{where}").json["started"]
    looked = marketer.send(f"{where}/look", **columns).text
    assert checked(looked) == "comma"
    assert "Turnover: <ins>1,250</ins>" in looked
    assert marketer.send(f"{where}/start", **columns, numbers=checked(looked)).status == 303
    work(world)
    done = marketer.get(f"/api{where}").json
    assert (done["numbers"], done["counts"]["create"], done["counts"]["skip"]) == ("comma", 2, 1)
    assert marketer.send(f"{where}/start", **columns).status == 303, "it goes on as it is"


def test_a_look_at_numbers_that_leave_it_open_is_as_the_region_writes_them(
    marketer: Client,
) -> None:
    text = "Email;Umsatz\none@x.test;1.250\nsix@x.test;k. A.\n"
    where = upload(marketer, text.encode()).headers["Location"]
    columns = {"c0": "email", "c1": "custom_turnover"}
    for language, style in (("en", "point"), ("de", "comma")):
        looked = marketer.send(f"{where}/look?lang={language}", **columns).text
        assert checked(looked) == style


def test_where_the_page_does_not_ask_it_shows_what_the_import_does(
    world: World, marketer: Client
) -> None:
    text = "Email;Turnover\none@x.test;5 %\n"
    where = upload(marketer, text.encode()).headers["Location"]
    columns = {"c0": "email", "c1": "custom_turnover"}
    for shown in (marketer.get(where).text, marketer.send(f"{where}/look", **columns).text):
        assert 'name="numbers"' not in shown
        assert "Turnover: Enter a number such as 1250.50." in shown
        assert "choose the other way" not in shown
    assert marketer.send(f"{where}/start", **columns).status == 303
    work(world)
    [left_out] = [data for (_, name), data in world.files.kept.items() if "errors" in name]
    assert "Enter a number such as 1250.50." in left_out.decode()


def test_numbers_are_shown_as_they_were_understood_and_can_be_read_the_other_way(
    world: World, marketer: Client
) -> None:
    text = "Email;Turnover\none@x.test;1.250\ntwo@x.test;5 %\n"
    where = upload(marketer, text.encode()).headers["Location"]
    shown = marketer.get(where, accept_language="de-DE").text
    assert "„1.250“ lässt sich auf beide Arten lesen" in shown
    assert "„1.250“ ist 1,25</span>" in shown
    assert "„1.250“ ist 1.250</span>" in shown
    assert "Turnover: <ins>1.250</ins>" in shown
    assert "Turnover: „5 %“ ist keine Zahl in der Schreibweise „1.250,50“; schreiben" in shown
    columns = {"c0": "email", "c1": "custom_turnover"}
    looked = marketer.send(f"{where}/look", **columns, numbers="point").text
    assert checked(looked) == "point"
    assert "Turnover: <ins>1.25</ins>" in looked
    assert "“5 %” is no number written as “1,250.50”; write it so" in looked
    assert marketer.send(f"{where}/start", **columns, numbers="roman").status == 400
    named = marketer.send(f"{where}/start", **columns, numbers="comma", new_list="x" * 121)
    assert (named.status, checked(named.text)) == (400, "comma"), "as it was sent"
    assert marketer.send(f"{where}/start", **columns, numbers="comma").status == 303
    work(world)
    done = marketer.get(f"/api{where}").json
    assert (done["numbers"], done["counts"]["create"], done["counts"]["skip"]) == ("comma", 1, 1)
    [made] = marketer.get("/api/app/people?q=one%40x.test").json["items"]
    person = marketer.get(f"/api/app/people/{made['person_id']}").json
    assert {one["name"]: one["value"] for one in person["fields"]}["custom_turnover"] == "1250"


def test_the_api_reads_numbers_as_ever_unless_it_is_told_how_they_are_written(
    marketer: Client,
) -> None:
    text = "Email;Turnover\none@x.test;1.250\ntwo@x.test;1.250,50\n"
    brought = marketer.call("POST", API, {"title": "de.csv", "text": text}).json
    told = {"likely": "comma", "doubtful": ""}
    assert (brought["numbers"], brought["number_cells"]) == ("plain", told)
    assert [row["kind"] for row in brought["preview"]] == ["create", "skip"]
    types = {one["name"]: one["type"] for one in brought["choices"]}
    assert (types["email"], types["custom_turnover"]) == ("email", "money")
    one, columns = f"{API}/{brought['job_id']}", ["email", "custom_turnover"]
    as_ever = marketer.call("POST", f"{one}/look", {"columns": columns}).json
    assert as_ever["preview"] == brought["preview"]
    wish = {"columns": columns, "numbers": "comma"}
    looked = marketer.call("POST", f"{one}/look", wish).json
    after = [row["changes"][0]["after"] for row in looked["preview"]]
    assert (looked["numbers"], after) == ("comma", ["1250", "1250.50"])
    wrong = marketer.call("POST", f"{one}/look", {**wish, "numbers": "roman"})
    assert (wrong.status, wrong.json["error"]["field"]) == (400, "numbers")
    assert marketer.call("POST", f"{one}/start", wish).json["numbers"] == "comma"
