"""FunnelVision through the deployed door: let in by Sugar's word, and signed in by it."""

from base64 import b64decode
from datetime import UTC, datetime

import pytest
import requests

from funnel.adapters.dynamodb.prospects import prospect_item
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, TenantId
from funnel.domain.vision.prospect_visits import SeenPage, SeenVisit
from funnel.domain.vision.prospects import Prospect
from local.mailbox.pages import Message
from local.mailbox.server import messages
from local.sugar.demo.users import STANDARD
from local.sugar.funnel_module import Entered
from local.sugar.tokens import mint
from tests.stack.scene import Json, Scene, eventually

USER = STANDARD["owneronly"]


@pytest.mark.feature("E7")
def test_a_user_of_sugar_is_let_in_by_its_word_and_can_open_funnel_once(connected: Scene) -> None:
    scene = connected
    entered = Entered(**scene.funnel.json("POST", "/api/setup/hooks/key"))
    address = entered.at("vision")

    def ask(path: str, audience: str, user: str = USER, tag: str = "") -> requests.Response:
        given = mint(entered, user, audience)
        headers = {"Authorization": f"Bearer {given}", "If-None-Match": tag}
        return requests.get(f"{address}{path}", headers=headers, timeout=60)

    page = requests.get(address, timeout=60)
    assert page.status_code == 200
    assert "frame-ancestors http" in page.headers["Content-Security-Policy"]
    shown = ask("/panels", "funnelvision")
    assert shown.status_code == 200
    assert 'id="panel-hot"' in shown.text
    same = ask("/panels", "funnelvision", tag=shown.headers["ETag"])
    assert (same.status_code, same.content) == (304, b"")
    assert ask("/panels", "funnelvision", "nobody").status_code == 403
    assert ask("/panels", "funnel-sign-in").status_code == 401
    assert requests.get(f"{address}/panels", timeout=60).status_code == 401

    way_in = mint(entered, USER, "funnel-sign-in")
    for status in (200, 401):
        opened = requests.post(
            f"{address.replace('/vision/', '/api/vision/')}/open",
            json={"token": way_in},
            timeout=60,
        )
        assert opened.status_code == status, opened.text
        if status == 200:
            session = opened.json()["token"]
    reply = requests.get(
        f"{scene.funnel.base_url}/api/app/users",
        headers={"Authorization": f"Bearer {session}"},
        timeout=60,
    )
    assert reply.status_code == 200


@pytest.mark.feature("E5")
@pytest.mark.feature("E9")
def test_a_rep_writes_to_a_lead_sees_it_sent_and_noted_and_is_told_of_a_visit(
    connected: Scene,
) -> None:
    scene, call = connected, connected.funnel.json
    scene.company.update("Users", USER, email1=f"rep@{scene.domain}")
    lead = scene.company.create(
        "Leads",
        {"last_name": "Quist", "email1": "quist@reader.example", "assigned_user_id": USER},
    )
    scene.sync()
    scene.allow_mail(notes_in_sugar=True)
    words = {
        "name": "Offer",
        "subject": "For {{last_name}}",
        "body": "<p>Hi</p>",
        "header": "<p>Top</p>",
    }
    email = {"key": "k", "email": {**words, "sales_template": True}}
    template = call("POST", "/api/app/emails", email)["email_id"]
    entered = Entered(**call("POST", "/api/setup/hooks/key"))
    address = entered.at("vision").replace("/vision/", "/api/vision/")

    def ask(method: str, path: str, body: Json | None = None) -> Json:
        headers = {"Authorization": f"Bearer {mint(entered, USER, 'funnelvision')}"}
        reply = requests.request(
            method, f"{address}/{path}", headers=headers, timeout=60, json=body
        )
        assert reply.status_code == 200, reply.text
        found: Json = reply.json()
        return found

    draft = ask("GET", f"write/Leads/{lead}/{template}")["draft"]["words"]
    assert draft["subject"] == "For Quist"
    sent = {**draft, "html": '<p onclick="x()">My words</p>'}
    mail_id = ask("POST", f"write/Leads/{lead}/send", sent)["sent"]["mail"]["mail_id"]
    assert ask("POST", f"write/Leads/{lead}/send", sent)["sent"]["mail"]["mail_id"] == mail_id

    def state() -> str:
        (one,) = ask("GET", "panels/emails")["items"]
        return str(one["mail"]["state"])

    eventually("it is sent", lambda: state() == "sent")
    (message,) = [m for m in messages(scene.stack.aws.url) if "quist@reader.example" in m["To"]]
    assert f"rep@{scene.domain}" in str(message)
    assert "<p>Top</p><p>My words</p>" in message["BodyHtml"]

    assert scene.company.ids("Notes") == [], "nothing is written to Sugar before that is allowed"
    scene.settings(read_only=False)
    eventually("it is noted", lambda: scene.company.ids("Notes") != [])
    scene.settings(read_only=True)
    (note_id,) = scene.company.ids("Notes")
    note = scene.company.get("Notes", note_id) or {}
    assert (note["name"], note["description"]) == ("For Quist", "Top\n\nMy words")
    assert (note["parent_type"], note["parent_id"]) == ("Leads", lead)
    assert note["assigned_user_id"] == USER

    # Of a visit, written down as the worker of visits does, the rep is told by mail.
    # The digest of the day is half a day away.
    wanted = {"threshold": 60, "hour": (datetime.now(UTC).hour + 12) % 24, "zone": "UTC"}
    assert ask("POST", "alerts", {"on": ["score", "visit", "digest"], **wanted})["trouble"] == ""
    now = datetime.now(UTC)
    key = RecordKey(Module.LEADS, SugarId(lead))
    visits = (SeenVisit("v1", now, now, {}, (SeenPage(now, "https://s.test/", "/", "Prices"),)),)
    row = Prospect(
        TenantId(scene.tenant_id), key, PersonId("p"), "Quist", owner=SugarId(USER), score=70,
        visits=visits, seen_at=now,
    )  # fmt: skip
    table = scene.physical("VisionTable")
    item = prospect_item(row)
    item["body"] = {"B": b64decode(item["body"]["B"])}
    scene.stack.client("dynamodb").put_item(TableName=table, Item=item)
    assert scene.scheduled("mail")["rung"] >= 1

    def told() -> list[Message]:
        return [m for m in messages(scene.stack.aws.url) if f"rep@{scene.domain}" in m["To"]]

    eventually("the rep is told", told)
    (alert,) = told()
    assert alert["Subject"] == "Quist is on your site"
    assert lead in alert["BodyHtml"]
