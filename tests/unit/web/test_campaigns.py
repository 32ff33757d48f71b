"""Campaigns as pages and JSON: the list, beginning, settings, starting and ending."""

import re
from dataclasses import replace

from funnel.domain.campaigns.campaigns import (
    MOST_STEPS,
    Asks,
    Branch,
    CampaignId,
    CampaignState,
    Comes,
    Start,
    Step,
    StepId,
)
from funnel.domain.campaigns.enrolments import EnrolmentState
from funnel.domain.ids import ListId
from funnel.domain.signing_in.tenants import Role
from funnel.ports.marketing_messages import Relist
from funnel.usecases.work.handle_message import handle_message
from tests.browser.campaigns import COMES, PAUSE, QUIET, SPRING, SYNC, WEBINAR, WELCOME
from tests.browser.world import EMPTY, FULL, World
from tests.unit.web.asking import Client, signed_in

ROOT = f"/app/campaigns/{WELCOME}"
API = f"/api{ROOT}"
DRAFT = f"/app/campaigns/{WEBINAR}"
ENDED = f"/app/campaigns/{SPRING}"


def test_the_list_says_state_and_people(admin: Client) -> None:
    page = admin.get("/app/campaigns")
    assert page.status == 200
    assert "Welcome after the winter fair" in page.text
    for state in ("Running", "Draft", "Paused"):
        assert f">{state}</span>" in page.text
    assert "freight &amp; customs" in page.text
    rows = {one["name"]: one for one in admin.call("GET", "/api/app/campaigns").json["items"]}
    assert rows["Quiet since spring"]["state"] == "paused"
    assert rows["Welcome after the winter fair"]["here"] > 10


def test_without_campaigns_there_is_something_to_begin_with(newcomer: Client) -> None:
    page = newcomer.get("/app/campaigns")
    for name in ("Welcome after a form", "Re-awaken quiet people", "Webinar invitation"):
        assert name in page.text
    new = newcomer.get("/app/campaigns/new?example=quiet").text
    assert 'value="quiet" checked' in new
    sent = {"key": "k", "name": "Wake up", "example": "quiet"}
    made = newcomer.send("/app/campaigns/new", **sent)
    place = made.headers["Location"].partition("?")[0]
    assert newcomer.send("/app/campaigns/new", **sent).headers["Location"].startswith(place)
    page = newcomer.get(made.headers["Location"])
    assert "It is a draft until you start it." in page.text
    assert page.text.count('class="node"') == 7
    assert "things to mend before it can start" in page.text
    assert len(newcomer.call("GET", f"/api{place}").json["steps"]) == 7
    empty = newcomer.send("/app/campaigns/new", key="l", name="  ", example="blank")
    assert (empty.status, 'id="e-name"' in empty.text) == (400, True)


def test_pages_open_and_are_not_there_for_another_tenant(world: World) -> None:
    mine, theirs = signed_in(world, FULL, Role.MARKETER), signed_in(world, EMPTY)
    for path in (
        ROOT,
        f"{ROOT}/settings",
        f"{ROOT}/steps/s2/remove",
        f"{ROOT}/numbers?revision=0",
        f"{ROOT}/pause",
        f"{ROOT}/end",
        f"{DRAFT}/delete",
        f"/app/campaigns/{QUIET}/resume",
    ):
        assert (mine.get(path).status, theirs.get(path).status) == (200, 404), path


def test_settings_are_saved_and_what_brings_people_in_stays_once_started(
    admin: Client, world: World
) -> None:
    sent: dict[str, str | list[str]] = {
        "version": "1",
        "name": "Fair & more",
        "comes": "form",
        "form": "x",
        "again_days": "90",
        "timezone": "Europe/Paris",
        "window": "yes",
        "since": "08:30",
        "until": "18:00",
        "weekdays": ["0", "4"],
        "sugar": "yes",
        "leaves": "yes",
    }
    assert admin.send(f"{ROOT}/settings", **sent, sure="yes").status == 303
    found = admin.call("GET", API).json
    assert (found["name"], found["timezone"], found["sync"]) == (
        "Fair & more",
        "Europe/Paris",
        True,
    )
    assert found["window"] == {"since": "08:30", "until": "18:00", "weekdays": [0, 4]}
    assert found["start"]["comes"] == "list"
    assert found["start"]["again_days"] == 90
    late = admin.send(f"{ROOT}/settings", **sent)
    assert (late.status, "meanwhile" in late.text) == (409, True)
    wrong = admin.send(f"{DRAFT}/settings", **{**sent, "again_days": "soon"})
    assert (wrong.status, 'id="e-again_days"' in wrong.text) == (400, True)
    assert 'value="Fair &amp; more"' in wrong.text


