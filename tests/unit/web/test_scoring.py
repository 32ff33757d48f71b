"""Rules of the lead score, and a person's score, by page and by API."""

import re
from dataclasses import replace

import pytest

from funnel.domain.ids import PersonId
from funnel.domain.scoring.tallies import ScoreChange
from funnel.domain.signing_in.tenants import Role
from funnel.domain.tracking.activities import Activity, ActivityKind, SubjectId
from funnel.ports.marketing_messages import Rescore
from funnel.usecases.tracking.record_activities import record_activities
from funnel.usecases.work.handle_message import handle_message
from tests.browser.scoring import WHO
from tests.browser.world import EMPTY, FULL, NOW, REFUSED, RUNNING, World
from tests.unit.web.asking import Client, signed_in

RULE = {"name": "Asked for a demo", "kind": "form", "points": 40, "form": "Demo*"}
FORM = {
    "name": "Asked for a demo", "kind": "form", "points": "40", "page": "", "form": "Demo*",
    "email": "", "link": "", "most": "1", "per": "ever", "days": "",
}  # fmt: skip


@pytest.fixture
def marketer(world: World) -> Client:
    return signed_in(world, FULL, Role.MARKETER)


def work(world: World) -> None:
    """Carry out what was asked for just now."""
    while (message := world.queue.pop()) is not None:
        if isinstance(message, Rescore):
            handle_message(world.app, message, "worker", lambda: 60.0)


def rules(client: Client) -> dict[str, dict[str, object]]:
    """The rules by name."""
    return {one["name"]: one for one in client.get("/api/app/scoring").json["rules"]}


def test_a_new_tenant_has_the_usual_rules(world: World) -> None:
    client = signed_in(world, EMPTY, Role.MARKETER)
    page = client.get("/app/scoring").text
    assert "Looked at prices" in page
    view = client.get("/api/app/scoring").json
    assert (len(view["rules"]), view["people"], view["rescoring"]) == (6, 0, None)


def test_a_score_explains_itself_and_adds_up(marketer: Client) -> None:
    score = marketer.get(f"/api/app/people/{WHO}/score").json
    assert score["value"] == sum(line["points"] for line in score["lines"])
    lines = {line["rule_id"]: line for line in score["lines"]}
    assert (lines["page"]["counted"], lines["page"]["happened"]) == (13, 17)
    assert lines["page"]["capped"]
    assert lines["page"]["soon"]
    assert (lines["webinar"]["counted"], lines["webinar"]["happened"]) == (2, 4)
    assert not lines["form"]["soon"]
    page = marketer.get(f"/app/people/{WHO}").text
    card = page[page.index('id="score"') : page.index("</section>", page.index('id="score"'))]
    points = [
        int(text.replace("\u2212", "-").replace("+", ""))
        for text in re.findall('<td class="number">([+\u2212]\\d+)</td>', card)
    ]
    assert sum(points) == score["value"]
    assert f"Why {score['value']}?" in card
    assert "13 times counted, of 17: the rule counts no more" in card
    assert "less from 2026-" in card


def test_the_list_of_people_shows_scores(marketer: Client) -> None:
    score = marketer.get(f"/api/app/people/{WHO}/score").json["value"]
    rows = marketer.get("/api/app/people?q=am").json["items"]
    assert [one["score"] for one in rows if one["person_id"] == WHO] == [score]
    assert f'class="number">{score}</td>' in marketer.get("/app/people?q=am").text


def test_nobody_has_a_score_of_nothing_and_nobody_elses_is_shown(world: World) -> None:
    client = signed_in(world, FULL, Role.MARKETER)
    other = next(
        one["person_id"] for one in client.get("/api/app/people").json["items"] if not one["score"]
    )
    score = client.get(f"/api/app/people/{other}/score").json
    assert (score["value"], score["lines"]) == (0, [])
    assert "nothing that gives points has happened yet" in client.get(f"/app/people/{other}").text
    stranger = signed_in(world, EMPTY, Role.ADMIN)
    assert stranger.get(f"/api/app/people/{WHO}/score").status == 404


