"""Broadcasts by page and by JSON: the same checks, and who may."""

import re

import pytest

from funnel.domain.broadcasts.broadcasts import BroadcastId, BroadcastState
from funnel.domain.ids import JobId
from funnel.domain.mail.mail_totals import MailTotals
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.runs import JobStatus
from funnel.ports.marketing_messages import DoPeopleJob, Relist, SendBroadcast
from funnel.usecases.work.do_people_job import do_people_job
from funnel.usecases.work.handle_message import handle_message
from funnel.web.rendering import environment
from funnel.web.texts import texts_for
from tests.browser.broadcasts import DRAFT, NEWS, PAUSED, SENDING, SENT
from tests.browser.world import EMPTY, FULL, World
from tests.unit.web.asking import Client, signed_in

ROOT = "/api/app/broadcasts"
PLAN: dict[str, str | list[str]] = {"name": "Spring", "email_id": NEWS, "lists": ["energy"]}


@pytest.fixture
def marketer(world: World) -> Client:
    return signed_in(world, FULL, Role.MARKETER)


def count(world: World) -> None:
    """Carry out the counts that wait."""
    for due in world.queue.waiting:
        if isinstance(due.message, DoPeopleJob):
            do_people_job(world.app, due.message, lambda: 100.0)


def sends(world: World) -> list[str]:
    messages = [due.message for due in world.queue.waiting]
    return [one.broadcast_id for one in messages if isinstance(one, SendBroadcast)]


def test_a_broadcast_is_planned_counted_and_sent_by_the_number_that_was_seen(
    marketer: Client, world: World
) -> None:
    made = marketer.call("POST", ROOT, {"key": "k1", "plan": PLAN})
    assert (made.status, made.json["state"], made.json["edition"]) == (201, "draft", 1)
    assert marketer.call("POST", ROOT, {"key": "k1", "plan": PLAN}).json == made.json
    at = f"{ROOT}/{made.json['broadcast_id']}"
    early = marketer.call("POST", f"{at}/send", {"edition": 1, "people": 1})
    assert (early.status, "counted first" in early.json["error"]["text"]) == (409, True)
    count(world)
    seen = marketer.call("GET", at).json
    number = seen["count"]["counted"]["will_get"]
    assert (seen["count"]["status"], number > 20) == ("done", True)
    wrong = marketer.call("POST", f"{at}/send", {"edition": 1, "people": number + 1})
    assert (wrong.status, str(number) in wrong.json["error"]["text"]) == (409, True)
    sent = marketer.call("POST", f"{at}/send", {"edition": 1, "people": number})
    assert (sent.status, sent.json["state"]) == (202, "scheduled")
    assert sends(world) == [made.json["broadcast_id"]]
    assert marketer.call("PUT", at, {"edition": 1, "plan": PLAN | {"name": "x"}}).status == 409
    assert marketer.call("DELETE", at).status == 409


def test_the_page_asks_for_the_same_and_shows_the_number_before_the_button(
    marketer: Client, world: World
) -> None:
    form: dict[str, str | list[str]] = {
        "key": "k2",
        "name": "Spring <b>",
        "email_id": NEWS,
        "lists": ["energy", "web"],
    }
    made = marketer.send("/app/broadcasts/new", **form, when="now")
    assert made.status == 303
    at = made.headers["Location"]
    assert "Counting who gets it" in marketer.get(at).text
    assert "Send to" not in marketer.get(at).text
    count(world)
    text = marketer.get(f"{at}/live").text
    assert "people will get this" in text
    number = text.partition(' name="people" value="')[2].partition('"')[0]
    stale = marketer.send(f"{at}/send", edition="1", people="9999")
    assert (stale.status, "counted again" in stale.text) == (409, True)
    assert marketer.send(f"{at}/send", edition="1", people=number).status == 303
    page = marketer.get(f"{at}?done=sent").text
    assert "It is being sent." in page
    assert "Spring &lt;b&gt;" in page