def test_all_that_is_wrong_with_the_settings_is_said_at_once(admin: Client, world: World) -> None:
    sent: dict[str, str | list[str]] = {
        "version": "1", "name": " ", "again_days": "soon", "timezone": "Mars/Olympus",
        "window": "yes", "since": "25:00", "until": "18:00", "weekdays": ["9"],
    }  # fmt: skip
    before = admin.call("GET", f"/api{DRAFT}").json
    page = admin.send(f"{DRAFT}/settings", **sent)
    assert page.status == 400
    for field in ("name", "again_days", "timezone", "since", "weekdays"):
        assert page.text.count(f'id="e-{field}"') == 1, field
    assert admin.call("GET", f"/api{DRAFT}").json == before
    empty: dict[str, str | list[str]] = {
        "since": "18:00",
        "until": "08:00",
        "weekdays": ["0"],
        "again_days": "9999",
    }
    page = admin.send(f"{DRAFT}/settings", **{**sent, **empty})
    for field in ("name", "again_days", "timezone", "until"):
        assert page.text.count(f'id="e-{field}"') == 1, field


def test_what_keeps_a_campaign_that_was_started_from_being_changed_is_all_said(
    admin: Client,
) -> None:
    whole = admin.call("GET", API).json
    body = {name: whole[name] for name in ("version", "name", "start", "first", "timezone")}
    bad = {"kind": "send", "email": "gone"}
    steps = [
        {name: one[name] for name in ("step_id", "settings", "next", "otherwise")}
        | ({"settings": bad} if one["settings"]["kind"] == "send" else {})
        for one in whole["steps"]
    ]
    sends = [one["step_id"] for one in steps if one["settings"] == bad]
    error = admin.call("PUT", API, {**body, "steps": steps}).json["error"]
    assert {one["field"] for one in (error, *error["others"])} == set(sends)
    wrong = [{**one, "settings": {"kind": "wait", "minutes": -1}} for one in steps[:2]]
    sent = {**body, "name": "", "timezone": "Mars/Olympus", "steps": wrong}
    error = admin.call("PUT", API, sent).json["error"]
    assert [one["field"] for one in (error, *error["others"])] == [
        "steps.0.settings.minutes",
        "steps.1.settings.minutes",
        "name",
        "timezone",
    ]


def test_a_step_without_an_id_or_with_that_of_another_hides_nothing_else(admin: Client) -> None:
    whole = admin.call("GET", API).json
    body = {name: whole[name] for name in ("version", "start", "first", "timezone")}
    wait = {"kind": "wait", "minutes": 5}
    steps = [
        {"step_id": "", "settings": {"kind": "wait", "minutes": -1}},
        {"step_id": "a", "settings": wait},
        {"step_id": "a", "settings": {"kind": "task"}},
        {"step_id": "no such id", "settings": wait},
        {"step_id": "b", "settings": wait},
        {"step_id": "", "settings": wait},
    ]
    for name, rest in (("", ["name"]), ("Round", [])):
        sent = {**body, "name": name, "steps": steps}
        error = admin.call("PUT", API, sent).json["error"]
        assert [one["field"] for one in (error, *error["others"])] == [
            "steps.0.step_id",
            "steps.0.settings.minutes",
            "steps.2.step_id",
            "steps.2.settings.task_kind",
            "steps.3.step_id",
            "steps.5.step_id",
            *rest,
        ]
    for path in (API, f"{API}/effects"):
        method = "PUT" if path == API else "POST"
        twice = {**body, "name": "Round", "steps": [steps[1], steps[1]]}
        refused = admin.call(method, path, twice).json["error"]
        assert (refused["field"], "others" in refused) == ("steps.1.step_id", False)
    missing = [{"settings": {"kind": "wait", "minutes": "5"}}, {"step_id": 1, "settings": wait}]
    error = admin.call("PUT", API, {**body, "name": 1, "steps": missing}).json["error"]
    assert [one["field"] for one in (error, *error["others"])] == [
        "name", "steps.0.step_id", "steps.0.settings.minutes", "steps.1.step_id",
    ]  # fmt: skip
    assert admin.call("GET", API).json == whole


def test_too_many_steps_are_refused_before_each_is_looked_at(admin: Client) -> None:
    whole = admin.call("GET", API).json
    body = {name: whole[name] for name in ("version", "name", "start", "first", "timezone")}
    bad = {"kind": "wait", "minutes": -1}
    steps = [{"step_id": f"s{number}", "settings": bad} for number in range(MOST_STEPS + 1)]
    error = admin.call("PUT", API, {**body, "steps": steps}).json["error"]
    assert (error["field"], error.get("others")) == ("steps", None)
    error = admin.call("PUT", API, {**body, "steps": steps[:-1]}).json["error"]
    assert len(error["others"]) == MOST_STEPS - 1


