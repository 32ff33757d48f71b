"""The pages and API functions of segments."""

import re
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from funnel.domain.ids import PersonId
from funnel.domain.mapping.fields import FieldType
from funnel.domain.signing_in.tenants import Role
from funnel.web.sessions import form_token
from funnel.web.texts import texts_for
from funnel.web.words import Words
from tests.browser.world import EMPTY, FULL, World
from tests.unit.web.asking import Client, signed_in
from tests.unit.web.segmenting import MULLER, PRICES, following, made, press, work
from tests.unit.web.sent_forms import sent_form


@pytest.fixture
def marketer(world: World) -> Client:
    return signed_in(world, FULL, Role.MARKETER)


def test_a_segment_is_built_without_scripts_and_saved(marketer: Client, world: World) -> None:
    path = "/app/segments/new"
    page = marketer.get(path).text
    sent = sent_form(page)
    assert sent["rule.parts.0.what"] == [""]
    sent["rule.parts.0.what"] = ["field:last_name"]
    sent["name"] = ["Müllers & <others>"]
    sent = sent_form(press(marketer, path, sent, "draw").text)
    assert sent["name"] == ["Müllers & <others>"]
    assert sent["rule.parts.0.operator"] == ["is"]
    sent["rule.parts.0.values"] = ["Müller\r\n Nakamura \r\n"]
    sent = sent_form(press(marketer, path, sent, "group ").text)
    sent["rule.parts.1.match"] = ["none"]
    sent["rule.parts.1.parts.0.what"] = ["list"]
    drawn = press(marketer, path, sent, "draw").text
    assert "Condition 2.1 is not finished: Choose a list." in drawn
    sent = sent_form(drawn)
    sent["rule.parts.1.parts.0.list"] = ["status-new"]
    drawn = press(marketer, path, sent, "draw").text
    assert "Last name is “Müller” or “Nakamura”" in drawn
    sent = sent_form(drawn)
    sent.pop("form_token")
    saved = marketer.send(path, **sent)
    text = following(marketer, saved)
    assert "The segment is added." in text
    assert "Müllers &amp; &lt;others&gt;" in text
    assert "not (is on the list “Lead status: New”)" in text
    assert marketer.send(path, **sent).headers["Location"] == saved.headers["Location"]
    assert "Working out who is in which segment" in text
    work(world)
    assert "Working out" not in marketer.get("/app/segments").text


def test_htmx_gets_the_builder_alone_and_the_focus_where_it_belongs(marketer: Client) -> None:
    sent = sent_form(marketer.get("/app/segments/new").text)
    body = "&".join(f"{name}={value}" for name, some in sent.items() for value in some)
    answer = marketer.ask(
        "POST", "/app/segments/new", f"{body}&rule.do=test+".encode(),
        content_type="application/x-www-form-urlencoded", sec_fetch_site="same-origin",
        hx_request="true",
    )  # fmt: skip
    assert answer.status == 200
    assert answer.headers["HX-Trigger-After-Settle"] == "rule-drawn"
    assert "<html" not in answer.text
    assert re.search(r'name="rule.parts.1.what"[^>]* autofocus', answer.text)


def test_what_is_wrong_is_said_at_the_part_it_is_about(marketer: Client) -> None:
    sent = sent_form(marketer.get("/app/segments/new").text)
    sent.pop("form_token")
    sent |= {"name": ["x"], "rule.parts.0.what": ["field:score"], "rule.parts.0.operator": ["is"]}
    sent |= {"rule.parts.0.was": ["field:score"], "rule.parts.0.values": ["many"]}
    answer = marketer.send("/app/segments/new", **sent)
    assert answer.status == 400
    assert re.search(r'<textarea id="rule.parts.0.values"[^>]*aria-invalid="true"', answer.text)
    assert 'id="rule.parts.0.values-hint" role="alert"' in answer.text
    sent |= {"rule.parts.0.what": [""], "rule.parts.0.was": [""]}
    answer = marketer.send("/app/segments/new", **sent)
    assert re.search(r'<select id="rule.parts.0.what"[^>]*aria-invalid="true"', answer.text)
    sent |= {
        "name": [""],
        "rule.parts.0.what": ["field:city"],
        "rule.parts.0.operator": ["is empty"],
    }
    answer = marketer.send("/app/segments/new", **sent)
    assert "Give the list a name." in answer.text