def test_a_segment_still_being_worked_out_is_flagged_and_said_to_be_waited_for(
    marketer: Client, world: World
) -> None:
    rule = {
        "match": "all",
        "parts": [{"test": "field", "field": "last_name", "operator": "is", "values": ["Müller"]}],
    }
    body = {"key": "s", "name": "<Müllers>", "rule": rule}
    segment = marketer.call("POST", "/api/app/segments", body).json["list_id"]
    flag = "still being worked out</span>"
    assert flag in marketer.get("/app/broadcasts/new").text
    made = marketer.call("POST", ROOT, {"key": "k1", "plan": PLAN | {"minus": [segment]}}).json
    count(world)
    at = f"{ROOT}/{made['broadcast_id']}"
    seen = marketer.call("GET", at).json
    assert (seen["count"]["status"], seen["waits_for"][-1]) == ("queued", "<Müllers>")
    page = marketer.get(f"/app/broadcasts/{made['broadcast_id']}").text
    assert flag in page
    assert "counted as soon as it can be" in page
    assert re.search("Still being worked out: .*&lt;Müllers&gt;[.]", page)
    refused = marketer.call("POST", f"{at}/send", {"edition": 1, "people": 1})
    assert (refused.status, "<Müllers>" in refused.json["error"]["text"]) == (409, True)
    while (message := world.queue.pop()) is not None:
        if isinstance(message, Relist | DoPeopleJob):
            handle_message(world.app, message, "worker", lambda: 60.0)
    after = marketer.call("GET", at).json
    assert (after["count"]["status"], after["waits_for"]) == ("done", [])


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"lists": []}, "lists"),
        ({"lists": ["nowhere"]}, "lists"),
        ({"minus": ["nowhere"]}, "minus"),
        ({"email_id": "nothing"}, "email_id"),
        ({"subject": "Hi {{nobody}}"}, "subject"),
        ({"subject": "a\nb"}, "subject"),
        ({"from_address": "x"}, "from_address"),
        ({"reply_to": "a@b@c"}, "reply_to"),
        ({"send_at": "2026-13-01T09:00"}, "send_at"),
        ({"send_at": "2027-01-01T09:00", "timezone": "Nowhere/At"}, "timezone"),
    ],
)
def test_what_is_wrong_is_named_by_its_field_on_the_page_and_by_json(
    marketer: Client, changed: dict[str, object], field: str
) -> None:
    plan = PLAN | changed
    refused = marketer.call("POST", ROOT, {"key": "k", "plan": plan})
    assert (refused.status, refused.json["error"]["field"]) == (400, field)
    sent = dict(plan) | {"when": "later" if "send_at" in plan else "now"}
    page = marketer.send("/app/broadcasts/new", key="k", **sent)  # type: ignore[arg-type]
    assert page.status == 400
    assert f'aria-describedby="e-{field}' in page.text


def test_a_time_is_asked_for_where_it_is_to_be_sent_later(marketer: Client) -> None:
    page = marketer.send("/app/broadcasts/new", key="k", when="later", **PLAN)
    assert (page.status, "Enter a day and a time." in page.text) == (400, True)


def test_all_that_is_wrong_with_a_plan_is_said_at_once(marketer: Client) -> None:
    sent = {
        "key": "all", "name": " ", "email_id": "", "from_address": "nobody", "when": "later",
        "send_at": "", "timezone": "Mars/Olympus",
    }  # fmt: skip
    page = marketer.send("/app/broadcasts/new", **sent)
    assert page.status == 400
    for name in ("name", "email_id", "lists", "from_address", "timezone", "send_at"):
        assert f'class="field-error" id="e-{name}" role="alert"' in page.text, name
    assert page.text.count(" autofocus") == 1