def test_a_campaign_is_paused_goes_on_ends_and_is_deleted(admin: Client) -> None:
    for name, version, state in (
        ("pause", "1", CampaignState.PAUSED),
        ("resume", "2", CampaignState.RUNNING),
        ("end", "3", CampaignState.ENDED),
    ):
        assert admin.send(f"{ROOT}/{name}", version="0").status == 409
        assert admin.send(f"{ROOT}/{name}", version=version).status == 303
        assert admin.call("GET", API).json["state"] == state
    page = admin.get(ROOT).text
    assert 'class="plus"' not in page
    assert admin.send(f"{ROOT}/delete", version="4").headers["Location"].endswith("saved=deleted")
    assert admin.get(ROOT).status == 404


def test_of_one_that_has_ended_nobody_is_said_to_be_at_a_step_now(
    admin: Client, world: World
) -> None:
    page = admin.get(ENDED).text
    assert "3 here when it ended" in page
    assert "1 stuck when it ended" in page
    numbers = admin.get(f"{ENDED}/numbers?revision=0").text
    assert "3 here when it ended" in numbers
    listed = admin.get("/app/campaigns").text
    assert '4 <span class="muted">when it ended</span>' in listed
    assert "People in it when it ended: 4" in admin.get(f"{ENDED}/delete").text
    walking = world.store.enrolments_at(FULL, SPRING, PAUSE, EnrolmentState.WALKING, 1).items[0]
    walk = admin.get(f"{ENDED}/walks/{walking.enrolment_id}").text
    assert "Stood at step 1, " in walk
    there = admin.get(f"{ENDED}/steps/{SYNC}/people").text
    assert "Nobody was here when it ended" in there
    for text in (page, numbers, there, walk):
        assert not re.search(r"here now|Stands at", text)


def test_lists_to_choose_from_are_looked_for_and_no_name_is_markup(
    admin: Client, world: World
) -> None:
    evil = "<b>Fair</b> & co"
    kept = world.store.lists(FULL, [COMES])[COMES]
    world.store.save_list(replace(kept, name=evil))
    found = admin.get(f"/app/campaigns/lists?of=step&find=co+fair&list={COMES}").text
    assert f'<option value="{COMES}" selected>&lt;b&gt;Fair&lt;/b&gt; &amp; co</option>' in found
    assert "1 found: choose it above" in found
    none = admin.get("/app/campaigns/lists?of=start&find=zzz&list=status-new").text
    assert 'value="status-new" selected' in none
    assert "No list is called so" in none
    assert admin.get("/app/campaigns/lists?of=nothing").status == 404
    assert "status-new" not in signed_in(world, EMPTY).get("/app/campaigns/lists?of=start").text


def test_a_campaign_is_copied_once_for_each_time_its_page_is_opened(
    admin: Client, world: World
) -> None:
    keys = [str(admin.get(ROOT).text.split('name="key" value="')[1].split('"')[0]) for _ in "12"]
    places = [admin.send(f"{ROOT}/copy", key=key).headers["Location"] for key in (*keys, keys[0])]
    assert (len(set(places)), places[0]) == (2, places[2])
    page = admin.get(places[0]).text
    assert "This is the copy. It is a draft until you start it." in page
    assert "Copy of Welcome after the winter fair" in page
    assert "here now" not in page
    assert admin.send(f"{ROOT}/copy", key="").status == 400
    assert signed_in(world, EMPTY).send(f"{ROOT}/copy", key="k").status == 404


def test_by_json_a_campaign_is_copied(admin: Client) -> None:
    assert admin.call("POST", f"{API}/copy", {"key": ""}).status == 400
    made = admin.call("POST", f"{API}/copy", {"key": "c"})
    model, copy = admin.call("GET", API).json, made.json
    assert made.status == 201
    assert (copy["state"], copy["started_at"], copy["version"]) == ("draft", None, 1)
    for name in ("start", "first", "steps", "timezone", "window", "sync"):
        assert copy[name] == model[name], name


def test_what_is_missing_is_said_at_its_step_and_keeps_it_from_starting(admin: Client) -> None:
    page = admin.get(DRAFT).text
    assert page.count('<p class="step-problem">') == 1
    assert "No email is chosen." in page
    assert "It cannot start yet." in admin.get(f"{DRAFT}/start").text
    assert admin.call("POST", f"/api{DRAFT}/start", {"version": 1}).status == 400
    items = admin.call("GET", f"/api{DRAFT}/problems").json["items"]
    assert [one["step"] for one in items] == ["3"]


