"""Scores on their way to Sugar: on the person's page, the connection's page, and through the API."""

from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.ids import Module, PersonId, RecordKey, SugarId
from funnel.domain.pushing.score_marks import NOT_TAKEN, ScoreMark, score_error
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.records import Unit
from funnel.ports.sync_messages import PushDue
from funnel.usecases.connecting.connection import change_connection, connection_of
from funnel.usecases.connecting.mass_write import segment_write
from funnel.usecases.segments.keep_segments import segment_of
from tests.browser.segments import EMPTY as EMPTY_SEGMENT
from tests.browser.segments import READY
from tests.browser.world import EMPTY, FULL, NOW, World
from tests.unit.web.asking import Client, signed_in
from tests.unit.web.sent_forms import sent_form

PERSON = PersonId("anneliese")
PAGE = f"/app/people/{PERSON}"
API = f"/api{PAGE}"


@pytest.fixture
def marketer(world: World) -> Client:
    return signed_in(world, FULL, Role.MARKETER)


@pytest.fixture(autouse=True)
def nothing_waits(world: World) -> None:
    """Only what a test marks is there."""
    connection = connection_of(world.app, FULL)
    for one in world.store.scores_to_tell(FULL, connection.connection_id, 5000).items:
        rest = ScoreMark(FULL, one.person_id, connection.connection_id, version=one.version)
        world.store.save_score_marks(FULL, [rest])


def mark(world: World, person: str = PERSON, **more: object) -> None:
    """Keep how far Sugar knows of somebody's score."""
    connection = connection_of(world.app, FULL)
    known = world.store.score_marks(FULL, [PersonId(person)]).get(PersonId(person))
    version = known.version if known else 0
    row = ScoreMark(FULL, PersonId(person), connection.connection_id, version=version)
    world.store.save_score_marks(FULL, [replace(row, **more)])  # type: ignore[arg-type]


def let_write(world: World) -> None:
    change_connection(world.app, FULL, lambda c: replace(c, read_only=False))


def test_the_page_says_which_score_sugar_has_and_since_when(world: World, marketer: Client) -> None:
    assert "Sugar has no score of this person yet." in marketer.get(PAGE).text
    mark(world, told=42, told_at=NOW - timedelta(hours=2))
    shown = marketer.get(PAGE).text
    assert "42, written 2 hours ago" in shown
    assert "Sugar has the score as it is here." in shown
    told = marketer.get(API).json["score_in_sugar"]
    assert (told["state"], told["value"]) == ("told", 42)


def test_the_page_says_what_a_new_score_waits_for(world: World, marketer: Client) -> None:
    mark(world, told=42, told_at=NOW, due_at=NOW)
    assert marketer.get(API).json["score_in_sugar"]["state"] == "read_only"
    assert "the connection only reads" in marketer.get(PAGE).text
    let_write(world)
    assert "waits a moment" in marketer.get(PAGE).text


def test_the_page_says_why_sugar_did_not_take_it(world: World, marketer: Client) -> None:
    let_write(world)
    lead = RecordKey(Module.LEADS, SugarId("lead-1"))
    mark(world, told=42, told_at=NOW, failed=(lead,))
    row = score_error(FULL, lead, "Anneliese", NOT_TAKEN, "funnel_score_c", "42", (), NOW)
    world.store.commit(FULL, [Unit(errors=[row])])
    shown = marketer.get(PAGE).text
    assert "Sugar did not take the score." in shown
    assert "Lead score not taken: Lead Anneliese" in shown
    assert marketer.get(API).json["score_in_sugar"]["code"] == NOT_TAKEN


def test_it_is_written_at_once_when_somebody_asks(world: World, marketer: Client) -> None:
    sent = marketer.send(f"{PAGE}/score")
    assert (sent.status, sent.headers["Location"]) == (303, f"{PAGE}?saved=score#score-in-sugar")
    stored = world.store.score_marks(FULL, [PERSON])[PERSON]
    assert (stored.urgent, stored.due_at) == (True, world.clock.now())
    assert world.queue.waiting[0].message == PushDue(FULL)
    assert marketer.call("POST", f"{API}/score").status == 202
    assert marketer.call("POST", "/api/app/people/nobody/score").status == 404