def test_a_rule_is_added_changed_and_deleted_and_scores_follow(
    world: World, marketer: Client
) -> None:
    before = marketer.get(f"/api/app/people/{WHO}/score").json["value"]
    added = marketer.send("/app/scoring", **{**FORM, "form": "News*", "points": "3"})
    assert added.headers["Location"] == "/app/scoring?saved=added"
    assert "Scores are worked out anew" in marketer.get("/app/scoring").text
    work(world)
    assert "The scores of 2 people were worked out anew" in marketer.get("/app/scoring/live").text
    assert marketer.get(f"/api/app/people/{WHO}/score").json["value"] == before + 3
    rule_id = rules(marketer)["Asked for a demo"]["rule_id"]
    assert "The rule is added" in marketer.get("/app/scoring?saved=added").text
    assert 'value="News*"' in marketer.get(f"/app/scoring/rules/{rule_id}").text
    changed = marketer.call("PATCH", f"/api/app/scoring/rules/{rule_id}", {"points": -7})
    assert (changed.json["points"], changed.json["form"]) == (-7, "News*")
    work(world)
    assert marketer.get(f"/api/app/people/{WHO}/score").json["value"] == before - 7
    page = marketer.send(f"/app/scoring/rules/{rule_id}/delete")
    assert page.headers["Location"] == "/app/scoring?saved=deleted"
    work(world)
    assert marketer.get(f"/api/app/people/{WHO}/score").json["value"] == before
    assert marketer.get(f"/app/scoring/rules/{rule_id}").status == 404
    assert marketer.call("DELETE", f"/api/app/scoring/rules/{rule_id}").status == 404
    left = marketer.call("DELETE", "/api/app/scoring/rules/page").json
    assert "page" not in {one["rule_id"] for one in left["rules"]}


def test_what_is_done_while_scores_are_worked_out_counts_by_the_new_rules(
    world: World, marketer: Client
) -> None:
    assert marketer.call("POST", "/api/app/scoring/rules", RULE).status == 201
    done = Activity(FULL, WHO, "demo", ActivityKind.FORM, NOW, {"form": "Demo"})
    before = marketer.get(f"/api/app/people/{WHO}/score").json["value"]
    record_activities(world.app, FULL, SubjectId(WHO), [done])
    # One form a day counts by the usual rule, and there was one today.
    assert marketer.get(f"/api/app/people/{WHO}/score").json["value"] == before + 40
    work(world)
    assert marketer.get(f"/api/app/people/{WHO}/score").json["value"] == before + 40


def test_a_score_that_is_wrong_is_mended_by_counting_anew(world: World, marketer: Client) -> None:
    before = marketer.get(f"/api/app/people/{WHO}/score").json
    tally = world.store.tallies(FULL, [WHO])[WHO]
    score = world.store.scores(FULL, [PersonId(WHO)])[PersonId(WHO)]
    wrong = ScoreChange((replace(tally, counts={}),), score=replace(score, lines=()))
    assert world.store.write(FULL, [wrong])[0].written
    sent = marketer.send("/app/scoring/recount")
    assert "Everybody is being counted anew" in marketer.get(sent.headers["Location"]).text
    work(world)
    after = marketer.get(f"/api/app/people/{WHO}/score").json
    assert (after["value"], after["lines"]) == (before["value"], before["lines"])
    again = marketer.call("POST", "/api/app/scoring/recount")
    assert (again.status, again.json["rescoring"]["finished_at"]) == (202, None)
    writes = world.store.score_writes
    work(world)
    assert world.store.score_writes == writes


def test_saving_what_is_there_already_works_nothing_out(world: World, marketer: Client) -> None:
    assert marketer.call("PATCH", "/api/app/scoring/rules/page", {"points": 1}).status == 200
    assert [one for one in world.queue.waiting if isinstance(one.message, Rescore)] == []


def test_a_change_says_how_many_it_concerns(marketer: Client) -> None:
    page = marketer.get("/app/scoring/new").text
    assert "Saving works out the scores of 2 people anew" in page


def test_progress_is_shown_while_scores_are_worked_out(world: World) -> None:
    client = signed_in(world, RUNNING, Role.MARKETER)
    page = client.get("/app/scoring").text
    assert "1,400 of 5,230 people are done" in page
    assert 'hx-get="/app/scoring/live"' in page
    view = client.get("/api/app/scoring").json["rescoring"]
    assert (view["people"], view["of"], view["finished_at"]) == (1400, 5230, None)