def test_how_far_it_is_and_what_became_of_it_is_shown(marketer: Client) -> None:
    seen = marketer.call("GET", f"{ROOT}/{SENT}").json
    totals = seen["totals"]
    assert totals["asked"] == totals["sent"] + totals["suppressed"]
    assert totals["links"][0]["people"] >= totals["links"][1]["people"] > 0
    page = marketer.get(f"/app/broadcasts/{SENT}").text
    assert "x=&lt;b&gt;" in page
    getting = seen["people"] - sum(seen["left"].values())
    assert seen["people"] > getting == totals["asked"]
    assert f"{totals['sent']} of {getting} sent" in page
    assert f"{totals['sent']} of {getting}</td>" in marketer.get("/app/broadcasts").text
    row = next(i for i in marketer.get(ROOT).json["items"] if i["broadcast_id"] == SENT)
    assert seen["getting"] == row["getting"] == getting
    assert "hx-get" not in page.partition('id="live"')[2].partition(">")[0]
    assert (
        "hx-get"
        in marketer.get(f"/app/broadcasts/{SENDING}")
        .text.partition('id="live"')[2]
        .partition(">")[0]
    )
    listed = marketer.call("GET", ROOT).json["items"]
    assert [one["state"] for one in listed][:2] == ["cancelled", "sent"]


def test_a_broadcast_is_not_called_sent_while_emails_of_it_wait() -> None:
    parts = environment().get_template("broadcasts/parts.html").module
    texts = texts_for("en")
    waiting = parts.state(texts, BroadcastState.SENT, MailTotals(asked=1))  # type: ignore[attr-defined]
    gone = parts.state(texts, BroadcastState.SENT, MailTotals())  # type: ignore[attr-defined]
    assert "Sending" in waiting
    assert "Sent" in gone


def test_people_are_listed_by_what_became_of_them_and_exported(
    marketer: Client, world: World
) -> None:
    at = f"{ROOT}/{SENT}/people"
    everybody: list[str] = []
    cursor = ""
    while True:
        page = marketer.call("GET", f"{at}?cursor={cursor}").json
        everybody += [one["person_id"] for one in page["items"]]
        cursor = page["cursor"]
        if not cursor:
            break
    seen = marketer.call("GET", f"{ROOT}/{SENT}").json
    assert len(everybody) == len(set(everybody)) == seen["people"]
    clicked = marketer.call("GET", f"{at}?outcome=clicked").json["items"]
    assert len(clicked) == seen["totals"]["clicked"]
    assert {one["outcome"] for one in clicked} == {"clicked"}
    left = marketer.call("GET", f"{at}?outcome=left%3A%20opted%20out").json["items"]
    assert [one["outcome"] for one in left] == ["left: opted out"]
    assert marketer.call("GET", f"{at}?outcome=nonsense").status == 400
    assert "Left out: opted out" in marketer.get(f"/app/broadcasts/{SENT}/people").text
    nobody = marketer.get(f"/app/broadcasts/{SENT}/people?show=complained").text
    assert "Nobody of this broadcast is in this state." in nobody
    begun = marketer.call("POST", f"{at}/export?outcome=clicked").json
    count(world)
    job = world.store.job(FULL, JobId(begun["job_id"]))
    assert job is not None
    assert (job.status, job.result["rows"]) == (JobStatus.DONE, len(clicked))
    name = str(job.result["parts"][0]["name"])  # type: ignore[index]
    lines = world.files.get(FULL, name).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Person,Name,Address,What became of it")
    assert len(lines) == len(clicked) + 1
    files = marketer.call("GET", f"/api/app/exports/{begun['job_id']}").json["files"]
    assert files[0]["rows"] == len(clicked)


def test_it_is_paused_resumed_and_cancelled_by_page_and_by_json(
    marketer: Client, world: World
) -> None:
    def state(of: BroadcastId) -> BroadcastState:
        return world.store.broadcasts(FULL, [of])[of].state

    assert marketer.send(f"/app/broadcasts/{SENDING}/pause").status == 303
    assert state(SENDING) is BroadcastState.PAUSED
    assert marketer.call("POST", f"{ROOT}/{SENDING}/resume").status == 202
    assert state(SENDING) is BroadcastState.SENDING
    asked = marketer.get(f"/app/broadcasts/{SENDING}/cancel").text
    assert "Cancel it for good" in asked
    assert marketer.send(f"/app/broadcasts/{SENDING}/cancel").status == 303
    assert state(SENDING) is BroadcastState.CANCELLED
    assert marketer.call("POST", f"{ROOT}/{SENDING}/resume").status == 409
    assert marketer.send(f"/app/broadcasts/{SENDING}/pause").status == 409
    assert "not verified yet" in marketer.get(f"/app/broadcasts/{PAUSED}").text