def test_another_company_reaches_nothing(world: World) -> None:
    assert signed_in(world, EMPTY).call("POST", f"{API}/score").status in (404, 409)
    assert world.store.score_marks(FULL, [PERSON])[PERSON].due_at is None


def test_before_much_is_written_it_is_said_how_much_and_somebody_says_yes(
    world: World, admin: Client
) -> None:
    for number in range(250):
        mark(world, f"p{number}", due_at=NOW)
    shown = admin.get("/setup/connection").text
    assert "250 lead scores wait to be written to Sugar. It takes about 16 s" in shown
    assert "They may be written" in shown
    refused = admin.send("/setup/connection/read_only", read_only="no")
    assert refused.status == 409
    assert "250 lead scores wait" in refused.text
    assert connection_of(world.app, FULL).read_only
    answer = admin.call("PATCH", "/api/setup/connection", {"read_only": False})
    assert answer.status == 409
    assert admin.get("/api/setup/connection").json["waiting"] == {
        "waiting": 250, "seconds": 16, "more": False,
    }  # fmt: skip
    sent = admin.send("/setup/connection/read_only", read_only="no", confirmed="yes")
    assert sent.status == 303
    assert not connection_of(world.app, FULL).read_only


def test_a_few_are_said_and_need_no_yes(world: World, admin: Client) -> None:
    mark(world, due_at=NOW)
    shown = admin.get("/setup/connection").text
    assert "1 lead score waits to be written to Sugar" in shown
    assert "They may be written" not in shown
    changed = admin.call("PATCH", "/api/setup/connection", {"read_only": False})
    assert (changed.status, changed.json["read_only"]) == (200, False)


def test_missing_fields_are_said_on_the_page_of_the_connection(world: World, admin: Client) -> None:
    assert "field for the lead score is missing" not in admin.get("/setup/connection").text
    missing = {Module.LEADS: ("funnel_score_c",)}
    change_connection(world.app, FULL, lambda c: replace(c, missing_fields=missing))
    shown = admin.get("/setup/connection").text
    assert "Leads: the field for the lead score is missing" in shown
    assert "The package for Sugar brings it" in shown


def test_other_fields_for_the_score_are_chosen_by_the_api(world: World, admin: Client) -> None:
    wanted = {"score_fields": {"Leads": ["region_c", "annual_budget_c"]}}
    assert admin.call("PATCH", "/api/setup/connection", wanted).json["score_fields"] == {
        "Leads": ["region_c", "annual_budget_c"]
    }
    connection = connection_of(world.app, FULL)
    assert "region_c" in connection.all_mappings().read_fields(Module.LEADS)
    for wrong in (
        {"Accounts": ["region_c"]},
        {"Leads": ["no; drop"]},
        {"Leads": ["nowhere_c"]},
        {"Leads": ["region_c"] * 6},
    ):
        answer = admin.call("PATCH", "/api/setup/connection", {"score_fields": wrong})
        assert (answer.status, answer.json["error"]["field"]) == (400, "score_fields")


def test_other_fields_for_the_score_are_chosen_on_the_page(world: World, admin: Client) -> None:
    sent = admin.send(
        "/setup/connection/score_fields", Leads="region_c, annual_budget_c", Contacts=""
    )
    assert (sent.status, sent.headers["Location"][-12:]) == (303, "score_fields")
    connection = connection_of(world.app, FULL)
    assert connection.score_fields == {Module.LEADS: ("region_c", "annual_budget_c")}
    assert 'value="region_c, annual_budget_c"' in admin.get("/setup/connection").text
    wrong = admin.send("/setup/connection/score_fields", Leads="nowhere_c", Contacts="")
    assert wrong.status == 400
    assert "Leads have no field “nowhere_c” in Sugar." in wrong.text
    assert 'value="nowhere_c"' in wrong.text
    admin.send("/setup/connection/score_fields", Leads="", Contacts="")
    assert connection_of(world.app, FULL).score_fields == {}