def test_without_rules_the_page_says_what_that_means(world: World) -> None:
    client = signed_in(world, REFUSED, Role.MARKETER)
    page = client.get("/app/scoring").text
    assert "Without rules every score is 0" in page
    assert "It begins in a moment" in page


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"points": 0}, "points"),
        ({"points": -1001}, "points"),
        ({"most": -1}, "most"),
        ({"days": 1096}, "days"),
        ({"page": "two words"}, "page"),
        ({"page": "?"}, "page"),
        ({"form": "x" * 201}, "form"),
        ({"form": "*" * 11}, "form"),
        ({"email": "News"}, "email"),
        ({"link": "x"}, "link"),
        ({"kind": "page view"}, "form"),
        ({"form": "Newsleter"}, "form"),
        ({"kind": "email open", "form": "", "email": "Newsleter"}, "email"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_the_field(
    marketer: Client, changes: dict[str, object], wrong: str
) -> None:
    answer = marketer.call("POST", "/api/app/scoring/rules", {**RULE, **changes})
    assert (answer.status, answer.json["error"]["field"]) == (400, wrong)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [({"name": ""}, "name"), ({"points": "many"}, "points"), ({"days": "-1"}, "days")],
)
def test_a_form_that_is_wrong_keeps_what_was_typed(
    marketer: Client, changes: dict[str, str], wrong: str
) -> None:
    for target in ("/app/scoring", "/app/scoring/rules/page"):
        page = marketer.send(target, **{**FORM, "form": "Böse <Demo>", **changes})
        assert page.status == 400
        assert f'id="{wrong}-hint" role="alert"' in page.text
        assert "Böse &lt;Demo&gt;" in page.text
    assert marketer.send("/app/scoring", **{**FORM, "kind": "else"}).status == 400


def test_a_form_refuses_what_does_not_go_with_the_kind(world: World, marketer: Client) -> None:
    before = world.store.scoring_rules(FULL)
    sent = {**FORM, "kind": "email open", "form": "", "page": "/pricing*"}
    page = marketer.send("/app/scoring", **sent)
    assert page.status == 400
    assert "A page goes only with pages viewed and forms sent" in page.text
    assert 'id="page-hint" role="alert"' in page.text
    assert world.store.scoring_rules(FULL) == before


def test_all_that_is_wrong_with_a_rule_is_said_at_once(world: World, marketer: Client) -> None:
    before = world.store.scoring_rules(FULL)
    sent = {**FORM, "name": "", "points": "many", "page": "a b", "link": "x", "days": "9999"}
    page = marketer.send("/app/scoring", **sent)
    assert page.status == 400
    for field in ("name", "points", "page", "link", "days"):
        assert f'id="{field}-hint" role="alert"' in page.text
    assert page.text.count("autofocus") == 1
    body = {"name": "", "kind": "page view", "points": 0, "form": "x", "most": -1}
    error = marketer.call("POST", "/api/app/scoring/rules", body).json["error"]
    assert [one["field"] for one in (error, *error["others"])] == ["name", "points", "form", "most"]
    assert world.store.scoring_rules(FULL) == before


def test_a_rule_names_what_there_is_and_keeps_what_is_gone(world: World, marketer: Client) -> None:
    form = next(one for one in world.store.forms(FULL) if "Newsletter" in one.name)
    text = marketer.get("/app/scoring/new").text
    assert '<option value="Newsletter &lt;b&gt;"></option>' in text
    email = world.store.emails(FULL)[0]
    for named in (email.name, email.subject, email.email_id):
        body = {"name": "Read it", "kind": "email open", "points": 1, "email": named}
        assert marketer.call("POST", "/api/app/scoring/rules", body).status == 201
    body = {**RULE, "form": form.name.upper()}
    made = marketer.call("POST", "/api/app/scoring/rules", body).json
    assert made["gone"] == []
    world.store.delete_form(form)
    address = f"/scoring/rules/{made['rule_id']}"
    kept = marketer.call("PATCH", f"/api/app{address}", {"points": 41}).json
    assert (kept["points"], kept["gone"]) == (41, ["form"])
    assert marketer.get("/app/scoring").text.count("not there any more") == 1
    assert "There is no form of this name any more" in marketer.get(f"/app{address}").text
    other = marketer.call("PATCH", f"/api/app{address}", {"form": "Newsleter"})
    assert (other.status, other.json["error"]["field"]) == (400, "form")


def test_a_page_is_kept_as_it_is_compared(marketer: Client) -> None:
    body = {**RULE, "form": "", "page": "https://shop.test/demo*?x=1#top"}
    assert marketer.call("POST", "/api/app/scoring/rules", body).json["page"] == "shop.test/demo*"


def test_there_are_not_more_rules_than_can_be_worked_out(world: World, marketer: Client) -> None:
    before = world.store.scoring_rules(FULL)
    many = tuple(replace(before.rules[0], rule_id=f"r{n}") for n in range(100))
    world.store.save_scoring_rules(replace(before, rules=many))
    answer = marketer.call("POST", "/api/app/scoring/rules", RULE)
    assert "100 rules already" in answer.json["error"]["text"]
