"""From a form on a site to a campaign's Target List in Sugar, on the deployed stack."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import requests

from local.mailbox.server import messages
from tests.stack.scene import Json, Scene, eventually, new_scene

if TYPE_CHECKING:
    from local.stack.stack import Stack

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
MARIE = "marie@reader.example"
BODY = '<p>Hello {{first_name|there}}, <a href="https://www.example.com/prices">our prices</a></p>'
FIELDS: list[Json] = [
    {"name": "email", "label": "Email", "widget": "email", "required": True},
    {"name": "last_name", "label": "Name", "required": True},
    {"name": "company", "label": "Company"},
]


@pytest.fixture(scope="module")
def scene(stack: "Stack") -> Iterator[Scene]:
    """A tenant whose Sugar may be written to, and who may send mail."""
    with new_scene(stack, "journey") as made:
        assert made.connect()["status"] == "done"
        made.settings(read_only=False)
        made.allow_mail()
        yield made


@pytest.fixture(scope="module")
def fair(scene: Scene) -> str:
    """A list made by hand; its id."""
    made = scene.funnel.json("POST", "/api/app/lists", {"key": "fair", "name": "Fair"})
    return str(made["list_id"])


@pytest.fixture(scope="module")
def email(scene: Scene) -> str:
    """An email; its id."""
    words = {"name": "Prices", "subject": "For {{first_name|you}}", "body": BODY}
    made = scene.funnel.json("POST", "/api/app/emails", {"key": "prices", "email": words})
    return str(made["email_id"])


@pytest.fixture(scope="module")
def marie(scene: Scene, fair: str) -> str:
    """Who sent the form, without a script; the id of the person it made."""
    site = {"name": "Demo", "domains": ["127.0.0.1"]}
    key = scene.funnel.json("POST", "/api/app/sites", site)["key"]
    sync = {"module": "Leads", "task": {"kind": "Call", "subject": "Say hello"}}
    form = {"site": key, "name": "Fair", "fields": FIELDS, "thanks": "Thank you!"}
    made = scene.funnel.json(
        "POST",
        "/api/app/forms",
        {"key": "fair", "form": {**form, "list_id": fair, "sync": sync}},
    )
    send(made["address"], email=MARIE, last_name="Curie", company="Radium")
    here = f"/api/app/forms/{made['form_id']}"

    def outcomes() -> set[str]:
        rows = scene.funnel.json("GET", f"{here}/sent")["items"]
        return {one["state"] for row in rows for one in row["actions"]}

    eventually("all was done that follows from it", lambda: outcomes() == {"done"})
    assert scene.funnel.json("GET", here)["sent"] == 1
    (row,) = (one for one in scene.all("people") if one["name"] == "Curie")
    return str(row["person_id"])


def send(address: str, **fields: str) -> None:
    """Fill in the page of a form as a browser without scripts does."""
    browser = requests.Session()
    browser.headers["user-agent"] = FIREFOX
    page = browser.get(address, timeout=60)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
    answer = browser.post(address, {**hidden, **fields}, timeout=60)
    assert answer.status_code == 200, answer.text
    assert "Thank you!" in answer.text


def mails(scene: Scene, subject: str) -> list[str]:
    """The HTML of what Marie got under this subject."""
    return [
        str(one["BodyHtml"])
        for one in messages(scene.stack.aws.url)
        if MARIE in one["To"] and one["Subject"] == subject
    ]


def click(scene: Scene, person: str, html: str) -> None:
    """Marie clicks the first link, a while after she got it."""

    def age() -> float:
        page = scene.funnel.json("GET", f"/api/app/people/{person}/mails")["items"]
        sent = [datetime.fromisoformat(one["sent_at"]) for one in page if one["sent_at"]]
        return min((datetime.now(UTC) - at).total_seconds() for at in sent)

    eventually("somebody can have read it", lambda: age() > 6)
    (link,) = re.findall(r'href="([^"]+/m/c/[^"]+/1)"', html)
    answer = requests.get(link, headers={"user-agent": FIREFOX}, timeout=60, allow_redirects=False)
    assert answer.status_code == 302


@pytest.mark.feature("D7")
@pytest.mark.feature("C4")
def test_a_form_that_is_sent_makes_a_lead_with_a_task_and_a_member_of_a_list(
    scene: Scene, marie: str, fair: str
) -> None:
    company = scene.company
    eventually("she is a Lead", lambda: len(company.ids("Leads")) == 1)
    (lead,) = company.ids("Leads")
    told = company.get("Leads", lead) or {}
    assert (told["last_name"], told["account_name"]) == ("Curie", "Radium")
    eventually("there is a task", lambda: len(company.ids("Tasks")) == 1)
    members = scene.funnel.json("GET", f"/api/app/lists/{fair}/members")["items"]
    assert [one["person"]["person_id"] for one in members] == [marie]


@pytest.mark.feature("D4")
@pytest.mark.feature("D5")
def test_a_segment_counts_finds_and_gives_points_to_its_members(
    scene: Scene, marie: str, fair: str
) -> None:
    name = {"test": "field", "field": "last_name", "operator": "is", "values": ["curie"]}
    rule = {"match": "all", "parts": [name, {"test": "list", "list": fair}]}
    found = scene.funnel.json("POST", "/api/app/segments/look", {"rule": rule})["found"]
    look = f"/api/app/segments/looks/{found['job_id']}"
    eventually("everybody was looked at", lambda: scene.funnel.json("GET", look)["is_whole"])
    assert scene.funnel.json("GET", look)["count"] == 1
    new = {"key": "physicists", "name": "Physicists", "rule": rule}
    segment = scene.funnel.json("POST", "/api/app/segments", new)["list_id"]
    here = f"/api/app/segments/{segment}"
    eventually("she is in it", lambda: scene.funnel.json("GET", here)["members"] == 1)
    overlay = {"segment": segment, "name": "Physics", "points": 10}
    scene.funnel.json("POST", "/api/app/scoring/overlays", overlay)

    def lines() -> list[tuple[str, int]]:
        score = scene.funnel.json("GET", f"/api/app/people/{marie}/score")
        return [(one["name"], one["points"]) for one in score["lines"]]

    eventually("she has the points", lambda: ("Physics", 10) in lines())
    scene.funnel.call("DELETE", f"/api/app/lists/{fair}/members/{marie}")
    eventually("they leave with her", lambda: ("Physics", 10) not in lines())
    scene.funnel.json("POST", f"/api/app/lists/{fair}/members", {"people": [marie]})
    eventually("and come back", lambda: ("Physics", 10) in lines())


@pytest.mark.feature("D9")
def test_a_campaign_sends_waits_for_a_click_and_has_its_people_in_sugar(
    scene: Scene, marie: str, fair: str, email: str
) -> None:
    company = scene.company
    eventually("she is a Lead", lambda: len(company.ids("Leads")) == 1)
    made = scene.funnel.json("POST", "/api/app/campaigns", {"key": "k", "name": "Nurture"})
    here = f"/api/app/campaigns/{made['campaign_id']}"
    clicked = {"kind": "branch", "asks": "clicked", "sent_at": "mail", "within_minutes": 2880}
    steps = [
        {"step_id": "mail", "settings": {"kind": "send", "email": email}, "next": "ask"},
        {"step_id": "ask", "settings": clicked, "next": "points", "otherwise": ""},
        {"step_id": "points", "settings": {"kind": "score", "points": 5}, "next": "sync"},
        {"step_id": "sync", "settings": {"kind": "sync", "module": "Leads"}, "next": ""},
    ]
    wanted = {
        "version": made["version"],
        "name": "Nurture",
        "start": {"comes": "list", "list_id": fair},
        "first": "mail",
        "steps": steps,
        "sync": True,
    }
    changed = scene.funnel.json("PUT", here, wanted)
    assert scene.funnel.json("GET", f"{here}/problems")["items"] == []
    scene.funnel.json("POST", f"{here}/start", {"version": changed["version"]})
    eventually("the mail is there", lambda: mails(scene, "For you"))
    click(scene, marie, mails(scene, "For you")[0])

    def through() -> int:
        return int(scene.funnel.json("GET", f"{here}/numbers")["through"])

    eventually("she is through", lambda: through() == 1)
    assert len(mails(scene, "For you")) == 1

    def points() -> list[int]:
        lines = scene.funnel.json("GET", f"/api/app/people/{marie}/score")["lines"]
        return [one["points"] for one in lines]

    eventually("she has the points of the campaign", lambda: 5 in points())

    def members() -> list[str]:
        lists = company.ids("ProspectLists")
        return sorted(company.linked("ProspectLists", lists[0], "leads")) if lists else []

    eventually("she is on the Target List", lambda: members() == company.ids("Leads"))
    assert len(company.ids("Leads")) == len(company.ids("Campaigns")) == 1


@pytest.mark.feature("D11")
def test_a_broadcast_is_counted_sent_and_its_clicks_are_told_by_link(
    scene: Scene, marie: str, fair: str, email: str
) -> None:
    plan = {"name": "News", "email_id": email, "lists": [fair], "subject": "News"}
    made = scene.funnel.json("POST", "/api/app/broadcasts", {"key": "news", "plan": plan})
    here = f"/api/app/broadcasts/{made['broadcast_id']}"

    def now() -> Json:
        found: Json = scene.funnel.json("GET", here)
        return found

    eventually("it is counted", lambda: (now()["count"] or {}).get("status") == "done")
    assert now()["count"]["counted"]["will_get"] == 1
    confirmed = {"edition": now()["edition"], "people": 1}
    scene.funnel.json("POST", f"{here}/send", confirmed)
    eventually("it is sent", lambda: now()["totals"]["sent"] == 1)
    (html,) = mails(scene, "News")
    click(scene, marie, html)
    eventually("the click is counted", lambda: now()["totals"]["links"])
    (link,) = now()["totals"]["links"]
    assert (link["target"], link["people"]) == ("https://www.example.com/prices", 1)