def test_a_draft_is_changed_copied_and_deleted(marketer: Client, world: World) -> None:
    form = marketer.get(f"/app/broadcasts/{DRAFT}/edit").text
    assert 'value="energy" checked' in form
    sent: dict[str, str | list[str]] = {
        "name": "Prices",
        "email_id": NEWS,
        "lists": ["web"],
        "edition": "1",
        "when": "now",
    }
    assert marketer.send(f"/app/broadcasts/{DRAFT}/edit", **sent).status == 303
    changed = world.store.broadcasts(FULL, [DRAFT])[DRAFT]
    assert (changed.plan.lists, changed.edition) == (("web",), 2)
    late = marketer.send(f"/app/broadcasts/{DRAFT}/edit", **sent | {"name": "Other"})
    assert (late.status, "meanwhile" in late.text) == (409, True)
    assert "Copy of Autumn &lt;b&gt;news" in marketer.get(f"/app/broadcasts/new?copy={SENT}").text
    assert marketer.send(f"/app/broadcasts/{DRAFT}/count").status == 303
    assert marketer.send(f"/app/broadcasts/{DRAFT}/delete").status == 303
    assert marketer.get(f"/app/broadcasts/{DRAFT}").status == 404
    assert marketer.send(f"/app/broadcasts/{SENT}/delete").status == 409
    assert marketer.get(f"/app/broadcasts/{SENT}/edit").status == 303


def test_the_members_of_what_is_chosen_are_told_at_once(marketer: Client) -> None:
    text = marketer.get("/app/broadcasts/estimate?lists=energy&lists=web").text
    assert "62 members together" in text
    assert "No list is chosen yet." in marketer.get("/app/broadcasts/estimate").text


def test_broadcasts_of_others_are_not_there(world: World) -> None:
    other = signed_in(world, EMPTY, Role.MARKETER)
    assert other.get(f"/app/broadcasts/{SENT}").status == 404
    for path in ("", "/people"):
        assert other.call("GET", f"{ROOT}/{SENT}{path}").status == 404
    for deed in ("count", "pause", "resume", "cancel"):
        assert other.call("POST", f"{ROOT}/{SENT}/{deed}").status == 404
    assert other.call("GET", ROOT).json == {"items": [], "cursor": ""}
    assert "No broadcast yet" in other.get("/app/broadcasts").text


def test_admins_set_the_frequency_cap(world: World) -> None:
    admin = signed_in(world, FULL)
    sender = {
        "from_name": "N", "from_address": "news@nordwind-logistik.example",
        "postal_address": "Street 1",
    }  # fmt: skip
    saved = admin.call(
        "PUT", "/api/setup/mail", sender | {"cap": {"most": 5, "days": 30, "is_on": True}}
    )
    assert saved.json["cap"] == {"most": 5, "days": 30, "is_on": True}
    assert admin.call("PUT", "/api/setup/mail", sender).json["cap"]["most"] == 5
    page = admin.send("/setup/mail", **sender, cap_most="0", cap_days="7", cap_on="yes")
    assert (page.status, "Enter 1 to 50 mails." in page.text) == (400, True)
    assert admin.send("/setup/mail", **sender, cap_most="x", cap_days="7").status == 400
    assert admin.send("/setup/mail", **sender, cap_most="2", cap_days="7").status == 303
    assert admin.call("GET", "/api/setup/mail").json["cap"] == {
        "most": 2,
        "days": 7,
        "is_on": False,
    }
