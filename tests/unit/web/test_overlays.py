"""The pages and API functions of overlays of the lead score."""

import pytest

from funnel.domain.signing_in.tenants import Role
from funnel.ports.marketing_messages import Relist, Rescore
from funnel.usecases.work.handle_message import handle_message
from tests.browser.scoring import WHO
from tests.browser.world import EMPTY, FULL, World
from tests.unit.web.asking import Client, signed_in

RULE = {
    "name": "Jobs again", "kind": "page view", "points": "5", "page": "/careers*", "form": "",
    "email": "", "link": "", "most": "", "per": "ever", "days": "",
}  # fmt: skip


@pytest.fixture
def marketer(world: World) -> Client:
    return signed_in(world, FULL, Role.MARKETER)


def work(world: World) -> None:
    """What the worker does with the messages that are there."""
    while (message := world.queue.pop()) is not None:
        if isinstance(message, Relist | Rescore):
            handle_message(world.app, message, "worker", lambda: 60.0)


def segment(client: Client, field: str = "last_name", value: str = "Müller") -> str:
    test = {"test": "field", "field": field, "operator": "is", "values": [value]}
    body = {"key": field, "name": "<b>Müllers</b>", "rule": {"match": "all", "parts": [test]}}
    return str(client.call("POST", "/api/app/segments", body).json["list_id"])


def lines(client: Client) -> dict[str, int]:
    score = client.get(f"/api/app/people/{WHO}/score").json
    assert score["value"] == sum(line["points"] for line in score["lines"])
    return {line["name"]: line["points"] for line in score["lines"]}


def test_an_overlay_gives_its_points_and_rules_and_the_score_names_it(
    marketer: Client, world: World
) -> None:
    one = segment(marketer)
    work(world)
    page = marketer.get("/app/scoring/overlays/new").text
    assert "&lt;b&gt;Müllers&lt;/b&gt;" in page
    before = lines(marketer)
    sent = marketer.send("/app/scoring/overlays", segment=one, name="Our <Müllers>", points="7")
    assert sent.status == 303
    path = sent.headers["Location"].partition("?")[0]
    work(world)
    assert lines(marketer) == {**before, "Our <Müllers>": 7}
    person = marketer.get(f"/app/people/{WHO}").text
    _, _, said = person.partition("Our &lt;Müllers&gt;")
    assert said.partition("</th>")[0].endswith('<span class="hint">while in the segment</span>')
    assert person.count("while in the segment") == 1
    added = marketer.send(f"{path}/rules", **RULE)
    assert added.status == 303
    work(world)
    assert lines(marketer)["Our <Müllers>: Jobs again"] == 5
    assert "Our &lt;Müllers&gt;: Jobs again" in marketer.get(f"/app/people/{WHO}").text
    text = marketer.get(added.headers["Location"]).text
    assert "The rule is added." in text
    assert f"{path}/rules/" in text
    assert "Our &lt;Müllers&gt;" in marketer.get("/app/scoring").text
    used = marketer.get(f"/api/app/lists/{one}/uses").json["items"]
    assert [use["used_as"] for use in used] == ["overlay"]
    assert marketer.send(f"/app/segments/{one}/delete").status == 409


def test_a_rule_of_an_overlay_is_changed_and_deleted_but_not_the_last_it_gives_by(
    marketer: Client, world: World
) -> None:
    new = {"segment": segment(marketer), "name": "Jobs", "rules": [
        {"name": "A", "kind": "page view", "points": 3, "page": "/careers*"}]}  # fmt: skip
    made = marketer.call("POST", "/api/app/scoring/overlays", new).json
    rule = f"/app/scoring/overlays/{made['overlay_id']}/rules/{made['rules'][0]['rule_id']}"
    assert 'value="/careers*"' in marketer.get(rule).text
    assert marketer.send(rule, **{**RULE, "points": "9"}).status == 303
    work(world)
    assert lines(marketer)["Jobs: Jobs again"] == 9
    wrong = marketer.send(rule, **{**RULE, "points": "0"})
    assert wrong.status == 400
    assert "and not 0" in wrong.text
    last = marketer.send(f"{rule}/delete")
    assert last.status == 400
    assert "Give points, or rules that do." in last.text
    marketer.call("PATCH", f"/api/app/scoring/overlays/{made['overlay_id']}", {"points": 2})
    assert marketer.send(f"{rule}/delete").status == 303
    assert marketer.get(rule).status == 404