def test_all_that_is_wrong_is_said_at_once(marketer: Client) -> None:
    sent = {
        "key": "k",
        "name": "",
        "rule.match": "all",
        "rule.parts.0.what": "field:city",
        "rule.parts.0.operator": "is",
        "rule.parts.1.what": "field:score",
        "rule.parts.1.operator": "is",
        "rule.parts.1.values": "many",
        "rule.parts.2.match": "none",
        "rule.parts.2.parts.0.what": "field:city",
        "rule.parts.2.parts.0.operator": "is",
    }
    answer = marketer.send("/app/segments/new", **sent)
    assert answer.status == 400
    places = ("rule.parts.0.values", "rule.parts.1.values", "rule.parts.2.parts.0.values", "name")
    for place in places:
        assert f'id="{place}-hint" role="alert"' in answer.text, place


def test_what_is_wrong_with_a_rule_is_said_in_the_language_of_the_page(marketer: Client) -> None:
    sent = {"form_token": form_token(marketer.token), "key": "k", "name": "x", "rule.match": "all"}
    sent |= {"rule.parts.0.what": "field:city", "rule.parts.0.operator": "is"}
    text = marketer.ask(
        "POST", "/app/segments/new", urlencode(sent).encode(), accept_language="de",
        content_type="application/x-www-form-urlencoded", sec_fetch_site="same-origin",
    ).text  # fmt: skip
    assert "Geben Sie einen Wert ein." in text
    assert "Enter a value." not in text


def test_the_look_counts_who_fits_and_names_the_first(marketer: Client) -> None:
    sent = {"rule.match": "all", "rule.parts.0.what": "field:last_name",
            "rule.parts.0.operator": "is", "rule.parts.0.values": "Müller"}  # fmt: skip
    text = marketer.send("/app/segments/look", **sent).text
    count = re.search(r'<p class="big">(\d+)</p>', text)
    assert count
    assert int(count[1]) > 3
    assert "/app/people/" in text
    blank = marketer.send("/app/segments/look", **{**sent, "rule.parts.0.what": ""}).text
    assert "Condition 1 does not say yet what to look at." in blank


@pytest.mark.parametrize(
    ("field", "lacks"),
    [
        ("score", "Enter a number."),
        ("last_name", "Enter a value."),
        ("created_at", "Enter a number of days."),
    ],
)
def test_the_look_says_what_a_condition_that_was_just_chosen_lacks(
    marketer: Client, field: str, lacks: str
) -> None:
    # As it is sent before the builder is drawn anew: of another field, or without an operator.
    sent = {"rule.match": "all", "rule.parts.0.what": f"field:{field}", "rule.parts.0.was": ""}
    for more in ({}, {"rule.parts.0.operator": ""}):
        text = marketer.send("/app/segments/look", **sent, **more).text
        assert f"Condition 1 is not finished: {lacks}" in text


