"""Watching campaigns: numbers, who stands where, one person's walk, and steering by hand."""

from dataclasses import replace
from html import escape

from funnel.domain.campaigns.campaigns import StepId
from funnel.domain.campaigns.enrolments import What, begun, come_to, counted, noted
from funnel.ports.marketing_messages import MendCampaign
from funnel.usecases.mail.mail_fitness import OPTED_OUT
from tests.browser.campaigns import QUIET, WELCOME
from tests.browser.world import FULL, NOW, World
from tests.unit.web.asking import Client

ROOT = f"/app/campaigns/{WELCOME}"
API = f"/api{ROOT}"


def test_numbers_stand_at_the_steps_and_are_sent_once(admin: Client) -> None:
    numbers = admin.call("GET", f"{API}/numbers").json
    at = numbers["steps"]["s2"]
    assert at["asked"] == at["passed"]
    assert 0 < at["yes"] < 100
    page = admin.get(ROOT).text
    assert f"{at['here']} here now" in page
    assert f'id="share-2-yes">{at["yes"]} %' in page
    part = admin.get(f"{ROOT}/numbers?revision=0")
    assert 'id="figures-2" hx-swap-oob="true"' in part.text
    tag = part.headers["ETag"]
    again = admin.get(f"{ROOT}/numbers?revision=0", if_none_match=tag)
    assert (again.status, again.text) == (304, "")
    assert "was changed meanwhile" in admin.get(f"{ROOT}/numbers?revision=7").text


def test_who_stands_at_a_step_is_listed_with_since_when_and_until_when(admin: Client) -> None:
    page = admin.get(f"{ROOT}/steps/s4/people").text
    assert "Anneliese" in page
    assert "2026-11-25 06:42 UTC" in page
    rows = admin.call("GET", f"{API}/steps/s4/people").json["items"]
    assert {one["state"] for one in rows} == {"walking"}
    assert admin.call("GET", f"{API}/steps/s4/people?state=through").status == 400
    assert admin.call("GET", f"{API}/steps/s4/people?state=asleep").status == 400
    assert admin.get(f"{ROOT}/steps/none/people").status == 404
    assert "Nobody is here now" in admin.get(f"/app/campaigns/{QUIET}/steps/1/people").text


def test_who_got_no_mail_is_said_at_the_step_with_why(world: World, admin: Client) -> None:
    assert "Who got no email" not in admin.get(f"{ROOT}/steps/s1").text
    assert "Nobody was left out" in admin.get(f"{ROOT}/steps/s1/people?state=not%20sent").text
    campaign = world.store.campaign(FULL, WELCOME)
    assert campaign is not None
    people = world.store.list_people(FULL, "", 200).items
    campaign_turns = world.store.turns(FULL, WELCOME, [one.person_id for one in people])
    who = next(one for one in people if one.person_id not in campaign_turns)
    change = begun(campaign, None, who.person_id, NOW, "by hand")
    passed = noted(counted(change.after, skipped=True), NOW, What.NOT_SENT, OPTED_OUT)
    after = come_to(passed, StepId("s2"), NOW, NOW)
    assert world.store.write_enrolments(FULL, [replace(change, after=after)]) == [True]
    there = f"{ROOT}/steps/s1/people?state=not%20sent"
    assert f'<a href="{there}">1 not sent</a>' in admin.get(ROOT).text
    for address in (f"{ROOT}/steps/s1", there):
        page = admin.get(address).text
        assert escape(who.name) in page
        assert OPTED_OUT in page
    (row,) = admin.call("GET", f"{API}/steps/s1/unsent").json["items"]
    assert (row["person_id"], row["reason"]) == (who.person_id, OPTED_OUT)
    assert admin.call("GET", f"{API}/steps/s1/unsent?cursor=9:x").status == 400


def test_a_stuck_person_is_shown_with_why_and_tried_again(admin: Client) -> None:
    (row,) = admin.call("GET", f"{API}/stuck").json["items"]
    page = admin.get(f"{ROOT}/steps/s3/people?state=stuck").text
    assert "is not known there." in page
    walk = f"{ROOT}/walks/{row['enrolment_id']}"
    assert "Is stuck" in admin.get(walk).text
    assert admin.send(f"{walk}/retry").status == 303
    assert admin.call("GET", f"/api{walk}").json["state"] == "walking"
    assert admin.call("GET", f"{API}/stuck").json["items"] == []
    assert admin.call("POST", f"/api{walk}/retry").json["state"] == "walking"