def test_what_cannot_be_is_said_at_the_input(marketer: Client) -> None:
    asks = segment(marketer, "score", "5")
    loop = marketer.send("/app/scoring/overlays", segment=asks, name="Loop", points="1")
    assert loop.status == 400
    assert 'id="segment-hint" role="alert"' in loop.text
    assert "asks for the score" in loop.text
    assert marketer.send("/app/scoring/overlays", segment="", name="x", points="1").status == 400
    many = marketer.send("/app/scoring/overlays", segment=asks, name="x", points="x")
    assert "Enter a whole number." in many.text


def test_the_api_keeps_overlays(marketer: Client, world: World) -> None:
    one = segment(marketer)
    work(world)
    before = lines(marketer)
    new = {"segment": one, "name": "Big", "points": -4}
    made = marketer.call("POST", "/api/app/scoring/overlays", new)
    assert made.status == 201
    assert (made.json["segment_name"], made.json["points"]) == ("<b>Müllers</b>", -4)
    url = f"/api/app/scoring/overlays/{made.json['overlay_id']}"
    assert marketer.call("PATCH", url, {"name": "Bigger"}).json["name"] == "Bigger"
    assert marketer.get(url).json["rules"] == []
    work(world)
    assert lines(marketer)["Bigger"] == -4
    left = marketer.call("DELETE", url).json["items"]
    assert made.json["overlay_id"] not in [one["overlay_id"] for one in left]
    work(world)
    assert lines(marketer) == before
    assert marketer.get(url).status == 404


def test_an_overlay_needs_a_segment_of_the_same_company(marketer: Client, world: World) -> None:
    one = segment(marketer)
    other = signed_in(world, EMPTY, Role.MARKETER)
    assert "make one first" in other.get("/app/scoring/overlays/new").text
    new = {"segment": one, "name": "Theirs", "points": 4}
    assert other.call("POST", "/api/app/scoring/overlays", new).status == 404
    assert other.send("/app/scoring/overlays", segment=one, name="x", points="1").status == 404


def test_a_segment_still_being_worked_out_is_flagged_where_it_is_chosen(
    marketer: Client, world: World
) -> None:
    one = segment(marketer)
    flagged = "&lt;b&gt;Müllers&lt;/b&gt; (still being worked out)"
    assert flagged in marketer.get("/app/scoring/overlays/new").text
    body = {"segment": one, "name": "Müllers", "points": 5}
    made = marketer.call("POST", "/api/app/scoring/overlays", body)
    assert made.json["is_settled"] is False
    path = f"/app/scoring/overlays/{made.json['overlay_id']}"
    for shown in (path, "/app/scoring"):
        assert "still being worked out</span>" in marketer.get(shown).text
    work(world)
    assert flagged not in marketer.get("/app/scoring/overlays/new").text
    assert "still being worked out" not in marketer.get(path).text
    assert marketer.call("GET", f"/api{path}").json["is_settled"] is True


def test_a_rule_of_its_own_names_what_there_is(marketer: Client) -> None:
    rule = {"name": "Mailed", "kind": "form", "points": 1, "form": "Newsleter"}
    body = {"segment": segment(marketer), "name": "Ours", "points": 1, "rules": [rule]}
    answer = marketer.call("POST", "/api/app/scoring/overlays", body)
    assert (answer.status, answer.json["error"]["field"]) == (400, "rules.0.form")
    body["rules"] = [{**rule, "form": "Newsletter <b>"}]
    made = marketer.call("POST", "/api/app/scoring/overlays", body)
    assert (made.status, made.json["rules"][0]["gone"]) == (201, [])