def test_starting_says_how_many_come_at_once(admin: Client, world: World) -> None:
    sent = {"version": "1", "kind": "send", "email": "email-news"}
    assert admin.send(f"{DRAFT}/steps/3", **sent).status == 303
    page = admin.get(f"{DRAFT}/start").text
    members = world.app.lists.lists(FULL, ["status-new"])["status-new"].members  # type: ignore[list-item,index]
    assert f"{members} people come in at once." in page
    assert admin.send(f"{DRAFT}/start", version="2").status == 303
    assert "The campaign is running." in admin.get(f"{DRAFT}?saved=started").text


def test_names_are_never_markup(admin: Client, world: World) -> None:
    evil = '<img src=x onerror="alert(1)">'
    campaign = world.store.campaign(FULL, WELCOME)
    assert campaign is not None
    step = campaign.steps[next(iter(campaign.steps))]
    steps = {**campaign.steps, step.step_id: replace(step, name=evil)}
    world.store.save_campaign(replace(campaign, name=evil, steps=steps))
    kept = world.store.lists(FULL, [COMES])[COMES]
    world.store.save_list(replace(kept, name=evil))
    for path in (
        "/app/campaigns",
        ROOT,
        f"{ROOT}/steps/s1",
        f"{ROOT}/steps/s2/remove",
        f"{ROOT}/steps/new?after=s1&port=next&kind=list",
        f"{ROOT}/numbers?revision=0",
        f"{ROOT}/stuck",
        "/app/people/anneliese",
    ):
        page = admin.get(path)
        assert page.status == 200, path
        assert "<img" not in page.text, path


def test_a_campaign_is_changed_whole_by_the_api(world: World) -> None:
    client = signed_in(world, FULL, Role.MARKETER)
    new = client.call("POST", "/api/app/campaigns", {"key": "a", "name": "By hand"})
    assert new.status == 201
    place = f"/api/app/campaigns/{new.json['campaign_id']}"
    steps = [
        {"step_id": "a", "settings": {"kind": "send", "email": "email-news"}, "next": "b"},
        {"step_id": "b", "settings": {"kind": "wait", "minutes": 60}, "next": "a"},
    ]
    body = {"version": 1, "name": "Round", "start": {"comes": "nobody"}, "first": "a"}
    found = client.call("PUT", place, {**body, "steps": steps})
    assert [one["settings"]["kind"] for one in found.json["steps"]] == ["send", "wait"]
    said = client.call("GET", f"{place}/problems").json["items"]
    assert {one["step"] for one in said} == {"a", "b"}
    wrong = [{"step_id": "a", "settings": {"kind": "task"}}]
    refused = client.call("PUT", place, {**body, "version": 2, "steps": wrong})
    assert (refused.status, refused.json["error"]["field"]) == (400, "steps.0.settings.task_kind")
    assert client.call("PUT", place, {**body, "steps": steps[:1]}).status == 409
    assert client.call("DELETE", place).status == 200
    assert client.call("GET", place).status == 404


def test_a_segment_still_being_worked_out_is_flagged_where_it_is_chosen_and_before_it_starts(
    admin: Client, world: World
) -> None:
    test = {"test": "field", "field": "last_name", "operator": "is", "values": ["Müller"]}
    body = {"key": "s", "name": "The <Müllers>", "rule": {"match": "all", "parts": [test]}}
    segment = str(admin.call("POST", "/api/app/segments", body).json["list_id"])
    flagged = "The &lt;Müllers&gt; (still being worked out)"
    key = StepId("own")
    kept = world.app.campaigns.campaign(FULL, CampaignId(WEBINAR))
    assert kept is not None
    asks = Branch(Asks.RULE, segment=ListId(segment))
    world.app.campaigns.save_campaign(
        replace(
            kept,
            start=Start(Comes.LIST, ListId(segment)),
            steps={key: Step(key, asks)},
            first=key,
        )
    )
    for path in (f"{DRAFT}/settings", DRAFT, f"{DRAFT}/steps/own"):
        assert flagged in admin.get(path).text, path
    assert "still being worked out who is on it" in admin.get(f"{DRAFT}/start").text
    while (message := world.queue.pop()) is not None:
        if isinstance(message, Relist):
            handle_message(world.app, message, "worker", lambda: 60.0)
    for path in (f"{DRAFT}/settings", DRAFT, f"{DRAFT}/steps/own"):
        assert flagged not in admin.get(path).text, path
    assert "still being worked out who is on it" not in admin.get(f"{DRAFT}/start").text


def test_a_new_campaign_and_form_begin_with_the_time_zone_of_whoever_makes_them(
    admin: Client,
) -> None:
    admin.cookies = "funnel_zone=Europe%2FOslo"
    made = admin.send("/app/campaigns/new", key="k", name="North", example="blank")
    place = made.headers["Location"].partition("?")[0]
    assert 'value="Europe/Oslo"' in admin.get(f"{place}/settings").text
    assert 'value="Europe/Oslo"' in admin.get("/app/forms/new").text