def test_before_a_rescore_it_is_said_how_much_sugar_is_told_and_somebody_says_yes(
    world: World, marketer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world.store, "count_scored", lambda _tenant: 3000)
    rules, form = "/api/app/scoring/rules", {"name": "Prices", "kind": "page view", "points": "5"}
    assert "written to Sugar" not in marketer.get("/app/scoring/new").text
    let_write(world)
    shown = marketer.get("/app/scoring/new").text
    assert "Up to 3,000 lead scores are then written to Sugar, which takes about 3 minutes" in shown
    refused = marketer.send("/app/scoring", **form, most="0", per="day", days="0")
    assert refused.status == 409
    assert "Up to 3,000 lead scores" in refused.text
    wish = {"name": "Prices", "kind": "page view", "points": 5}
    assert marketer.call("POST", rules, wish).status == 409
    assert marketer.call("DELETE", f"{rules}/page").status == 409
    assert marketer.call("PATCH", f"{rules}/page", {"points": 2}).status == 409
    assert marketer.call("POST", f"{rules}?confirmed=yes", wish).status == 201
    sent = marketer.send(
        "/app/scoring", **{**form, "name": "Jobs"}, most="0", per="day", days="0", confirmed="yes"
    )
    assert sent.status == 303


def rule_for(name: str) -> dict[str, object]:
    test = {"test": "field", "field": "last_name", "operator": "is", "values": [name]}
    return {"match": "all", "parts": [test]}


def test_before_the_rule_of_a_segment_with_an_overlay_is_changed_it_is_said_what_sugar_is_told(
    world: World, marketer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world.store, "count_scored", lambda _tenant: 3000)
    path, other = f"/app/segments/{EMPTY_SEGMENT}", f"/app/segments/{READY}"
    let_write(world)
    assert "written to Sugar" not in marketer.get(f"{other}/edit").text
    page = marketer.get(f"{path}/edit").text
    assert "Up to 3,000 lead scores are then written to Sugar, which takes about 3 minutes" in page
    sent = {name: values for name, values in sent_form(page).items() if name != "form_token"}
    # Its name alone changes nobody's score.
    assert marketer.send(f"{path}/edit", **{**sent, "name": ["Others"]}).status == 303
    sent = sent_form(marketer.get(f"{path}/edit").text)
    sent.pop("form_token")
    sent["rule.parts.0.values"] = ["Müller"]
    refused = marketer.send(f"{path}/edit", **sent)
    assert refused.status == 409
    assert refused.text.count("Up to 3,000 lead scores are then written to Sugar") == 2
    again = sent_form(refused.text)
    again.pop("form_token")
    assert (again["version"], again["rule.parts.0.values"]) == (sent["version"], ["Müller"])
    assert marketer.send(f"{path}/edit", **{**again, "confirmed": ["yes"]}).status == 303
    now = marketer.call("GET", f"/api{path}").json
    assert now["name"] == "Others"
    wish = {"version": now["version"], "rule": rule_for("Nakamura")}
    asked = marketer.call("PATCH", f"/api{path}", wish)
    assert (asked.status, "3,000 lead scores" in asked.json["error"]["text"]) == (409, True)
    assert marketer.call("PATCH", f"/api{path}", {**wish, "rule": now["rule"]}).status == 200
    assert marketer.call("PATCH", f"/api{path}?confirmed=yes", wish).status == 200
    version = marketer.call("GET", f"/api{other}").json["version"]
    wish = {"version": version, "rule": rule_for("Nakamura")}
    assert marketer.call("PATCH", f"/api{other}", wish).status == 200


def test_a_segment_of_more_people_than_have_a_score_asks_for_as_many(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world.store, "count_scored", lambda _tenant: 3)
    let_write(world)
    found = segment_of(world.app, FULL, EMPTY_SEGMENT)
    assert segment_write(world.app, found).waiting == 3
    assert segment_write(world.app, replace(found, members=250)).is_mass
    assert not segment_write(world.app, segment_of(world.app, FULL, READY)).waiting
