"""My Emails, and mail in the stream: whose is seen by whom, page by page, at what cost."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from urllib.parse import urlencode

import pytest

from funnel.domain.ids import SugarId
from funnel.usecases.vision.view_sent import sent_mails
from tests.browser.prospects import visit
from tests.browser.world import FULL, World
from tests.fakes.dashlets import vision_address
from tests.fakes.faulty import Plan, faulty
from tests.unit.web.asking import Client
from tests.unit.web.desk import REP, Desk


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


def test_my_emails_are_own_ones_and_a_managers_those_of_the_reports(desk: Desk) -> None:
    mail_id = desk.send().json["sent"]["mail"]["mail_id"]
    (mine,) = desk.json("panels/emails").json["items"]
    assert (mine["mail"]["mail_id"], mine["name"], mine["by"]) == (mail_id, desk.lead.name, "")
    assert mine["url"].endswith(desk.lead.key.sugar_id)
    assert desk.json("panels/emails", user="max").json["why_none"] == "never"
    assert desk.json("panels/emails", user="sarah").json["items"] == []
    (theirs,) = desk.json("panels/emails?whose=team", user="sarah").json["items"]
    assert (theirs["mail"]["mail_id"], theirs["by"]) == (mail_id, "Jonas Weiß")
    for user, status in (("jonas", 200), ("sarah", 200), ("max", 404)):
        assert desk.json(f"emails/{mail_id}", user=user).status == status
    assert desk.json(f"emails/{mail_id}", user="max", record=desk.lead.key).status == 200
    desk.world.clock.advance(8 * 86_400)
    assert desk.json("panels/emails").json["why_none"] == "not_then"
    assert len(desk.json("panels/emails?days=30").json["items"]) == 1
    assert "Hello" in desk.ask(f"prospect/{desk.lead.key}").text


def test_pages_of_my_emails_go_on_where_they_were_for_one_and_for_a_team(desk: Desk) -> None:
    for n in range(45):
        desk.world.clock.advance(1)
        desk.send(key=f"k{n}")
    for user, query in (("jonas", ""), ("sarah", "whose=team&")):
        seen: list[str] = []
        cursor = ""
        while True:
            page = desk.json(f"emails?{query}{urlencode({'cursor': cursor})}", user=user).json
            seen += [one["mail"]["mail_id"] for one in page["items"]]
            cursor = page["cursor"]
            if not cursor:
                break
        assert seen == [one.mail_id for one in desk.mails()]
        assert len(set(seen)) == 45
    assert desk.json("emails?cursor=x").status == 400


def test_the_page_for_a_letter_is_empty_and_alone(desk: Desk) -> None:
    address = f"{vision_address(desk.world.app, FULL)}/letter"
    page = Client(desk.world).get(address)
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-scripts; default-src 'none'")
    assert "allow-same-origin" not in policy
    assert "'unsafe-inline'" not in policy.partition("script-src")[2]
    assert "<body></body>" in page.text


def test_mail_stands_in_the_stream_among_what_the_prospect_did_and_pages_lose_nothing(
    desk: Desk,
) -> None:
    person = desk.lead.person_id
    for n in range(30):
        desk.world.clock.advance(60)
        visit(desk.world.app, FULL, person, f"v{n}", desk.world.clock.now(), ("/", "/tour"))
        if n % 3 == 0:
            desk.world.clock.advance(60)
            desk.send(key=f"k{n}", subject=f"S{n}")
    whole = desk.json(f"prospect/{desk.lead.key}").json["activities"]
    pages = [whole]
    while cursor := pages[-1]["cursor"]:
        query = urlencode({"cursor": cursor})
        pages.append(desk.json(f"prospect/{desk.lead.key}/activities?{query}").json)
    assert len(pages) > 2
    subjects = [one["subject"] for page in pages for one in page["mails"]]
    mails = [one for one in subjects if one.startswith("S")]
    assert mails == [f"S{n}" for n in range(27, -1, -3)]
    done = [one["activity_id"] for page in pages for one in page["items"]]
    assert len(done) == len(set(done)) >= 60
    for page, later in pairwise(pages):
        if page["mails"] and later["items"]:
            assert page["mails"][-1]["asked_at"] >= later["items"][0]["at"]
    text = desk.ask(f"prospect/{desk.lead.key}").text
    assert text.index("S27") < text.index("S24")
    assert desk.json(f"prospect/{desk.lead.key}/activities?cursor=x").status == 400


def test_a_panel_of_mail_costs_one_range_for_each_whose_it_is(desk: Desk) -> None:
    plan = Plan()
    calls = []
    for size in (1, 60):
        for n in range(size):
            desk.send(key=f"{size} {n}")
        app = replace(desk.world.app, mails=faulty(desk.world.app.mails, plan, "mails"))
        since = desk.world.clock.now() - timedelta(days=1)
        before = len(plan.calls)
        sent_mails(app, FULL, [SugarId(REP)], since, "", lambda _: "")
        calls.append(plan.calls[before:])
    assert [len(one) for one in calls] == [1, 1]
