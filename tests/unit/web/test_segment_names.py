"""What the rules of segments name: refused where it is not there, and kept where it was."""

import html
import re
from typing import Any
from urllib.parse import urlencode

import pytest

from funnel.domain.signing_in.tenants import Role
from funnel.domain.tracking.names_seen import NamesSeen
from tests.browser.world import FULL, NOW, World
from tests.unit.web.asking import Client, signed_in
from tests.unit.web.segmenting import MULLER, PRICES, following, made
from tests.unit.web.sent_forms import sent_form

SENT = {"test": "behaviour", "kind": "form"}
OPENED = {"test": "behaviour", "kind": "email open"}


@pytest.fixture
def marketer(world: World) -> Client:
    return signed_in(world, FULL, Role.MARKETER)


@pytest.mark.parametrize(
    ("part", "at", "there"),
    [
        ({**SENT, "form": "Nope"}, "form", "Newsletter <b>"),
        ({**OPENED, "email": "Nope"}, "email", "Newsletter, winter"),
        ({"test": "list", "list": "nope"}, "list", "status-new (Lead status: New)"),
        ({"test": "field", "field": "nope"}, "field", "last_name"),
        ({"test": "behaviour", "kind": "nope"}, "kind", "page view"),
        ({"test": "campaign", "campaign": "nope"}, "test", "behaviour"),
    ],
)
def test_what_a_condition_names_and_is_not_there_is_refused_with_what_there_is(
    marketer: Client, part: dict[str, Any], at: str, there: str
) -> None:
    rule = {"parts": [MULLER, {"match": "any", "parts": [part]}]}
    body = {"key": "k", "name": "x", "rule": rule}
    for path in ("/api/app/segments", "/api/app/segments/look"):
        answer = marketer.call("POST", path, body if path.endswith("ts") else {"rule": rule})
        error = answer.json["error"]
        assert (answer.status, error["field"]) == (400, f"parts.1.parts.0.{at}")
        assert there in error["mend"]
    names = {one["name"] for one in marketer.get("/api/app/segments").json["items"]}
    assert "x" not in names


def test_forms_that_sites_have_and_pages_that_were_seen_are_offered_and_taken(
    marketer: Client, world: World
) -> None:
    day = NOW.date().toordinal()
    seen = NamesSeen(FULL, {"Test drive": day}, {"/pricing/fleet": day})
    world.store.save_names_seen(seen)
    one = made(marketer, {**SENT, "form": "Test drive", "page": "/any/page/at/all"})
    page = marketer.get(f"/app/segments/{one}/edit").text
    for choice in ("Test drive", "Newsletter &lt;b&gt;", "/pricing/fleet"):
        assert f'<option value="{choice}"></option>' in page
    assert "There is no form of this name any more" not in page


def test_what_a_segment_named_before_stays_though_it_is_gone(
    marketer: Client, world: World
) -> None:
    form = next(one for one in world.store.forms(FULL) if "Newsletter" in one.name)
    one = made(marketer, {**SENT, "form": form.name})
    world.store.delete_form(form)
    path = f"/app/segments/{one}/edit"
    page = marketer.get(path).text
    assert "There is no form of this name any more" in page
    sent = sent_form(page)
    sent["name"] = ["Renamed"]
    sent["rule.parts.0.least"] = ["2"]
    sent.pop("form_token")
    assert "Renamed" in following(marketer, marketer.send(path, **sent))
    sent = sent_form(marketer.get(path).text)
    sent["rule.parts.0.form"] = ["Newsleter"]
    answer = marketer.ask(
        "POST",
        path,
        urlencode(sent, doseq=True).encode(),
        content_type="application/x-www-form-urlencoded",
        sec_fetch_site="same-origin",
        accept_language="de",
    )
    assert answer.status == 400
    at = re.search(r'id="rule.parts.0.form-hint" role="alert">(.*?)</p>', answer.text)
    assert at is not None
    assert "Ein Formular „Newsleter“ gibt es nicht. " in at[1]