def test_all_who_are_stuck_are_tried_again_at_once(admin: Client) -> None:
    assert f'action="{ROOT}/stuck/retry"' in admin.get(f"{ROOT}/stuck").text
    at_one = admin.get(f"{ROOT}/steps/s3/people?state=stuck").text
    assert 'name="step" value="s3"' in at_one
    mends = []
    for step in ("s3", ""):
        sent = admin.send(f"{ROOT}/stuck/retry", step=step)
        assert "go on within a minute" in admin.get(sent.headers["Location"]).text
        mends.append(admin.world.queue.waiting[-1].message)
    named = MendCampaign(FULL, WELCOME, (StepId("s3"),), stuck=True, by="Ada Brandt")
    assert mends == [named, replace(named, steps=())]


def test_a_person_is_put_in_by_hand_walks_once_and_is_taken_out(admin: Client) -> None:
    found = admin.get(f"{ROOT}/put-in?q=Anneliese").text
    assert 'name="person" value="anneliese"' in found
    for _ in range(2):
        assert admin.send(f"{ROOT}/put-in", person="anneliese", key="k1").status == 303
    mine = admin.call("GET", "/api/app/people/anneliese/campaigns").json["items"]
    assert [one["step"] for one in mine] == ["s4"]
    walk = f"{ROOT}/walks/{mine[0]['enrolment_id']}"
    trail = admin.get(walk).text
    assert trail.index("Came in") < trail.index("Email sent") < trail.index("<strong>No<")
    assert admin.send(f"{walk}/out").status == 303
    assert admin.call("DELETE", f"/api{walk}").json["state"] == "taken out"
    assert "Taken out" in admin.get("/app/people/anneliese").text
    unkeyed = admin.call("POST", f"{API}/people", {"person_id": "anneliese", "key": ""})
    assert (unkeyed.status, "key" in unkeyed.text) == (400, True)
    new = admin.call("POST", f"{API}/people", {"person_id": "anneliese", "key": "k2"})
    assert (new.status, new.json["step"], new.json["state"]) == (201, "s1", "walking")
    admin.call("DELETE", f"{API}/walks/{new.json['enrolment_id']}")
    again = admin.call("POST", f"{API}/people", {"person_id": "anneliese", "key": "k2"})
    assert (again.json["enrolment_id"], again.json["state"]) == (
        new.json["enrolment_id"],
        "taken out",
    )
    paused = admin.send(f"/app/campaigns/{QUIET}/put-in", person="anneliese")
    assert (paused.status, "does not run" in paused.text) == (400, True)
    assert admin.call("POST", f"{API}/people", {"person_id": "nobody", "key": "k3"}).status == 404


def test_another_tenants_walks_are_not_there(admin: Client, newcomer: Client) -> None:
    mine = admin.call("GET", "/api/app/people/anneliese/campaigns").json["items"][0]
    walk = f"walks/{mine['enrolment_id']}"
    for path in (walk, "stuck", "steps/s4/people", "put-in"):
        assert newcomer.get(f"{ROOT}/{path}").status == 404
    assert newcomer.call("POST", f"{API}/{walk}/retry").status == 404
    assert newcomer.call("DELETE", f"{API}/{walk}").status == 404
    assert (
        newcomer.call("POST", f"{API}/people", {"person_id": "anneliese", "key": "k"}).status == 404
    )


def test_nobody_goes_on_in_a_campaign_that_has_ended(admin: Client) -> None:
    walk = admin.call("GET", f"{API}/steps/s4/people").json["items"][0]
    place = f"{ROOT}/walks/{walk['enrolment_id']}"
    assert "Goes on" in admin.get(place).text
    version = admin.call("GET", API).json["version"]
    assert admin.send(f"{ROOT}/end", version=str(version)).status == 303
    rows = admin.get(f"{ROOT}/steps/s4/people").text
    assert "no more: the campaign has ended" in rows
    assert "2026-11-25 06:42" not in rows
    told = admin.get(place).text
    assert "Broken off: the campaign ended" in told
    assert "Goes on" not in told
    assert "Take out" not in told
    person = admin.get(f"/app/people/{walk['person_id']}").text
    assert "Broken off: the campaign ended" in person
    assert "In it when it ended" in admin.get(ROOT).text