def test_the_look_goes_on_while_one_looks_on_and_stops_for_the_next(
    marketer: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("funnel.usecases.segments.preview_segment.FIRST", 10)
    first = marketer.send("/app/segments/look", **{"rule.match": "all"}).text
    assert "among the first 10 people" in first
    poll = re.search(r'hx-get="([^"]*)" hx-trigger="every', first)
    assert poll
    before = sent_form(first)["look.job"]
    again = marketer.send("/app/segments/look", **{"rule.match": ["all"], "look.job": before}).text
    assert "hx-get" not in marketer.get(poll[1]).text
    work(world)
    now = marketer.get(f"/app/segments/looks/{sent_form(again)['look.job'][0]}").text
    assert '<p class="big">61</p>' in now
    assert "hx-get" not in now
    assert "of 61 people" in now
    everybody = marketer.call("POST", "/api/app/segments/look", {"rule": {"parts": []}})
    assert everybody.status == 202
    job_id = everybody.json["found"]["job_id"]
    work(world)
    assert marketer.get(f"/api/app/segments/looks/{job_id}").json["count"] == 61


def test_a_person_is_told_why_it_is_in_a_segment_or_not(marketer: Client, world: World) -> None:
    one = made(marketer, MULLER, PRICES, name="<b>Hot</b>")
    work(world)
    text = marketer.get(f"/app/segments/{one}?person=person-0").text
    assert "Amélie Müller is in this segment." in text
    assert "It happened 3 times." in text
    assert "Found: Müller" in text
    text = marketer.get(f"/app/segments/{one}?q=Anneliese&person=anneliese").text
    assert "is not in this segment." in text
    assert "Found: Bergmann" in text
    person = marketer.get("/app/people/person-0").text
    assert f'href="/app/segments/{one}?person=person-0#why"' in person
    assert "&lt;b&gt;Hot&lt;/b&gt;" in person
    asked = marketer.get(f"/app/segments/why?person=anneliese&segment={one}")
    assert asked.headers["Location"] == f"/app/segments/{one}?person=anneliese#why"
    why = marketer.get(f"/api/app/segments/{one}/people/person-0").json
    assert why["is_member"] is True
    assert [part["is_true"] for part in why["rule"]["parts"]] == [True, True]
    assert marketer.get(f"/app/segments/{one}?person=nobody").status == 404


@pytest.mark.feature("D5")
def test_what_was_found_of_a_person_is_shown_as_on_all_pages(
    marketer: Client, world: World
) -> None:
    known = {"test": "field", "field": "created_at", "operator": "was longer ago than days"}
    one = made(marketer, {**known, "values": ["1"]})
    person = world.store.people(FULL, [PersonId("person-0")])[PersonId("person-0")]
    text = marketer.get(f"/app/segments/{one}?person=person-0").text
    answer = text[text.index('id="why"') :]
    assert f"{person.created_at:%Y-%m-%d %H:%M} UTC" in answer
    assert f"{person.created_at:%Y-%m-%d}T" not in answer
    found = marketer.get(f"/api/app/segments/{one}/people/person-0").json["rule"]["parts"][0]
    assert found["found"] == [person.created_at.isoformat()], "programs get what they can read"
    assert found["type"] == "date and time"


@pytest.mark.feature("D5")
@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        ("2026-11-24T11:42:07+01:00", FieldType.MOMENT, "2026-11-24 10:42 UTC"),
        ("2026-11-24 10:42:07", FieldType.MOMENT, "2026-11-24 10:42 UTC"),
        ("2026-11-24", FieldType.DATE, "2026-11-24"),
        ("2026-11-24T00:00:00+00:00", FieldType.DATE, "2026-11-24"),
        ("0001-01-01T00:00:00+14:00", FieldType.MOMENT, "0001-01-01T00:00:00+14:00"),
        ("9999-12-31T23:59:59-12:00", FieldType.MOMENT, "9999-12-31T23:59:59-12:00"),
        ("soon", FieldType.MOMENT, "soon"),
        ("1200000.50", FieldType.MONEY, "1,200,000.50"),
        ("$5", FieldType.MONEY, "$5"),
        ("2026-11-24T10:42:07", FieldType.TEXT, "2026-11-24T10:42:07"),
        ("2026-11-24T10:42:07", None, "2026-11-24T10:42:07"),
    ],
)
def test_a_value_is_said_by_what_its_field_holds(
    text: str, kind: FieldType | None, shown: str
) -> None:
    assert Words(texts_for("en"), datetime(2026, 11, 24, tzinfo=UTC)).of_type(text, kind) == shown


def test_a_segment_is_changed_unless_somebody_else_did(marketer: Client, world: World) -> None:
    one = made(marketer, MULLER)
    path = f"/app/segments/{one}/edit"
    mine, theirs = sent_form(marketer.get(path).text), sent_form(marketer.get(path).text)
    for sent in (mine, theirs):
        sent.pop("form_token")
    assert following(marketer, marketer.send(path, **{**theirs, "name": ["Theirs"]}))
    late = marketer.send(path, **{**mine, "name": ["Mine"]})
    assert late.status == 409
    assert "Somebody changed this segment" in late.text
    again = sent_form(late.text)
    again.pop("form_token")
    assert "<h1>Mine</h1>" in following(marketer, marketer.send(path, **again))
    work(world)
    assert marketer.get(f"/api/app/segments/{one}").json["members"] > 3
    moved = sent_form(marketer.get(path).text)["version"]
    assert moved == [str(world.app.lists.lists(FULL, [one])[one].version)]  # type: ignore[list-item, index]


def test_who_is_in_it_is_shown_and_the_lists_page_leads_there(
    marketer: Client, world: World
) -> None:
    one = made(marketer, MULLER)
    work(world)
    text = marketer.get(f"/app/segments/{one}").text
    assert "Amélie Müller" in text
    assert f"/app/segments/{one}" in marketer.get("/app/lists?show=segment").text
    assert marketer.get(f"/app/lists/{one}").headers["Location"] == f"/app/segments/{one}"
    people = marketer.get("/api/app/people?q=Amelie+Muller").json["items"]
    assert f"/app/segments/{one}" in marketer.get(f"/app/people/{people[0]['person_id']}").text