def test_what_a_retired_segment_named_before_is_looked_at_as_it_is_saved(
    marketer: Client, world: World
) -> None:
    form = next(one for one in world.store.forms(FULL) if "Newsletter" in one.name)
    one = made(marketer, {**SENT, "form": form.name})
    assert following(marketer, marketer.send(f"/app/segments/{one}/retire"))
    world.store.delete_form(form)
    made(marketer, PRICES, name="Another", key="another")  # What nobody asks for is not counted on.
    path = f"/app/segments/{one}/edit"
    sent = sent_form(marketer.get(path).text)
    sent.pop("form_token")
    words = f"sent a form named “{form.name}”"
    assert html.escape(words) in marketer.send("/app/segments/look", **sent).text
    assert html.escape(words) in marketer.send(path, **sent, **{"rule.do": ["draw"]}).text
    rule = marketer.get(f"/api/app/segments/{one}").json["rule"]
    look = "/api/app/segments/look"
    looked = marketer.call("POST", look, {"rule": rule, "segment": one})
    assert (looked.status, looked.json["words"]) == (202, words)
    assert following(marketer, marketer.send(path, **{**sent, "name": ["Renamed"]}))
    # It stays for that segment alone, and nothing else that is gone comes in by it.
    new = sent_form(marketer.get("/app/segments/new").text).keys() & {"look.segment"}
    assert not new
    assert marketer.call("POST", look, {"rule": rule}).status == 400
    other = {"parts": [*rule["parts"], {**SENT, "form": "Newsleter"}]}
    refused = marketer.call("POST", look, {"rule": other, "segment": one})
    assert (refused.status, refused.json["error"]["field"]) == (400, "parts.1.form")
    assert marketer.call("POST", look, {"rule": rule, "segment": "nobodys"}).status == 404


def test_what_is_misspelt_and_what_is_not_there_are_told_together(
    marketer: Client, world: World
) -> None:
    parts = [
        {"test": "list", "list": "nope"},
        {**MULLER, "field": "nose", "operator": "smells", "values": 7},
        {**SENT, "form": "Nope", "least": 0, "days": "x"},
        {**SENT, "form": "Nope"},
    ]
    body = {"key": "k", "name": "", "rule": {"match": "most", "parts": parts}}
    error = marketer.call("POST", "/api/app/segments", body).json["error"]
    assert {one["field"] for one in (error, *error["others"])} == {
        "match", "name", "parts.0.list", "parts.1.field", "parts.2.least", "parts.2.days",
        "parts.3.form",
    }  # fmt: skip
    sent = {"key": "k", "name": "x", "rule.match": "all", "rule.parts.0.what": "list",
            "rule.parts.0.list": "nope", "rule.parts.1.what": "", "rule.parts.2.what":
            "behaviour:form", "rule.parts.2.form": "", "rule.parts.2.least": "0",
            "rule.parts.2.days": "x", "rule.parts.3.what": "field:score"}  # fmt: skip
    page = marketer.send("/app/segments/new", **sent).text
    places = ("0.list", "1.what", "2.least", "2.days", "3.operator")
    for place in places:
        assert f'id="rule.parts.{place}-hint" role="alert"' in page, place
    assert re.search(r'id="rule.parts.0.list"[^>]* autofocus', page), "the first is gone to"
    one = made(marketer, MULLER, key="other")
    changes: dict[str, object] = {"version": 1, "name": "", "rule": body["rule"]}
    error = marketer.call("PATCH", f"/api/app/segments/{one}", changes).json["error"]
    assert {"name", "match", "parts.3.form"} <= {
        each["field"] for each in (error, *error["others"])
    }
    look = html.unescape(marketer.send("/app/segments/look", **sent).text)
    for number, what in (
        (1, "There is no list “nope”."),
        (3, "Enter a whole number from 1 to 1000."),
        (3, "Enter a whole number from 0 to 1095."),
        (4, "Enter a number."),
    ):
        assert f"<p>Condition {number} is not finished: {what}</p>" in look
    assert "<p>Condition 2 does not say yet what to look at.</p>" in look