def test_a_list_that_a_segment_asks_for_is_not_retired_under_it(marketer: Client) -> None:
    new = {"key": "a", "name": "VIPs"}
    vips = marketer.call("POST", "/api/app/lists", new).json["list_id"]
    one = made(marketer, {"test": "list", "list": vips}, name="<i>Of VIPs</i>")
    uses = marketer.get(f"/api/app/lists/{vips}/uses").json["items"]
    assert uses == [{"used_as": "segment", "item_id": one, "name": "<i>Of VIPs</i>"}]
    assert "the segment &lt;i&gt;Of VIPs&lt;/i&gt;" in marketer.get(f"/app/lists/{vips}").text
    refused = marketer.send(f"/app/lists/{vips}/retire")
    assert refused.status == 409
    assert "is used by" in refused.text
    assert marketer.call("PATCH", f"/api/app/lists/{vips}", {"status": "retired"}).status == 409
    assert marketer.call("DELETE", f"/api/app/segments/{one}").status == 200
    assert marketer.call("PATCH", f"/api/app/lists/{vips}", {"status": "retired"}).status == 200


def test_a_segment_is_retired_taken_back_and_deleted(marketer: Client, world: World) -> None:
    one = made(marketer, MULLER)
    gone = following(marketer, marketer.send(f"/app/segments/{one}/retire"))
    assert "Nobody is in it until it is taken back" in gone
    work(world)
    assert marketer.get(f"/api/app/segments/{one}").json["members"] == 0
    assert "in use again" in following(marketer, marketer.send(f"/app/segments/{one}/take-back"))
    done = following(marketer, marketer.send(f"/app/segments/{one}/delete"))
    assert "The segment is deleted." in done
    assert "Müllers" not in done
    assert marketer.get(f"/app/segments/{one}").status == 404


def test_the_api_does_what_the_pages_do(marketer: Client) -> None:
    fields = {one["name"]: one for one in marketer.get("/api/app/segment-fields").json["items"]}
    assert "Jonas Weiß" in fields["owner"]["options"].values()
    assert fields["custom_region"]["label"] == "Region"
    assert fields["sales_stage"]["many"] is True
    one = made(marketer, MULLER, PRICES)
    assert made(marketer, MULLER, PRICES) == one
    found = marketer.get("/api/app/segments?q=mul").json["items"]
    assert [(s["list_id"], s["words"]) for s in found] == [
        (one, "Last name is “Müller” and visited /pricing at least 3 times")
    ]
    whole = marketer.get(f"/api/app/segments/{one}").json
    changes = {"version": whole["version"], "name": "Renamed", "status": "retired"}
    changed = marketer.call("PATCH", f"/api/app/segments/{one}", changes).json
    assert (changed["name"], changed["status"]) == ("Renamed", "retired")
    assert marketer.call("PATCH", f"/api/app/segments/{one}", changes).status == 409
    now = {"version": changed["version"], "status": "active"}
    assert marketer.call("PATCH", f"/api/app/segments/{one}", now).json["status"] == "active"
    wrong = {"key": "x", "name": "x", "rule": {"parts": [{"test": "field", "field": "nose"}]}}
    refused = marketer.call("POST", "/api/app/segments", wrong)
    assert (refused.status, refused.json["error"]["field"]) == (400, "parts.0.field")
    slip = {"field": "consent", "operator": "is", "values": ["yes"]}
    for rule in ({"parts": [slip]}, {"parts": [{**MULLER, "value": ["x"]}]}, slip, {}):
        refused = marketer.call("POST", "/api/app/segments", {**wrong, "rule": rule})
        assert (refused.status, refused.json["error"]["field"][:5]) == (400, "parts")
    control = {**wrong, "rule": {"parts": [{**MULLER, "values": ["a\x00b"]}]}}
    assert marketer.call("POST", "/api/app/segments", control).status == 400


def test_no_company_sees_or_changes_the_segments_of_another(marketer: Client, world: World) -> None:
    one = made(marketer, MULLER)
    other = signed_in(world, EMPTY, Role.MARKETER)
    assert other.get("/api/app/segments").json["items"] == []
    assert "No segments yet" in other.get("/app/segments").text
    for answer in (
        other.get(f"/app/segments/{one}"),
        other.get(f"/app/segments/{one}/edit"),
        other.send(f"/app/segments/{one}/delete"),
        other.call("PATCH", f"/api/app/segments/{one}", {"version": 1, "name": "x"}),
    ):
        assert answer.status == 404
